//! Other layouts of the same families: other words, other order, other title rows, other formats. The truth stays.

use std::collections::HashMap;
use std::time::Instant;

use rust_xlsxwriter::{Format, Workbook as Writer};
use serde_json::Value;
use sheets::{Cell, Workbook};

use crate::support::{Score, compare, dry_run, open, put, sample};

const CHILDREN: &str = "01_流动儿童花名册.xlsx";
const FAMILIES: &str = "02_家庭登记总表.xlsx";

/// Fields of a sheet and the cells of its rows, taken from a sample by its truth.
struct Table {
    rows: Vec<(u64, HashMap<String, Cell>)>,
}

fn table(book: &Workbook, truth: &Value, name: &str) -> Table {
    let sheet = book.sheets.iter().find(|sheet| sheet.name == name).expect("the sheet");
    let about = truth["sheets"]
        .as_array()
        .expect("sheets")
        .iter()
        .find(|one| one["name"] == name)
        .expect("the truth");
    let columns: Vec<(String, usize)> = about["columns"]
        .as_object()
        .expect("columns")
        .iter()
        .map(|(field, letter)| {
            (field.clone(), usize::from(letter.as_str().expect("letter").as_bytes()[0] - b'A'))
        })
        .collect();
    let records =
        truth["records"].as_array().expect("records").iter().filter(|record| record["sheet"] == name);
    let rows = records
        .map(|record| {
            let row = record["row"].as_u64().expect("row");
            let cells =
                columns.iter().map(|(field, c)| (field.clone(), sheet.cell(row as usize - 1, *c).clone()));
            (row, cells.collect())
        })
        .collect();
    Table { rows }
}

/// A layout to try: title rows, and for each column its group (may be empty), its title and its field.
struct Form<'a> {
    titles: &'a [&'a str],
    columns: &'a [(&'a str, &'a str, &'a str)],
    footer: &'a [&'a str],
}

impl Form<'_> {
    fn first_data_row(&self) -> u64 {
        let levels = if self.columns.iter().any(|(group, ..)| !group.is_empty()) { 2 } else { 1 };
        self.titles.len() as u64 + levels + 1
    }

    /// The table in this layout, as a workbook. `change` may replace a cell.
    fn xlsx(&self, table: &Table, change: impl Fn(&str, &Cell) -> Option<Cell>) -> Vec<u8> {
        let mut book = Writer::new();
        let sheet = book.add_worksheet();
        sheet.set_name("名单").expect("a name");
        let last = self.columns.len() as u16 - 1;
        for (row, title) in self.titles.iter().enumerate() {
            sheet.merge_range(row as u32, 0, row as u32, last, title, &Format::new()).expect("merges");
        }
        let head = self.titles.len() as u32;
        let two = self.first_data_row() as u32 - head > 2;
        for (at, (group, title, _)) in self.columns.iter().enumerate() {
            let column = at as u16;
            if group.is_empty() && two {
                sheet.merge_range(head, column, head + 1, column, title, &Format::new()).expect("merges");
            } else if two {
                sheet.write_string(head + 1, column, *title).expect("text fits");
                let start = self.columns.iter().position(|(g, ..)| g == group).expect("a group");
                let end = self.columns.iter().rposition(|(g, ..)| g == group).expect("a group");
                if start == at && end > at {
                    sheet.merge_range(head, column, head, end as u16, group, &Format::new()).expect("merges");
                } else if start == at {
                    sheet.write_string(head, column, *group).expect("text fits");
                }
            } else {
                sheet.write_string(head, column, *title).expect("text fits");
            }
        }
        let first = self.first_data_row() as u32 - 1;
        for (at, (_, cells)) in table.rows.iter().enumerate() {
            for (column, (_, _, field)) in self.columns.iter().enumerate() {
                if let Some(cell) = cells.get(*field) {
                    let cell = change(field, cell).unwrap_or_else(|| cell.clone());
                    put(sheet, first + at as u32, column as u16, &cell);
                }
            }
        }
        for (at, text) in self.footer.iter().enumerate() {
            sheet.write_string(first + (table.rows.len() + at) as u32, 0, *text).expect("text fits");
        }
        book.save_to_buffer().expect("a workbook")
    }

    /// The same as text with a delimiter: groups lose their merges, dates become text.
    fn csv(&self, table: &Table, delimiter: char) -> String {
        let mut lines: Vec<String> = self.titles.iter().map(|title| (*title).to_owned()).collect();
        let two = self.columns.iter().any(|(group, ..)| !group.is_empty());
        let join = |fields: Vec<String>| fields.join(&delimiter.to_string());
        if two {
            let mut seen = "";
            let top = self.columns.iter().map(|(group, title, _)| {
                let text = if group.is_empty() {
                    title
                } else if *group == seen {
                    ""
                } else {
                    group
                };
                seen = group;
                text.to_owned()
            });
            lines.push(join(top.collect()));
            lines.push(join(
                self.columns.iter().map(|(g, t, _)| if g.is_empty() { "" } else { t }.to_owned()).collect(),
            ));
        } else {
            lines.push(join(self.columns.iter().map(|(_, title, _)| (*title).to_owned()).collect()));
        }
        for (_, cells) in &table.rows {
            let fields = self.columns.iter().map(|(_, _, field)| {
                let text = cells.get(*field).map(Cell::shown).unwrap_or_default();
                if text.contains([delimiter, '\n', '"']) {
                    format!("\"{}\"", text.replace('"', "\"\""))
                } else {
                    text
                }
            });
            lines.push(join(fields.collect()));
        }
        lines.extend(self.footer.iter().map(|text| (*text).to_owned()));
        lines.join("\r\n")
    }
}

