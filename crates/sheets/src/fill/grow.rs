//! Rows added below the last row of a table: what stands under it moves down, references move along, ranges that end at
//! that row grow.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::scan::attribute;

/// Attributes that hold references to cells of their own sheet.
const REFERENCES: &[&str] = &["ref", "sqref", "activeCell", "topLeftCell"];

#[derive(Clone, Copy)]
struct Moved<'a> {
    /// The last row that stays, from 1.
    after: usize,
    count: usize,
    sheet: &'a str,
    /// References without the name of a sheet are to this one.
    own: bool,
}

/// The sheet's own text, `count` rows longer below row `after` (from 1).
pub fn own(xml: &str, after: usize, count: usize, sheet: &str) -> String {
    walked(xml, Moved { after, count, sheet, own: true })
}

/// Another part's text with its references to the sheet moved.
pub fn other(xml: &str, after: usize, count: usize, sheet: &str) -> String {
    walked(xml, Moved { after, count, sheet, own: false })
}

fn walked(xml: &str, moved: Moved<'_>) -> String {
    let mut out = String::with_capacity(xml.len() + 1_024);
    let mut reader = Reader::from_str(xml);
    // A formula's text comes in pieces where it holds entities.
    let mut formula: Option<String> = None;
    loop {
        let start = reader.buffer_position() as usize;
        let Ok(event) = reader.read_event() else {
            out.push_str(&xml[start..]);
            return out;
        };
        let end = reader.buffer_position() as usize;
        let raw = &xml[start..end];
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.local_name();
                let name = name.as_ref().to_owned();
                let holds =
                    matches!(name.as_str(), "f" | "formula" | "formula1" | "formula2" | "definedName");
                formula = (holds && !raw.ends_with("/>")).then(String::new);
                out.push_str(&if moved.own { moved.tag(raw, &name, &tag) } else { raw.to_owned() });
            }
            Event::Eof => return out,
            Event::End(_) => {
                if let Some(text) = formula.take() {
                    out.push_str(&moved.formula(&text));
                }
                out.push_str(raw);
            }
            _ => match &mut formula {
                Some(text) => text.push_str(raw),
                None => out.push_str(raw),
            },
        }
    }
}

impl Moved<'_> {
    fn row(self, row: usize) -> usize {
        if row > self.after { row + self.count } else { row }
    }

    /// A tag with its row, cell or references moved.
    fn tag(self, raw: &str, name: &str, tag: &quick_xml::events::BytesStart<'_>) -> String {
        let mut raw = raw.to_owned();
        let mut set = |key: &str, new: String| {
            if let Some(old) = attribute(tag, key)
                && old != new
            {
                raw = raw.replacen(&format!(" {key}=\"{old}\""), &format!(" {key}=\"{new}\""), 1);
            }
        };
        if name == "row"
            && let Some(row) = attribute(tag, "r").and_then(|r| r.parse::<usize>().ok())
        {
            set("r", self.row(row).to_string());
        } else if name == "c"
            && let Some(cell) = attribute(tag, "r")
        {
            set("r", self.reference(&cell));
        } else if name == "brk"
            && let Some(row) = attribute(tag, "id").and_then(|id| id.parse::<usize>().ok())
        {
            set("id", self.row(row).to_string());
        }
        for key in REFERENCES {
            if let Some(list) = attribute(tag, key) {
                set(key, list.split(' ').map(|one| self.range(one)).collect::<Vec<_>>().join(" "));
            }
        }
        raw
    }

    /// `H12`, `$H$12` moved.
    fn reference(self, text: &str) -> String {
        let digits = text.len() - text.bytes().rev().take_while(u8::is_ascii_digit).count();
        match text[digits..].parse::<usize>() {
            Ok(row) => format!("{}{}", &text[..digits], self.row(row)),
            Err(_) => text.to_owned(),
        }
    }

    /// A range moved; one that ends at the last row of the table grows with it.
    fn range(self, text: &str) -> String {
        let Some((from, to)) = text.split_once(':') else { return self.reference(text) };
        let row = |name: &str| {
            let digits = name.len() - name.bytes().rev().take_while(u8::is_ascii_digit).count();
            name[digits..].parse::<usize>().ok().map(|row| (digits, row))
        };
        match (row(from), row(to)) {
            (Some((_, first)), Some((digits, last))) if last == self.after && first < last => {
                format!("{from}:{}{}", &to[..digits], last + self.count)
            }
            _ => format!("{}:{}", self.reference(from), self.reference(to)),
        }
    }

    /// A formula with its references moved; words in quotes and names of functions stay.
    fn formula(self, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let (mut out, mut at) = (String::with_capacity(text.len()), 0);
        let mut here = self.own;
        while at < chars.len() {
            let c = chars[at];
            if c == '"' || c == '\'' {
                let close = (at + 1..chars.len()).find(|end| chars[*end] == c).unwrap_or(chars.len() - 1);
                let quoted: String = chars[at..=close].iter().collect();
                if c == '\'' && chars.get(close + 1) == Some(&'!') {
                    here = quoted.trim_matches('\'') == self.sheet;
                    out.push_str(&quoted);
                    out.push('!');
                    at = close + 2;
                    continue;
                }
                out.push_str(&quoted);
                at = close + 1;
                continue;
            }
            let word_end = (at..chars.len()).find(|end| !is_word(chars[*end])).unwrap_or(chars.len());
            if word_end == at {
                if !matches!(c, ':') {
                    here = self.own;
                }
                out.push(c);
                at += 1;
                continue;
            }
            let mut end = word_end;
            if chars.get(end) == Some(&':') {
                let second =
                    (end + 1..chars.len()).find(|next| !is_word(chars[*next])).unwrap_or(chars.len());
                if second > end + 1 {
                    end = second;
                }
            }
            let word: String = chars[at..end].iter().collect();
            match chars.get(end) {
                Some('!') => {
                    here = word == self.sheet;
                    out.push_str(&word);
                    out.push('!');
                    at = end + 1;
                    continue;
                }
                Some('(') => out.push_str(&word),
                _ if here && word.split(':').all(is_reference) => out.push_str(&self.range(&word)),
                _ => out.push_str(&word),
            }
            at = end;
        }
        out
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '$' | '_' | '.')
}

/// `H12` with or without `$`.
fn is_reference(word: &str) -> bool {
    let plain = word.replace('$', "");
    let letters = plain.bytes().take_while(u8::is_ascii_uppercase).count();
    (1..=3).contains(&letters)
        && plain.len() > letters
        && plain[letters..].bytes().all(|b| b.is_ascii_digit())
}
