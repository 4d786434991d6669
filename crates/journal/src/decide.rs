//! One command: permission, scope, links, conflict, decision, and its row in the journal.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use kernel::faults::{
    BAD_BASE, BAD_BODY, ERASED, EXISTS, ID_REUSED, NEEDS_LINK, NEEDS_REASON, NO_CONFLICT, NOT_ALLOWED,
    NOT_AMENDABLE, NOT_RETRACTED, RETRACTED, TOO_LONG, UNKNOWN_RECORD, UNKNOWN_VERB,
};
use kernel::held::change;
use kernel::{
    Action, CommandDef, Envelope, Facts, Held, Id, Link, Linked, Merge, Object, Outcome, Receipt, RecordDef,
    Refusal, Situation, Stamp, Use, Val,
};
use serde_json::Value;

use crate::codec::{self, Undeclared, bare, setting};
use crate::crossing::{self, Crossing};
use crate::desk::{Desk, KeyState, Seen};
use crate::keys::DataKey;
use crate::merge;
use crate::node::Inner;
use crate::pipeline::{Fault, Submission};
use crate::store::Writer;

/// One command's turn.
#[derive(Clone, Copy)]
pub(crate) struct Turn<'a> {
    pub inner: &'a Inner,
    pub submission: &'a Submission,
    pub envelope: &'a Envelope,
    pub now: Timestamp,
    pub at: Timestamp,
}

/// The longest text that any field takes; contexts set tighter limits of their own.
const LONGEST: usize = 10_000;

/// What a command came to: its events, and the fields whose value was set aside.
#[derive(Default)]
struct Decided {
    changes: Vec<Object>,
    aside: Vec<String>,
}

pub(crate) async fn one(turn: Turn<'_>, db: &mut Writer, desk: &mut Desk) -> Result<Receipt, Fault> {
    let envelope = turn.envelope;
    let registry = turn.inner.registry;
    let unknown = || Refusal::new(&UNKNOWN_VERB).with("verb", short(&envelope.verb));
    let def = registry.command(&envelope.verb).ok_or_else(unknown)?;
    let record = registry.record(def.noun).ok_or_else(unknown)?;
    if let Some(receipt) = already(turn, db, desk).await? {
        return Ok(receipt);
    }
    if !def.roles.has(turn.submission.actor.role) {
        return Err(Refusal::new(&NOT_ALLOWED).with("verb", def.verb).into());
    }
    if def.reason && envelope.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Refusal::new(&NEEDS_REASON).with("verb", def.verb).at("reason").into());
    }
    sound(envelope)?;
    desk.load(db, registry, &turn.inner.key, [(def.noun, envelope.record)]).await?;
    let held = reachable(turn, db, desk, def, record).await?;
    let decided = if let Action::Own { links, decide, .. } = def.action {
        let links = links(&envelope.body).map_err(|why| bad_body("body", &why))?;
        let mut linked = linked(turn, db, desk, &links, Some(&envelope.body)).await?;
        persons(turn, db, desk, &held, &links, &mut linked).await?;
        let changes = decide(&held, envelope.body.clone(), &situation(turn, desk, &held, &linked))?;
        Decided { changes, aside: Vec::new() }
    } else {
        let crossing = crossing::of(turn, db, desk, &held).await?;
        generic(turn, def, record, &held, crossing.as_ref())?
    };
    store(turn, db, desk, def, held, decided).await
}

/// The receipt of a command that was stored before.
async fn already(turn: Turn<'_>, db: &mut Writer, desk: &mut Desk) -> Result<Option<Receipt>, Fault> {
    let Some(seen) = desk.seen(turn.envelope.id).cloned() else { return Ok(None) };
    desk.load_keys(db, &turn.inner.key, vec![seen.subject]).await?;
    let forgotten = matches!(desk.key_state(seen.subject), Some(KeyState::Erased));
    let keyed = seen.digest.first() == Some(&1);
    if !forgotten && digest(desk.key(seen.subject).filter(|_| keyed), turn.envelope) != seen.digest {
        return Err(Refusal::new(&ID_REUSED).into());
    }
    Ok(Some(Receipt {
        id: turn.envelope.id,
        outcome: Outcome::AlreadyApplied,
        position: Some(seen.position),
        version: Some(seen.version),
        problem: None,
        set_aside: Vec::new(),
    }))
}

