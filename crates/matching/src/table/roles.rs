//! What the columns of a table mean, told from their headers and, failing that, from their values.

use serde::Serialize;

use super::dates;

/// What a column tells about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The row's own name, never evidence.
    RowId,
    /// A number that the state gives to one person.
    PersonNumber,
    /// Given name.
    GivenName,
    /// Surname.
    Surname,
    /// Whole name.
    FullName,
    /// What somebody is called besides the name.
    Nickname,
    /// Date of birth.
    BirthDate,
    /// Years of age.
    Age,
    /// Telephone.
    Phone,
    /// Electronic mail.
    Email,
    /// Number of the house in its street.
    StreetNumber,
    /// A line of the address.
    Address,
    /// Suburb, village, town.
    Suburb,
    /// Postcode.
    Postcode,
    /// Province, state.
    State,
    /// The registered home of a Chinese household.
    Home,
    /// Sex.
    Sex,
    /// The household that a row belongs to.
    Household,
    /// A day that is not the birth date.
    Date,
    /// A word that may be a given name or a surname.
    NamePart,
    /// Digits of unknown meaning.
    Number,
    /// Anything else, which may or may not say who somebody is.
    Other,
    /// Numbering of rows and the like: says nothing.
    Nothing,
}

/// Headers, without case, spaces and punctuation, and what they mean.
const HEADERS: &[(Role, &[&str])] = &[
    (Role::RowId, &["id", "recid", "recordid", "rowid", "key", "rowkey", "编号", "记录号", "登记号"]),
    (
        Role::PersonNumber,
        &[
            "socsecid",
            "ssn",
            "socialsecuritynumber",
            "nationalid",
            "idno",
            "idnumber",
            "idcard",
            "passport",
            "身份证",
            "身份证号",
            "身份证号码",
            "证件号",
            "证件号码",
            "公民身份号码",
            "身分證號",
            "居民身份证号",
            "身份证件号",
            "idcardno",
            "idcardnumber",
            "identitynumber",
            "identitycardnumber",
            "residentid",
            "chineseid",
        ],
    ),
    (
        Role::GivenName,
        &["givenname", "firstname", "forename", "given", "first", "fname", "christianname", "名", "名字"],
    ),
    (Role::Surname, &["surname", "lastname", "familyname", "last", "lname", "sname", "姓", "姓氏"]),
    (
        Role::FullName,
        &[
            "name",
            "fullname",
            "personname",
            "姓名",
            "名称",
            "全名",
            "本人姓名",
            "儿童姓名",
            "孩子姓名",
            "学生姓名",
            "成员姓名",
            "家庭成员姓名",
            "人员姓名",
            "chinesename",
            "childname",
            "membername",
            "studentname",
        ],
    ),
    (
        Role::BirthDate,
        &[
            "dateofbirth",
            "dob",
            "birthdate",
            "birth",
            "birthday",
            "born",
            "bday",
            "出生日期",
            "出生年月",
            "出生年月日",
            "生日",
            "出生",
            "出生时间",
        ],
    ),
    (
        Role::Phone,
        &[
            "phone",
            "phonenumber",
            "telephone",
            "tel",
            "mobile",
            "cell",
            "cellphone",
            "mobilephone",
            "contact",
            "电话",
            "手机",
            "手机号",
            "联系电话",
            "联系方式",
            "电话号码",
            "手机号码",
            "家长电话",
            "本人电话",
            "联系手机",
            "联系号码",
            "移动电话",
            "phones",
            "mobilenumber",
            "phoneno",
            "contactnumber",
            "telno",
        ],
    ),
    (Role::Email, &["email", "mail", "emailaddress", "邮箱", "电子邮箱", "电子邮件"]),
    (
        Role::StreetNumber,
        &["streetnumber", "streetno", "housenumber", "houseno", "streetnum", "门牌号", "门牌"],
    ),
    (
        Role::Address,
        &[
            "address",
            "address1",
            "address2",
            "address3",
            "addressline1",
            "addressline2",
            "street",
            "streetname",
            "addr",
            "addr1",
            "addr2",
            "住址",
            "地址",
            "现住址",
            "现居住地",
            "家庭住址",
            "居住地址",
            "现居住地址",
            "现住地址",
            "住处",
            "currentaddress",
            "presentaddress",
        ],
    ),
    (
        Role::Home,
        &[
            "户籍地址",
            "籍贯",
            "户籍地",
            "户籍所在地",
            "户口所在地",
            "户籍",
            "老家",
            "原籍",
            "hometown",
            "home",
            "homeplace",
            "registeredhome",
            "hukou",
            "placeoforigin",
        ],
    ),
    (Role::Nickname, &["小名", "昵称", "绰号", "别名", "曾用名", "称呼", "nickname", "alias", "othername"]),
    (Role::Age, &["年龄", "周岁", "岁数", "age", "实足年龄", "ageyears"]),
    (
        Role::Suburb,
        &["suburb", "city", "town", "village", "locality", "place", "村", "乡镇", "街道", "社区", "城市"],
    ),
    (Role::Postcode, &["postcode", "zip", "zipcode", "postalcode", "pcode", "邮编", "邮政编码"]),
    (Role::State, &["state", "province", "region", "county", "省", "省份", "州", "县", "区县"]),
    (
        Role::Household,
        &[
            "household",
            "householdid",
            "householdno",
            "householdnumber",
            "family",
            "familyid",
            "familyno",
            "hh",
            "hhid",
            "户号",
            "户编号",
            "家庭编号",
            "家庭",
            "户主",
            "户主姓名",
            "家庭号",
            "户",
        ],
    ),
    (Role::Sex, &["sex", "gender", "性别"]),
    (
        Role::Nothing,
        &["no", "nr", "index", "row", "rownumber", "unnamed", "unnamed0", "序号", "序", "号", "行号"],
    ),
];

