//! Records: typed state, its privacy labels, and the rows that finding it needs.

use std::any::Any;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::command::Situation;
use crate::ids::{AccountId, Id, SiteId};
use crate::label::Field;
use crate::problem::Refusal;

/// A JSON object.
pub type Object = Map<String, Value>;

/// A database value.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub enum Val {
    /// SQL NULL.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl From<Id> for Val {
    fn from(id: Id) -> Self {
        Self::Text(id.to_string())
    }
}

impl From<SiteId> for Val {
    fn from(id: SiteId) -> Self {
        id.0.into()
    }
}

impl From<AccountId> for Val {
    fn from(id: AccountId) -> Self {
        id.0.into()
    }
}

impl From<i64> for Val {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Val {
    fn from(yes: bool) -> Self {
        Self::Int(i64::from(yes))
    }
}

impl From<&str> for Val {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Val {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<u8>> for Val {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(bytes)
    }
}

impl<T: Into<Val>> From<Option<T>> for Val {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The type of a column, the same on both databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// `INTEGER` / `BIGINT`.
    Int,
    /// `TEXT`.
    Text,
    /// `BLOB` / `BYTEA`.
    Blob,
}

/// What a table is to the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableClass {
    /// The journal itself, and subjects' wrapped keys: backed up, never rebuilt.
    Source,
    /// Rebuilt from the journal: state and index tables.
    Derived,
    /// The node's own housekeeping (sessions, throttles, access log, import previews): backed up, not rebuilt.
    Operational,
}

/// A table that the pipeline writes. Every key starts with the site (operational tables of the node excepted).
#[derive(Debug)]
pub struct TableDef {
    /// SQL name.
    pub name: &'static str,
    /// Columns in order.
    pub columns: &'static [(&'static str, Column)],
    /// How many leading columns are the primary key.
    pub key: usize,
    /// What it is to the journal.
    pub class: TableClass,
}

impl TableDef {
    /// An index table: derived, first column `site`.
    pub const fn index(name: &'static str, columns: &'static [(&'static str, Column)], key: usize) -> Self {
        Self { name, columns, key, class: TableClass::Derived }
    }

    /// A table of the node's housekeeping.
    pub const fn operational(
        name: &'static str,
        columns: &'static [(&'static str, Column)],
        key: usize,
    ) -> Self {
        Self { name, columns, key, class: TableClass::Operational }
    }
}

/// One row of an index table, in the order of its columns.
#[derive(Clone, Debug)]
pub struct IndexRow {
    /// The table.
    pub table: &'static TableDef,
    /// One value per column.
    pub values: Vec<Val>,
}

impl PartialEq for IndexRow {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.table, other.table) && self.values == other.values
    }
}

/// What the pipeline knows about a record besides its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Meta {
    /// The site.
    pub site: SiteId,
    /// The record's id.
    pub id: Id,
    /// The journal position of its first command: a small number, unique in the site, for compact index rows.
    pub no: i64,
    /// How many commands changed it.
    pub version: i64,
    /// When it was made.
    pub created: Timestamp,
    /// When it last changed.
    pub changed: Timestamp,
    /// Who made it.
    pub made_by: AccountId,
    /// Withdrawn, as by undoing an import: hidden, restorable.
    pub retracted: bool,
    /// Its personal data was erased.
    pub erased: bool,
}

/// A record that another one names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// Kind of record.
    pub noun: &'static str,
    /// Its id.
    pub id: Id,
    /// The session by whose roll it may be named, where the actor knows of it by that alone.
    pub roll: Option<Id>,
    /// Whether the decision asks which persons are one: then the persons whom it and the record name come along,
    /// and whoever stands for them ([`crate::Linked::stands_for`]).
    pub whose: bool,
}

impl Link {
    /// A link to a record.
    pub fn to(noun: &'static str, id: impl Into<Id>) -> Self {
        Self { noun, id: id.into(), roll: None, whose: false }
    }

    /// By the roll of a session: whom it offers may be named, though the actor may know nothing else of them.
    #[must_use]
    pub const fn on_roll(mut self, session: Id) -> Self {
        self.roll = Some(session);
        self
    }

    /// With the persons it names, and whoever stands for them.
    #[must_use]
    pub const fn with_persons(mut self) -> Self {
        self.whose = true;
        self
    }
}

macro_rules! into_id {
    ($($name:ident),*) => {$(
        impl From<crate::ids::$name> for Id {
            fn from(id: crate::ids::$name) -> Self {
                id.0
            }
        }
    )*};
}
into_id!(
    SiteId,
    AccountId,
    PersonId,
    HouseholdId,
    PlaceId,
    ActivityId,
    EncounterId,
    NeedId,
    NeedTagId,
    RequestId,
    ConsentId,
    OrganisationId,
    ServiceId,
    ReferralId,
    BatchId
);

