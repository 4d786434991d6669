//! Styles of cells: which are dates, which are locked, and copies of them with another fill.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Marking;
use super::scan::attribute;

/// One style of a cell.
#[derive(Clone, Debug, Default)]
struct Style {
    text: String,
    format: u32,
    unlocked: bool,
}

/// The styles of a workbook; marked copies are added at the end, the others stay.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    xml: String,
    all: Vec<Style>,
    dates: Vec<u32>,
    fills: usize,
    prefix: String,
    added: Vec<String>,
    fills_added: Vec<Marking>,
    known: HashMap<(usize, Marking), usize>,
}

impl std::hash::Hash for Marking {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.rgb().hash(state);
    }
}

/// Whether a number format shows a day.
fn shows_day(code: &str) -> bool {
    let mut plain = String::new();
    let mut quoted = false;
    for c in code.to_lowercase().chars() {
        match c {
            '"' => quoted = !quoted,
            c if !quoted => plain.push(c),
            _ => {}
        }
    }
    plain.contains('y') || plain.contains('d') && plain.contains('m')
}

impl Styles {
    /// Reads them.
    pub fn new(xml: String) -> Self {
        let mut styles = Self { xml, ..Self::default() };
        let xml = styles.xml.clone();
        let mut reader = Reader::from_str(&xml);
        let (mut inside, mut open): (bool, Option<(usize, Style)>) = (false, None);
        loop {
            let start = reader.buffer_position() as usize;
            let Ok(event) = reader.read_event() else { return styles };
            let end = reader.buffer_position() as usize;
            let empty = matches!(event, Event::Empty(_));
            match event {
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "styleSheet" => {
                        let name = tag.name().as_ref().to_owned();
                        styles.prefix = name.strip_suffix("styleSheet").unwrap_or_default().to_owned();
                    }
                    "numFmt" => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                        if let (Some(id), Some(code)) = (id, attribute(&tag, "formatCode"))
                            && shows_day(&code)
                        {
                            styles.dates.push(id);
                        }
                    }
                    "fill" => styles.fills += 1,
                    "cellXfs" => inside = !empty,
                    "xf" if inside => {
                        let format = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        let style = Style { format, ..Style::default() };
                        if empty {
                            styles.all.push(Style { text: xml[start..end].to_owned(), ..style });
                        } else {
                            open = Some((start, style));
                        }
                    }
                    "protection" => {
                        if let Some((_, style)) = &mut open {
                            style.unlocked = attribute(&tag, "locked")
                                .is_some_and(|value| value == "0" || value == "false");
                        }
                    }
                    _ => {}
                },
                Event::End(tag) => match tag.local_name().as_ref() {
                    "cellXfs" => inside = false,
                    "xf" => {
                        if let Some((start, style)) = open.take() {
                            styles.all.push(Style { text: xml[start..end].to_owned(), ..style });
                        }
                    }
                    _ => {}
                },
                Event::Eof => return styles,
                _ => {}
            }
        }
    }

    /// Whether a protected sheet locks cells of this style: all are locked but those that say otherwise.
    pub fn locked(&self, style: usize) -> bool {
        !self.all.get(style).is_some_and(|style| style.unlocked)
    }

    /// Whether cells of this style show a day.
    pub fn is_date(&self, style: usize) -> bool {
        let Some(style) = self.all.get(style) else { return false };
        matches!(style.format, 14..=17 | 22 | 27..=36 | 50..=58) || self.dates.contains(&style.format)
    }

    /// The number of a copy of a style with a marking's fill.
    pub fn marked(&mut self, style: usize, marking: Marking) -> usize {
        if self.all.is_empty() {
            return style;
        }
        if let Some(known) = self.known.get(&(style, marking)) {
            return *known;
        }
        let fill = self.fills_added.iter().position(|known| *known == marking).unwrap_or_else(|| {
            self.fills_added.push(marking);
            self.fills_added.len() - 1
        });
        let text = self.all.get(style).map_or_else(|| self.all[0].text.clone(), |style| style.text.clone());
        let end = text.find('>').unwrap_or(text.len());
        let (head, rest) = text.split_at(end);
        let head = with(&with(head, "fillId", &(self.fills + fill).to_string()), "applyFill", "1");
        self.added.push(format!("{head}{rest}"));
        let number = self.all.len() + self.added.len() - 1;
        self.known.insert((style, marking), number);
        number
    }

    /// The text with the copies added; nothing where there are none.
    pub fn changed(&self) -> Option<String> {
        if self.added.is_empty() {
            return None;
        }
        let p = &self.prefix;
        let fill = |marking: &Marking| {
            let rgb = marking.rgb();
            format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"{rgb}\"/><{p}bgColor indexed=\"64\"/>\
                 </{p}patternFill></{p}fill>"
            )
        };
        let fills: String = self.fills_added.iter().map(fill).collect();
        let xml = appended(&self.xml, &format!("{p}fills"), &fills, self.fills + self.fills_added.len());
        Some(appended(&xml, &format!("{p}cellXfs"), &self.added.concat(), self.all.len() + self.added.len()))
    }
}

/// The head of a tag with an attribute set.
fn with(head: &str, name: &str, value: &str) -> String {
    let key = format!(" {name}=\"");
    if let Some(at) = head.find(&key) {
        let from = at + key.len();
        let to = head[from..].find('"').map_or(head.len(), |length| from + length);
        return format!("{}{value}{}", &head[..from], &head[to..]);
    }
    let (head, slash) = head.strip_suffix('/').map_or((head, ""), |head| (head.trim_end(), "/"));
    format!("{head} {name}=\"{value}\"{slash}")
}

/// A list with entries added at its end and its count set.
fn appended(xml: &str, list: &str, entries: &str, count: usize) -> String {
    let close = format!("</{list}>");
    let Some(end) = xml.find(&close) else { return xml.to_owned() };
    let open = xml[..end].rfind(&format!("<{list}")).unwrap_or(0);
    let tag_end = xml[open..].find('>').map_or(end, |length| open + length);
    let head = with(&xml[open..tag_end], "count", &count.to_string());
    format!("{}{head}{}{entries}{}", &xml[..open], &xml[tag_end..end], &xml[end..])
}
