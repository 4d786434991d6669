//! How records and journal rows are written: plain fields readable, private ones sealed under the subject's key.

use jiff::Timestamp;
use kernel::held::{BadHistory, change};
use kernel::{Held, Id, Meta, Object, RecordDef, SetAside, SiteId, Stamp, Val};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::keys::DataKey;
use crate::row::Row;
use crate::store::StoreError;

/// What a journal row seals.
#[derive(Deserialize)]
pub(crate) struct SealedEvents {
    /// One object of private fields per event.
    pub events: Vec<Object>,
    /// Why, where the sender said so.
    #[serde(default)]
    pub reason: Option<String>,
}

/// The same as it is written.
#[derive(Serialize)]
struct SealingEvents<'a> {
    events: Vec<Side<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// What a state row seals, as it is written.
#[derive(Serialize)]
struct Sealing<'a> {
    fields: Side<'a>,
    #[serde(skip_serializing_if = "<[SetAside]>::is_empty")]
    asides: &'a [SetAside],
}

/// The same as it is read, with its fields as they stand there.
#[derive(Deserialize)]
pub(crate) struct Opened<'a> {
    #[serde(borrow)]
    pub fields: &'a RawValue,
    #[serde(default)]
    asides: Vec<SetAside>,
}

/// A field that no line of `FIELDS` declares: a mistake in the program, refused before anything is stored.
#[derive(Debug)]
pub(crate) struct Undeclared(pub String);

/// Refuses an object with a field that is not declared. A change has its type besides, and entries of the pipeline's own.
pub(crate) fn declared(def: &RecordDef, object: &Object) -> Result<(), Undeclared> {
    let known = |name: &str| def.field(name).is_some() || name == "type" || name.starts_with('~');
    match object.keys().find(|name| !known(name)) {
        Some(name) => Err(Undeclared(name.clone())),
        None => Ok(()),
    }
}

/// The plain or the private fields of an object, by their labels.
struct Side<'a> {
    def: &'a RecordDef,
    object: &'a Object,
    private: bool,
}

impl Side<'_> {
    /// Both sides of an object all of whose fields are declared.
    fn of<'a>(def: &'a RecordDef, object: &'a Object) -> Result<(Side<'a>, Side<'a>), Undeclared> {
        declared(def, object)?;
        Ok((Side { def, object, private: false }, Side { def, object, private: true }))
    }

    fn fields(&self) -> impl Iterator<Item = (&String, &Value)> {
        let private = |name: &str| self.def.field(name).is_some_and(|field| field.label.encrypted());
        self.object.iter().filter(move |(name, _)| private(name) == self.private)
    }
}

impl Serialize for Side<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.fields())
    }
}

fn json(value: &impl Serialize) -> String {
    // Maps with text keys and plain values always serialise.
    serde_json::to_string(value).unwrap_or_default()
}

/// The two texts of a journal row: readable events, and what is to be sealed.
pub(crate) fn write_events(
    def: &RecordDef,
    changes: &[Object],
    reason: Option<&str>,
) -> Result<(String, Option<Vec<u8>>), Undeclared> {
    let sides = changes.iter().map(|change| Side::of(def, change));
    let (plain, events): (Vec<_>, Vec<_>) = sides.collect::<Result<Vec<_>, _>>()?.into_iter().unzip();
    let nothing = reason.is_none() && events.iter().all(|event| event.fields().next().is_none());
    let sealed = (!nothing).then(|| json(&SealingEvents { events, reason }).into_bytes());
    Ok((json(&plain), sealed))
}

/// What seals a journal row.
pub(crate) fn journal_purpose(site: SiteId, position: i64) -> String {
    format!("journal {site} {position}")
}

pub(crate) fn state_purpose(site: SiteId, noun: &str, id: Id, version: i64) -> String {
    format!("record {site} {noun} {id} {version}")
}

/// One stored command, read back.
pub(crate) struct Stored {
    pub stamp: Stamp,
    pub verb: String,
    pub noun: String,
    pub record: Id,
    pub subject: Id,
    pub changes: Vec<Object>,
    pub reason: Option<String>,
    /// Whether it seals anything, readable or not.
    pub sealed: bool,
}

/// The columns that [`read_stored`] expects, in order.
pub(crate) const STORED_COLUMNS: &str =
    "pos, command, at, stored, actor, device, verb, noun, record, subject, events, sealed";

