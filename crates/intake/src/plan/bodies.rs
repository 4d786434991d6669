//! The bodies of commands, out of the values of a row.

use calendar::Stated;
use kernel::Id;
use serde_json::{Value, json};
use sheets::Guardian;

use crate::preview::RowKept;

/// A date for a field: with its precision.
fn stated(date: Option<&Stated>) -> Value {
    date.map_or(Value::Null, |date| serde_json::to_value(date).unwrap_or_default())
}

/// A date as ISO 8601 of its precision, where it is a day, a month or a year.
fn partial(date: Option<&Stated>) -> Value {
    match date {
        Some(Stated::Day { date }) => date.to_string().into(),
        Some(Stated::Month { year, month }) => format!("{year:04}-{month:02}").into(),
        Some(Stated::Year { year }) => format!("{year:04}").into(),
        _ => Value::Null,
    }
}

/// The names of a row.
pub fn names_of(row: &RowKept) -> Vec<Value> {
    let only_nickname = row.issues.iter().any(|issue| issue.code == "name_only_nickname");
    let pinyin = row.issues.iter().any(|issue| issue.code == "name_pinyin");
    let kind = if only_nickname {
        "nickname"
    } else if pinyin {
        "romanised"
    } else {
        "birth"
    };
    let mut names: Vec<Value> =
        row.values.name.iter().map(|name| json!({ "kind": kind, "text": name })).collect();
    // A child that has no name yet is called after who looks after it.
    let called = row.values.guardians.iter().find_map(|guardian| guardian.name.as_deref());
    if names.is_empty()
        && row.values.nicknames.is_empty()
        && let Some(called) = called
    {
        names.push(json!({ "kind": "nickname", "text": format!("{called}的孩子") }));
    }
    for nickname in row.values.nicknames.iter().filter(|name| Some(*name) != row.values.name.as_ref()) {
        names.push(json!({ "kind": "nickname", "text": nickname }));
    }
    names
}

/// The fields of a person that a row tells, empty ones left out.
pub fn person_fields(row: &RowKept) -> Vec<(&'static str, Value)> {
    let values = &row.values;
    let birth = row.dates.birth.clone().or(row.derived_birth.map(|date| Stated::Day { date }));
    let doubt = row
        .issues
        .iter()
        .find(|issue| issue.code.starts_with("id_") && issue.severity == sheets::Severity::Flag);
    let ethnic = values.nation.as_deref().and_then(names::ethnic::parse);
    let phones: Vec<Value> = values.phones.iter().map(|phone| json!({ "number": phone })).collect();
    let disability = values.disability.as_ref().map(
        |one| json!({ "has": one.has, "type": one.kind, "level": one.level.map(|level| level.to_string()) }),
    );
    let grade = values.grade.as_ref().map(|grade| json!({ "stage": grade.stage, "grade": in_stage(grade) }));
    let fields = vec![
        ("names", Value::Array(names_of(row))),
        ("sex", values.sex.clone().into()),
        ("birth", stated(birth.as_ref())),
        ("ethnic", ethnic.map_or(Value::Null, |ethnic| serde_json::to_value(ethnic).unwrap_or_default())),
        ("phones", Value::Array(phones)),
        ("id_number", values.id_no.clone().into()),
        ("id_doubt", doubt.map(|issue| issue.code.clone()).into()),
        ("grade", grade.unwrap_or_default()),
        ("permit", values.permit.clone().into()),
        ("insurance", values.insurance.clone().into()),
        ("disability", disability.unwrap_or_default()),
        ("occupation", values.occupation.clone().into()),
        ("education", values.education.clone().into()),
        ("remark", values.remark.clone().into()),
    ];
    let told = |value: &Value| !(value.is_null() || value.as_array().is_some_and(Vec::is_empty));
    fields.into_iter().filter(|(_, value)| told(value)).collect()
}

/// The year within the stage: a sheet counts junior and senior school on from primary school.
fn in_stage(grade: &sheets::Grade) -> Option<u32> {
    match (grade.stage.as_str(), grade.grade) {
        ("junior", Some(year @ 7..=9)) => Some(year - 6),
        ("senior", Some(year @ 10..=12)) => Some(year - 9),
        (_, Some(year)) if (1..=9).contains(&year) => Some(year),
        _ => None,
    }
}

/// The body of `person.create`.
pub fn person(row: &RowKept, source: &Value) -> Value {
    let mut body: serde_json::Map<String, Value> =
        person_fields(row).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    body.insert("source".into(), source.clone());
    Value::Object(body)
}

