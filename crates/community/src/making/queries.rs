//! Reading what is there, and sending what has to be done.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{ActivityId, Actor, Envelope, Id, Lang, Outcome, Problem, Sql, Use, Val};
use serde_json::{Value, json};

use super::steps::{Existing, Step, Wanted, steps};
use crate::activity::Activity;
use crate::session::{Session, When};

static SLOTS: Sql = Sql {
    name: "community.slots",
    text: "SELECT session FROM session_row WHERE site = $1 AND activity = $2 AND slot <> ''",
};
static USED: Sql = Sql {
    name: "community.used_sessions",
    text: "SELECT session FROM signup_row WHERE site = $1 AND activity = $2 AND cancelled = 0 \
           UNION SELECT session FROM participation_row WHERE site = $1 AND activity = $2",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&SLOTS, &USED];

/// What making came to.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// Sessions made.
    pub made: u64,
    /// Sessions held at another time now.
    pub moved: u64,
    /// Sessions cancelled, because somebody signed up.
    pub cancelled: u64,
    /// Sessions withdrawn.
    pub withdrawn: u64,
    /// Why some could not be done.
    pub problem: Option<Problem>,
}

/// The days of an activity's rules as of today.
pub fn wanted(activity: &Activity, today: Date) -> Vec<Wanted> {
    let mut days = BTreeMap::new();
    for plan in &activity.plans {
        for slot in plan.rule.due(today) {
            let when = When { day: slot, start: plan.start.clone(), end: plan.end.clone() };
            days.insert(slot, Wanted { slot, when });
        }
    }
    days.into_values().collect()
}

/// What has to be done so that an activity's sessions fit its rules; `None` where the activity is out of reach.
pub async fn plan(node: &Node, actor: &Actor, activity: Id) -> Result<Option<Vec<Step>>, StoreError> {
    let Some(held) = node.visible_one(actor, "activity", activity, Use::Write).await? else {
        return Ok(None);
    };
    let state: Activity = journal::state(&held);
    let id = ActivityId(activity);
    let wanted = wanted(&state, node.today());
    let of = || vec![Val::from(actor.site), Val::from(activity)];
    let rows = node.rows(SLOTS.text, of()).await?;
    let mut ids: HashSet<Id> = rows.iter().map(|row| row.id(0)).collect();
    ids.extend(wanted.iter().map(|wanted| Session::id_of(id, wanted.slot)));
    let again: Vec<Id> = ids.iter().map(|id| id.derive("again")).collect();
    ids.extend(again);
    let mut ids: Vec<Id> = ids.into_iter().collect();
    ids.sort_unstable();
    let used = node.rows(USED.text, of()).await?;
    let used: HashSet<Id> = used.iter().map(|row| row.id(0)).collect();
    let arranged = state.arranged.unwrap_or(held.meta.created);
    let sessions = node.held_many(actor.site, "session", &ids).await?;
    let existing: Vec<Existing> = sessions
        .iter()
        .map(|held| {
            let session: Session = journal::state(held);
            Existing {
                id: held.meta.id,
                slot: session.slot,
                when: session.when(),
                apart: session.apart,
                status: session.status,
                used: used.contains(&held.meta.id),
                retracted: held.meta.retracted,
                may_return: held.meta.changed < arranged,
            }
        })
        .collect();
    Ok(Some(steps(id, &wanted, &existing, node.today())))
}

/// Does it, as the actor.
pub async fn make(node: &Node, actor: &Actor, activity: Id, lang: Lang) -> Result<Option<Made>, StoreError> {
    let Some(steps) = plan(node, actor, activity).await? else { return Ok(None) };
    if steps.is_empty() {
        return Ok(Some(Made::default()));
    }
    let commands = steps.iter().map(|step| envelope(node, ActivityId(activity), step, lang)).collect();
    let receipts = node.submit(actor, commands, None, lang).await;
    let mut made = Made::default();
    for (step, receipt) in steps.iter().zip(receipts) {
        if receipt.outcome == Outcome::Refused {
            // Made by somebody else at the same moment: that is what was wanted.
            let there = receipt.problem.as_ref().is_some_and(|it| it.code == kernel::faults::EXISTS.code);
            made.problem = made.problem.or(receipt.problem.filter(|_| !there));
            continue;
        }
        match step {
            Step::Create { .. } | Step::Restore { .. } => made.made += 1,
            Step::Move { .. } => made.moved += 1,
            Step::Cancel { .. } => made.cancelled += 1,
            Step::Retract { .. } => made.withdrawn += 1,
        }
    }
    Ok(Some(made))
}

fn envelope(node: &Node, activity: ActivityId, step: &Step, lang: Lang) -> Envelope {
    let why = lang.pick("活动安排改了", "The activity is held at other times now");
    let (verb, record, body): (&str, Id, Value) = match step {
        Step::Create { id, wanted } => {
            let When { day, start, end } = &wanted.when;
            let body =
                json!({ "activity": activity, "day": day, "start": start, "end": end, "slot": wanted.slot });
            ("session.create", *id, body)
        }
        Step::Restore { id } => ("session.restore", *id, json!({})),
        Step::Move { id, wanted } => ("session.move", *id, json!({ "to": wanted.when, "slot": wanted.slot })),
        Step::Cancel { id } => ("session.cancel", *id, json!({ "why": why })),
        Step::Retract { id } => ("session.retract", *id, json!({})),
    };
    Envelope {
        id: node.new_id(),
        verb: verb.to_owned(),
        record,
        base: None,
        at: node.now(),
        device: "skein".to_owned(),
        bundle: None,
        reason: (verb == "session.retract").then(|| why.into_owned()),
        body,
    }
}
