//! Titles that say little alone, and titles that hold a word of a field and mean something else: the school's telephone, the number of a permit.

use super::Why;
use crate::field::Field;

/// Whose a name, telephone or address is, if it is not the person's.
const OF_OTHERS: &[&str] = &[
    "房东",
    "出租人",
    "班主任",
    "老师",
    "教师",
    "单位",
    "公司",
    "学校",
    "社区",
    "居委",
    "村委",
    "派出所",
    "雇主",
    "老板",
    "包工头",
    "邻居",
    "工作",
    "中介",
    "介绍人",
    "推荐人",
    "landlord",
    "school",
    "teacher",
    "employer",
    "company",
    "office",
    "neighbour",
    "neighbor",
    "referrer",
];

/// Whether a title that only contains a word of a field asks for something else about it.
pub fn means_else(field: Field, title: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let ends = |words: &[&str]| words.iter().any(|word| title.ends_with(word));
    match field {
        Field::Name => has(&["拼音", "英文", "pinyin", "english"]) || has(OF_OTHERS),
        Field::Phones | Field::Address | Field::GuardianPhones => {
            has(OF_OTHERS) || has(&["邮编", "postcode"])
        }
        Field::Permit | Field::Insurance | Field::Disability => ends(&[
            "号",
            "号码",
            "日期",
            "时间",
            "有效期",
            "期限",
            "no",
            "number",
            "date",
            "expiry",
            "expires",
        ]),
        Field::Birth => has(&["地", "证", "医院", "体重", "顺序", "place", "weight", "certificate"]),
        Field::IdNo => has(&[
            "有效期",
            "到期",
            "类型",
            "种类",
            "复印",
            "签发",
            "照片",
            "地址",
            "type",
            "expir",
            "issued",
        ]),
        Field::Home => has(&["类型", "性质", "类别", "属性", "电话", "邮编", "迁", "type"]),
        Field::School => has(&[
            "电话", "地址", "类型", "性质", "老师", "距离", "毕业", "phone", "address", "type", "teacher",
        ]),
        Field::Arrival => has(&["原因", "方式", "目的", "次数", "年限", "时长", "reason", "why", "how"]),
        Field::Needs => has(&["等级", "紧急程度", "level", "priority"]),
        Field::HouseholdNo => has(&["收入", "类型", "情况", "电话", "income", "type", "phone", "address"]),
        Field::Head => has(&["电话", "身份", "手机", "phone", "id"]),
        _ => false,
    }
}

/// What a title that says little alone (名称, 类型, 时间) asks under a group that says what about.
pub fn in_group(group: &str, title: &str) -> Option<(Field, f64, Why)> {
    let about = |words: &[&str]| words.iter().any(|word| group.contains(word));
    let asks = |words: &[&str]| words.contains(&title);
    let kind = ["类型", "类别", "性质", "方式", "情况", "状况", "type", "kind", "status"];
    let field = if about(&["学校", "就学", "就读", "入学", "上学", "教育", "school", "education"])
    {
        asks(&["名称", "校名", "园名", "name", "where"]).then_some(Field::School)?
    } else if about(&["居住", "住房", "住所", "现住", "living", "housing", "residence", "dwelling"]) {
        match title {
            _ if asks(&kind) => Field::Tenure,
            "时间" | "日期" | "起" | "since" | "from" => Field::Arrival,
            _ => return None,
        }
    } else if about(&["户籍", "户口", "老家", "hukou"]) {
        asks(&["地址", "地", "所在地", "address", "place"]).then_some(Field::Home)?
    } else {
        return None;
    };
    Some((field, 0.8, Why::Header))
}