impl Role {
    /// Whether the column tells who somebody is, rather than where or with whom: it seldom differs within one person.
    pub fn is_identity(self) -> bool {
        matches!(
            self,
            Self::GivenName
                | Self::Surname
                | Self::FullName
                | Self::NamePart
                | Self::BirthDate
                | Self::PersonNumber
        )
    }
}

/// A person has one birth date: of several columns that look like one, the one whose header says so is it, else the
/// first.
fn settle_dates(roles: &mut [Role], headers: &[String]) {
    let by_name = headers.iter().position(|header| by_header(header) == Role::BirthDate);
    let birth = by_name.or_else(|| roles.iter().position(|role| *role == Role::BirthDate));
    for (column, role) in roles.iter_mut().enumerate() {
        if *role == Role::BirthDate && Some(column) != birth {
            *role = Role::Date;
        }
    }
}

/// The header without case, spaces and punctuation.
pub(crate) fn plain(header: &str) -> String {
    header.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a header means by itself.
fn by_header(header: &str) -> Role {
    let header = plain(header);
    if header.is_empty() {
        return Role::Nothing;
    }
    let known = |role: &(Role, &[&str])| role.1.contains(&header.as_str());
    HEADERS.iter().find(|role| known(role)).map_or(Role::Other, |role| role.0)
}

/// What every column means. `cells(column)` gives some of the column's values; blank ones are skipped.
pub(crate) fn roles<'a, I>(headers: &[String], cells: impl Fn(usize) -> I) -> Vec<Role>
where
    I: Iterator<Item = &'a str>,
{
    let mut roles: Vec<Role> = headers.iter().map(|header| by_header(header)).collect();
    for (column, role) in roles.iter_mut().enumerate() {
        if *role == Role::Other {
            let values: Vec<&str> =
                cells(column).map(str::trim).filter(|value| !value.is_empty()).take(500).collect();
            *role = by_values(&values);
        }
    }
    settle_dates(&mut roles, headers);
    if !roles.contains(&Role::RowId) {
        let ends_in_id = |column: &usize| {
            let header = headers[*column].trim().to_lowercase();
            roles[*column] == Role::Other && (header.ends_with("id") || header.ends_with("编号"))
        };
        if let Some(column) = (0..headers.len()).find(ends_in_id).filter(|&column| is_unique(cells(column))) {
            roles[column] = Role::RowId;
        }
    }
    roles
}

fn is_unique<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let mut seen = std::collections::HashSet::new();
    cells.take(5000).all(|cell| !cell.trim().is_empty() && seen.insert(cell.trim()))
}