const ENGLISH: Form<'_> = Form {
    titles: &["Roster of migrant children", "As of: 2024-03-15    Prepared for the street office"],
    columns: &[
        ("", "Full name", "name"),
        ("", "Remarks", "needs"),
        ("", "Gender", "sex"),
        ("", "ID number", "id_no"),
        ("", "Date of birth", "birth"),
        ("", "Ethnic group", "nation"),
        ("Guardian", "Name", "guardians.name"),
        ("Guardian", "Phone", "guardians.phones"),
        ("Guardian", "Relation to child", "guardians.relation"),
        ("", "Current address", "address"),
        ("", "Housing", "tenure"),
        ("", "Hometown", "home"),
        ("School", "Grade", "grade"),
        ("School", "Name of school", "school"),
        ("", "Arrival", "arrival"),
        ("", "Health insurance", "insurance"),
        ("", "Disability", "disability"),
        ("", "Residence permit", "permit"),
    ],
    footer: &["Total: 255 children", "Prepared by: W. H. M."],
};

const CODED: Form<'_> = Form {
    titles: &[
        "某某街道外来务工人员子女登记表（2024年春）",
        "住房性质：①租房 ②自有 ③借住亲戚 4=宿舍 5=公租房",
        "统计截止：2024年3月15日",
    ],
    columns: &[
        ("", "编号", "no"),
        ("", "儿童姓名", "name"),
        ("", "身份证号", "id_no"),
        ("", "性别", "sex"),
        ("", "出生日期", "birth"),
        ("", "民族", "nation"),
        ("", "住房性质", "tenure"),
        ("", "现住地址", "address"),
        ("", "籍贯", "home"),
        ("", "何时来本地", "arrival"),
        ("", "家长姓名", "guardians.name"),
        ("", "与孩子关系", "guardians.relation"),
        ("", "家长手机", "guardians.phones"),
        ("", "就读学校", "school"),
        ("", "班级", "grade"),
        ("", "有无居住证", "permit"),
        ("", "参保情况", "insurance"),
        ("", "残疾类别及等级", "disability"),
        ("", "困难和需求", "needs"),
    ],
    footer: &["共计255人", "填表人：　　　　审核：", "备注：仅供内部使用"],
};

fn good(score: &Score, what: &str) {
    println!(
        "{what}: {} cells, {} wrong, recall {:.4}, precision {:.4}",
        score.cells,
        score.wrong.len(),
        score.recall(),
        score.precision()
    );
    let shown = |list: &[String]| list.iter().take(12).cloned().collect::<Vec<_>>();
    assert!(score.share_right() >= 0.995, "{what} wrong: {:?}", shown(&score.wrong));
    assert!(score.recall() >= 0.98, "{what} missing: {:?}", shown(&score.missing));
    assert!(score.precision() >= 0.98, "{what} extra: {:?}", shown(&score.extra));
}

#[test]
fn english_headers_in_another_order() {
    let Some((book, truth)) = sample(CHILDREN) else { return };
    let bytes = ENGLISH.xlsx(&table(&book, &truth, "花名册"), |_, _| None);
    let run = dry_run(&open(&bytes, "roster.xlsx"));
    let first = ENGLISH.first_data_row();
    good(&compare(&truth, &run, "花名册", "名单", |row| row - 5 + first), "English");
}

