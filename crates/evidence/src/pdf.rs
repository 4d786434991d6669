//! Reports as PDF: the tables of [`Printed`] on A4 pages, both languages side by side as in the workbook.

use jiff::ZonedDateTime;
use kernel::Refusal;
use typeset::{Failed, Line, Sheet, Table};

use crate::block::{Block, Cell, Row};
use crate::export::{HEAD, Printed, denominator, label};
use crate::faults;

/// The report as a PDF.
pub(crate) fn pdf(report: &Printed<'_>, made: &ZonedDateTime) -> Result<Vec<u8>, Refusal> {
    typeset::pdf(&sheet(report), made).map_err(|failed| match failed {
        Failed::NoFont => Refusal::new(&faults::NO_FONT),
        Failed::Refused(why) => {
            tracing::error!(why, "no PDF");
            Refusal::new(&faults::FILE)
        }
    })
}

fn sheet(report: &Printed<'_>) -> Sheet {
    let zh = |words| report.lang.chinese(words).into_owned();
    let both = |words, en: &str| format!("{} {en}", zh(words));
    let figure = |(words, en, cell): &(&'static str, &'static str, Cell)| (both(words, en), cell.to_string());
    Sheet {
        title: zh(report.title.0),
        subtitle: report.title.1.to_owned(),
        about: (both(report.on.0, report.on.1), report.on.2.to_owned()),
        totals: report.totals.iter().map(figure).collect(),
        definition: vec![zh(report.definition.0), report.definition.1.to_owned()],
        tables: report.blocks.iter().map(|block| table(report, block)).collect(),
        foot: (both("页", "page"), both("生成于", "made on")),
    }
}

fn table(report: &Printed<'_>, block: &Block) -> Table {
    let zh = |words| report.lang.chinese(words).into_owned();
    // The words of both languages share a column: a page is narrower than a workbook.
    let [words, en, figures @ ..] = HEAD;
    let heads = std::iter::once(format!("{} {en}", zh(words))).chain(figures.map(zh)).collect();
    let line = |row: &Row| {
        let words = label(row, report.lang);
        let words =
            if words == row.label_en { words.into_owned() } else { format!("{words} {}", row.label_en) };
        let share = |share: &Option<String>| share.clone().unwrap_or_default();
        let cells = vec![words, row.count.to_string(), share(&row.pct), share(&row.pct_of_known)];
        Line { cells, apart: false }
    };
    let unknown =
        vec![format!("{} Unknown", zh("不详")), block.unknown.to_string(), String::new(), String::new()];
    Table {
        title: denominator(block, report.lang),
        heads,
        rows: block.rows.iter().map(line).chain([Line { cells: unknown, apart: true }]).collect(),
        definition: vec![zh(&block.definition_zh), block.definition_en.clone()],
    }
}
