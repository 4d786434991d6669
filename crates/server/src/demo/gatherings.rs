//! What is coming: after-school care by a rule, a feast with its dishes, an outing with more who wish to come than fit.

use jiff::ToSpan;
use jiff::civil::Date;
use kernel::{Id, Lang, Problem};
use serde_json::{Value, json};

use super::words::DISHES;
use super::{Family, Maker};

/// Gatherings of the next weeks.
pub async fn coming(maker: &mut Maker, families: &[Family]) -> Result<(), Problem> {
    after_school(maker, families).await?;
    feast(maker, families).await?;
    outing(maker, families).await?;
    trip(maker, families).await?;
    maker.flush().await
}

fn later(maker: &Maker, days: i64) -> Date {
    maker.today.saturating_add(days.days())
}

async fn after_school(maker: &mut Maker, families: &[Family]) -> Result<(), Problem> {
    let weekdays = ["mo", "tu", "we", "th", "fr"];
    let (from, until) = (later(maker, 1), later(maker, 56));
    let rule = json!({ "every": { "by": "week", "weekdays": weekdays }, "from": from, "until": until });
    let body = json!({
        "title": maker.say(("放学后小课堂", "Homework room")),
        "kind": "after_school",
        "words": maker.say(("写作业、下棋、看书，六点前来接。", "Homework, chess, books; picked up by six.")),
        "place_text": maker.say(("中心二楼", "Second floor")),
        "capacity": 20,
        "staff": [maker.actor.account],
        "public": true,
        "plans": [{ "rule": rule, "start": "16:30", "end": "18:00" }],
    });
    let activity = maker.enter("activity.create", body).await?;
    maker.flush().await?;
    let lang = if maker.english { Lang::En } else { Lang::Zh };
    let made = community::making::queries::make(&maker.node, &maker.actor, activity, lang).await;
    if let Some(problem) = made.ok().flatten().and_then(|made| made.problem) {
        return Err(problem);
    }
    pick_up(maker, activity, families).await
}

/// Children of the first afternoon, with who may take them home.
async fn pick_up(maker: &mut Maker, activity: Id, families: &[Family]) -> Result<(), Problem> {
    let sessions = community::session::queries::of_activity(&maker.node, &maker.actor, activity).await;
    let Some(first) = sessions.ok().and_then(|all| all.last().map(|session| session.id)) else {
        return Ok(());
    };
    for family in families.iter().take(8) {
        for child in family.children.iter().take(1) {
            let id = first.derive(&format!("signup:{child}"));
            let body = json!({ "session": first, "activity": activity, "person": child, "adults": 0, "children": 1 });
            maker.enter_at("signup.make", id, body).await?;
            for adult in &family.adults {
                let body = json!({
                    "child": child, "person": adult, "from": maker.today,
                    "relation": maker.say(("爸爸妈妈", "Parent")),
                    "given_by": maker.say(("报名时家长当面说的", "Parent, in person at sign-up")),
                });
                maker.enter("pickup_permission.allow", body).await?;
            }
        }
    }
    let Some(child) = families.first().and_then(|family| family.children.first()) else { return Ok(()) };
    let health = maker.say(("花生过敏，吃了马上送医院。", "Allergic to peanuts: hospital at once."));
    let note = json!({ "child": child, "health": health });
    maker.enter_at("care_note.write", child.derive("care_note"), note).await
}

