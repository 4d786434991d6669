//! A whole year of a centre: 170 events, some 5,000 participations, 300 visits and calls, requests and what became of
//! them. Each thing is entered with the time at which it was done.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use kernel::{Id, Problem};
use serde_json::{Value, json};

use super::words::{Both, NEEDS, NICKNAMES};
use super::{Family, Maker, people, work};

/// Families of such a centre.
pub const FAMILIES: usize = 150;
/// Visits, calls and talks of the year.
pub const VISITS: usize = 300;

/// Who comes to an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Children, after school.
    Children,
    /// One grown-up of a family.
    Grown,
    /// Whoever of a family has time.
    All,
}

/// Events of one kind: how often in the year, on which weekday, how many families come of ten that are asked, and how
/// large a crowd nobody names.
struct Series {
    kind: &'static str,
    title: Both,
    times: i64,
    weekday: i64,
    start: &'static str,
    who: Who,
    families: usize,
    crowd: usize,
    household: bool,
}

const fn series(kind: &'static str, title: Both, times: i64, weekday: i64, start: &'static str) -> Series {
    Series { kind, title, times, weekday, start, who: Who::All, families: 10, crowd: 0, household: false }
}

/// 170 events in all.
const YEAR: [Series; 10] = [
    Series {
        families: 14, crowd: 11, ..series("dropin", ("周五开放夜", "Friday drop-in"), 44, 5, "19:00")
    },
    Series {
        who: Who::Children,
        families: 18,
        ..series("class", ("四点半课堂", "After-school class"), 40, 3, "16:30")
    },
    Series {
        who: Who::Grown,
        families: 16,
        ..series("circle", ("妈妈刺绣小组", "Mothers' embroidery circle"), 30, 2, "19:30")
    },
    Series {
        families: 14,
        household: true,
        ..series("family_day", ("周六亲子读书会", "Saturday reading with parents"), 20, 6, "09:30")
    },
    Series {
        who: Who::Grown,
        families: 20,
        ..series("course", ("家政技能班", "Housekeeping course"), 14, 4, "14:00")
    },
    Series {
        families: 12, crowd: 36, ..series("screening", ("露天电影", "Open-air film"), 12, 7, "19:30")
    },
    Series {
        families: 40,
        crowd: 45,
        household: true,
        ..series("feast", ("邻里百家宴", "Neighbours' feast"), 4, 6, "17:30")
    },
    Series { families: 16, ..series("trip", ("郊外一日游", "A day in the country"), 3, 7, "08:00") },
    Series {
        who: Who::Grown,
        families: 24,
        ..series("meeting", ("居民议事会", "Residents' meeting"), 2, 4, "19:30")
    },
    Series {
        who: Who::Children,
        families: 24,
        ..series("camp", ("暑期成长营", "Summer camp"), 1, 1, "09:00")
    },
];

/// Fills a site with the year before this one.
pub async fn fill(maker: &mut Maker, families: usize) -> Result<(), Problem> {
    let year = maker.today.year() - 1;
    maker.on(date(year, 1, 1), 9);
    let families = people::families(maker, families).await?;
    let twins = twins(maker, &families).await?;
    for series in &YEAR {
        events(maker, year, series, &families, &twins).await?;
    }
    for (twin, person) in twins {
        maker.on(date(year, 12, 20), 15);
        maker.enter_at("person.merge", twin, json!({ "into": person })).await?;
    }
    visits(maker, year, &families).await?;
    maker.now();
    maker.flush().await
}

/// Some people who were registered twice, which is found out in winter.
async fn twins(maker: &mut Maker, families: &[Family]) -> Result<Vec<(Id, Id)>, Problem> {
    let mut twins = Vec::new();
    for family in families.iter().step_by(40) {
        let Some(child) = family.children.first() else { continue };
        let nickname = maker.dice.pick::<&str>(NICKNAMES);
        let body = json!({ "names": [{ "kind": "nickname", "text": nickname }], "sex": "U" });
        twins.push((maker.enter("person.create", body).await?, *child));
    }
    Ok(twins)
}

/// The `at`-th of so many days of the year that fall on this weekday.
fn day_of(year: i16, series: &Series, at: i64) -> Date {
    let first = date(year, 1, 1);
    let shift = (series.weekday - i64::from(first.weekday().to_monday_one_offset())).rem_euclid(7);
    // A single event is in the middle of the year, several are spread over it.
    let week = if series.times == 1 { 29 } else { at * 51 / series.times };
    first.saturating_add(shift.days()).saturating_add(Span::new().weeks(week))
}

async fn events(
    maker: &mut Maker,
    year: i16,
    series: &Series,
    families: &[Family],
    twins: &[(Id, Id)],
) -> Result<(), Problem> {
    maker.on(date(year, 1, 2), 10);
    let body =
        json!({ "title": maker.say(series.title), "kind": series.kind, "staff": [maker.actor.account] });
    let activity = maker.enter("activity.create", body).await?;
    let regulars = maker.dice.below(families.len());
    for at in 0..series.times {
        let day = day_of(year, series, at);
        maker.on(day, 20);
        let body = json!({ "activity": activity, "day": day, "start": series.start });
        let session = maker.enter("session.create", body).await?;
        let roll = Roll { session, activity };
        for place in 0..series.families {
            // Two thirds are regulars, the others change from time to time.
            let first = if place % 3 == 0 { (at * 7) as usize } else { 0 };
            let family = &families[(regulars + first + place * 2) % families.len()];
            roll.family(maker, series, family).await?;
        }
        if series.kind == "dropin" && at % 6 == 0 {
            for (twin, _) in twins {
                roll.mark(maker, "person", *twin).await?;
            }
        }
        roll.crowd(maker, series, families).await?;
    }
    maker.flush().await
}