/// The body of `person.create` for a guardian.
pub fn guardian(guardian: &Guardian, kind: &str, source: &Value) -> Value {
    let sex = match kind {
        "mother" | "grandmother" => "F",
        "father" | "grandfather" => "M",
        _ => "U",
    };
    let phones: Vec<Value> = guardian.phones.iter().map(|phone| json!({ "number": phone })).collect();
    json!({
        "names": [{ "kind": "birth", "text": guardian.name }],
        "sex": sex,
        "phones": phones,
        "source": source,
    })
}

/// What a guardian is to a child, in the words of ties.
pub fn tie_kind(relation: Option<&str>) -> &'static str {
    match relation {
        Some("father") => "father",
        Some("mother") => "mother",
        Some("grandfather") => "grandfather",
        Some("grandmother") => "grandmother",
        Some("grandparent" | "uncle" | "aunt" | "kin") => "kin",
        Some("sibling" | "brother" | "sister") => "sibling",
        _ => "guardian",
    }
}

/// The stays that a row tells, by kind.
pub fn stays(row: &RowKept, person: Id, source: &Value) -> Vec<(&'static str, Value)> {
    let values = &row.values;
    let mut stays = Vec::new();
    let unsure = row.issues.iter().any(|issue| issue.field == "home" && issue.code.starts_with("place_"));
    // What was not understood for certain is kept in the words of the sheet.
    let words = values.home_text.as_ref().filter(|_| unsure);
    if let Some(home) = &values.home
        && (home.province.is_some() || home.town.is_some() || home.village.is_some() || words.is_some())
    {
        let codes = json!({ "province": home.province, "city": home.city, "county": home.county });
        let body = json!({
            "person": person, "kind": "registered", "home": codes, "town": home.town, "village": home.village,
            "address": words, "source": source,
        });
        stays.push(("registered", body));
    }
    let tenure = values.tenure.as_deref().filter(|tenure| *tenure != "unknown");
    if values.address.is_some() || tenure.is_some() || row.dates.arrival.is_some() {
        let body = json!({
            "person": person, "kind": "living", "address": values.address, "tenure": tenure,
            "from": stated(row.dates.arrival.as_ref()), "source": source,
        });
        stays.push(("living", body));
    }
    if let Some(school) = &values.school {
        let body = json!({ "person": person, "kind": "studying", "at": school, "source": source });
        stays.push(("studying", body));
    }
    stays
}

/// A member of a household.
pub fn member(row: &RowKept, person: Id, first: bool) -> Value {
    json!({ "person": person, "role": role(row.values.relation.as_deref(), first) })
}

/// What somebody is in a household, from the words of the sheet.
fn role(relation: Option<&str>, first: bool) -> &'static str {
    const ROLES: &[(&str, &[&str])] = &[
        ("head", &["户主", "本人", "登记人", "head", "self"]),
        ("child_in_law", &["儿媳", "女婿", "媳妇"]),
        ("grandchild", &["孙", "外甥", "grandson", "granddaughter", "grandchild"]),
        ("grandparent", &["祖父", "祖母", "爷爷", "奶奶", "外公", "外婆", "grandfather", "grandmother"]),
        ("spouse", &["配偶", "妻", "丈夫", "爱人", "老婆", "老公", "媳妇", "spouse", "wife", "husband"]),
        ("parent", &["父", "母", "爸", "妈", "岳", "公公", "婆婆", "father", "mother", "parent"]),
        ("sibling", &["兄", "弟", "姐", "妹", "哥", "brother", "sister", "sibling"]),
        ("child", &["子", "女", "儿", "son", "daughter", "child"]),
        ("kin", &["亲", "侄", "表", "堂", "relative", "kin"]),
    ];
    let Some(words) = relation.map(str::trim).filter(|words| !words.is_empty()) else {
        return if first { "head" } else { "other" };
    };
    let words = words.to_lowercase();
    ROLES
        .iter()
        .find(|(_, signs)| signs.iter().any(|sign| words.contains(sign)))
        .map_or("other", |(role, _)| role)
}

/// The body of `household.create`.
pub fn household(row: &RowKept, members: &[Value], source: &Value) -> Value {
    let values = &row.values;
    json!({
        "number": values.household_no.clone().unwrap_or_default(),
        "address": values.address,
        "rent": values.rent,
        "registered": partial(row.dates.registered.as_ref()),
        "members": members,
        "source": source,
    })
}
