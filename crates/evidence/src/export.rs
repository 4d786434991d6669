//! Reports as files: a workbook, comma-separated text that spreadsheets open as it is, and pages. Both languages stand
//! side by side, and the definition under each table.

use std::borrow::Cow;

use jiff::{Timestamp, ZonedDateTime};
use kernel::{Lang, Refusal};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::block::{Block, Cell, Row};
use crate::faults;
use crate::pdf::pdf;

/// As what file a report is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook.
    Xlsx,
    /// Comma-separated text.
    Csv,
    /// Pages to print.
    Pdf,
}

impl FileKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::Csv, Self::Pdf];

    /// How its name ends.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Pdf => "pdf",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
            Self::Pdf => "application/pdf",
        }
    }

    /// The kind whose names end so.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.ending() == ending)
    }

    /// Makes the file. `made` is when, at the node's sites; it is told in the file. Blocks the thread: a PDF takes up
    /// to a second.
    pub fn make(self, report: &Printed<'_>, made: &ZonedDateTime) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Xlsx => xlsx(report, made.timestamp()),
            Self::Csv => csv(report),
            Self::Pdf => pdf(report, made),
        }
    }
}

/// A report as it is printed.
pub struct Printed<'a> {
    /// Its title, Chinese and English.
    pub title: (&'static str, &'static str),
    /// The day or month it is about: Chinese and English words, and the value.
    pub on: (&'static str, &'static str, &'a str),
    /// Figures that are in no table.
    pub totals: Vec<(&'static str, &'static str, Cell)>,
    /// How it is counted, Chinese and English.
    pub definition: (&'a str, &'a str),
    /// The tables.
    pub blocks: Vec<&'a Block>,
    /// In which characters the Chinese words are printed.
    pub lang: Lang,
}

pub(crate) const HEAD: [&str; 5] = ["类别", "Category", "数量 Count", "占全部 % of all", "占已知 % of known"];

/// The words of a unit, Chinese and English.
fn unit(name: &str) -> (&str, &str) {
    match name {
        "people" => ("人", "people"),
        "participations" => ("人次", "participations"),
        "households" => ("户", "households"),
        "sessions" => ("场", "sessions"),
        "encounters" => ("次", "times"),
        "requests" => ("项", "requests"),
        other => (other, other),
    }
}

pub(crate) fn denominator(block: &Block, lang: Lang) -> String {
    let (zh, en) = unit(&block.unit);
    let (title, all, unit) = (lang.chinese(&block.title_zh), lang.chinese("全部"), lang.chinese(zh));
    format!("{title} {} · {all} of {} {unit} {en}", block.title_en, block.denominator)
}

/// The Chinese label of a row. One that is the same in both languages is what somebody typed, and stays.
pub(crate) fn label(row: &Row, lang: Lang) -> Cow<'_, str> {
    if row.label_zh == row.label_en { Cow::Borrowed(&row.label_zh) } else { lang.chinese(&row.label_zh) }
}

/// The report as UTF-8 text with a byte order mark, lines ended as RFC 4180 has them.
pub fn csv(report: &Printed<'_>) -> Result<Vec<u8>, Refusal> {
    let fault = |_| Refusal::new(&faults::FILE);
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    {
        let mut builder = csv::WriterBuilder::new();
        builder.flexible(true).terminator(csv::Terminator::CRLF);
        let mut writer = builder.from_writer(&mut bytes);
        let mut line = |fields: &[&str]| {
            let safe: Vec<String> = fields.iter().map(|field| harmless(field)).collect();
            writer.write_record(&safe)
        };
        let zh = |words| report.lang.chinese(words);
        line(&[&zh(report.title.0), report.title.1]).map_err(fault)?;
        line(&[&zh(report.on.0), report.on.1, report.on.2]).map_err(fault)?;
        for (words, en, cell) in &report.totals {
            line(&[&zh(words), en, &cell.to_string()]).map_err(fault)?;
        }
        line(&[&zh(report.definition.0)]).map_err(fault)?;
        line(&[report.definition.1]).map_err(fault)?;
        for block in &report.blocks {
            line(&[""]).map_err(fault)?;
            line(&[&denominator(block, report.lang)]).map_err(fault)?;
            line(&HEAD.map(zh).each_ref().map(|words| &**words)).map_err(fault)?;
            for row in &block.rows {
                let Row { label_en, count, pct, pct_of_known, .. } = row;
                let share = |share: &Option<String>| share.clone().unwrap_or_default();
                let shares = (share(pct), share(pct_of_known));
                line(&[&label(row, report.lang), label_en, &count.to_string(), &shares.0, &shares.1])
                    .map_err(fault)?;
            }
            line(&[&zh("不详"), "Unknown", &block.unknown.to_string(), "", ""]).map_err(fault)?;
            line(&[&zh(&block.definition_zh)]).map_err(fault)?;
            line(&[&block.definition_en]).map_err(fault)?;
        }
        writer.flush().map_err(|_| Refusal::new(&faults::FILE))?;
    }
    Ok(bytes)
}

/// A field that a spreadsheet would take for a formula gets an apostrophe before it.
fn harmless(field: &str) -> String {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{field}") } else { field.to_owned() }
}

/// The report as a workbook. `made` is when, for the file's properties.
fn xlsx(report: &Printed<'_>, made: Timestamp) -> Result<Vec<u8>, Refusal> {
    workbook(report, made).map_err(|_| Refusal::new(&faults::FILE))
}

struct Formats {
    title: Format,
    head: Format,
    small: Format,
    number: Format,
    share: Format,
}

