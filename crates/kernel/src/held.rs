//! A record as the pipeline holds it, and the one function that changes it, live and in replay.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::{AccountId, Id, SiteId};
use crate::record::{AnyState, Meta, Object, RecordDef};

/// A value that lost against another edit of the same field; kept until somebody settles it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SetAside {
    /// The command whose value it is.
    pub command: Id,
    /// The field.
    pub field: String,
    /// The value that was not taken.
    pub value: Value,
    /// Who wrote it.
    pub by: AccountId,
    /// On which device.
    pub device: String,
    /// When, by the corrected device time.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub at: Timestamp,
}

/// What a journal row says besides its changes.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// Place in the site's journal.
    pub position: i64,
    /// The command.
    pub command: Id,
    /// Who.
    pub actor: AccountId,
    /// On which device.
    pub device: String,
    /// When it was done.
    pub at: Timestamp,
    /// When it was stored.
    pub stored: Timestamp,
}

/// A record with everything the pipeline keeps about it.
pub struct Held {
    /// Its kind.
    pub def: &'static RecordDef,
    /// Identity, version, times.
    pub meta: Meta,
    /// Typed state.
    pub state: Box<dyn AnyState>,
    /// The state as JSON fields; made when first asked for.
    object: OnceLock<Object>,
    /// The version in which each field last changed.
    pub stamps: BTreeMap<String, i64>,
    /// Values set aside and not settled.
    pub set_aside: Vec<SetAside>,
    /// Whether erasing its subject must take it in hand: it is of a kind that must show it, or something of it was sealed
    /// once: a field, a reason, a value set aside.
    pub follows: bool,
}

impl Clone for Held {
    fn clone(&self) -> Self {
        Self {
            def: self.def,
            meta: self.meta.clone(),
            state: self.state.boxed(),
            object: self.object.clone(),
            stamps: self.stamps.clone(),
            set_aside: self.set_aside.clone(),
            follows: self.follows,
        }
    }
}

/// A journal row that does not fit its record; only damage brings this about.
#[derive(Debug, thiserror::Error)]
#[error("journal row {position} does not apply: {why}")]
pub struct BadHistory {
    /// Place in the site's journal.
    pub position: i64,
    /// What did not fit. Never holds personal data.
    pub why: String,
}

/// The names of the changes that every kind of record has. Own events use other names.
pub mod change {
    /// Made, with its fields.
    pub const CREATED: &str = "created";
    /// Fields were set.
    pub const AMENDED: &str = "amended";
    /// Values lost against another edit and were kept aside.
    pub const SET_ASIDE: &str = "set_aside";
    /// A set-aside value was settled; taken values come along as an amendment.
    pub const SETTLED: &str = "settled";
    /// Withdrawn.
    pub const RETRACTED: &str = "retracted";
    /// Restored.
    pub const RESTORED: &str = "restored";
    /// The subject's key was destroyed.
    pub const ERASED: &str = "erased";
}

impl Held {
    /// A record that does not exist yet; its version is 0.
    pub fn blank(def: &'static RecordDef, site: SiteId, id: Id) -> Self {
        let meta = Meta {
            site,
            id,
            no: 0,
            version: 0,
            created: Timestamp::UNIX_EPOCH,
            changed: Timestamp::UNIX_EPOCH,
            made_by: AccountId::default(),
            retracted: false,
            erased: false,
        };
        Self::stored(def, meta, (def.blank)())
    }

    /// A record in this state, of which nothing else is known.
    pub fn stored(def: &'static RecordDef, meta: Meta, state: Box<dyn AnyState>) -> Self {
        Self {
            def,
            meta,
            state,
            object: OnceLock::new(),
            stamps: BTreeMap::new(),
            set_aside: Vec::new(),
            follows: def.follows_subject,
        }
    }

    /// The state as JSON fields.
    pub fn object(&self) -> &Object {
        self.object.get_or_init(|| self.state.to_object())
    }

