//! Reports as files: a workbook, and comma-separated text that spreadsheets open as it is. Both languages stand side
//! by side, and the definition under each table.

use jiff::Timestamp;
use kernel::Refusal;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::block::{Block, Cell, Row};
use crate::faults;

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
}

const HEAD: [&str; 5] = ["类别", "Category", "数量 Count", "占全部 % of all", "占已知 % of known"];

/// The words of a unit, Chinese and English.
fn unit(name: &str) -> (&str, &str) {
    match name {
        "people" => ("人", "people"),
        "participations" => ("人次", "participations"),
        "households" => ("户", "households"),
        "sessions" => ("场", "sessions"),
        other => (other, other),
    }
}

fn denominator(block: &Block) -> String {
    let (zh, en) = unit(&block.unit);
    format!("{} {} · 全部 of {} {zh} {en}", block.title_zh, block.title_en, block.denominator)
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
        line(&[report.title.0, report.title.1]).map_err(fault)?;
        line(&[report.on.0, report.on.1, report.on.2]).map_err(fault)?;
        for (zh, en, cell) in &report.totals {
            line(&[zh, en, &cell.to_string()]).map_err(fault)?;
        }
        line(&[report.definition.0]).map_err(fault)?;
        line(&[report.definition.1]).map_err(fault)?;
        for block in &report.blocks {
            line(&[""]).map_err(fault)?;
            line(&[&denominator(block)]).map_err(fault)?;
            line(&HEAD).map_err(fault)?;
            for Row { label_zh, label_en, count, pct, pct_of_known, .. } in &block.rows {
                let share = |share: &Option<String>| share.clone().unwrap_or_default();
                let shares = (share(pct), share(pct_of_known));
                line(&[label_zh, label_en, &count.to_string(), &shares.0, &shares.1]).map_err(fault)?;
            }
            line(&["不详", "Unknown", &block.unknown.to_string(), "", ""]).map_err(fault)?;
            line(&[&block.definition_zh]).map_err(fault)?;
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
pub fn xlsx(report: &Printed<'_>, made: Timestamp) -> Result<Vec<u8>, Refusal> {
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
    sheet.set_name(report.title.0)?;
    for (column, width) in [26.0, 30.0, 14.0, 16.0, 18.0].into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let mut at = 0;
    sheet.write_with_format(at, 0, format!("{} {}", report.title.0, report.title.1), &formats.title)?;
    at += 1;
    sheet.write(at, 0, report.on.0)?.write(at, 1, report.on.1)?.write(at, 2, report.on.2)?;
    for (zh, en, cell) in &report.totals {
        at += 1;
        sheet.write(at, 0, *zh)?.write(at, 1, *en)?;
        count(sheet, at, cell, &formats)?;
    }
    for words in [report.definition.0, report.definition.1] {
        at += 1;
        sheet.write_with_format(at, 0, words, &formats.small)?;
    }
    for block in &report.blocks {
        at = table(sheet, at + 2, block, &formats)?;
    }
    workbook.save_to_buffer()
}

/// Writes a table from row `at` on; gives its last row.
fn table(sheet: &mut Worksheet, at: u32, block: &Block, formats: &Formats) -> Result<u32, XlsxError> {
    let mut at = at;
    sheet.write_with_format(at, 0, denominator(block), &formats.title)?;
    at += 1;
    for (column, words) in HEAD.iter().enumerate() {
        sheet.write_with_format(at, column as u16, *words, &formats.head)?;
    }
    for row in &block.rows {
        at += 1;
        sheet.write(at, 0, &row.label_zh)?.write(at, 1, &row.label_en)?;
        count(sheet, at, &row.count, formats)?;
        for (column, share) in [(3, &row.pct), (4, &row.pct_of_known)] {
            if let Some(share) = share.as_ref().and_then(|share| share.parse::<f64>().ok()) {
                sheet.write_with_format(at, column, share, &formats.share)?;
            }
        }
    }
    at += 1;
    sheet.write(at, 0, "不详")?.write(at, 1, "Unknown")?;
    count(sheet, at, &block.unknown, formats)?;
    for words in [&block.definition_zh, &block.definition_en] {
        at += 1;
        sheet.write_with_format(at, 0, words, &formats.small)?;
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
    fn the_workbook_is_the_same_each_time() {
        let block = block();
        let made: Timestamp = "2026-11-24T08:00:00Z".parse().unwrap();
        let bytes = xlsx(&report(&block), made).unwrap();
        assert!(bytes.starts_with(b"PK"));
        assert_eq!(bytes, xlsx(&report(&block), made).unwrap());
    }
}