/// By what a command is recognised: keyed where its subject has a key, so that the digest tells nothing.
fn digest(key: Option<&DataKey>, envelope: &Envelope) -> Vec<u8> {
    let said = said(envelope);
    match key {
        Some(key) => [&[1], key.digest(&said).as_slice()].concat(),
        None => [&[0], &blake3::hash(&said).as_bytes()[..16]].concat(),
    }
}

/// What makes a command the same when it comes again.
fn said(envelope: &Envelope) -> Vec<u8> {
    let parts = (&envelope.verb, envelope.record, &envelope.body, &envelope.reason, envelope.bundle);
    serde_json::to_vec(&parts).unwrap_or_default()
}

/// The record as the actor may change it.
async fn reachable(
    turn: Turn<'_>,
    db: &mut Writer,
    desk: &mut Desk,
    def: &CommandDef,
    record: &'static RecordDef,
) -> Result<Arc<Held>, Fault> {
    let actor = &turn.submission.actor;
    let known = desk.entry((def.noun, turn.envelope.record)).map(|entry| entry.held.clone());
    if matches!(def.action, Action::Create) {
        return match known {
            Some(_) => Err(Refusal::new(&EXISTS).into()),
            None => Ok(Arc::new(Held::blank(record, actor.site, turn.envelope.record))),
        };
    }
    let held = known.ok_or_else(|| Refusal::new(&UNKNOWN_RECORD))?;
    if !may_reach(turn, db, desk, &held, Use::Write).await? {
        return Err(Refusal::new(&UNKNOWN_RECORD).into());
    }
    match (held.meta.erased, held.meta.retracted, &def.action) {
        (true, ..) => Err(Refusal::new(&ERASED).into()),
        (_, true, Action::Restore) => Ok(held),
        (_, true, _) => Err(Refusal::new(&RETRACTED).into()),
        (_, false, Action::Restore) => Err(Refusal::new(&NOT_RETRACTED).into()),
        _ => Ok(held),
    }
}

async fn may_reach(
    turn: Turn<'_>,
    db: &mut Writer,
    desk: &mut Desk,
    held: &Held,
    why: Use,
) -> Result<bool, Fault> {
    let actor = &turn.submission.actor;
    let scope = kernel::scope(actor, held.def.noun, why);
    if scope == kernel::Scope::All {
        return Ok(true);
    }
    desk.load_assigned(db, actor.account).await?;
    if let Use::Roll(session) = why {
        desk.load_offered(db, session).await?;
    }
    let facts =
        Facts { id: held.meta.id, made_by: held.meta.made_by, within: held.state.within(held.meta.id) };
    Ok(scope.admits(&facts, &*desk))
}

/// Loads the records that are named in `said`; those must be there and within what the actor may know of. Without
/// `said` they were named before and may be gone.
async fn linked(
    turn: Turn<'_>,
    db: &mut Writer,
    desk: &mut Desk,
    links: &[Link],
    said: Option<&Value>,
) -> Result<Linked, Fault> {
    let field = |link: &Link| said.and_then(|said| names(said, link.id)).unwrap_or(link.noun);
    if let Some(link) = links.iter().find(|link| said.is_some() && link.id == Id::default()) {
        let field = field(link);
        return Err(Refusal::new(&NEEDS_LINK).with("field", short(field)).at(&short(field)).into());
    }
    let mut linked = Linked::default();
    let wanted = links.iter().map(|link| (link.noun, link.id));
    desk.load(db, turn.inner.registry, &turn.inner.key, wanted).await?;
    for link in links {
        let held = desk.entry((link.noun, link.id)).map(|entry| entry.held.clone());
        let open = matches!(link.noun, "account" | "site");
        let there = match &held {
            Some(held) => {
                !held.meta.retracted
                    && !held.meta.erased
                    && (open
                        || may_reach(turn, db, desk, held, link.roll.map_or(Use::Read, Use::Roll)).await?)
            }
            None => false,
        };
        if said.is_some() && !there {
            return Err(Refusal::new(&UNKNOWN_RECORD).at(&short(field(link))).into());
        }
        linked.0.extend(held.map(|held| (link.id, held)));
    }
    Ok(linked)
}