    fn set_state(&mut self, state: Box<dyn AnyState>) {
        self.state = state;
        self.object = OnceLock::new();
    }

    /// Whether it was ever created.
    pub fn exists(&self) -> bool {
        self.meta.version > 0
    }

    /// Whether it is there for a reader: created and not withdrawn.
    pub fn is_live(&self) -> bool {
        self.exists() && !self.meta.retracted
    }

    /// Index rows as it stands: none while withdrawn.
    pub fn index(&self) -> Vec<crate::record::IndexRow> {
        if self.is_live() { self.state.index(&self.meta) } else { Vec::new() }
    }

    /// Applies what one command did. Used after deciding and in replay; there is no second way.
    pub fn apply(&mut self, changes: &[Object], stamp: &Stamp) -> Result<(), BadHistory> {
        let bad = |why: String| BadHistory { position: stamp.position, why };
        let before = self.object().clone();
        self.meta.version += 1;
        self.meta.changed = stamp.stored;
        for change in changes {
            self.apply_one(change, stamp).map_err(bad)?;
        }
        self.follows |= !self.set_aside.is_empty();
        let after = self.object();
        let names = before.keys().chain(after.keys());
        let touched: Vec<_> = names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect();
        for name in touched {
            let forgotten =
                self.meta.erased && self.def.field(&name).is_some_and(|field| field.label.encrypted());
            if !forgotten {
                self.stamps.insert(name, self.meta.version);
            }
        }
        Ok(())
    }

    fn apply_one(&mut self, change: &Object, stamp: &Stamp) -> Result<(), String> {
        let kind = change.get("type").and_then(Value::as_str).unwrap_or_default();
        match kind {
            change::CREATED => {
                self.meta.no = stamp.position;
                self.meta.created = stamp.stored;
                self.meta.made_by = stamp.actor;
                self.set_fields(change)
            }
            change::AMENDED => self.set_fields(change),
            change::SET_ASIDE => {
                for (field, value) in fields_of(change) {
                    self.set_aside.push(SetAside {
                        command: stamp.command,
                        field: field.clone(),
                        value: value.clone(),
                        by: stamp.actor,
                        device: stamp.device.clone(),
                        at: stamp.at,
                    });
                }
                Ok(())
            }
            change::SETTLED => {
                let command = change.get("~command").and_then(Value::as_str).unwrap_or_default();
                let field = change.get("~field").and_then(Value::as_str).unwrap_or_default();
                self.set_aside.retain(|aside| aside.command.to_string() != command || aside.field != field);
                Ok(())
            }
            change::RETRACTED => {
                self.meta.retracted = true;
                Ok(())
            }
            change::RESTORED => {
                self.meta.retracted = false;
                Ok(())
            }
            change::ERASED => {
                self.erase();
                Ok(())
            }
            _ => {
                self.object = OnceLock::new();
                self.state.apply_json(Value::Object(change.clone()))
            }
        }
    }

    fn set_fields(&mut self, change: &Object) -> Result<(), String> {
        let mut object = self.object().clone();
        for (name, value) in fields_of(change) {
            object.insert(name.clone(), value.clone());
        }
        self.set_state((self.def.parse)(object)?);
        Ok(())
    }

    /// Drops every encrypted field; what stays parses because private fields have defaults.
    pub fn erase(&mut self) {
        let keep: Object = self
            .object()
            .iter()
            .filter(|(name, _)| self.def.field(name).is_some_and(|field| !field.label.encrypted()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if let Ok(state) = (self.def.parse)(keep) {
            self.set_state(state);
        }
        let def = self.def;
        self.stamps.retain(|name, _| def.field(name).is_some_and(|field| !field.label.encrypted()));
        self.set_aside.clear();
        self.meta.erased = true;
    }
}

/// The record's fields in a change: everything but its type and the pipeline's own `~` entries.
pub fn fields_of(change: &Object) -> impl Iterator<Item = (&String, &Value)> {
    change.iter().filter(|(name, _)| *name != "type" && !name.starts_with('~'))
}