/// The statement for what is stored of one record, oldest first: by site, noun and record.
pub(crate) fn past_of_record() -> String {
    format!("SELECT {STORED_COLUMNS} FROM journal WHERE site = $1 AND noun = $2 AND record = $3 ORDER BY pos")
}

/// Reads a journal row; without a key (an erased subject) private fields stay away.
pub(crate) fn read_stored(site: SiteId, row: &Row, key: Option<&DataKey>) -> Result<Stored, StoreError> {
    let position = row.int(0);
    let damaged = || StoreError::Damaged(format!("journal row {position}"));
    let mut changes: Vec<Object> = serde_json::from_str(row.text(10)).map_err(|_| damaged())?;
    let mut reason = None;
    if let (Some(key), false) = (key, row.blob(11).is_empty()) {
        let bytes = key.open(&journal_purpose(site, position), row.blob(11)).map_err(|_| damaged())?;
        let sealed: SealedEvents = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        for (change, private) in changes.iter_mut().zip(sealed.events) {
            change.extend(private);
        }
        reason = sealed.reason;
    }
    let stamp = Stamp {
        position,
        command: row.id(1),
        actor: row.id(4).into(),
        device: row.text(5).to_owned(),
        at: micros(row.int(2)),
        stored: micros(row.int(3)),
    };
    Ok(Stored {
        stamp,
        verb: row.text(6).to_owned(),
        noun: row.text(7).to_owned(),
        record: row.id(8),
        subject: row.id(9),
        changes,
        reason,
        sealed: !row.blob(11).is_empty(),
    })
}