fn workbook(report: &Printed<'_>, made: Timestamp) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats {
        title: Format::new().set_bold().set_font_size(14),
        head: Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_text_wrap(),
        small: Format::new().set_italic().set_font_color("#555555"),
        number: Format::new().set_num_format("#,##0"),
        share: Format::new().set_num_format("0.00"),
    };
    let mut workbook = Workbook::new();
    let seconds = made.as_second();
    let created = ExcelDateTime::from_timestamp(seconds)?;
    workbook.set_properties(&DocProperties::new().set_title(report.title.1).set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    let zh = |words| report.lang.chinese(words);
    sheet.set_name(zh(report.title.0))?;
    for (column, width) in [26.0, 30.0, 14.0, 16.0, 18.0].into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let mut at = 0;
    sheet.write_with_format(at, 0, format!("{} {}", zh(report.title.0), report.title.1), &formats.title)?;
    at += 1;
    sheet.write(at, 0, &*zh(report.on.0))?.write(at, 1, report.on.1)?.write(at, 2, report.on.2)?;
    for (words, en, cell) in &report.totals {
        at += 1;
        sheet.write(at, 0, &*zh(words))?.write(at, 1, *en)?;
        count(sheet, at, cell, &formats)?;
    }
    for words in [zh(report.definition.0), report.definition.1.into()] {
        at += 1;
        sheet.write_with_format(at, 0, &*words, &formats.small)?;
    }
    for block in &report.blocks {
        at = table(sheet, at + 2, block, report.lang, &formats)?;
    }
    workbook.save_to_buffer()
}

/// Writes a table from row `at` on; gives its last row.
fn table(
    sheet: &mut Worksheet,
    at: u32,
    block: &Block,
    lang: Lang,
    formats: &Formats,
) -> Result<u32, XlsxError> {
    let mut at = at;
    sheet.write_with_format(at, 0, denominator(block, lang), &formats.title)?;
    at += 1;
    for (column, words) in HEAD.iter().enumerate() {
        sheet.write_with_format(at, column as u16, &*lang.chinese(words), &formats.head)?;
    }
    for row in &block.rows {
        at += 1;
        sheet.write(at, 0, &*label(row, lang))?.write(at, 1, &row.label_en)?;
        count(sheet, at, &row.count, formats)?;
        for (column, share) in [(3, &row.pct), (4, &row.pct_of_known)] {
            if let Some(share) = share.as_ref().and_then(|share| share.parse::<f64>().ok()) {
                sheet.write_with_format(at, column, share, &formats.share)?;
            }
        }
    }
    at += 1;
    sheet.write(at, 0, &*lang.chinese("不详"))?.write(at, 1, "Unknown")?;
    count(sheet, at, &block.unknown, formats)?;
    for words in [lang.chinese(&block.definition_zh), block.definition_en.as_str().into()] {
        at += 1;
        sheet.write_with_format(at, 0, &*words, &formats.small)?;
    }
    Ok(at)
}

fn count(sheet: &mut Worksheet, at: u32, cell: &Cell, formats: &Formats) -> Result<(), XlsxError> {
    match cell {
        Cell::Number(number) => sheet.write_with_format(at, 2, *number as f64, &formats.number)?,
        Cell::Hidden(text) => sheet.write(at, 2, text)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::units::People;

    use super::*;

    fn report(block: &Block) -> Printed<'_> {
        Printed {
            title: ("花名册", "Roster"),
            on: ("统计日", "As of", "2024-03-15"),
            totals: vec![("儿童", "Children", Cell::Number(255))],
            definition: ("怎么算", "How"),
            blocks: vec![block],
            lang: Lang::Zh,
        }
    }

    fn block() -> Block {
        let words = |text: &str| (text.to_owned(), text.to_owned());
        let rows = [
            ("a".to_owned(), words("=HYPERLINK(\"x\")"), People(222)),
            ("b".to_owned(), words("𠮷, \"娜\"\n<b>"), People(31)),
        ];
        Block::new(("住房", "Home"), ("定义", "Definition"), People(255), People(2), rows)
    }

    #[test]
    fn text_opens_in_a_spreadsheet_as_it_is() {
        let block = block();
        let bytes = csv(&report(&block)).unwrap();
        assert!(bytes.starts_with(&[0xef, 0xbb, 0xbf]));
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
        assert!(text.contains(",222,87.06,87.75\r\n"));
        assert!(text.contains("不详,Unknown,2,,\r\n"));
        assert!(text.contains("\"𠮷, \"\"娜\"\"\n<b>\""));
        assert!(text.ends_with("定义\r\nDefinition\r\n"));
    }

    #[test]
    fn traditional_characters_for_the_words_but_not_for_what_was_typed() {
        let words = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        let rows = [
            ("a".to_owned(), words("租房", "Renting"), People(2)),
            ("b".to_owned(), words("张丽发廊", "张丽发廊"), People(3)),
            ("c".to_owned(), words("单位宿舍", "Dormitory"), People(4)),
        ];
        let block = Block::new(("住房", "Home"), ("分母是全部儿童", "All"), People(9), People(0), rows);
        let text = String::from_utf8(csv(&Printed { lang: Lang::Hant, ..report(&block) }).unwrap()).unwrap();
        for wanted in [
            "花名冊,Roster",
            "單位宿舍,Dormitory",
            "张丽发廊,张丽发廊",
            "分母是全部兒童",
            "類別,Category,數量 Count",
            "不詳,Unknown",
        ] {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        let made: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        assert!(xlsx(&Printed { lang: Lang::Hant, ..report(&block) }, made).is_ok());
    }

    #[test]
    fn the_workbook_is_the_same_each_time() {
        let block = block();
        let made: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        let bytes = xlsx(&report(&block), made).unwrap();
        assert!(bytes.starts_with(b"PK"));
        assert_eq!(bytes, xlsx(&report(&block), made).unwrap());
    }
}
