//! Workbooks of other offices filled in: what was pointed at changes, everything else stays, part by part, byte by byte.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use jiff::civil::date;
use rust_xlsxwriter::{Format, FormatUnderline, Formula, Workbook as Writer};
use sheets::fill::{self, Change, ChangeKind, Edits, Marking, Put};
use sheets::{Cell, Limits, Workbook};

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    (0..archive.len())
        .map(|at| {
            let mut part = archive.by_index(at).expect("a part");
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("bytes");
            (part.name().to_owned(), bytes)
        })
        .collect()
}

fn package(bytes: &[u8]) -> fill::Package {
    fill::open(bytes, "表.xlsx", &Limits::default()).unwrap_or_else(|problem| panic!("{problem}"))
}

fn filled(bytes: &[u8], edits: &Edits, listed: &[Change]) -> Vec<u8> {
    fill::fill(&package(bytes), edits, listed).unwrap_or_else(|problem| panic!("{problem}"))
}

fn code(bytes: &[u8], edits: &Edits) -> String {
    fill::fill(&package(bytes), edits, &[])
        .err()
        .map(|problem| problem.def.code.to_owned())
        .unwrap_or_default()
}

fn edits(sheet: &str, cells: &[((usize, usize), Put)]) -> Edits {
    Edits { sheet: sheet.to_owned(), cells: cells.iter().cloned().collect(), ..Edits::default() }
}

fn text(words: &str) -> Put {
    Put::Text(words.to_owned())
}

/// A quarterly form: title, two-level header, five lines, a sum below, a second sheet that refers to the first.
fn form(protect: bool) -> Vec<u8> {
    let mut book = Writer::new();
    let bold = Format::new().set_bold().set_underline(FormatUnderline::Single);
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    sheet.set_name("季报").expect("a name");
    sheet.merge_range(0, 0, 0, 3, "季度统计表", &bold).expect("a title");
    for (column, title) in ["序号", "姓名", "出生日期", "走访次数"].iter().enumerate() {
        sheet.write_string_with_format(1, column as u16, *title, &bold).expect("text");
    }
    for row in 2..7 {
        sheet.write_blank(row, 1, &bold).expect("blank");
        sheet.write_blank(row, 2, &day).expect("blank");
    }
    sheet.write_string(7, 0, "合计").expect("text");
    sheet.write_formula(7, 3, Formula::new("=SUM(D3:D7)").set_result("0")).expect("a formula");
    sheet.merge_range(8, 0, 8, 3, "制表人：", &bold).expect("a note");
    sheet.set_column_width(1, 23.5).expect("width");
    if protect {
        let open = Format::new().set_unlocked();
        sheet.write_blank(2, 3, &open).expect("blank");
        sheet.protect();
    }
    let other = book.add_worksheet();
    other.set_name("汇总").expect("a name");
    other.write_formula(0, 0, Formula::new("=季报!D8+SUM(季报!D3:D7)").set_result("0")).expect("a formula");
    book.save_to_buffer().expect("a workbook")
}

fn sheet<'a>(book: &'a Workbook, name: &str) -> &'a sheets::Sheet {
    book.sheets.iter().find(|sheet| sheet.name == name).expect("the sheet")
}

