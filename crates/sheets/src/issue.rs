//! What was found in a cell: stable codes, how grave, words in both languages.

use std::borrow::Cow;
use std::fmt;

use kernel::Lang;
use serde::{Deserialize, Serialize};

/// How grave an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Put right without doubt; shown, nothing to do.
    Fix,
    /// Imported as far as it is certain; a person should look.
    Flag,
    /// The row cannot come in as it stands.
    Refuse,
}

/// An issue of a row.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// The cell, such as `H12`.
    pub cell: String,
    /// The field's name.
    pub field: &'static str,
    /// The stable code.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// A detail for the one who decides, such as what the identity number says. May be personal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl fmt::Debug for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.cell, self.field, self.code)
    }
}

impl Issue {
    /// What is said about it.
    pub fn message(&self, lang: Lang) -> Cow<'static, str> {
        words(self.code, lang)
    }
}

type Entry = (&'static str, Severity, &'static str, &'static str);

/// What is said about a code.
pub fn words(code: &str, lang: Lang) -> Cow<'static, str> {
    let entry = entry(code);
    lang.pick(entry.2, entry.3)
}

/// Severity of a code.
pub fn severity(code: &str) -> Severity {
    entry(code).1
}

/// Every code with its severity and words, for documents and screens.
pub fn catalogue() -> &'static [Entry] {
    CATALOGUE
}

fn entry(code: &str) -> &'static Entry {
    CATALOGUE.iter().find(|entry| entry.0 == code).unwrap_or(&CATALOGUE[0])
}

use Severity::{Fix, Flag, Refuse};