/// A trip of tomorrow; of two children the consent is still missing.
async fn trip(maker: &mut Maker, families: &[Family]) -> Result<(), Problem> {
    let body = json!({
        "title": maker.say(("去湿地看候鸟", "To the wetland, to see the birds")),
        "kind": "trip",
        "words": maker.say(("坐公交去，自带水和帽子。", "By bus; bring water and a hat.")),
        "place_text": maker.say(("湿地公园", "Wetland park")),
        "children_per_adult": 5,
    });
    let when = json!({ "day": later(maker, 1), "start": "08:30", "end": "15:30" });
    let (activity, session) = once(maker, body, when).await?;
    let children: Vec<Id> =
        families.iter().filter_map(|family| family.children.first().copied()).take(8).collect();
    for (place, child) in children.iter().enumerate() {
        let id = session.derive(&format!("signup:{child}"));
        let body =
            json!({ "session": session, "activity": activity, "person": child, "adults": 0, "children": 1 });
        maker.enter_at("signup.make", id, body).await?;
        if place < 6 {
            let body = json!({
                "person": child, "purpose": "trip", "fields": ["name", "phone", "health"],
                "relation": "mother", "by_name": maker.say(("妈妈", "Mother")), "proof": "paper",
                "given_on": maker.today, "expires_on": later(maker, 30),
            });
            maker.enter("consent.record", body).await?;
        }
    }
    Ok(())
}

/// One day of an activity of its own.
async fn once(maker: &mut Maker, activity: Value, when: Value) -> Result<(Id, Id), Problem> {
    let mut activity = activity;
    activity["staff"] = json!([maker.actor.account]);
    let activity = maker.enter("activity.create", activity).await?;
    let mut session = when;
    session["activity"] = json!(activity);
    Ok((activity, maker.enter("session.create", session).await?))
}

async fn feast(maker: &mut Maker, families: &[Family]) -> Result<(), Problem> {
    let body = json!({
        "title": maker.say(("百家宴", "Feast of a hundred dishes")),
        "kind": "feast",
        "words": maker.say(("一户带一道家乡菜，米饭和汤由中心准备。", "One dish from home per household; rice and soup are there.")),
        "place_text": maker.say(("中心院子", "Courtyard")),
        "public": true,
    });
    let when = json!({ "day": later(maker, 12), "start": "11:00", "end": "14:00" });
    let (activity, session) = once(maker, body, when).await?;
    for (place, family) in families.iter().enumerate().take(10) {
        let household = family.household;
        let id = session.derive(&format!("dish:{household}"));
        let words = DISHES.get(place).map_or("", |dish| maker.say(*dish));
        let body =
            json!({ "session": session, "activity": activity, "household": household, "words": words });
        maker.enter_at("dish.invite", id, body).await?;
    }
    Ok(())
}

/// Ten seats in the bus; who signs up later waits, and it was moved by a week after the first had signed up.
async fn outing(maker: &mut Maker, families: &[Family]) -> Result<(), Problem> {
    let body = json!({
        "title": maker.say(("去科技馆", "To the science museum")),
        "kind": "outing",
        "words": maker.say(("早上八点半在村口集合，自带午饭。", "We meet at the gate at half past eight; bring lunch.")),
        "place_text": maker.say(("省科技馆", "Science museum of the province")),
        "capacity": 10,
        "public": true,
    });
    let day = later(maker, 9);
    let when = json!({ "day": day, "start": "08:30", "end": "16:00" });
    let at = once(maker, body, when).await?;
    let guests: Vec<Id> =
        families.iter().filter_map(|family| family.adults.first().copied()).take(8).collect();
    let (first, rest) = guests.split_at(guests.len().min(3));
    sign_up(maker, at, first, 0).await?;
    let to = json!({ "day": later(maker, 16), "start": "08:30", "end": "16:00" });
    let seen = json!({ "day": day, "start": "08:30", "end": "16:00" });
    maker.enter_at("session.move", at.1, json!({ "to": to, "seen": seen })).await?;
    sign_up(maker, at, rest, 1).await
}

async fn sign_up(
    maker: &mut Maker,
    (activity, session): (Id, Id),
    guests: &[Id],
    told: u32,
) -> Result<(), Problem> {
    for person in guests {
        let id = session.derive(&format!("signup:{person}"));
        let children = 1 + maker.dice.below(2);
        let body = json!({
            "session": session, "activity": activity, "person": person,
            "adults": 1, "children": children, "told": told,
        });
        maker.enter_at("signup.make", id, body).await?;
    }
    Ok(())
}
