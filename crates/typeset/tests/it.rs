//! A report is set, with its definition under each table, on as many pages as it takes.

use std::io::Write;
use std::process::{Command, Stdio};

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};
use typeset::{Line, Sheet, Table};

fn sheet(rows: usize) -> Sheet {
    let row = |at: usize| Line {
        cells: vec![
            format!("第 {at} 类 #set text(red) *{at}*"),
            at.to_string(),
            "87.06".into(),
            "87.75".into(),
        ],
        apart: at + 1 == rows,
    };
    Sheet {
        title: "年度统计".into(),
        subtitle: "Report of a period".into(),
        about: ("统计期 Period".into(), "2025".into()),
        totals: vec![("人次 Participations".into(), "4,992".into())],
        definition: vec![
            "人、人次、户不能相加。".into(),
            "People, participations and households are never added up.".into(),
        ],
        tables: vec![Table {
            title: "住房 Home · 全部 of 255 人 people".into(),
            heads: ["类别", "数量 Count", "占全部 % of all", "占已知 % of known"].map(Into::into).to_vec(),
            rows: (0..rows).map(row).collect(),
            definition: vec!["分母是全部儿童。𠮷·娜".into(), "Of all children.".into()],
        }],
        foot: ("页 page".into(), "生成于 made on".into()),
    }
}

fn made() -> ZonedDateTime {
    let at: Timestamp = "2026-11-26T12:00:00Z".parse().unwrap();
    at.to_zoned_datetime(TimeZone::fixed(Offset::constant(8)))
}

fn text_of(pdf: &[u8]) -> String {
    let mut program = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext of poppler-utils");
    let mut pipe = program.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writing = std::thread::spawn(move || pipe.write_all(&bytes));
    let out = program.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn a_report_is_set_with_its_definitions_and_what_was_typed_stays_text() {
    let pdf = typeset::pdf(&sheet(120), &made()).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let text = text_of(&pdf);
    for wanted in [
        "年度统计",
        "Report of a period",
        "4,992",
        "第 7 类 #set text(red) *7*",
        "分母是全部儿童。",
        "2026-11-26 20:00",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    // The head of the table stands on each of its pages.
    let pages = text.matches('\u{c}').count();
    assert!(pages >= 3, "{pages}");
    assert_eq!(text.matches("占已知 % of known").count(), pages);
}

#[test]
fn the_same_report_is_the_same_file() {
    let once = typeset::pdf(&sheet(3), &made()).unwrap();
    assert_eq!(once, typeset::pdf(&sheet(3), &made()).unwrap());
}
