//! Files that are none, files that would fill the memory, files that lie.

use std::io::{Cursor, Write};

use sheets::{Limits, SheetRole};
use zip::write::SimpleFileOptions;

use crate::support::{TODAY, open, small};

fn refused(bytes: &[u8], name: &str, limits: &Limits) -> String {
    match sheets::read(bytes, name, limits) {
        Err(problem) => {
            for lang in [kernel::Lang::Zh, kernel::Lang::En] {
                assert!(!problem.detail(lang).contains('{'), "{}", problem.detail(lang));
            }
            problem.def.code.to_owned()
        }
        Ok(_) => panic!("{name} was read"),
    }
}

fn package(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("a package").into_inner()
}

#[test]
fn not_a_workbook() {
    let limits = Limits::default();
    for (bytes, code) in [
        (&b""[..], "SK-4001"),
        (b"  \n \n", "SK-4001"),
        (b"%PDF-1.7 ...", "SK-4010"),
        (b"\x89PNG\r\n\x1a\n", "SK-4010"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "SK-4010"),
        (b"\x00\x01\x02\x03", "SK-4002"),
        (b"PK\x03\x04broken", "SK-4003"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing", "SK-4002"),
        (b"name,\xff\xff\xff\n", "SK-4009"),
    ] {
        assert_eq!(refused(bytes, "x.xlsx", &limits), code);
    }
    assert_eq!(refused(&package(&[("word/document.xml", b"x".to_vec())]), "x.xlsx", &limits), "SK-4010");
    assert_eq!(refused(&package(&[("readme.txt", b"x".to_vec())]), "x.xlsx", &limits), "SK-4002");
    assert_eq!(
        refused(&package(&[("xl/workbook.xml", b"<workbook".to_vec())]), "x.xlsx", &limits),
        "SK-4003"
    );
}

#[test]
fn cut_off_in_the_middle() {
    let whole = small(&[&["姓名", "性别", "电话"], &["李娜", "女", "13800138000"]]);
    for length in (0..whole.len()).step_by(97) {
        assert!(sheets::read(&whole[..length], "x.xlsx", &Limits::default()).is_err());
    }
}

#[test]
fn zip_bombs_are_not_unpacked() {
    let zeros = vec![b' '; 30 << 20];
    let bomb = package(&[("xl/workbook.xml", b"<workbook/>".to_vec()), ("xl/worksheets/sheet1.xml", zeros)]);
    assert!(bomb.len() < 1 << 20);
    let limits = Limits { inflated_bytes: 10 << 20, ..Limits::default() };
    assert_eq!(refused(&bomb, "x.xlsx", &limits), "SK-4005");
    // The same bomb with a size that lies: the directory says 100 bytes.
    let size = (30_u32 << 20).to_le_bytes();
    let mut lying = bomb.clone();
    for at in 0..lying.len() - 4 {
        if lying[at..at + 4] == size {
            lying[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
    }
    assert_ne!(lying, bomb);
    let code = refused(&lying, "x.xlsx", &Limits { inflated_bytes: 1 << 20, ..limits });
    assert!(matches!(code.as_str(), "SK-4005" | "SK-4003"), "{code}");
    let many: Vec<(String, Vec<u8>)> = (0..3_000).map(|at| (format!("p{at}"), Vec::new())).collect();
    let many: Vec<(&str, Vec<u8>)> =
        many.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
    assert_eq!(refused(&package(&many), "x.xlsx", &limits), "SK-4007");
}

#[test]
fn too_large_is_said_in_words() {
    let limits = Limits { file_bytes: 1_000, ..Limits::default() };
    assert_eq!(refused(&vec![b'a'; 2_000], "big.csv", &limits), "SK-4004");
    let rows = "姓名,电话\n".to_owned() + &"李娜,13800138000\n".repeat(300);
    assert_eq!(refused(rows.as_bytes(), "x.csv", &Limits { rows: 100, ..Limits::default() }), "SK-4006");
    assert_eq!(refused(rows.as_bytes(), "x.csv", &Limits { cells: 100, ..Limits::default() }), "SK-4006");
    let wide = "a,".repeat(3_000);
    assert_eq!(refused(wide.as_bytes(), "x.csv", &Limits::default()), "SK-4006");
}

#[test]
fn a_far_away_cell_claims_no_memory() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "姓名").expect("text fits");
    sheet.write_string(1_048_575, 16_383, "x").expect("text fits");
    let bytes = book.save_to_buffer().expect("a workbook");
    assert_eq!(refused(&bytes, "x.xlsx", &Limits::default()), "SK-4006");
}

#[test]
fn formulas_are_never_evaluated() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, title) in ["姓名", "性别", "房租", "备注"].iter().enumerate() {
        sheet.write_string(0, column as u16, *title).expect("text fits");
    }
    sheet.write_string(1, 0, "李娜").expect("text fits");
    sheet
        .write_formula(1, 2, rust_xlsxwriter::Formula::new("=300+350").set_result("650"))
        .expect("a formula");
    let shell = rust_xlsxwriter::Formula::new("=HYPERLINK(\"http://example.org\")").set_result("#REF!");
    sheet.write_formula(1, 3, shell).expect("a formula");
    let book = open(&book.save_to_buffer().expect("a workbook"), "x.xlsx");
    let read = sheets::understand(&book, &sheets::Options::new(TODAY));
    let row = &read[0].rows[0];
    assert_eq!(row.values.rent, Some(650));
    assert_eq!(row.values.name.as_deref(), Some("李娜"));
}

#[test]
fn sheets_without_a_table() {
    for rows in [&[][..], &[&["通知"][..]], &[&["各位家长："], &["请带好户口本。"]]] {
        let book = open(&small(rows), "x.xlsx");
        let read = sheets::understand(&book, &sheets::Options::new(TODAY));
        assert!(matches!(read[0].layout.role, SheetRole::Empty | SheetRole::NoTable));
        assert!(read[0].rows.is_empty());
    }
}