/// Loads, where a link asks for it, the persons whom the record and the linked ones name, and whoever stands for them:
/// to see that two are one, not to show anybody.
async fn persons(
    turn: Turn<'_>,
    db: &mut Writer,
    desk: &mut Desk,
    record: &Held,
    links: &[Link],
    linked: &mut Linked,
) -> Result<(), Fault> {
    if !links.iter().any(|link| link.whose) {
        return Ok(());
    }
    let named = links.iter().filter(|link| link.whose).filter_map(|link| linked.held(link.id));
    let named = named.chain([record]).flat_map(|held| held.state.links());
    let mut next: Vec<Id> = named.filter(|link| link.noun == "person").map(|link| link.id).collect();
    next.extend(linked.0.values().filter_map(|held| held.state.duplicate_of()));
    while !next.is_empty() {
        next.sort_unstable();
        next.dedup();
        let wanted = next.iter().map(|id| ("person", *id));
        desk.load(db, turn.inner.registry, &turn.inner.key, wanted).await?;
        let mut more = Vec::new();
        for id in next {
            let Some(entry) = desk.entry(("person", id)) else { continue };
            more.extend(entry.held.state.duplicate_of());
            linked.0.entry(id).or_insert_with(|| entry.held.clone());
        }
        more.retain(|id| !linked.0.contains_key(id));
        next = more;
    }
    Ok(())
}

/// The field of a body or a state that names this record.
fn names(said: &Value, id: Id) -> Option<&str> {
    fn holds(value: &Value, id: &str) -> bool {
        match value {
            Value::String(text) => text == id,
            Value::Array(list) => list.iter().any(|value| holds(value, id)),
            Value::Object(object) => object.values().any(|value| holds(value, id)),
            _ => false,
        }
    }
    let id = id.to_string();
    said.as_object()?.iter().find(|(_, value)| holds(value, &id)).map(|(name, _)| name.as_str())
}

fn situation<'a>(turn: Turn<'a>, desk: &Desk, before: &Held, links: &'a Linked) -> Situation<'a> {
    let actor = &turn.submission.actor;
    Situation {
        made_by: if before.exists() { before.meta.made_by } else { actor.account },
        actor,
        now: turn.now,
        at: turn.at,
        today: turn.inner.day_of(turn.now),
        position: desk.position + 1,
        command: turn.envelope.id,
        record: turn.envelope.record,
        verb: &turn.envelope.verb,
        reason: turn.envelope.reason.as_deref(),
        links,
    }
}

fn generic(
    turn: Turn<'_>,
    def: &CommandDef,
    record: &'static RecordDef,
    held: &Held,
    crossing: Option<&Crossing>,
) -> Result<Decided, Refusal> {
    let just = |kind: &str| Decided { changes: vec![bare(kind)], aside: Vec::new() };
    match def.action {
        Action::Create => create(turn, record, held),
        Action::Amend => amend(turn, record, held, crossing),
        Action::Settle => settle(turn, record, held),
        Action::Retract => Ok(just(change::RETRACTED)),
        Action::Restore => Ok(just(change::RESTORED)),
        Action::Erase => {
            // The reason outlives the key, so that it stays known why the content is gone.
            let why = turn.envelope.reason.clone().map_or(Value::Null, Value::String);
            let changes = vec![setting(change::ERASED, [("~reason".to_owned(), why)])];
            Ok(Decided { changes, aside: Vec::new() })
        }
        Action::Own { .. } => Ok(Decided::default()),
    }
}