/// A kind of record. State, commands and events use the same field names; each has a label in `FIELDS`.
///
/// Every private field must have a default (`#[serde(default)]`): erasure makes it unreadable, and the record
/// must still parse so that anonymous totals stand.
pub trait Record:
    Clone + Default + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static
{
    /// The noun of its verbs.
    const NOUN: &'static str;
    /// Every top-level field of its state, with privacy.
    const FIELDS: &'static [Field];
    /// Index tables its rows go into.
    const TABLES: &'static [&'static TableDef] = &[];
    /// Whether it matters that its subject was erased where nothing private was ever part of it. Where it does not, such a
    /// record stays as it is, and costs no entry in the list of what is kept under the subject.
    const FOLLOWS_SUBJECT: bool = true;
    /// What its own commands (besides create and amend) did; serialised as objects with a `type`, their fields
    /// named as in `FIELDS` and the private ones with a default. Use [`NoEvent`] where there are none.
    type Event: Serialize + DeserializeOwned;

    /// Changes the state by an event of its own; used live and in replay alike.
    fn apply(&mut self, event: Self::Event);

    /// Fills the fields that follow from others, after a create or an amendment and before the event is made:
    /// what it sets is part of the event. Pure.
    fn normalise(&mut self) {}

    /// Refuses a state that must not be, after a create or an amendment. Pure.
    fn check(&self, _situation: &Situation<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    /// Whose data key encrypts it; its own id where it has no single person. Must not change after creation.
    fn subject(&self, id: Id) -> Id {
        id
    }

    /// The records it names, which must be known and in the actor's scope when set.
    fn links(&self) -> Vec<Link> {
        Vec::new()
    }

    /// The ids through which an assignment reaches it, besides its own.
    fn within(&self) -> Vec<Id> {
        Vec::new()
    }

    /// The record of the same kind that it is a duplicate of.
    fn duplicate_of(&self) -> Option<Id> {
        None
    }

    /// Who reads its sealed fields besides its author and the site's manager.
    fn opened(&self) -> Opened {
        Opened::Nobody
    }

    /// The rows by which it is found and counted. Pure, and empty of personal data when erased.
    fn index(&self, _meta: &Meta) -> Vec<IndexRow> {
        Vec::new()
    }
}

/// To whom the author of a record has opened its sealed fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Opened {
    /// To nobody.
    #[default]
    Nobody,
    /// To these colleagues, as far as the record is in their scope.
    Named(Vec<AccountId>),
    /// To the team: the social workers.
    Team,
}

/// The event type of records that are only created and amended.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
pub enum NoEvent {}

/// A state whose type is known only to its context.
pub trait AnyState: Any + Send + Sync {
    /// For downcasts.
    fn as_any(&self) -> &dyn Any;
    /// The state as JSON fields.
    fn to_object(&self) -> Object;
    /// A copy.
    fn boxed(&self) -> Box<dyn AnyState>;
    /// Applies one event of its own.
    fn apply_json(&mut self, event: Value) -> Result<(), String>;
    /// [`Record::normalise`].
    fn normalise(&mut self);
    /// [`Record::check`].
    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal>;
    /// [`Record::subject`].
    fn subject(&self, id: Id) -> Id;
    /// [`Record::links`].
    fn links(&self) -> Vec<Link>;
    /// [`Record::within`] with the id itself first.
    fn within(&self, id: Id) -> Vec<Id>;
    /// [`Record::duplicate_of`].
    fn duplicate_of(&self) -> Option<Id>;
    /// [`Record::opened`].
    fn opened(&self) -> Opened;
    /// [`Record::index`].
    fn index(&self, meta: &Meta) -> Vec<IndexRow>;
}

impl<R: Record> AnyState for R {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn to_object(&self) -> Object {
        match serde_json::to_value(self) {
            Ok(Value::Object(object)) => object,
            _ => Object::new(),
        }
    }

    fn boxed(&self) -> Box<dyn AnyState> {
        Box::new(self.clone())
    }

    fn apply_json(&mut self, event: Value) -> Result<(), String> {
        let event = serde_json::from_value(event).map_err(|error| error.to_string())?;
        self.apply(event);
        Ok(())
    }

    fn normalise(&mut self) {
        Record::normalise(self);
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        Record::check(self, situation)
    }

    fn subject(&self, id: Id) -> Id {
        Record::subject(self, id)
    }

    fn links(&self) -> Vec<Link> {
        Record::links(self)
    }

    fn within(&self, id: Id) -> Vec<Id> {
        let mut ids = vec![id];
        ids.extend(Record::within(self));
        ids
    }

    fn duplicate_of(&self) -> Option<Id> {
        Record::duplicate_of(self)
    }

    fn opened(&self) -> Opened {
        Record::opened(self)
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        Record::index(self, meta)
    }
}

/// A kind of record with its type erased, as the pipeline and the registry hold it.
#[derive(Clone, Copy)]
pub struct RecordDef {
    /// The noun.
    pub noun: &'static str,
    /// Fields with privacy.
    pub fields: &'static [Field],
    /// Index tables.
    pub tables: &'static [&'static TableDef],
    /// [`Record::FOLLOWS_SUBJECT`].
    pub follows_subject: bool,
    /// State of a record that does not exist yet.
    pub blank: fn() -> Box<dyn AnyState>,
    /// State from its JSON fields.
    pub parse: fn(Object) -> Result<Box<dyn AnyState>, String>,
    /// State from the text of an object with its JSON fields.
    pub read: fn(&str) -> Result<Box<dyn AnyState>, String>,
    /// JSON schema of the state.
    pub schema: fn() -> schemars::Schema,
}

impl RecordDef {
    /// The definition of `R`.
    pub fn of<R: Record>() -> Self {
        Self {
            noun: R::NOUN,
            fields: R::FIELDS,
            tables: R::TABLES,
            follows_subject: R::FOLLOWS_SUBJECT,
            blank: || Box::new(R::default()),
            parse: |object| match serde_json::from_value::<R>(Value::Object(object)) {
                Ok(state) => Ok(Box::new(state)),
                Err(error) => Err(error.to_string()),
            },
            read: |text| match serde_json::from_str::<R>(text) {
                Ok(state) => Ok(Box::new(state)),
                Err(error) => Err(error.to_string()),
            },
            schema: || {
                schemars::generate::SchemaSettings::draft2020_12()
                    .with(|settings| settings.inline_subschemas = true)
                    .into_generator()
                    .into_root_schema_for::<R>()
            },
        }
    }

    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