/// The roll of one session.
struct Roll {
    session: Id,
    activity: Id,
}

impl Roll {
    fn body(&self, rest: Value) -> Value {
        let mut body = json!({ "session": self.session, "activity": self.activity });
        if let (Some(body), Value::Object(rest)) = (body.as_object_mut(), rest) {
            body.extend(rest);
        }
        body
    }

    async fn mark(&self, maker: &mut Maker, kind: &str, who: Id) -> Result<(), Problem> {
        let id = self.session.derive(&format!("{kind}:{who}"));
        let body = self.body(json!({ "kind": kind, kind: who }));
        // A family that was asked twice is marked once.
        if maker.once(id) { maker.enter_at("participation.mark", id, body).await } else { Ok(()) }
    }

    async fn family(&self, maker: &mut Maker, series: &Series, family: &Family) -> Result<(), Problem> {
        if !maker.dice.percent(70) {
            return Ok(());
        }
        let who: Vec<Id> = match series.who {
            Who::Children => family.children.clone(),
            Who::Grown => family.adults.iter().rev().copied().take(1).collect(),
            Who::All => family.adults.iter().chain(&family.children).copied().collect(),
        };
        for person in who {
            if series.who != Who::All || maker.dice.percent(75) {
                self.mark(maker, "person", person).await?;
            }
        }
        if series.household {
            self.mark(maker, "household", family.household).await?;
        }
        Ok(())
    }

    /// Those whom nobody names: tallies by what was seen, and a nickname; some are recognised the week after.
    async fn crowd(&self, maker: &mut Maker, series: &Series, families: &[Family]) -> Result<(), Problem> {
        if series.crowd == 0 {
            return Ok(());
        }
        let mut left = series.crowd / 2 + maker.dice.below(series.crowd);
        for group in [
            json!({ "migrant": true, "age": "child", "sex": "F" }),
            json!({ "migrant": true, "age": "child", "sex": "M" }),
            json!({ "migrant": false, "age": "adult" }),
            json!({}),
        ] {
            let many = if group == json!({}) { left } else { maker.dice.below(left / 2 + 1) };
            left -= many;
            if many > 0 {
                let body = self.body(json!({ "kind": "tally", "count": many, "group": group }));
                let tally = maker.enter("participation.mark", body).await?;
                if maker.dice.percent(20) {
                    self.claim(maker, tally, families).await?;
                }
            }
        }
        let nickname = maker.dice.pick::<&str>(NICKNAMES);
        let body = self.body(json!({ "kind": "nickname", "nickname": nickname }));
        let nickname = maker.enter("participation.mark", body).await?;
        if maker.dice.percent(40) { self.claim(maker, nickname, families).await } else { Ok(()) }
    }

    /// Says who somebody was: a grown-up who is not on this roll.
    async fn claim(&self, maker: &mut Maker, mark: Id, families: &[Family]) -> Result<(), Problem> {
        let person = maker.dice.pick(families).adults.first().copied();
        let Some(person) = person.filter(|id| maker.once(self.session.derive(&format!("person:{id}"))))
        else {
            return Ok(());
        };
        maker.enter_at("participation.claim", mark, json!({ "person": person })).await
    }
}

/// Visits, calls and talks of the year; what was heard, what was asked, and what became of it.
async fn visits(maker: &mut Maker, year: i16, families: &[Family]) -> Result<(), Problem> {
    for at in 0..VISITS {
        let day = date(year, 1, 3).saturating_add(((at * 358 / VISITS) as i64).days());
        maker.on(day, 17);
        let family = maker.dice.pick(families).clone();
        let kind = match maker.dice.below(10) {
            0..6 => "visit",
            6..9 => "call",
            _ => "talk",
        };
        let (encounter, first) = work::meet(maker, kind, day, &family).await?;
        if maker.dice.percent(45)
            && let Some(person) = first
        {
            need(maker, day, encounter, person).await?;
        }
    }
    maker.flush().await
}

async fn need(maker: &mut Maker, day: Date, encounter: Id, person: Id) -> Result<(), Problem> {
    let (code, words) = *maker.dice.pick(NEEDS);
    let words = maker.say(words);
    let body = json!({ "person": person, "encounter": encounter, "code": code, "words": words });
    let need = maker.enter("need.hear", body).await?;
    if maker.dice.percent(25) {
        return Ok(());
    }
    let due = day.saturating_add((7 + maker.dice.below(21) as i64).days());
    let owner = maker.actor.account;
    let body =
        json!({ "need": need, "person": person, "code": code, "words": words, "owner": owner, "due": due });
    let request = maker.enter("request.ask", body).await?;
    maker.enter_at("need.ask", need, json!({})).await?;
    let later = day.saturating_add((1 + maker.dice.below(40) as i64).days());
    match maker.dice.below(10) {
        0..7 => {
            maker.on(later, 11);
            let outcome = maker.say(("已办好，家里表示感谢。", "Settled; the family is relieved."));
            maker.enter_at("request.finish", request, json!({ "outcome": outcome })).await
        }
        7 => {
            maker.on(later, 11);
            let why = maker.say(("一家人回老家了", "The family went back home"));
            maker.enter_for("request.drop", request, json!({ "outcome": why }), why).await
        }
        _ => Ok(()),
    }
}