#[rustfmt::skip]
static CATALOGUE: &[Entry] = &[
    ("value_unknown", Flag, "这一格的内容不认识，没有导入，请核对。", "The content of this cell was not understood and is left out; please check."),
    ("name_missing", Refuse, "没有姓名，这一行不能导入。请补上姓名或称呼。", "There is no name, so the row cannot come in. Add a name or what the person is called."),
    ("name_placeholder", Flag, "写的不是姓名（如“新生儿”），请补上姓名。", "This is a placeholder, not a name (such as \"newborn\"); add the name."),
    ("name_spaces", Fix, "去掉了姓名里多余的空格。", "Spaces in the name were removed."),
    ("name_zero_width", Fix, "去掉了姓名里看不见的字符。", "Invisible characters in the name were removed."),
    ("name_dot_variant", Fix, "姓名里的间隔号统一成了“·”。", "The dot in the name was made \"·\"."),
    ("name_full_width", Fix, "姓名里的全角字母改成了半角。", "Full-width letters in the name were made narrow."),
    ("name_traditional", Fix, "姓名用了繁体字，照原样保留，查找时简繁都能找到。", "The name is in traditional characters and kept so; both forms find it."),
    ("name_note", Fix, "括号里的内容不是姓名，已分开保存。", "What stands in brackets is not part of the name and was set apart."),
    ("name_one_char", Flag, "只有一个字，不像完整的姓名，请核对。", "A single character is hardly a whole name; please check."),
    ("name_only_nickname", Flag, "写的是称呼，不是姓名；按称呼保存，请补上姓名。", "This is what the person is called, not the name; kept as a nickname."),
    ("name_pinyin", Flag, "姓名是拼音，请补上汉字。", "The name is in pinyin; add the characters."),
    ("name_rare_char_lost", Flag, "姓名里有打不出的字，用说明代替了；请查对后填写。", "A rare character was described instead of written; find it and fill it in."),
    ("name_too_long", Flag, "姓名太长，没有导入，请核对。", "The name is too long and was left out; please check."),
    ("id_spaces", Fix, "去掉了身份证号里的空格。", "Spaces in the ID number were removed."),
    ("id_apostrophe", Fix, "去掉了身份证号前的撇号。", "The apostrophe before the ID number was removed."),
    ("id_full_width", Fix, "身份证号的全角数字改成了半角。", "Full-width digits of the ID number were made narrow."),
    ("id_lower_x", Fix, "身份证号末位的 x 改成了 X。", "The final x of the ID number was made X."),
    ("id_15", Fix, "15 位旧号按规则换算成了 18 位。", "The old number of 15 digits was brought to 18 by the rule."),
    ("id_number_cell", Fix, "身份证号存成了数字，位数完整，已按文字读取。", "The ID number was stored as a number; all digits are there and were read as text."),
    ("id_excel_number", Flag, "Excel 把身份证号当成数字，后三位已丢失。请按原件补录，系统不会猜。", "Excel took the ID number for an amount and lost the last three digits. Enter it from the document; it is never guessed."),
    ("id_excel_text", Flag, "身份证号成了科学计数法，只剩前几位。请按原件补录。", "The ID number became scientific notation; only the first digits are left. Enter it from the document."),
    ("id_length", Flag, "身份证号位数不对，没有导入，请核对。", "The ID number has the wrong number of digits and was left out; please check."),
    ("id_character", Flag, "身份证号里有不该有的字符，没有导入，请核对。", "The ID number holds characters that no such number has; please check."),
    ("id_checksum", Flag, "身份证号校验位不对，可能抄错了一位，没有导入，请核对。", "The check digit of the ID number is wrong, perhaps a slip; it was left out, please check."),
    ("id_birth", Flag, "身份证号里的出生日期不存在，没有导入，请核对。", "The birth date inside the ID number does not exist; please check."),
    ("id_region", Flag, "身份证号的前两位不是省份代码，没有导入，请核对。", "The first two digits of the ID number are no province; please check."),
    ("id_shared", Flag, "同一个身份证号写在了两个人名下，请核对。", "The same ID number stands for two people; please check."),
    ("id_birth_mismatch", Flag, "出生日期和身份证号不一致，请核对。", "The birth date and the ID number disagree; please check."),
    ("id_sex_mismatch", Flag, "性别和身份证号不一致，请核对。", "The sex and the ID number disagree; please check."),
    ("age_mismatch", Flag, "年龄和身份证号不一致，请核对。", "The age and the ID number disagree; please check."),
    ("arrival_before_birth", Flag, "到来时间早于出生时间，请核对。", "The arrival lies before the birth; please check."),
    ("date_text", Fix, "日期是文字，已读成日期。", "The date was text and was read as a date."),
    ("date_partial", Fix, "只有年或年月，照此保存。", "Only a year or month is given and is kept as such."),
    ("date_two_digit_year", Fix, "两位数的年份已补成四位。", "A year of two digits was completed."),
    ("date_lunar", Fix, "农历日期已换算成公历，原话保留。", "A lunar date was converted; the wording is kept."),
    ("date_chinese", Fix, "汉字数字的日期已读出。", "A date in Chinese numerals was read."),
    ("date_full_width", Fix, "全角数字的日期已读出。", "A date in full-width digits was read."),
    ("date_serial", Fix, "表格里的日期序号已换成日期。", "The spreadsheet's day number was made a date."),
    ("date_relative", Fix, "“去年8月”一类的说法已按登记时间推算。", "Words such as \"last August\" were worked out from the day of the form."),
    ("date_no_year", Fix, "没有写年份，日期没有导入。", "No year is given; the date was left out."),
    ("date_impossible", Flag, "没有这一天，日期没有导入，请核对。", "There is no such day; the date was left out, please check."),
    ("date_unreadable", Flag, "读不出日期，没有导入。", "No date could be read; it was left out."),
    ("date_future", Flag, "日期在登记之后，没有导入，请核对。", "The date lies after the day of the form; it was left out, please check."),
    ("date_ambiguous_decimal", Flag, "分不清是 1 月还是 10 月，只保存年份，请核对。", "January or October cannot be told apart; only the year is kept, please check."),
    ("age_not_date", Fix, "写的是年龄，按年龄和登记时间保存。", "An age is given; kept with the day it was stated."),
    ("age_nominal", Fix, "写的是虚岁，按虚岁保存。", "A nominal age (xusui) is given and kept as such."),
    ("phone_format", Fix, "电话里的空格、横线或 +86 已去掉。", "Spaces, dashes or +86 were taken out of the phone number."),
    ("phone_full_width", Fix, "电话的全角数字改成了半角。", "Full-width digits of the phone number were made narrow."),
    ("phone_note", Fix, "电话旁的说明已分开保存。", "Words beside the phone number were set apart."),
    ("phone_two", Fix, "一格里有几个电话，已分开。", "Several phone numbers in one cell were separated."),
    ("phone_number_cell", Fix, "电话存成了数字，已按文字读取。", "The phone number was stored as a number and read as text."),
    ("phone_length", Flag, "电话位数不对，没有导入，请核对。", "The phone number has the wrong number of digits; please check."),
    ("phone_excel_text", Flag, "电话成了科学计数法，号码已丢失，请重新询问。", "The phone number became scientific notation and is lost; ask again."),
    ("number_text", Fix, "数字写成了文字，已读出。", "A number written as text was read."),
    ("number_unreadable", Flag, "读不出数字，没有导入，请核对。", "No number could be read; please check."),
    ("merged", Fix, "合并或空白的家庭栏已按同户填上。", "Merged or blank household columns were filled from the household's first row."),
    ("ditto", Fix, "“同上”已按上一行填上。", "\"Ditto\" was filled from the row above."),
    ("place_ambiguous", Flag, "这个地名不止一处，请补上省份。", "There is more than one place of this name; add the province."),
    ("place_unknown", Flag, "地名不认识，照原样保存。", "The place is not known; it is kept as written."),
    ("formula_error", Flag, "这一格是出错的公式，没有导入。", "This cell is a formula in error; it was left out."),
    ("formula_no_value", Flag, "这一格是公式，文件里没有存结果；请用 Excel 打开保存后再导入。", "This cell is a formula without a stored result; open and save the file in Excel, then import again."),
    ("date_order", Flag, "日期和前后各行、和表上的年份对不上，请核对。", "The date does not fit the rows around it or the year of the sheet; please check."),
    ("contact_missing", Flag, "没有写方式（入户、电话……），按走访保存，请核对。", "How they met is not told; it is kept as a visit, please check."),
    ("who_missing", Flag, "没有写见的是谁，这一行不能记成走访，请补上姓名。", "Whom they met is not told, so the row cannot become a visit; add a name."),
    ("party_unreadable", Flag, "读不出来几个人，按 1 人登记，请核对。", "How many come could not be read; one is assumed, please check."),
    ("cancelled", Flag, "写了不来或取消，不算人数。", "It says that they do not come; the row counts nobody."),
    ("duplicate_row", Flag, "同一个电话后面又报了一次，以后面的为准。", "A later row of the same phone takes the place of this one."),
    ("person_ambiguous", Flag, "分不清是登记册上的哪一位，请决定。", "Who of the register this is cannot be told for certain; please decide."),
    ("mark_unknown", Flag, "这个记号不知道是什么意思，没有算；请说明它表示到、请假还是缺席。", "What this sign means is not known and it was not counted; say whether it stands for present, excused or absent."),
    ("total_mismatch", Flag, "写的合计和勾数对不上，以勾数为准，请核对。", "The sum that was typed does not agree with the ticks; the ticks count, please check."),
    ("text_too_long", Flag, "文字太长，只保留了前面的部分。", "The text is too long; only its beginning is kept."),
];