#[test]
fn coded_housing_with_a_legend_and_other_words() {
    let Some((book, truth)) = sample(CHILDREN) else { return };
    let code = |field: &str, cell: &Cell| {
        let text = cell.shown();
        let code = match () {
            () if field != "tenure" || text.is_empty() || text == "不详" => return None,
            () if text.contains("廉租") || text.contains("公租") => "5",
            () if text.contains("租") => "①",
            () if text.contains("亲戚") || text.contains("寄居") => "3",
            () if text.contains("宿舍") || text.contains("工棚") => return Some(Cell::Number(4.0)),
            () => "②",
        };
        Some(Cell::Text(code.into()))
    };
    let bytes = CODED.xlsx(&table(&book, &truth, "花名册"), code);
    let run = dry_run(&open(&bytes, "登记表.xlsx"));
    let first = CODED.first_data_row();
    good(&compare(&truth, &run, "花名册", "名单", |row| row - 5 + first), "coded");
    let roles: Vec<&Value> = run["sheets"][0]["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .rev()
        .take(3)
        .map(|row| &row["role"])
        .collect();
    assert_eq!(roles, ["note", "note", "total"]);
}

/// The line on which each record of delimited text begins: a quoted line break is a line of its own.
fn lines(text: &str) -> Vec<u64> {
    let (mut all, mut line, mut quoted) = (vec![1], 1, false);
    for sign in text.chars() {
        quoted ^= sign == '"';
        if sign == '\n' {
            line += 1;
            if !quoted {
                all.push(line);
            }
        }
    }
    all
}

#[test]
fn delimited_text_in_chinese_encoding() {
    let Some((book, truth)) = sample(CHILDREN) else { return };
    let source = table(&book, &truth, "花名册");
    for (delimiter, name) in [(',', "逗号.csv"), (';', "分号.csv"), ('\t', "制表符.csv")] {
        for form in [&CODED, &ENGLISH] {
            let text = form.csv(&source, delimiter);
            let (bytes, _, lossy) = encoding_rs::GB18030.encode(&text);
            assert!(!lossy);
            let book = open(&bytes, name);
            assert_eq!((book.encoding, book.delimiter), (Some("gb18030"), Some(delimiter)));
            let run = dry_run(&book);
            let sheet = run["sheets"][0]["name"].as_str().expect("name").to_owned();
            let (first, lines) = (form.first_data_row(), lines(&text));
            let mut score =
                compare(&truth, &run, "花名册", &sheet, |row| lines[(row - 5 + first) as usize - 1]);
            // Text has no number cells and no date cells: how a value was written is told otherwise, the value is the same.
            score.wrong.retain(|wrong| !wrong.ends_with(" birth"));
            assert!(score.share_right() >= 0.995, "{name}: {:?}", &score.wrong[..score.wrong.len().min(12)]);
        }
    }
}

const REGISTER: Form<'_> = Form {
    titles: &["流动家庭台账", "截至2023年12月31日"],
    columns: &[
        ("", "姓名", "name"),
        ("", "性别", "sex"),
        ("", "关系", "relation"),
        ("", "户号", "household_no"),
        ("", "户主姓名", "head"),
        ("", "手机号码", "phones"),
        ("", "身份证", "id_no"),
        ("", "出生年月", "birth"),
        ("", "族别", "nation"),
        ("", "户籍所在地", "home"),
        ("", "现居住地址", "address"),
        ("", "月租金（元）", "rent"),
        ("", "来昆时间", "arrival"),
        ("", "工作", "occupation"),
        ("", "学历", "education"),
        ("", "登记时间", "registered"),
        ("", "登记人", "worker"),
        ("", "说明", "remark"),
    ],
    footer: &["合计：800人"],
};

#[test]
fn register_with_blanks_for_merges() {
    let Some((book, truth)) = sample(FAMILIES) else { return };
    let name = "家庭登记(2023)";
    let bytes = REGISTER.xlsx(&table(&book, &truth, name), |_, _| None);
    let run = dry_run(&open(&bytes, "台账.xlsx"));
    let first = REGISTER.first_data_row();
    good(&compare(&truth, &run, name, "名单", |row| row - 4 + first), "register");
}

#[test]
fn register_with_ditto_marks_and_no_numbers() {
    let Some((book, truth)) = sample(FAMILIES) else { return };
    let name = "家庭登记(2023)";
    let columns: Vec<_> =
        REGISTER.columns.iter().copied().filter(|(_, _, field)| *field != "household_no").collect();
    let form = Form { columns: &columns, ..REGISTER };
    let bytes = form.xlsx(&table(&book, &truth, name), |field, cell| {
        let shared = matches!(field, "head" | "address" | "registered" | "worker");
        (shared && cell.is_blank()).then(|| Cell::Text("〃".into()))
    });
    let run = dry_run(&open(&bytes, "台账.xlsx"));
    let mut score = compare(&truth, &run, name, "名单", |row| row - 4 + form.first_data_row());
    score.wrong.retain(|wrong| !wrong.ends_with(" household_no"));
    assert!(score.share_right() >= 0.995, "{:?}", &score.wrong[..score.wrong.len().min(12)]);
}

#[test]
fn twenty_thousand_rows() {
    let Some((book, truth)) = sample(CHILDREN) else { return };
    let mut source = table(&book, &truth, "花名册");
    let rows = source.rows.clone();
    while source.rows.len() < 20_000 {
        source.rows.extend(rows.iter().cloned());
    }
    let bytes = CODED.xlsx(&source, |_, _| None);
    let start = Instant::now();
    let book = open(&bytes, "大表.xlsx");
    let read = start.elapsed();
    let start = Instant::now();
    let understood = sheets::understand(&book, &sheets::Options::new(crate::support::TODAY));
    let cleaned = start.elapsed();
    println!("20,000 rows: read {read:?}, understood and cleaned {cleaned:?}");
    assert_eq!(understood[0].rows.len(), source.rows.len());
}
