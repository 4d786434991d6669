//! The figures of a period counted from nothing but the journal: no index table, no code of the reports.

use std::collections::{BTreeMap, BTreeSet};

use evidence::year::{Figures, Sort};
use jiff::civil::{Date, date};
use kernel::units::{Encounters, Households, Participations, People, Sessions};
use kernel::{Id, Object};
use serde_json::Value;
use testkit::TestSite;

/// A record as the journal tells it.
pub struct Told {
    pub fields: Object,
    pub live: bool,
    /// What was done to it, and on which day.
    pub steps: Vec<(String, Date)>,
    /// Place of its first command.
    no: i64,
}

/// Every record of a site.
pub struct Journal(BTreeMap<&'static str, BTreeMap<Id, Told>>);

const NOUNS: [&str; 7] = ["person", "stay", "activity", "session", "participation", "encounter", "request"];

fn text<'a>(fields: &'a Object, name: &str) -> &'a str {
    fields.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A code; history leaves out what is the first of a list.
fn or<'a>(fields: &'a Object, name: &str, first: &'a str) -> &'a str {
    Some(text(fields, name)).filter(|code| !code.is_empty()).unwrap_or(first)
}

fn id(fields: &Object, name: &str) -> Option<Id> {
    text(fields, name).parse().ok()
}

fn day(fields: &Object) -> Option<Date> {
    text(fields, "day").parse().ok()
}

impl Journal {
    pub async fn read(site: &TestSite) -> Self {
        let mut all = BTreeMap::new();
        for noun in NOUNS {
            let sql = "SELECT DISTINCT record FROM journal WHERE site = $1 AND noun = $2";
            let rows = site.node.rows(sql, vec![site.site.into(), noun.into()]).await.unwrap();
            let mut records = BTreeMap::new();
            for record in rows.iter().map(|row| row.id(0)) {
                let past = site.node.history(site.site, noun, record).await.unwrap();
                let mut told =
                    Told { fields: Object::new(), live: true, steps: Vec::new(), no: past[0].position };
                for step in past {
                    told.fields.extend(step.after);
                    told.steps.push((step.verb.clone(), site.node.day_of(step.at)));
                    match step.verb.split_once('.').unwrap().1 {
                        "retract" | "unmark" => told.live = false,
                        "restore" => told.live = true,
                        _ => {}
                    }
                }
                records.insert(record, told);
            }
            all.insert(noun, records);
        }
        Self(all)
    }

    pub fn all(&self, noun: &str) -> impl Iterator<Item = (Id, &Told)> {
        self.0[noun].iter().map(|(id, told)| (*id, told))
    }

    fn live(&self, noun: &str, id: Id) -> Option<&Object> {
        self.0[noun].get(&id).filter(|told| told.live).map(|told| &told.fields)
    }

    fn root(&self, person: Id) -> Id {
        let mut at = person;
        while let Some(next) = self.live("person", at).and_then(|fields| id(fields, "merged_into")) {
            at = next;
        }
        at
    }

    /// The records of one person, nearest to the one that stands for them first.
    fn records(&self, root: Id) -> Vec<Id> {
        let depth = |mut at: Id| {
            let mut steps = 0;
            while at != root {
                at = id(self.live("person", at)?, "merged_into")?;
                steps += 1;
            }
            Some(steps)
        };
        let mut all: Vec<(i32, Id)> =
            self.all("person").filter_map(|(id, _)| Some((depth(id)?, id))).collect();
        all.sort_unstable();
        all.into_iter().map(|(_, id)| id).collect()
    }

    fn sort(&self, root: Id, last: Date) -> Sort {
        let mut sort = Sort::default();
        let mut born = None;
        for record in self.records(root) {
            if let Some(fields) = self.live("person", record) {
                if sort.sex.is_empty() && ["F", "M"].contains(&text(fields, "sex")) {
                    text(fields, "sex").clone_into(&mut sort.sex);
                }
                born = born.or_else(|| birth(fields));
            }
            if sort.province.is_empty() {
                let stays = self
                    .all("stay")
                    .filter(|(_, stay)| stay.live && id(&stay.fields, "person") == Some(record));
                let homes = stays.filter_map(|(_, stay)| {
                    let province = stay.fields.get("home")?.get("province")?.as_str()?;
                    (or(&stay.fields, "kind", "registered") == "registered")
                        .then(|| (stay.no, province.to_owned()))
                });
                sort.province = homes.max().map(|home| home.1).unwrap_or_default();
            }
        }
        let born = born.filter(|born| born.0 <= last);
        born.map_or("", |born| band(born.1.min(last), last)).clone_into(&mut sort.band);
        sort
    }

    /// Marks of sessions between two days that stand: session, day, kind of activity, the mark.
    fn marks(&self, from: Date, to: Date) -> Vec<(Id, Date, String, &Object)> {
        let live = self.all("participation").filter(|(_, told)| told.live);
        live.filter_map(|(_, told)| {
            let session = id(&told.fields, "session")?;
            let held = self.live("session", session)?;
            let activity = self.live("activity", id(held, "activity")?)?;
            let day = day(held)?;
            let kind = text(activity, "kind").to_owned();
            (from <= day && day <= to).then_some((session, day, kind, &told.fields))
        })
        .collect()
    }

