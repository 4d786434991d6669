//! What the centre did: sessions with their rolls, visits and calls, needs heard, requests with owners and due days.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use kernel::{Id, Problem};
use serde_json::json;

use super::words::{ACTIVITIES, NEEDS, NICKNAMES, NOTES};
use super::{Family, Maker};

/// Weeks that have passed.
const WEEKS: i64 = 12;

fn weeks(day: Date, weeks: i64) -> Date {
    day.saturating_add(Span::new().weeks(weeks))
}

/// Weekly activities of the last weeks and the next ones, with rolls.
pub async fn gatherings(maker: &mut Maker, families: &[Family]) -> Result<(), Problem> {
    for (kind, title, place, weekday, start, end) in ACTIVITIES {
        let body = json!({
            "title": maker.say(*title),
            "kind": kind,
            "place_text": maker.say(*place),
            "staff": [maker.actor.account],
        });
        let activity = maker.enter("activity.create", body).await?;
        let shift = i64::from(*weekday) - i64::from(maker.today.weekday().to_monday_one_offset());
        let this_week = maker.today.saturating_add(shift.days());
        let regulars = maker.dice.below(families.len());
        for week in -WEEKS..=2 {
            let day = weeks(this_week, week);
            let body = json!({ "activity": activity, "day": day, "start": start, "end": end });
            let session = maker.enter("session.create", body).await?;
            if day < maker.today {
                roll(maker, (session, activity), families, (kind, regulars)).await?;
            }
        }
    }
    maker.flush().await
}

async fn roll(
    maker: &mut Maker,
    (session, activity): (Id, Id),
    families: &[Family],
    (kind, regulars): (&str, usize),
) -> Result<(), Problem> {
    let few = families.len().min(14);
    // A step that does not divide their number meets no family twice.
    let step = if families.len().is_multiple_of(3) { 1 } else { 3 };
    for place in 0..few {
        let family = &families[(regulars + place * step) % families.len()];
        if !maker.dice.percent(55) {
            continue;
        }
        let who: Vec<Id> = match kind {
            "class" => family.children.clone(),
            "circle" | "course" => family.adults.iter().copied().take(1).collect(),
            _ => family.adults.iter().chain(&family.children).copied().collect(),
        };
        for person in who {
            let id = session.derive(&format!("person:{person}"));
            let body =
                json!({ "session": session, "activity": activity, "kind": "person", "person": person });
            maker.enter_at("participation.mark", id, body).await?;
        }
        if kind == "family_day" {
            let household = family.household;
            let id = session.derive(&format!("household:{household}"));
            let body = json!({ "session": session, "activity": activity, "kind": "household", "household": household });
            maker.enter_at("participation.mark", id, body).await?;
        }
    }
    if matches!(kind, "dropin" | "screening") {
        let many = 3 + maker.dice.below(20);
        let group = json!({ "migrant": true, "age": "child" });
        let body = json!({ "session": session, "activity": activity, "kind": "tally", "count": many, "group": group });
        maker.enter("participation.mark", body).await?;
        let nickname = *maker.dice.pick(NICKNAMES);
        let body =
            json!({ "session": session, "activity": activity, "kind": "nickname", "nickname": nickname });
        maker.enter("participation.mark", body).await?;
    }
    Ok(())
}

/// A visit, call or talk with somebody of a family: the encounter, and the first whom it names.
pub(super) async fn meet(
    maker: &mut Maker,
    kind: &str,
    day: Date,
    family: &Family,
) -> Result<(Id, Option<Id>), Problem> {
    let persons: Vec<Id> = family.adults.iter().chain(&family.children).copied().take(3).collect();
    let note = *maker.dice.pick(NOTES);
    let body = json!({
        "kind": kind,
        "day": day,
        "minutes": 10 + 5 * maker.dice.below(9),
        "persons": persons,
        "household": family.household,
        "worker": maker.actor.account,
        "note": maker.say(note),
    });
    Ok((maker.enter("encounter.record", body).await?, persons.first().copied()))
}

/// Visits and calls of the last weeks; what was heard, and what was asked.
pub async fn visits(maker: &mut Maker, families: &[Family]) -> Result<(), Problem> {
    for family in families {
        if maker.dice.percent(35) {
            continue;
        }
        let day = maker.today.saturating_sub((1 + maker.dice.below(80) as i64).days());
        let kind = if maker.dice.percent(70) { "visit" } else { "call" };
        let (encounter, _) = meet(maker, kind, day, family).await?;
        if maker.dice.percent(60) {
            need(maker, encounter, family).await?;
        }
    }
    maker.flush().await
}

async fn need(maker: &mut Maker, encounter: Id, family: &Family) -> Result<(), Problem> {
    let (code, words) = *maker.dice.pick(NEEDS);
    let person = *maker.dice.pick(if family.children.is_empty() { &family.adults } else { &family.children });
    let words = maker.say(words);
    let body = json!({ "person": person, "encounter": encounter, "code": code, "words": words });
    let need = maker.enter("need.hear", body).await?;
    if maker.dice.percent(40) {
        return Ok(());
    }
    let due = maker.today.saturating_add((maker.dice.below(21) as i64 - 5).days());
    let body = json!({
        "need": need,
        "person": person,
        "code": code,
        "words": words,
        "owner": maker.actor.account,
        "due": due,
    });
    let request = maker.enter("request.ask", body).await?;
    maker.enter_at("need.ask", need, json!({})).await?;
    if maker.dice.percent(35) {
        let outcome = maker.say(("已办好，孩子家长表示感谢。", "Settled; the parents are relieved."));
        maker.enter_at("request.finish", request, json!({ "outcome": outcome })).await?;
    }
    Ok(())
}
