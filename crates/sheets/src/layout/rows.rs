//! What each row is, and which sheets are earlier versions of others.

use std::collections::{HashMap, HashSet};

use super::{Column, Layout, RowInfo, RowRole, SheetRole};
use crate::book::{Cell, Merge, Sheet, Workbook};
use crate::mapping::dictionary;
use crate::plain;

const TOTALS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "总数",
    "总人数",
    "总户数",
    "本页小计",
    "本页合计",
    "平均",
    "total",
    "subtotal",
    "sub-total",
    "grandtotal",
    "sum",
    "average",
];

const SIGNATURES: &[&str] = &[
    "制表",
    "填表",
    "审核",
    "审批",
    "负责人",
    "经办人",
    "分管领导",
    "单位负责人",
    "签字",
    "签名",
    "盖章",
    "登记人",
    "联系人",
    "填报",
    "主管",
    "核对",
    "校对",
    "复核",
    "工人代表",
    "领导",
    "preparedby",
    "checkedby",
    "approvedby",
    "signature",
    "signed",
    "reviewedby",
    "compiledby",
];

const NOTES: &[&str] = &[
    "注:",
    "注1",
    "注意",
    "备注:",
    "说明",
    "填表说明",
    "附注",
    "以上",
    "以下空白",
    "note:",
    "notes:",
    "remark:",
    "remarks:",
    "nb:",
    "n.b.",
    "*",
    "※",
    "数据来源",
    "source:",
    "本表",
    "备注1",
    "接上页",
    "接下页",
    "续表",
];

/// Words in front of a row that shows how to fill in the form.
const EXAMPLES: &[&str] = &["例", "例如", "示例", "样例", "范例", "填写示例", "example", "e.g.", "sample"];

/// What is looked up for every row, worked out once.
struct Table {
    first: usize,
    header_rows: Vec<usize>,
    /// Folded header texts by row and column.
    titles: HashMap<(usize, usize), String>,
    columns: usize,
    numbers: Vec<usize>,
    names: Vec<usize>,
    /// Rows under a region that spans at least half of the table: first and last.
    spans: Vec<(usize, usize)>,
}

impl Table {
    fn new(sheet: &Sheet, header_rows: &[usize], columns: &[Column]) -> Self {
        let of = |field: &str| -> Vec<usize> {
            let is =
                |column: &&Column| dictionary::exact(&plain::header(&column.title)).first() == Some(&field);
            columns.iter().filter(is).map(|column| column.index).collect()
        };
        let titles = header_rows.iter().flat_map(|row| {
            let cells = sheet.rows[*row].iter().enumerate().filter(|(_, cell)| !cell.is_blank());
            cells.map(|(column, cell)| ((*row, column), plain::folded(&cell.shown())))
        });
        let wide = |merge: &&Merge| {
            (merge.right - merge.left + 1) as usize * 2 > columns.len() && merge.right > merge.left + 1
        };
        Self {
            first: header_rows.last().map_or(usize::MAX, |last| last + 1),
            header_rows: header_rows.to_vec(),
            titles: titles.collect(),
            columns: columns.len(),
            numbers: of("no"),
            names: of("name"),
            spans: sheet.merges.iter().filter(wide).map(|m| (m.top as usize, m.bottom as usize)).collect(),
        }
    }

    fn repeats_header(&self, filled: &[(usize, String)]) -> bool {
        filled.len() >= 2
            && self.header_rows.iter().any(|row| {
                let same =
                    |(column, text): &&(usize, String)| self.titles.get(&(*row, *column)) == Some(text);
                filled.iter().filter(same).count() * 5 >= filled.len() * 4
            })
    }

    /// A heading alone on its line: in the column of names only where it cannot be a name.
    fn is_divider(&self, (column, text): &(usize, String)) -> bool {
        if self.columns < 4 || text.chars().filter(char::is_ascii_digit).count() >= 5 {
            return false;
        }
        let place = ["村", "社区", "小区", "街道", "居委会", "组", "网格", "片区", "班", "部分", "片", "楼"];
        is_numbered_heading(text)
            || text.ends_with(':')
            || (text.chars().count() > 3 && place.iter().any(|end| text.ends_with(end)))
            || (!self.names.contains(column)
                && !self.names.is_empty()
                && text.chars().any(char::is_alphabetic)
                && text.chars().count() > 1)
    }

    fn holds_person(&self, filled: &[(usize, String)]) -> bool {
        has_identity(filled) || filled.iter().any(|(column, _)| self.names.contains(column))
    }
}

