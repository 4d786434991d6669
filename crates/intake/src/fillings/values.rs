//! People of the register as the rows of a sheet have them, and fields as an office writes them.

use calendar::Stated;
use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{Actor, Id, Use};
use people::views::{Direction, PersonPage};
use serde_json::{Map, Value};
use sheets::fill::Put;
use sheets::{DateValue, Disability, Field, Grade, Guardian, HomeValue, RowValues};

/// A person of the register for a row.
pub struct Listed {
    /// The person.
    pub person: Id,
    /// As a row has it.
    pub values: RowValues,
    /// The birth as told.
    pub birth: Option<Stated>,
    /// Address of the household.
    pub arrival: Option<Stated>,
}

fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn stated(fields: &Map<String, Value>, name: &str) -> Option<Stated> {
    serde_json::from_value(fields.get(name)?.clone()).ok()
}

fn numbers(fields: &Map<String, Value>) -> Vec<String> {
    let list = fields.get("phones").and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|phone| phone["number"].as_str()).map(str::to_owned).collect()
}

/// Everybody on the register who counts as a child on a day, in the order of registration.
pub async fn children(node: &Node, actor: &Actor, on: Date) -> Result<Vec<Listed>, StoreError> {
    let mut found = Vec::new();
    let rows = node.rows(crate::queries::EVERYBODY.text, vec![actor.site.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    for chunk in ids.chunks(400) {
        for held in node.visible(actor, "person", chunk, Use::Read).await? {
            if people::person::is_minor(&journal::state(&held), on)
                && let Some(page) = people::person::page(node, actor, held.meta.id).await?
            {
                found.push(listed(node, actor, held.meta.id, &page).await?);
            }
        }
    }
    Ok(found)
}

async fn listed(node: &Node, actor: &Actor, person: Id, page: &PersonPage) -> Result<Listed, StoreError> {
    let fields = &page.person.fields;
    let mut values = RowValues { sex: text(fields, "sex").filter(|sex| sex != "U"), ..RowValues::default() };
    for name in fields.get("names").and_then(Value::as_array).into_iter().flatten() {
        let words = name["text"].as_str().unwrap_or_default().to_owned();
        match name["kind"].as_str() {
            Some("nickname") => values.nicknames.push(words),
            _ if values.name.is_none() => values.name = Some(words),
            _ => {}
        }
    }
    if values.name.is_none() {
        values.name = values.nicknames.first().cloned();
    }
    values.id_no = text(fields, "id_number");
    values.nation = ethnic(fields);
    values.phones = numbers(fields);
    values.permit = text(fields, "permit");
    values.insurance = text(fields, "insurance");
    values.occupation = text(fields, "occupation");
    values.education = text(fields, "education");
    values.remark = text(fields, "remark");
    values.grade = grade(fields);
    values.disability = fields.get("disability").filter(|value| value.is_object()).map(|value| Disability {
        has: value["has"].as_bool().unwrap_or(false),
        kind: value["type"].as_str().map(str::to_owned),
        level: value["level"].as_str().and_then(|level| level.parse().ok()),
    });
    let arrival = stays(page, &mut values);
    if let Some(household) = page.households.first() {
        values.household_no = Some(household.number.clone()).filter(|number| !number.is_empty());
        values.address = values.address.take().or_else(|| household.address.clone());
    }
    values.guardians = guardians(node, actor, page).await?;
    Ok(Listed { person, values, birth: stated(fields, "birth"), arrival })
}

fn ethnic(fields: &Map<String, Value>) -> Option<String> {
    let ethnic: names::ethnic::Ethnic = serde_json::from_value(fields.get("ethnic")?.clone()).ok()?;
    Some(ethnic.zh().to_owned())
}

/// A sheet counts junior and senior school on from primary school.
fn grade(fields: &Map<String, Value>) -> Option<Grade> {
    let value = fields.get("grade").filter(|value| value.is_object())?;
    let stage = value["stage"].as_str()?.to_owned();
    let year = value["grade"].as_u64().and_then(|year| u32::try_from(year).ok());
    let grade = year.map(|year| match stage.as_str() {
        "junior" => year + 6,
        "senior" => year + 9,
        _ => year,
    });
    Some(Grade { stage, grade })
}

/// Home, address, housing and school out of the stays; gives the arrival.
fn stays(page: &PersonPage, values: &mut RowValues) -> Option<Stated> {
    let mut arrival = None;
    for stay in page.stays.iter().filter(|stay| stay.fields.get("to").is_none_or(Value::is_null)) {
        let fields = &stay.fields;
        match text(fields, "kind").as_deref() {
            Some("registered") => {
                let code =
                    |level: &str| fields.get("home").and_then(|home| home[level].as_str()).map(str::to_owned);
                values.home = Some(HomeValue {
                    province: code("province"),
                    city: code("city"),
                    county: code("county"),
                    town: text(fields, "town"),
                    village: text(fields, "village"),
                });
                values.home_text = text(fields, "address");
            }
            Some("living") => {
                values.address = text(fields, "address");
                values.tenure = text(fields, "tenure");
                arrival = stated(fields, "from");
            }
            Some("studying") => values.school = text(fields, "at"),
            _ => {}
        }
    }
    arrival
}

async fn guardians(node: &Node, actor: &Actor, page: &PersonPage) -> Result<Vec<Guardian>, StoreError> {
    const KINDS: &[&str] = &["mother", "father", "grandmother", "grandfather", "guardian", "kin"];
    let ties: Vec<_> = page
        .ties
        .iter()
        .filter(|tie| tie.direction == Direction::Out && KINDS.contains(&tie.kind.as_str()))
        .collect();
    let mut found = Vec::new();
    for tie in ties {
        let held = node.visible_one(actor, "person", tie.other.id, Use::Read).await?;
        let phones =
            held.map(|held| numbers(&people::views::readable(&held, actor.role))).unwrap_or_default();
        found.push(Guardian { name: tie.other.name.clone(), relation: Some(tie.kind.clone()), phones });
    }
    Ok(found)
}

fn date_words(stated: &Stated) -> Put {
    match stated {
        Stated::Day { date } => Put::Day(*date),
        Stated::Month { year, month } => Put::Text(format!("{year}年{month}月")),
        Stated::Year { year } => Put::Text(format!("{year}年")),
        Stated::Lunar { day: Some(_), .. } => Put::Day(stated.earliest()),
        Stated::Lunar { year, .. } => Put::Text(format!("{year}年")),
        Stated::Age { years, on } => Put::Text(format!("{years}岁（{on}）")),
        Stated::AgeMonths { months, on } => Put::Text(format!("{months}个月（{on}）")),
        Stated::NominalAge { years, on } => Put::Text(format!("虚岁{years}（{on}）")),
    }
}

/// What a sheet's own cell says of a date, as far as it can be compared with the register's.
fn told(date: Option<&DateValue>) -> String {
    match date {
        None => String::new(),
        Some(DateValue::Iso(text)) => text.clone(),
        Some(DateValue::Age { age }) => format!("{age}岁"),
        Some(DateValue::AgeNominal { age_nominal }) => format!("虚岁{age_nominal}"),
        Some(DateValue::AgeMonths { age_months }) => format!("{age_months}个月"),
    }
}

fn coded(value: Option<&str>, words: &[(&str, &str)]) -> String {
    let Some(value) = value else { return String::new() };
    words
        .iter()
        .find(|(code, _)| *code == value)
        .map_or_else(|| value.to_owned(), |(_, words)| (*words).to_owned())
}

const SEX: &[(&str, &str)] = &[("F", "女"), ("M", "男")];
const TENURE: &[(&str, &str)] = &[
    ("rent", "租房"),
    ("public_rent", "公租房"),
    ("own", "自购"),
    ("kin", "借住"),
    ("dorm", "宿舍"),
    ("unknown", ""),
];
const PERMIT: &[(&str, &str)] = &[("yes", "有"), ("no", "无"), ("pending", "办理中")];
const INSURANCE: &[(&str, &str)] =
    &[("home", "老家城乡居民医保"), ("local", "本地城乡居民医保"), ("yes", "有"), ("none", "无")];
const RELATION: &[(&str, &str)] = &[
    ("mother", "母亲"),
    ("father", "父亲"),
    ("grandmother", "祖母"),
    ("grandfather", "祖父"),
    ("guardian", "监护人"),
    ("kin", "亲属"),
    ("other", "其他"),
];
const STAGE: &[(&str, &str)] = &[
    ("none", "未入学"),
    ("kindergarten", "幼儿园"),
    ("primary", "小学"),
    ("junior", "初中"),
    ("senior", "高中"),
    ("vocational", "中职"),
    ("university", "大学"),
    ("dropout", "辍学"),
    ("finished", "已毕业"),
];
const DISABILITY: &[(&str, &str)] = &[
    ("physical", "肢体"),
    ("intellectual", "智力"),
    ("hearing", "听力"),
    ("visual", "视力"),
    ("speech", "言语"),
    ("mental", "精神"),
    ("multiple", "多重"),
];

fn grade_words(grade: &Grade) -> String {
    const NUMERALS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (grade.stage.as_str(), grade.grade) {
        ("kindergarten", Some(1)) => "小班".to_owned(),
        ("kindergarten", Some(2)) => "中班".to_owned(),
        ("kindergarten", Some(3)) => "大班".to_owned(),
        ("primary" | "junior", Some(year @ 1..=9)) => format!("{}年级", NUMERALS[year as usize - 1]),
        ("senior", Some(year @ 10..=12)) => format!("高{}", NUMERALS[year as usize - 10]),
        (stage, _) => coded(Some(stage), STAGE),
    }
}

fn home_words(values: &RowValues) -> String {
    if let Some(text) = &values.home_text {
        return text.clone();
    }
    let Some(home) = &values.home else { return String::new() };
    let code = home.county.as_ref().or(home.city.as_ref()).or(home.province.as_ref());
    let path = code.map(|code| places::path_name(code, places::Lang::Zh)).unwrap_or_default();
    [Some(path), home.town.clone(), home.village.clone()].into_iter().flatten().collect()
}

/// What two cells must agree in to say the same.
pub fn meaning(field: Field, values: &RowValues) -> String {
    match field {
        Field::Birth => told(values.birth.as_ref()),
        Field::Arrival => told(values.arrival.as_ref()),
        Field::Home => {
            let home = values.home.clone().unwrap_or_default();
            let code = home.county.or(home.city).or(home.province).unwrap_or_default();
            format!("{code}{}{}", home.town.unwrap_or_default(), home.village.unwrap_or_default())
        }
        Field::Grade => values.grade.as_ref().map(grade_words).unwrap_or_default(),
        Field::GuardianName => values.guardians.first().and_then(|one| one.name.clone()).unwrap_or_default(),
        Field::GuardianRelation => {
            coded(values.guardians.first().and_then(|one| one.relation.as_deref()), RELATION)
        }
        Field::GuardianPhones => {
            values.guardians.first().map(|one| one.phones.join("、")).unwrap_or_default()
        }
        Field::Tenure => coded(values.tenure.as_deref(), TENURE),
        _ => shown(field, values),
    }
}

/// A field as an office writes it.
pub fn shown(field: Field, values: &RowValues) -> String {
    let plain = |text: &Option<String>| text.clone().unwrap_or_default();
    let guardian = values.guardians.first();
    match field {
        Field::Name => plain(&values.name),
        Field::Nickname => values.nicknames.first().cloned().unwrap_or_default(),
        Field::Sex => coded(values.sex.as_deref(), SEX),
        Field::IdNo => plain(&values.id_no),
        Field::Nation => plain(&values.nation),
        Field::GuardianName => guardian.and_then(|one| one.name.clone()).unwrap_or_default(),
        Field::GuardianRelation => coded(guardian.and_then(|one| one.relation.as_deref()), RELATION),
        Field::GuardianPhones => guardian.map(|one| one.phones.join("、")).unwrap_or_default(),
        Field::Home => home_words(values),
        Field::Address => plain(&values.address),
        Field::Tenure => coded(values.tenure.as_deref(), TENURE),
        Field::School => plain(&values.school),
        Field::Grade => values.grade.as_ref().map(grade_words).unwrap_or_default(),
        Field::Permit => coded(values.permit.as_deref(), PERMIT),
        Field::Insurance => coded(values.insurance.as_deref(), INSURANCE),
        Field::Disability => match &values.disability {
            Some(one) if one.has => {
                let level = one
                    .level
                    .map(|level| format!("{}级", ["一", "二", "三", "四"][(level as usize).clamp(1, 4) - 1]));
                format!("{}{}", coded(one.kind.as_deref(), DISABILITY), level.unwrap_or_default())
            }
            Some(_) => "无".to_owned(),
            None => String::new(),
        },
        Field::HouseholdNo => plain(&values.household_no),
        Field::Phones => values.phones.join("、"),
        Field::Occupation => plain(&values.occupation),
        Field::Education => plain(&values.education),
        Field::Remark | Field::Needs => plain(&values.remark),
        _ => String::new(),
    }
}

/// What goes into the cell of a field.
pub fn put(field: Field, one: &Listed, today: Date) -> Put {
    match field {
        Field::Birth => one.birth.as_ref().map_or(Put::Clear, date_words),
        Field::Arrival => one.arrival.as_ref().map_or(Put::Clear, date_words),
        Field::Age => {
            let age = one.birth.as_ref().and_then(|birth| birth.age_on(today));
            age.map_or(Put::Clear, |age| Put::Number(f64::from(age.least)))
        }
        _ => match shown(field, &one.values) {
            text if text.is_empty() => Put::Clear,
            text => Put::Text(text),
        },
    }
}
