//! The Spring Festival that comes: who goes home, who stays, who comes to the meal on the eve; and a circle of two.

use community::circle::circle_id;
use community::staying::{SPRING, eve, festival, meal_id, stay_id};
use jiff::ToSpan;
use kernel::{ActivityId, Id, Problem, Role};
use serde_json::{Value, json};

use super::{Family, Maker};

/// How many of the families were asked.
const ASKED: usize = 26;

/// Answers of some of the families, and the meal.
pub async fn stays(maker: &mut Maker, families: &[Family]) -> Result<(), Problem> {
    let year = maker.today.year();
    let turns = [year, year + 1].into_iter().filter_map(|year| festival(SPRING, year));
    let Some((_, day)) = turns.into_iter().find(|(_, day)| *day > maker.today) else { return Ok(()) };
    let year = day.year();
    let session = meal(maker, (year, day)).await?;
    for (place, family) in families.iter().take(ASKED).enumerate() {
        let (adults, children) = (family.adults.len(), family.children.len());
        let many = json!({ "people": adults + children, "children": children });
        let comes = place % 6 == 0;
        let mut body = match place % 3 {
            0 => json!({ "answer": "stays_alone", "meal": if comes { "yes" } else { "not_asked" } }),
            1 => json!({
                "answer": "goes_home", "from": day.saturating_sub(6.days()), "back": day.saturating_add(12.days()),
            }),
            _ => json!({
                "answer": "stays_with",
                "with_words": maker.say(("和姐姐一家一起过", "With the sister's family")),
                "meal": if place % 2 == 0 { "no" } else { "not_asked" },
            }),
        };
        let what = if place % 3 == 1 { json!({}) } else { many };
        let known = json!({ "festival": SPRING, "year": year, "household": family.household });
        for part in [what, known] {
            body.as_object_mut()
                .into_iter()
                .for_each(|body| body.extend(part.as_object().cloned().unwrap_or_default()));
        }
        maker.enter_at("festival_stay.list", stay_id(family.household, SPRING, year), body).await?;
        if comes && let Some(guest) = family.adults.first() {
            signs_up(maker, session, *guest, (adults, children)).await?;
        }
    }
    Ok(())
}

async fn meal(maker: &mut Maker, (year, day): (i16, jiff::civil::Date)) -> Result<(Id, Id), Problem> {
    let body = json!({
        "title": maker.say(("除夕团圆饭", "Shared meal on New Year's Eve")),
        "kind": "feast",
        "words": maker.say(("留下来过年的，都来一起包饺子。", "Whoever stays over New Year: come and make dumplings.")),
        "place_text": maker.say(("中心院子", "Courtyard")),
        "staff": [maker.actor.account],
    });
    let activity = maker.enter("activity.create", body).await?;
    let body = json!({ "activity": activity, "day": eve(day), "start": "11:00", "end": "14:00" });
    let session = maker.enter("session.create", body).await?;
    let link = json!({ "festival": SPRING, "year": year, "session": session });
    maker.enter_at("festival_meal.link", meal_id(maker.actor.site, SPRING, year), link).await?;
    Ok((activity, session))
}

async fn signs_up(
    maker: &mut Maker,
    (activity, session): (Id, Id),
    guest: Id,
    (adults, children): (usize, usize),
) -> Result<(), Problem> {
    let id = session.derive(&format!("signup:{guest}"));
    let body = json!({
        "session": session, "activity": activity, "person": guest, "adults": adults, "children": children,
    });
    maker.enter_at("signup.make", id, body).await
}

/// A circle of the manager and a colleague, with a note that only the two of them read.
pub async fn circle(maker: &mut Maker) -> Result<(), Problem> {
    maker.flush().await?;
    let accounts = access::account::queries::list(&maker.node, &maker.actor).await.unwrap_or_default();
    let helps = |role: Option<Role>| matches!(role, Some(Role::Volunteer | Role::Worker));
    let own = maker.actor.account;
    let mut others = accounts.iter().filter(|card| helps(card.role) && card.id != own.0);
    let Some(other) = others.find(|card| card.role == Some(Role::Volunteer)).map(|card| card.id) else {
        return Ok(());
    };
    let body: Value = json!({
        "title": maker.say(("姐妹小组", "Sisters' circle")),
        "kind": "circle",
        "words": maker.say(("每月一次，自己人说说话。", "Once a month, among ourselves.")),
        "staff": [own],
    });
    let activity = maker.enter("activity.create", body).await?;
    let given = json!({ "account": other, "noun": "activity", "record": activity });
    maker.enter("assignment.give", given).await?;
    let circle = circle_id(ActivityId(activity));
    let members = json!({ "activity": activity, "members": [own, other] });
    maker.enter_at("circle.found", circle, members).await?;
    let words = maker.say((
        "这次说好了：下回每人带一样家乡的点心，孩子也可以来。",
        "Agreed this time: next time everybody brings something sweet from home, and the children may come.",
    ));
    let note = json!({ "circle": circle, "words": words, "readers": [own, other] });
    maker.enter("circle_note.write", note).await?;
    Ok(())
}