/// The role of every row that is not blank.
pub fn roles(sheet: &Sheet, header_rows: &[usize], columns: &[Column]) -> Vec<RowInfo> {
    let table = Table::new(sheet, header_rows, columns);
    let mut footers = false;
    let mut found = Vec::new();
    for (row, cells) in sheet.rows.iter().enumerate().filter(|(_, cells)| cells.iter().any(|c| !c.is_blank()))
    {
        let (role, why) = if header_rows.contains(&row) {
            (RowRole::Header, "header")
        } else if row >= table.first {
            below(&table, row, cells, footers)
        } else {
            (RowRole::Title, "title")
        };
        footers |= matches!(why, "signatures" | "note");
        found.push(RowInfo { row, role, why });
    }
    trailing(sheet, &table, &mut found);
    found
}

/// Lines after the last person that name nobody, such as a day or a village under the table.
fn trailing(sheet: &Sheet, table: &Table, found: &mut [RowInfo]) {
    if table.names.is_empty() || table.columns < 4 {
        return;
    }
    for info in found.iter_mut().rev() {
        if info.role == RowRole::Data {
            let filled = filled(&sheet.rows[info.row]);
            if filled.len() > 2 || table.holds_person(&filled) {
                return;
            }
            (info.role, info.why) = (RowRole::Note, "note");
        }
    }
}

/// The cells of a row that are not blank, folded.
fn filled(cells: &[Cell]) -> Vec<(usize, String)> {
    let cells = cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
    cells.map(|(column, cell)| (column, plain::folded(&cell.shown()))).collect()
}

fn below(table: &Table, row: usize, cells: &[Cell], footers: bool) -> (RowRole, &'static str) {
    let filled = filled(cells);
    let first = filled.first().map_or("", |(_, text)| text.as_str());
    let few = filled.len() <= 2;
    let starts = |words: &[&'static str]| words.iter().find(|word| first.starts_with(**word)).copied();
    if is_total(&filled) {
        return (RowRole::Total, "total");
    }
    if few && starts(NOTES).is_some() {
        return (RowRole::Note, "note");
    }
    if filled.len() * 2 <= table.columns.max(4)
        && let Some(word) = starts(SIGNATURES)
        && (first.contains(':') || first == word || few)
    {
        return (RowRole::Note, "signatures");
    }
    if is_column_numbers(&filled) {
        return (RowRole::Header, "column numbers");
    }
    if EXAMPLES.iter().any(|word| {
        first == *word || first.strip_prefix(word).is_some_and(|rest| rest.starts_with([':', '(']))
    }) {
        return (RowRole::Note, "example");
    }
    if table.repeats_header(&filled) {
        return (RowRole::Header, "header repeated");
    }
    if table.spans.iter().any(|(top, bottom)| (*top..=*bottom).contains(&row))
        || (filled.len() == 1 && (is_period(first) || table.is_divider(&filled[0])))
    {
        return (RowRole::Note, "divider");
    }
    if filled.len() == 1 && first.chars().count() > 20 {
        return (RowRole::Note, "note");
    }
    if few && footers && !table.holds_person(&filled) {
        return (RowRole::Note, "note");
    }
    let number = |(column, text): &(usize, String)| {
        table.numbers.contains(column) && plain::small_number(text).is_some()
    };
    if filled.iter().all(number) {
        return (RowRole::Note, "numbered, otherwise empty");
    }
    (RowRole::Data, "data")
}

fn is_total(filled: &[(usize, String)]) -> bool {
    let Some((_, first)) = filled.first() else { return false };
    let labelled = |text: &str| {
        TOTALS.iter().any(|word| {
            text.strip_prefix(word).is_some_and(|rest| {
                rest.is_empty()
                    || rest.starts_with([':', '(', '=', '共', '人', '数'])
                    || starts_with_number(rest)
            })
        })
    };
    // 北营村小计: a part's sum.
    let part = ["小计", "合计", "总计", "subtotal", "total"].iter().any(|word| {
        let before = first.trim_end_matches(':').strip_suffix(word);
        before.is_some_and(|before| before.chars().count() <= 16)
    });
    if part && !has_identity(filled) {
        return true;
    }
    let counted = first.strip_prefix('共').is_some_and(|rest| {
        starts_with_number(rest) && ["人", "户", "名", "条", "个"].iter().any(|unit| rest.contains(unit))
    });
    let early = filled.iter().take(3).any(|(_, text)| labelled(text));
    counted || labelled(first) || (early && !has_identity(filled))
}

/// Whether a line of one cell above a header is its heading, and not the end of the table before.
pub fn heads_a_table(text: &str) -> bool {
    let ends = TOTALS.iter().chain(SIGNATURES).chain(NOTES).any(|word| text.starts_with(word));
    let tables = ["表", "名单", "花名册", "台账", "登记", "名册", "list", "roster", "register", "table"];
    !ends
        && (is_numbered_heading(text) || tables.iter().any(|word| text.contains(word)) || text.ends_with(':'))
}

/// 一、, (二), 第三: the beginning of a heading.
fn is_numbered_heading(text: &str) -> bool {
    let numeral = |c: char| "一二三四五六七八九十".contains(c);
    let rest = text.trim_start_matches(['(', '第']);
    let end = rest.trim_start_matches(numeral);
    end.len() < rest.len() && (rest.len() < text.len() || end.starts_with(['、', '.', ',']))
}

/// 1, 2, 3 … under the titles, as official forms have it.
fn is_column_numbers(filled: &[(usize, String)]) -> bool {
    let numbers = filled.iter().map(|(_, text)| text.trim_matches(['(', ')', '栏']).parse::<usize>().ok());
    filled.len() >= 4 && numbers.enumerate().all(|(at, number)| number == Some(at + 1))
}

fn starts_with_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c))
}

