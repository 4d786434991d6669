//! What is coming: after-school care by a rule, a feast with its dishes, an outing with more who wish to come than fit.

use jiff::ToSpan;
use jiff::civil::Date;
use kernel::{Id, Lang, Problem};
use serde_json::{Value, json};

use super::words::DISHES;
use super::{Family, Maker};

/// Gatherings of the next weeks.
pub async fn coming(maker: &mut Maker, families: &[Family]) -> Result<(), Problem> {
    after_school(maker).await?;
    feast(maker, families).await?;
    outing(maker, families).await?;
    maker.flush().await
}

fn later(maker: &Maker, days: i64) -> Date {
    maker.today.saturating_add(days.days())
}

async fn after_school(maker: &mut Maker) -> Result<(), Problem> {
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
    match made.ok().flatten().and_then(|made| made.problem) {
        Some(problem) => Err(problem),
        None => Ok(()),
    }
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