fn fields(body: &Value) -> Result<&Object, Refusal> {
    body.as_object().ok_or_else(|| bad_body("body", "an object is expected"))
}

fn create(turn: Turn<'_>, record: &'static RecordDef, held: &Held) -> Result<Decided, Refusal> {
    let body = fields(&turn.envelope.body)?;
    for name in body.keys() {
        known_field(record, name, |field| field.creatable)?;
    }
    let set = outcome(record, held, body)?;
    Ok(Decided { changes: vec![setting(change::CREATED, set)], aside: Vec::new() })
}

/// What setting these fields comes to, derived fields included: only what differs.
fn outcome(record: &'static RecordDef, held: &Held, set: &Object) -> Result<Object, Refusal> {
    let mut object = held.object().clone();
    object.extend(set.iter().map(|(name, value)| (name.clone(), value.clone())));
    let mut state = (record.parse)(object).map_err(|why| {
        let field = set.keys().find(|name| why.contains(name.as_str())).cloned();
        bad_body(field.as_deref().unwrap_or("body"), &why)
    })?;
    state.normalise();
    let after = state.to_object();
    Ok(after.into_iter().filter(|(name, value)| held.object().get(name) != Some(value)).collect())
}

fn amend(
    turn: Turn<'_>,
    record: &'static RecordDef,
    held: &Held,
    crossing: Option<&Crossing>,
) -> Result<Decided, Refusal> {
    let body = fields(&turn.envelope.body)?;
    if let Some(base) = turn.envelope.base
        && base > held.meta.version
    {
        return Err(Refusal::new(&BAD_BASE).with("base", base).with("version", held.meta.version));
    }
    let actor = &turn.submission.actor;
    for name in body.keys() {
        known_field(record, name, |field| {
            field.amendable && (kernel::reads(actor, held, field.label) || held.meta.made_by == actor.account)
        })?;
    }
    // The body must be well-formed whether or not a part of it is set aside.
    let tidy = outcome(record, held, body)?;
    let mut set = Object::new();
    let mut aside = Object::new();
    for name in body.keys() {
        let Some(value) = tidy.get(name) else { continue };
        let now = held.object().get(name).unwrap_or(&Value::Null);
        let changed_since = crossing.is_some_and(|crossing| crossing.others.contains(name));
        let union = record.field(name).is_some_and(|field| field.merge == Merge::Union);
        match (changed_since, union, now, value) {
            (false, ..) => {
                set.insert(name.clone(), value.clone());
            }
            (true, true, Value::Array(now), Value::Array(late)) => {
                let base = crossing.and_then(|crossing| crossing.seen.get(name)).and_then(Value::as_array);
                let merged = merge::lists(base.map(Vec::as_slice).unwrap_or_default(), now, late);
                set.insert(name.clone(), Value::Array(merged.both));
                aside.extend(merged.late.map(|late| (name.clone(), Value::Array(late))));
            }
            _ => {
                aside.insert(name.clone(), value.clone());
            }
        }
    }
    let set = outcome(record, held, &set)?;
    let mut changes = vec![setting(change::AMENDED, set)];
    let names: Vec<String> = aside.keys().cloned().collect();
    if !names.is_empty() {
        changes.push(setting(change::SET_ASIDE, aside));
    }
    Ok(Decided { changes, aside: names })
}

fn settle(turn: Turn<'_>, record: &'static RecordDef, held: &Held) -> Result<Decided, Refusal> {
    let body = fields(&turn.envelope.body)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let command: Id = text("command")
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| bad_body("command", "an id is expected"))?;
    let field = text("field").ok_or_else(|| bad_body("field", "a field's name is expected"))?;
    let take = body
        .get("take")
        .and_then(Value::as_bool)
        .ok_or_else(|| bad_body("take", "true or false is expected"))?;
    let open = held.set_aside.iter().find(|aside| aside.command == command && aside.field == field);
    let open = open.ok_or_else(|| Refusal::new(&NO_CONFLICT))?;
    let mut changes = vec![codec::settled(command, field)];
    if take {
        let mut set = Object::new();
        set.insert(field.to_owned(), open.value.clone());
        changes.push(setting(change::AMENDED, outcome(record, held, &set)?));
    }
    Ok(Decided { changes, aside: Vec::new() })
}

