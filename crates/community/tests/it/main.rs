//! Activities, their sessions and rules, sign-ups, rolls and feasts, on both databases.

mod care;
mod circles;
mod feasts;
mod kinds;
mod making;
mod rolls;
mod sessions;
mod signups;
mod staying;
mod trips;

use community::participation::{MarkKind, mark_id, queries as rolls_of};
use kernel::{Actor, Id};
use serde_json::{Value, json};
use testkit::TestSite;

fn contexts() -> Vec<kernel::Manifest> {
    vec![testkit::stand_in::people(), community::manifest()]
}

async fn evening(site: &TestSite, day: &str) -> (Id, Id) {
    let li = &site.cast.li;
    let activity =
        site.make(li, "activity.create", json!({ "title": "周二晚间开放", "kind": "dropin" })).await;
    (activity, next_session(site, activity, day).await)
}

async fn next_session(site: &TestSite, activity: Id, day: &str) -> Id {
    let body = json!({ "activity": activity, "day": day, "start": "18:30", "end": "20:30" });
    site.make(&site.cast.li, "session.create", body).await
}

async fn person(site: &TestSite, name: &str) -> Id {
    site.make(&site.cast.li, "person.create", json!({ "name": name })).await
}

async fn mark(site: &TestSite, (activity, session): (Id, Id), rest: Value) -> Id {
    let mut body = json!({ "session": session, "activity": activity });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    let who = |kind: MarkKind, name: &str| {
        let id: Id = rest.get(name)?.as_str()?.parse().ok()?;
        Some(mark_id(session, kind, id))
    };
    let known = who(MarkKind::Person, "person").or(who(MarkKind::Household, "household"));
    let record = known.unwrap_or_else(|| site.id());
    site.done(&site.cast.li, "participation.mark", record, body).await;
    record
}

async fn totals(site: &TestSite, actor: &Actor, session: Id) -> (u64, u64, u64, u64) {
    let roll = rolls_of::roll(&site.node, actor, session).await.unwrap().expect("in scope");
    let totals = roll.totals;
    (totals.people.0, totals.participations.0, totals.households.0, totals.anonymous.0)
}
