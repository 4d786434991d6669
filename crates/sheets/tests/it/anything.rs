//! Whatever stands in a file: nothing panics, no row is lost, the same bytes give the same answer.

use proptest::prelude::*;

use crate::support::{TODAY, dry_run, open, small};

const TITLES: &[&str] = &[
    "姓名",
    "性别",
    "出生日期",
    "身份证号",
    "民族",
    "监护人",
    "与儿童关系",
    "监护人电话",
    "家长姓名及电话",
    "老家",
    "现住址",
    "居住情况",
    "来昆时间",
    "学校",
    "年级",
    "居住证",
    "医保",
    "残疾情况",
    "备注",
    "家庭编号",
    "户主",
    "与户主关系",
    "电话",
    "职业",
    "文化程度",
    "登记日期",
    "登记人",
    "房租",
    "家庭人口",
    "年龄",
    "微信",
    "小名",
];

/// Text as it may stand in a cell: ordinary words, and pieces put together at random.
fn cell() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "李娜",
        "父亲",
        "13800138000",
        "0871-98765432",
        "2011",
        "年",
        "月",
        "三",
        "岁",
        "．",
        "·",
        "(",
        "）",
        "〃",
        "无",
        "租",
        "一",
        "\u{200b}",
        "\u{3000}",
        "𠮷",
        "５",
        "E+17",
        "-",
        "/",
        "、",
        "，",
        "\n",
        "云南",
        "昭通",
        "镇雄县",
        "班",
        "级",
        "x",
        "<b>",
        "'",
        "\"",
        "农历",
        "闰",
        "正月",
        "初八",
        "虚岁",
        "个月",
        "共",
        "合计",
        "注：",
        "=1+1",
        "①",
        "é",
        "😀",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..6).prop_map(|parts| parts.concat()),
        "\\PC{0,12}",
        Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_cells_under_known_titles(rows in prop::collection::vec(prop::collection::vec(cell(), TITLES.len()), 1..4)) {
        let mut all: Vec<Vec<&str>> = vec![TITLES.to_vec()];
        all.extend(rows.iter().map(|row| row.iter().map(String::as_str).collect()));
        let slices: Vec<&[&str]> = all.iter().map(Vec::as_slice).collect();
        let bytes = small(&slices);
        let book = open(&bytes, "名单.xlsx");
        let read = sheets::understand(&book, &sheets::Options::new(TODAY));
        let blank = |row: &Vec<sheets::Cell>| row.iter().all(sheets::Cell::is_blank);
        prop_assert_eq!(read[0].layout.rows.len(), book.sheets[0].rows.iter().filter(|row| !blank(row)).count());
        prop_assert_eq!(read[0].rows.len(), read[0].layout.data_rows().count());
        prop_assert_eq!(dry_run(&book), dry_run(&open(&bytes, "名单.xlsx")));
    }

    #[test]
    fn any_table(rows in prop::collection::vec(prop::collection::vec(cell(), 0..7), 0..9)) {
        let all: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let slices: Vec<&[&str]> = all.iter().map(Vec::as_slice).collect();
        dry_run(&open(&small(&slices), "名单.xlsx"));
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), head in 0..4_usize) {
        let heads: [&[u8]; 4] = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "姓名,电话\n".as_bytes()];
        let all = [heads[head], &bytes].concat();
        if let Ok(book) = sheets::read(&all, "x", &sheets::Limits::default()) {
            dry_run(&book);
        }
    }
}