/// A row with an identity number or a mobile phone is a person, whatever words stand in it.
fn has_identity(filled: &[(usize, String)]) -> bool {
    filled.iter().any(|(_, text)| {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        digits >= 11 && digits + 3 >= text.chars().count()
    })
}

/// A month or a year alone on a line, which divides a running table.
fn is_period(text: &str) -> bool {
    let rest = text.trim_end_matches(['份', '度']);
    let Some(rest) = rest.strip_suffix(['月', '年']) else { return false };
    let rest = rest.rsplit('年').next().unwrap_or(rest);
    plain::small_number(rest).is_some() || rest.len() == 4 && rest.bytes().all(|b| b.is_ascii_digit())
}

/// Share of an older sheet's people that must also be on the newer one.
const SAME_PEOPLE: f64 = 0.6;

/// Marks sheets that hold mostly the same people as another sheet of a later day.
pub fn mark_old_versions(book: &Workbook, layouts: &mut [Layout]) {
    let people: Vec<HashSet<String>> =
        book.sheets.iter().zip(layouts.iter()).map(|(sheet, layout)| names(sheet, layout)).collect();
    let older: Vec<usize> = (0..layouts.len())
        .filter(|old| {
            layouts[*old].role == SheetRole::Data
                && (0..layouts.len()).any(|new| {
                    new != *old && is_older(&layouts[*old], &layouts[new], &people[*old], &people[new])
                })
        })
        .collect();
    for index in older {
        layouts[index].role = SheetRole::OldVersion;
    }
}

fn is_older(old: &Layout, new: &Layout, old_people: &HashSet<String>, new_people: &HashSet<String>) -> bool {
    let later = matches!((old.as_of, new.as_of), (Some(a), Some(b)) if a < b);
    let enough = old_people.len() >= 10 && new.role == SheetRole::Data;
    let shared = old_people.intersection(new_people).count() as f64;
    later && enough && same_words(old, new) && shared >= old_people.len() as f64 * SAME_PEOPLE
}

/// Whether two sheets ask mostly the same questions: otherwise one is an attendance list, not a version of the other.
fn same_words(old: &Layout, new: &Layout) -> bool {
    let fields = |layout: &Layout| -> HashSet<&'static str> {
        layout
            .columns
            .iter()
            .filter_map(|c| dictionary::exact(&plain::header(&c.title)).first().copied())
            .collect()
    };
    let (a, b) = (fields(old), fields(new));
    a.len() >= 4 && a.intersection(&b).count() * 2 >= a.len()
}

fn names(sheet: &Sheet, layout: &Layout) -> HashSet<String> {
    let column = layout.columns.iter().find(|c| {
        c.groups.is_empty() && dictionary::exact(&plain::header(&c.title)).first() == Some(&"name")
    });
    let Some(column) = column else { return HashSet::new() };
    layout
        .data_rows()
        .map(|row| plain::folded(&sheet.cell(row, column.index).shown()))
        .filter(|name| !name.is_empty())
        .collect()
}