    /// What a period comes to.
    pub fn figures(&self, from: Date, to: Date) -> Figures {
        let mut figures = Figures::default();
        let mut present: BTreeSet<(Id, Id, String, String)> = BTreeSet::new();
        let mut families: BTreeSet<(String, Id)> = BTreeSet::new();
        let mut sessions: BTreeSet<(Id, String, String)> = BTreeSet::new();
        for (session, day, kind, mark) in self.marks(from, to) {
            let month = day.to_string()[..7].to_owned();
            sessions.insert((session, month.clone(), kind.clone()));
            if let Some(household) = id(mark, "household") {
                families.insert((kind, household));
                continue;
            }
            let claims = mark.get("claims").and_then(Value::as_array).cloned().unwrap_or_default();
            let claimed = claims.iter().filter_map(|claim| claim["person"].as_str()?.parse().ok());
            for person in id(mark, "person").into_iter().chain(claimed) {
                present.insert((session, self.root(person), month.clone(), kind.clone()));
            }
            let count = mark.get("count").and_then(Value::as_u64).unwrap_or_default();
            let left = count - claims.len() as u64 - u64::from(id(mark, "person").is_some());
            if left > 0 {
                let seen =
                    |name: &str| mark.get("group").and_then(|group| group[name].as_str()).unwrap_or_default();
                let key = (kind, seen("sex").to_owned(), seen("age").to_owned());
                figures.anonymous.entry(key).or_default().0 += left;
                figures.months.entry(month).or_default().anonymous.0 += left;
            }
        }
        self.people(&present, to, &mut figures);
        for (_, month, kind) in sessions {
            figures.sessions.entry(kind).or_insert(Sessions(0)).0 += 1;
            figures.months.entry(month).or_default().sessions.0 += 1;
        }
        figures.households =
            Households(families.iter().map(|(_, id)| id).collect::<BTreeSet<_>>().len() as u64);
        for (kind, _) in families {
            figures.families.entry(kind).or_insert(Households(0)).0 += 1;
        }
        for (_, met) in self.all("encounter").filter(|(_, met)| met.live) {
            if day(&met.fields).is_some_and(|day| from <= day && day <= to) {
                figures
                    .encounters
                    .entry(or(&met.fields, "kind", "visit").to_owned())
                    .or_insert(Encounters(0))
                    .0 += 1;
            }
        }
        figures
    }

    fn people(&self, present: &BTreeSet<(Id, Id, String, String)>, last: Date, figures: &mut Figures) {
        let everybody: BTreeSet<Id> = present.iter().map(|mark| mark.1).collect();
        for person in everybody {
            let own: Vec<_> = present.iter().filter(|mark| mark.1 == person).collect();
            let sort = self.sort(person, last);
            let months: BTreeSet<&String> = own.iter().map(|mark| &mark.2).collect();
            for month in months {
                let times = own.iter().filter(|mark| mark.2 == *month).count() as u64;
                let known = &mut figures.months.entry(month.clone()).or_default().known;
                (known.people, known.participations) =
                    (known.people + People(1), known.participations + Participations(times));
            }
            let kinds: BTreeSet<&String> = own.iter().map(|mark| &mark.3).collect();
            for kind in kinds {
                let times = own.iter().filter(|mark| mark.3 == *kind).count() as u64;
                let came = figures.kinds.entry((kind.clone(), sort.sex.clone())).or_default();
                (came.people, came.participations) =
                    (came.people + People(1), came.participations + Participations(times));
            }
            let came = figures.people.entry(sort).or_default();
            came.people = came.people + People(1);
            came.participations = came.participations + Participations(own.len() as u64);
        }
    }
}

/// The first day on which somebody may have been born, and the one in the middle of all such days.
fn birth(fields: &Object) -> Option<(Date, Date)> {
    let told = fields.get("birth").filter(|birth| birth.is_object());
    if let Some(told) = told {
        let stated: calendar::Stated = serde_json::from_value(told.clone()).ok()?;
        let days = stated.earliest().until(stated.latest()).ok()?.get_days() / 2;
        return Some((stated.earliest(), stated.earliest().checked_add(jiff::Span::new().days(days)).ok()?));
    }
    let year = fields.get("birth_year").and_then(Value::as_i64)?;
    let first = date(year as i16, 1, 1);
    Some((first, first.checked_add(jiff::Span::new().days(182)).ok()?))
}

fn band(born: Date, on: Date) -> &'static str {
    let mut age = 0;
    while born.checked_add(jiff::Span::new().years(age + 1)).is_ok_and(|birthday| birthday <= on) {
        age += 1;
    }
    match age {
        0..=5 => "0-5",
        6..=11 => "6-11",
        12..=17 => "12-17",
        18..=59 => "18-59",
        _ => "60+",
    }
}
