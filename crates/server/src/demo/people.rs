//! Families: parents, children, some grandparents; where they come from and where they live now.

use jiff::ToSpan;
use kernel::{Id, Problem};
use serde_json::{Value, json};

use super::Maker;
use super::words::{FEMALE, HOMES, MALE, NICKNAMES, QUARTERS, SURNAMES, WORK};

/// A family of the demonstration.
#[derive(Clone, Debug)]
pub struct Family {
    /// Its household.
    pub household: Id,
    /// Its grown-ups.
    pub adults: Vec<Id>,
    /// Its children.
    pub children: Vec<Id>,
}

struct Home {
    surname: &'static str,
    county: &'static str,
    town: &'static str,
    quarter: &'static str,
    tenure: &'static str,
    year: i16,
}

/// Makes families.
pub async fn families(maker: &mut Maker, many: usize) -> Result<Vec<Family>, Problem> {
    let mut families = Vec::with_capacity(many);
    for number in 1..=many {
        families.push(family(maker, number).await?);
    }
    maker.flush().await?;
    Ok(families)
}

async fn family(maker: &mut Maker, number: usize) -> Result<Family, Problem> {
    let (county, town) = *maker.dice.pick(HOMES);
    let tenure = match maker.dice.below(100) {
        0..80 => "rent",
        80..87 => "public_rent",
        87..92 => "own",
        92..96 => "kin",
        _ => "dorm",
    };
    let home = Home {
        surname: maker.dice.pick::<&str>(SURNAMES),
        county,
        town,
        quarter: maker.dice.pick::<&str>(QUARTERS),
        tenure,
        year: maker.today.year() - 1 - maker.dice.below(14) as i16,
    };
    let mut members = Vec::new();
    let mut adults = Vec::new();
    let father =
        if maker.dice.percent(85) { Some(adult(maker, &home, "M", home.surname).await?) } else { None };
    let own = *maker.dice.pick(SURNAMES);
    let mother = if father.is_none() || maker.dice.percent(90) {
        Some(adult(maker, &home, "F", own).await?)
    } else {
        None
    };
    for (at, person) in [father, mother].into_iter().flatten().enumerate() {
        adults.push(person);
        members.push(member(person, if at == 0 { "head" } else { "spouse" }, home.year));
    }
    let mut children = Vec::new();
    for _ in 0..=maker.dice.below(3) {
        let (child, born) = child(maker, &home).await?;
        members.push(member(child, "child", home.year.max(born)));
        for (parent, kind) in [(father, "father"), (mother, "mother")] {
            if let Some(parent) = parent {
                maker.enter("tie.create", json!({ "person": child, "other": parent, "kind": kind })).await?;
            }
        }
        children.push(child);
    }
    let address = format!("{}{}号", home.quarter, 1 + maker.dice.below(180));
    let rent = (home.tenure == "rent").then(|| 300 + 50 * maker.dice.below(20));
    let household = json!({
        "number": format!("YL{number:03}"),
        "address": address,
        "tenure": home.tenure,
        "rent": rent,
        "members": members,
    });
    let household = maker.enter("household.create", household).await?;
    Ok(Family { household, adults, children })
}

fn member(person: Id, role: &str, year: i16) -> Value {
    json!({ "person": person, "role": role, "from": { "precision": "year", "year": year } })
}

async fn adult(maker: &mut Maker, home: &Home, sex: &str, surname: &str) -> Result<Id, Problem> {
    let given = *maker.dice.pick(if sex == "F" { FEMALE } else { MALE });
    let name = format!("{surname}{given}");
    let mut names = vec![json!({ "kind": "birth", "text": name })];
    if maker.dice.percent(25) {
        let last: String = given.chars().rev().take(1).collect();
        names.push(json!({ "kind": "nickname", "text": format!("小{last}") }));
    }
    if maker.english {
        names.push(json!({ "kind": "romanised", "text": names::romanise(&name) }));
    }
    let year = maker.today.year() - 24 - maker.dice.below(30) as i16;
    let birth = match maker.dice.below(4) {
        0 => json!({ "precision": "year", "year": year }),
        1 => json!({ "precision": "month", "year": year, "month": 1 + maker.dice.below(12) }),
        _ => day(maker, year),
    };
    let work = *maker.dice.pick(WORK);
    let phone = format!("1{}{:08}", 60 + maker.dice.below(40), maker.dice.below(100_000_000));
    let body = json!({
        "names": names,
        "sex": sex,
        "birth": birth,
        "phones": [{ "number": &phone[..11] }],
        "occupation": maker.say(work),
    });
    let person = maker.enter("person.create", body).await?;
    stays(maker, person, home).await?;
    Ok(person)
}

fn day(maker: &mut Maker, year: i16) -> Value {
    let (month, day) = (1 + maker.dice.below(12), 1 + maker.dice.below(28));
    json!({ "precision": "day", "date": format!("{year}-{month:02}-{day:02}") })
}

async fn child(maker: &mut Maker, home: &Home) -> Result<(Id, i16), Problem> {
    let sex = if maker.dice.percent(50) { "F" } else { "M" };
    let given = *maker.dice.pick(if sex == "F" { FEMALE } else { MALE });
    let age = maker.dice.below(17) as i16;
    let born = maker.today.year() - age;
    let birth = match maker.dice.below(6) {
        0 => json!({ "precision": "age", "years": age.max(1), "on": maker.today.saturating_sub(40.days()) }),
        1 => json!({ "precision": "month", "year": born, "month": 1 + maker.dice.below(9) }),
        2 => {
            json!({ "precision": "lunar", "year": born - 1, "month": 1 + maker.dice.below(12), "leap": false,
                     "day": 1 + maker.dice.below(29) })
        }
        _ => day(maker, born - 1),
    };
    let (stage, grade) = match age {
        ..3 => ("none", None),
        3..6 => ("kindergarten", None),
        6..12 => ("primary", Some(age - 5)),
        12..15 => ("junior", Some(age - 11)),
        _ => ("senior", Some(age - 14)),
    };
    let mut names = vec![json!({ "kind": "birth", "text": format!("{}{given}", home.surname) })];
    if maker.dice.percent(20) {
        names.push(json!({ "kind": "nickname", "text": maker.dice.pick(NICKNAMES) }));
    }
    if maker.english {
        let romanised = names::romanise(&format!("{}{given}", home.surname));
        names.push(json!({ "kind": "romanised", "text": romanised }));
    }
    let body = json!({
        "names": names,
        "sex": sex,
        "birth": birth,
        "grade": { "stage": stage, "grade": grade },
    });
    let person = maker.enter("person.create", body).await?;
    stays(maker, person, home).await?;
    if stage == "primary" || stage == "junior" {
        let school = maker.say(("清溪小学", "Qingxi Primary School"));
        let body = json!({ "person": person, "kind": "studying", "at": school });
        maker.enter("stay.create", body).await?;
    }
    Ok((person, born))
}

async fn stays(maker: &mut Maker, person: Id, home: &Home) -> Result<(), Problem> {
    let from = json!({ "province": &home.county[..2], "city": &home.county[..4], "county": home.county });
    let registered = json!({ "person": person, "kind": "registered", "home": from, "town": home.town });
    maker.enter("stay.create", registered).await?;
    let here = json!({ "province": "53", "city": "5301", "county": "530111" });
    let living = json!({
        "person": person,
        "kind": "living",
        "home": here,
        "address": home.quarter,
        "tenure": home.tenure,
        "from": { "precision": "year", "year": home.year },
    });
    maker.enter("stay.create", living).await?;
    Ok(())
}