#[test]
fn only_the_cells_that_were_pointed_at_change() {
    let before = form(false);
    let after = filled(
        &before,
        &edits(
            "季报",
            &[
                ((2, 1), text("李娜 <&> \"𠮷\"")),
                ((2, 2), Put::Day(date(2015, 5, 28))),
                ((2, 3), Put::Number(4.0)),
                ((12, 5), text("新格")),
            ],
        ),
        &[],
    );
    let (old, new) = (parts(&before), parts(&after));
    assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
    let changed: Vec<&String> = old.keys().filter(|name| old[*name] != new[*name]).collect();
    assert!(
        changed.iter().all(|name| ["xl/worksheets/sheet1.xml", "xl/workbook.xml"].contains(&name.as_str())),
        "{changed:?}"
    );
    let book = sheets::read_whole_sheets(&after, "x.xlsx", &Limits::default()).expect("a workbook");
    let page = sheet(&book, "季报");
    assert_eq!(page.cell(2, 1).shown(), "李娜 <&> \"𠮷\"");
    assert_eq!(*page.cell(2, 2), Cell::Date(date(2015, 5, 28)), "a day in a cell that shows days");
    assert_eq!((page.cell(2, 3).shown(), page.cell(12, 5).shown()), ("4".to_owned(), "新格".to_owned()));
    assert!(page.formulas.contains(&(7, 3)) && page.merges.len() == 2);
    // The text around the cells is the same, byte for byte.
    let xml = |parts: &BTreeMap<String, Vec<u8>>| {
        String::from_utf8(parts["xl/worksheets/sheet1.xml"].clone()).expect("text")
    };
    let (old, new) = (xml(&old), xml(&new));
    let head = old.find("<sheetData>").expect("data");
    let tail = old.find("</sheetData>").expect("data");
    assert_eq!(old[..head], new[..head]);
    assert!(new.ends_with(&old[tail..]));
}

#[test]
fn rows_are_added_above_the_sum_and_formulas_follow() {
    let before = form(false);
    let mut work = edits("季报", &[((7, 1), text("多出来的")), ((8, 3), Put::Number(2.0))]);
    work.grow = Some((6, 2));
    let after = filled(&before, &work, &[]);
    let book = sheets::read_whole_sheets(&after, "x.xlsx", &Limits::default()).expect("a workbook");
    let page = sheet(&book, "季报");
    assert_eq!(
        (page.cell(7, 1).shown(), page.cell(9, 0).shown()),
        ("多出来的".to_owned(), "合计".to_owned())
    );
    assert!(page.formulas.contains(&(9, 3)));
    assert!(page.merges.iter().any(|merge| merge.top == 10 && merge.right == 3));
    let new = parts(&after);
    let text = |name: &str| String::from_utf8(new[name].clone()).expect("text");
    assert!(text("xl/worksheets/sheet1.xml").contains("SUM(D3:D9)"));
    assert!(text("xl/worksheets/sheet2.xml").contains("季报!D10+SUM(季报!D3:D9)"));
    assert!(text("xl/workbook.xml").contains("fullCalcOnLoad=\"1\""));
}

#[test]
fn changes_are_marked_and_listed() {
    let before = form(false);
    let mut work = edits("季报", &[((2, 1), text("李娜")), ((3, 1), text("王强"))]);
    work.marks =
        BTreeMap::from([((2, 1), Marking::New), ((3, 1), Marking::Changed), ((4, 1), Marking::Gone)]);
    let change = Change {
        kind: ChangeKind::Changed,
        cell: (3, 1),
        of: "王强".to_owned(),
        field: "姓名".to_owned(),
        before: "王 强".to_owned(),
        after: "王强".to_owned(),
    };
    let after = filled(&before, &work, &[change]);
    let book = sheets::read_whole_sheets(&after, "x.xlsx", &Limits::default()).expect("a workbook");
    let listed = sheet(&book, "变动");
    let row: Vec<String> = (0..6).map(|column| listed.cell(1, column).shown()).collect();
    assert_eq!(row, ["B4", "王强", "改了", "姓名", "王 强", "王强"]);
    let styles = String::from_utf8(parts(&after)["xl/styles.xml"].clone()).expect("text");
    assert!(["FFC6E7CE", "FFFFE699", "FFD9D9D9"].iter().all(|rgb| styles.contains(rgb)));
    assert!(styles.matches("applyFill=\"1\"").count() >= 3);
    // The marked cells keep the font of their style.
    let old = String::from_utf8(parts(&before)["xl/styles.xml"].clone()).expect("text");
    let fonts = |text: &str| {
        text[text.find("<fonts").expect("fonts")..text.find("</fonts>").expect("fonts")].to_owned()
    };
    assert_eq!(fonts(&old), fonts(&styles));
    // Filled in once more, the list of changes has another name.
    let again = filled(
        &after,
        &work,
        &[Change {
            kind: ChangeKind::New,
            cell: (2, 0),
            of: "李娜".to_owned(),
            field: String::new(),
            before: String::new(),
            after: String::new(),
        }],
    );
    let book = sheets::read_whole_sheets(&again, "x.xlsx", &Limits::default()).expect("a workbook");
    assert_eq!(book.sheets.len(), 4);
}