pub(crate) fn micros(value: i64) -> Timestamp {
    Timestamp::from_microsecond(value).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The columns that [`crate::seen`] expects, in order.
pub(crate) const SEEN_COLUMNS: &str =
    "id, no, version, subject, made_by, created, changed, retracted, erased, doc, sealed";

/// How many those are.
pub(crate) const SEEN_COUNT: usize = 11;

/// The columns that [`read_held`] expects, in order: those of [`SEEN_COLUMNS`], the versions of the fields, and whether the
/// record follows its subject.
pub(crate) const HELD_COLUMNS: &str =
    "id, no, version, subject, made_by, created, changed, retracted, erased, doc, sealed, stamps, follows";

/// How many those are.
pub(crate) const HELD_COUNT: usize = 13;

/// The statement that reads these columns of records of one kind, and after them the subject and its wrapped key.
pub(crate) fn lookup(columns: &str, ids: &str) -> String {
    let columns = columns.replace(", ", ", r.");
    format!(
        "SELECT r.{columns}, k.subject, k.wrapped FROM record r \
         LEFT JOIN subject_key k ON k.site = r.site AND k.subject = r.subject \
         WHERE r.site = $1 AND r.noun = $2 AND r.id IN ({ids})"
    )
}

/// Identity, version and times of a state row.
pub(crate) fn read_meta(site: SiteId, row: &Row) -> Meta {
    Meta {
        site,
        id: row.id(0),
        no: row.int(1),
        version: row.int(2),
        made_by: row.id(4).into(),
        created: micros(row.int(5)),
        changed: micros(row.int(6)),
        retracted: row.int(7) != 0,
        erased: row.int(8) != 0,
    }
}

/// Reads a state row; the key is that of its subject.
pub(crate) fn read_held(
    def: &'static RecordDef,
    site: SiteId,
    row: &Row,
    key: Option<&DataKey>,
) -> Result<Held, StoreError> {
    let meta = read_meta(site, row);
    let damaged = || StoreError::Damaged(format!("{} {}", def.noun, row.text(0)));
    let mut set_aside = Vec::new();
    let state = if row.blob(10).is_empty() {
        (def.read)(row.text(9))
    } else {
        let key = key.ok_or(StoreError::WrongKey)?;
        let purpose = state_purpose(site, def.noun, meta.id, meta.version);
        let bytes = key.open(&purpose, row.blob(10)).map_err(|_| damaged())?;
        let sealed: Opened<'_> = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        set_aside = sealed.asides;
        (def.read)(&joined(row.text(9), sealed.fields.get()).ok_or_else(damaged)?)
    };
    let mut held = Held::stored(def, meta, state.map_err(|_| damaged())?);
    held.stamps = serde_json::from_str(row.text(11)).map_err(|_| damaged())?;
    held.set_aside = set_aside;
    held.follows = row.int(12) != 0;
    Ok(held)
}

/// Two JSON objects without a field in common as one.
pub(crate) fn joined(left: &str, right: &str) -> Option<String> {
    let left = left.trim_end().strip_suffix('}')?;
    let right = right.trim_start().strip_prefix('{')?;
    let empty = |part: &str, brace: char| {
        part.trim_matches(|sign: char| sign == brace || sign.is_whitespace()).is_empty()
    };
    let comma = if empty(left, '{') || empty(right, '}') { "" } else { "," };
    Some(format!("{left}{comma}{right}"))
}

/// The state row of a record, in the order of [`crate::tables::RECORD`].
pub(crate) fn write_held(held: &Held, subject: Id, key: Option<&DataKey>) -> Result<Vec<Val>, Undeclared> {
    let (plain, private) = Side::of(held.def, held.object())?;
    let told = private.fields().any(|(_, value)| !is_blank(value)) || !held.set_aside.is_empty();
    let meta = &held.meta;
    let purpose = state_purpose(meta.site, held.def.noun, meta.id, meta.version);
    let sealed = key.filter(|_| told && !meta.erased).map(|key| {
        let sealing = Sealing { fields: private, asides: &held.set_aside };
        key.seal(&purpose, json(&sealing).as_bytes())
    });
    let within: Vec<String> = held.state.within(meta.id).iter().map(Id::to_string).collect();
    Ok(vec![
        meta.site.into(),
        held.def.noun.into(),
        meta.id.into(),
        meta.no.into(),
        meta.version.into(),
        subject.into(),
        meta.made_by.into(),
        meta.created.as_microsecond().into(),
        meta.changed.as_microsecond().into(),
        meta.retracted.into(),
        meta.erased.into(),
        (held.set_aside.len() as i64).into(),
        within.join(" ").into(),
        json(&plain).into(),
        sealed.into(),
        json(&held.stamps).into(),
        held.follows.into(),
    ])
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(list) => list.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// Replays the stored commands of one record, oldest first.
pub(crate) fn replay(
    def: &'static RecordDef,
    site: SiteId,
    id: Id,
    past: &[Stored],
) -> Result<Held, BadHistory> {
    let mut held = Held::blank(def, site, id);
    for stored in past {
        held.apply(&stored.changes, &stored.stamp)?;
        held.follows |= stored.sealed;
    }
    Ok(held)
}

/// An event that says only what kind it is.
pub(crate) fn bare(kind: &str) -> Object {
    let mut object = Object::new();
    object.insert("type".into(), kind.into());
    object
}

/// An event that sets fields.
pub(crate) fn setting(kind: &str, fields: impl IntoIterator<Item = (String, Value)>) -> Object {
    let mut object = bare(kind);
    object.extend(fields);
    object
}

/// The event that settles one value set aside.
pub(crate) fn settled(command: Id, field: &str) -> Object {
    setting(
        change::SETTLED,
        [("~command".into(), command.to_string().into()), ("~field".into(), field.into())],
    )
}

/// Bytes that tell two rows of values apart: for keys in memory and for the hash chain.
pub(crate) fn canonical(values: &[Val]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(values.len() * 16);
    for value in values {
        let (tag, content): (u8, &[u8]) = match value {
            Val::Null => (0, &[]),
            Val::Int(number) => {
                bytes.push(1);
                bytes.extend_from_slice(&number.to_be_bytes());
                continue;
            }
            Val::Text(text) => (2, text.as_bytes()),
            Val::Blob(blob) => (3, blob),
        };
        bytes.push(tag);
        bytes.extend_from_slice(&(content.len() as u64).to_be_bytes());
        bytes.extend_from_slice(content);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn objects_are_joined_whether_empty_or_not() {
        assert_eq!(joined("{}", "{}").unwrap(), "{}");
        assert_eq!(joined(r#"{"a":1}"#, "{}").unwrap(), r#"{"a":1}"#);
        assert_eq!(joined("{ }", r#"{"b":"}{"}"#).unwrap(), r#"{ "b":"}{"}"#);
        assert_eq!(joined(r#"{"a":{}}"#, r#"{"b":"李娜"}"#).unwrap(), r#"{"a":{},"b":"李娜"}"#);
        assert!(joined("[", "]").is_none());
    }
}