fn known_field(record: &RecordDef, name: &str, may: impl Fn(&kernel::Field) -> bool) -> Result<(), Refusal> {
    match record.field(name) {
        None => Err(bad_body(name, "there is no such field")),
        Some(field) if !may(field) => {
            Err(Refusal::new(&NOT_AMENDABLE).with("field", short(name)).at(&short(name)))
        }
        Some(_) => Ok(()),
    }
}

fn bad_body(field: &str, why: &str) -> Refusal {
    // The parser's words can quote what was sent; only their shape is kept.
    let why: String = why.split(['"', '`']).step_by(2).collect::<Vec<_>>().join("…");
    Refusal::new(&BAD_BODY).with("field", short(field)).with("why", short(&why)).at(&short(field))
}

fn short(text: &str) -> String {
    text.chars().take(120).collect()
}

/// Refuses an envelope that is not one: too long words, a version before the first.
fn sound(envelope: &Envelope) -> Result<(), Refusal> {
    let words = [("device", Some(&envelope.device), 120), ("reason", envelope.reason.as_ref(), 2_000)];
    for (field, text, limit) in words {
        let length = text.map_or(0, |text| text.chars().count());
        if length > limit {
            let refusal = Refusal::new(&TOO_LONG).with("field", field);
            return Err(refusal.with("length", length).with("limit", limit).at(field));
        }
    }
    if envelope.base.is_some_and(|base| base < 0) {
        return Err(bad_body("base", "a version is expected"));
    }
    bounded("body", &envelope.body)
}

fn bounded(field: &str, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::String(text) => {
            let length = text.chars().count();
            if length <= LONGEST {
                return Ok(());
            }
            let refusal = Refusal::new(&TOO_LONG).with("field", short(field));
            Err(refusal.with("length", length).with("limit", LONGEST).at(&short(field)))
        }
        Value::Array(list) => list.iter().try_for_each(|value| bounded(field, value)),
        Value::Object(object) => object
            .iter()
            .try_for_each(|(name, value)| bounded(if field == "body" { name } else { field }, value)),
        _ => Ok(()),
    }
}

/// Applies what was decided, checks what it came to, and puts it into the journal.
async fn store(
    turn: Turn<'_>,
    db: &mut Writer,
    desk: &mut Desk,
    def: &CommandDef,
    before: Arc<Held>,
    decided: Decided,
) -> Result<Receipt, Fault> {
    let envelope = turn.envelope;
    let stamp = Stamp {
        position: desk.position + 1,
        command: envelope.id,
        actor: turn.submission.actor.account,
        device: envelope.device.clone(),
        at: turn.at,
        stored: turn.now,
    };
    let mut held = Held::clone(&before);
    held.apply(&decided.changes, &stamp).map_err(|error| bad_body("body", &error.why))?;
    if matches!(def.action, Action::Create | Action::Amend | Action::Own { .. } | Action::Settle) {
        check(turn, db, desk, &before, &held).await?;
    }
    let subject = held.state.subject(envelope.record);
    let subject = desk.entry((def.noun, envelope.record)).map_or(subject, |entry| entry.subject);
    desk.load_keys(db, &turn.inner.key, vec![subject]).await?;
    let private = held.def.fields.iter().any(|field| field.label.encrypted()) || envelope.reason.is_some();
    match desk.key_state(subject) {
        Some(KeyState::Erased) => return Err(Refusal::new(&ERASED).into()),
        Some(KeyState::Here(_)) => {}
        _ if !private => {}
        _ => desk.make_key(&turn.inner.key, subject, turn.inner.random()),
    }
    held.follows |= journal_row(turn, desk, def, &held, subject, &decided, &stamp)?;
    if matches!(def.action, Action::Erase) {
        erase(turn, db, desk, subject).await?;
    }
    let version = held.meta.version;
    desk.put((def.noun, envelope.record), Arc::new(held), subject);
    Ok(Receipt {
        id: envelope.id,
        outcome: if decided.aside.is_empty() { Outcome::Applied } else { Outcome::Conflict },
        position: Some(stamp.position),
        version: Some(version),
        problem: None,
        set_aside: decided.aside,
    })
}