#[test]
fn formulas_and_locked_cells_are_left_alone() {
    assert_eq!(code(&form(false), &edits("季报", &[((7, 3), Put::Number(1.0))])), "SK-4014");
    let protected = form(true);
    assert_eq!(code(&protected, &edits("季报", &[((3, 1), text("李娜"))])), "SK-4015");
    assert_eq!(code(&protected, &edits("季报", &[((2, 3), Put::Number(1.0))])), "", "an unlocked cell");
    assert_eq!(code(&form(false), &edits("没有", &[((0, 0), Put::Clear)])), "SK-4013");
}

#[test]
fn what_cannot_be_filled_in_is_told_with_what_to_do() {
    let refused = |bytes: &[u8], name: &str| {
        let problem = fill::open(bytes, name, &Limits::default()).expect_err("refused");
        let words = problem.detail(kernel::Lang::Zh);
        assert!(words.contains(name) && words.contains("另存"), "{words}");
        problem.def.code.to_owned()
    };
    let old = include_bytes!("../data/register.xls");
    assert_eq!(refused(old, "旧.xls"), "SK-4012");
    assert_eq!(refused("姓名,电话\n李娜,1\n".as_bytes(), "名单.csv"), "SK-4012");
    assert_eq!(refused(b"PK\x03\x04broken", "坏.xlsx"), "SK-4003");
    assert_eq!(refused(b"%PDF-1.7", "通知.pdf"), "SK-4010");
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    bomb.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).expect("a part");
    bomb.write_all(&vec![b' '; 170 << 20]).expect("bytes");
    let bomb = bomb.finish().expect("a package").into_inner();
    let problem = fill::open(&bomb, "b.xlsx", &Limits::default()).expect_err("refused");
    assert_eq!(problem.def.code, "SK-4005");
}

#[test]
fn the_sample_roster_is_filled_in_and_stays_itself() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/visible");
    let Ok(before) = std::fs::read(format!("{folder}/01_流动儿童花名册.xlsx")) else {
        eprintln!("SKIPPED: the sample is not there");
        return;
    };
    let mut work =
        edits("花名册", &[((4, 1), text("胡思诺")), ((259, 1), text("新来的")), ((260, 1), text("共257人"))]);
    // Two more children above the line of the sum.
    work.grow = Some((258, 2));
    work.cells.insert((261, 1), text("共257人"));
    work.cells.remove(&(260, 1));
    let after = filled(&before, &work, &[]);
    let (a, b) = (
        sheets::read_whole_sheets(&before, "x.xlsx", &Limits::default()).expect("a workbook"),
        sheets::read_whole_sheets(&after, "x.xlsx", &Limits::default()).expect("a workbook"),
    );
    let (a, b) = (&a.sheets[0], &b.sheets[0]);
    let mut differ = Vec::new();
    for row in 0..a.rows.len() {
        let to = if row > 258 { row + 2 } else { row };
        for column in 0..19 {
            if a.cell(row, column) != b.cell(to, column) {
                differ.push((row, column));
            }
        }
    }
    assert_eq!(differ, [(259, 1)], "cell for cell");
    assert_eq!(a.merges.len(), b.merges.len());
    let (old, new) = (parts(&before), parts(&after));
    for name in old.keys().filter(|name| !name.contains("sheet1")) {
        assert_eq!(old[name], new[name], "{name}");
    }
}