/// What values look like when the header says nothing. A date is only taken for a birth date if the column spans the
/// years of people's lives, since days of registration lie close together.
fn by_values(values: &[&str]) -> Role {
    if values.len() < 5 {
        return Role::Other;
    }
    let digits = |value: &str| value.chars().filter(char::is_ascii_digit).count();
    if share_of(values, |value| value.contains('@') && value.contains('.')) > 0.8 {
        return Role::Email;
    }
    let years: Vec<u32> =
        values.iter().filter_map(|value| dates::read(value)).map(|date| date.year).collect();
    if years.len() as f64 > 0.8 * values.len() as f64 {
        let span = years.iter().max().zip(years.iter().min()).map_or(0, |(last, first)| last - first);
        return if span >= 15 { Role::BirthDate } else { Role::Date };
    }
    let is_number = |value: &str| value.len() == 18 && digits(value) >= 17;
    if share_of(values, is_number) > 0.6 {
        return Role::PersonNumber;
    }
    let is_phone = |value: &str| {
        (7..=15).contains(&digits(value))
            && value.chars().all(|letter| letter.is_ascii_digit() || " +-()".contains(letter))
    };
    if share_of(values, is_phone) > 0.8
        && share_of(values, |value| digits(value) == 11 || value.starts_with(['+', '0'])) > 0.8
    {
        return Role::Phone;
    }
    if share_of(values, |value| matches!(value, "男" | "女" | "M" | "F" | "m" | "f" | "male" | "female"))
        > 0.8
    {
        return Role::Sex;
    }
    by_words(values)
}

/// The share of values that pass a test.
fn share_of(values: &[&str], test: impl Fn(&str) -> bool) -> f64 {
    values.iter().filter(|value| test(value)).count() as f64 / values.len() as f64
}

/// Names, places and numbers, told from how many words and different values there are.
fn by_words(values: &[&str]) -> Role {
    let different =
        values.iter().collect::<std::collections::HashSet<_>>().len() as f64 / values.len() as f64;
    let is_han = |value: &str| value.chars().all(names::fold::is_han);
    if share_of(values, |value| is_han(value) && (2..=4).contains(&value.chars().count())) > 0.9
        && different > 0.3
    {
        return Role::FullName;
    }
    if share_of(values, |value| value.chars().all(|letter| letter.is_ascii_digit())) > 0.8 {
        return Role::Number;
    }
    let is_word = |value: &str| value.chars().all(|letter| letter.is_alphabetic() || "-'’".contains(letter));
    if share_of(values, |value| is_word(value) && !is_han(value)) > 0.93 && different > 0.2 {
        return Role::NamePart;
    }
    Role::Other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &[(&str, &[&str])]) -> Vec<Role> {
        let headers: Vec<String> = table.iter().map(|column| column.0.to_owned()).collect();
        roles(&headers, |column| table[column].1.iter().copied())
    }

    #[test]
    fn headers_in_both_languages() {
        let table: &[(&str, &[&str])] = &[
            ("rec_id", &[]),
            ("Given Name", &[]),
            ("SURNAME", &[]),
            ("address_1", &[]),
            ("soc_sec_id", &[]),
            ("姓名", &[]),
            ("出生年月", &[]),
            ("序号", &[]),
            ("", &[]),
        ];
        let expected = [
            Role::RowId,
            Role::GivenName,
            Role::Surname,
            Role::Address,
            Role::PersonNumber,
            Role::FullName,
            Role::BirthDate,
            Role::Nothing,
            Role::Nothing,
        ];
        assert_eq!(read(table), expected);
    }

    #[test]
    fn values_tell_where_headers_do_not() {
        let births: &[&str] = &["1981-02-03", "1990-12-01", "2001-01-01", "1975-05-05", "2011-07-30"];
        let days: &[&str] = &["2023-02-03", "2023-12-01", "2023-01-01", "2023-05-05", "2023-07-30"];
        let phones: &[&str] = &["16412779367", "194 8640 8829", "15433948202", "16006130581", "16802962570"];
        let sexes: &[&str] = &["男", "女", "女", "男", "女"];
        let read =
            read(&[("x", births), ("y", days), ("z", phones), ("w", sexes), ("person_id", &["a", "b"])]);
        assert_eq!(read, [Role::BirthDate, Role::Date, Role::Phone, Role::Sex, Role::RowId]);
    }
}