/// New links must be known, and the record must allow what it came to.
async fn check(
    turn: Turn<'_>,
    db: &mut Writer,
    desk: &mut Desk,
    before: &Held,
    after: &Held,
) -> Result<(), Fault> {
    // A record that is being made has no link yet, not even those that its blank state would name.
    let old: HashSet<Link> = match before.meta.version {
        0 => HashSet::new(),
        _ => before.state.links().into_iter().collect(),
    };
    let (kept, new): (Vec<Link>, Vec<Link>) =
        after.state.links().into_iter().partition(|link| old.contains(link));
    let said = Value::Object(after.object().clone());
    let mut links = linked(turn, db, desk, &new, Some(&said)).await?;
    links.0.extend(linked(turn, db, desk, &kept, None).await?.0);
    persons(turn, db, desk, after, &new, &mut links).await?;
    Ok(after.state.check(&situation(turn, desk, before, &links))?)
}

/// Puts the row into hand, and tells whether it seals anything.
fn journal_row(
    turn: Turn<'_>,
    desk: &mut Desk,
    def: &CommandDef,
    held: &Held,
    subject: Id,
    decided: &Decided,
    stamp: &Stamp,
) -> Result<bool, Refusal> {
    let undeclared = |Undeclared(name): Undeclared| bad_body(&name, "the field is not declared");
    let reason = turn.envelope.reason.as_deref();
    let (events, secret) = codec::write_events(held.def, &decided.changes, reason).map_err(undeclared)?;
    codec::declared(held.def, held.object()).map_err(undeclared)?;
    let purpose = codec::journal_purpose(desk.site, stamp.position);
    let key = desk.key(subject);
    let sealed = key.and_then(|key| secret.map(|bytes| key.seal(&purpose, &bytes)));
    let seals = sealed.is_some();
    let digest = digest(key, turn.envelope);
    let outcome = i64::from(!decided.aside.is_empty());
    let row: Vec<Val> = vec![
        desk.site.into(),
        turn.envelope.id.into(),
        stamp.at.as_microsecond().into(),
        stamp.stored.as_microsecond().into(),
        stamp.actor.into(),
        stamp.device.as_str().into(),
        def.verb.into(),
        def.noun.into(),
        turn.envelope.record.into(),
        subject.into(),
        held.meta.version.into(),
        turn.envelope.bundle.into(),
        outcome.into(),
        events.into(),
        sealed.into(),
        digest.clone().into(),
    ];
    let seen = Seen { position: stamp.position, version: held.meta.version, subject, digest };
    desk.append(turn.envelope.id, seen, row);
    Ok(seals)
}

/// Destroys the key, after every record under it has been taken into hand.
async fn erase(turn: Turn<'_>, db: &mut Writer, desk: &mut Desk, subject: Id) -> Result<(), Fault> {
    let sql = "SELECT noun, id FROM record WHERE site = $1 AND subject = $2 AND follows = 1";
    let rows = db.rows(sql, &[desk.site.into(), subject.into()]).await?;
    let registry = turn.inner.registry;
    let keys: Vec<_> =
        rows.iter().filter_map(|row| registry.record(row.text(0)).map(|def| (def.noun, row.id(1)))).collect();
    desk.load(db, registry, &turn.inner.key, keys).await?;
    desk.destroy_key(subject);
    Ok(())
}
