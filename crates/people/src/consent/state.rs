//! The state of a consent.

use jiff::civil::{Date, date};
use kernel::consent::{Given, Group, OwnAnswer, Purpose};
use kernel::faults::text;
use kernel::{
    AccountId, Column, Field, Id, IndexRow, Label, Link, Meta, OrganisationId, PersonId, Record, Refusal,
    Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;
use crate::person::Person;

/// Earlier papers are told in words.
const FIRST: Date = date(1990, 1, 1);
/// What an open end is sorted by.
pub(super) const OPEN: &str = "9999";
/// Under this age a parent or guardian consents (Personal Information Protection Law of the PRC, article 31).
const GUARDED: u16 = 14;

kernel::codes! {
    /// What whoever consents is to the person.
    Relation:
    /// The person itself.
    Own "own" "本人" "The person";
    /// Mother.
    Mother "mother" "母亲" "Mother";
    /// Father.
    Father "father" "父亲" "Father";
    /// Grandmother.
    Grandmother "grandmother" "奶奶或外婆" "Grandmother";
    /// Grandfather.
    Grandfather "grandfather" "爷爷或外公" "Grandfather";
    /// Guardian who is not a parent.
    Guardian "guardian" "其他监护人" "Other guardian";
    /// Anybody else.
    #[default]
    Other "other" "其他人" "Somebody else";
}

kernel::codes! {
    /// How it can be shown that the consent was given.
    Proof:
    /// It was said, and somebody heard it.
    #[default]
    Spoken "spoken" "口头，有见证人" "Spoken, with a witness";
    /// Somebody noted it on paper.
    Paper "paper" "纸面记录" "On paper";
    /// It was signed.
    Signed "signed" "本人签字" "Signed";
}

/// One line of the ledger. Has no `Debug`: it names people.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Consent {
    /// About whom.
    pub person: PersonId,
    /// What for.
    #[serde(default)]
    pub purpose: Purpose,
    /// What for, in words.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub words: String,
    /// Who may be told, in words.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub recipient: String,
    /// Who may be told: only this organisation.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// What it covers.
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub fields: Vec<Group>,
    /// What whoever consents is to the person.
    #[serde(default)]
    pub relation: Relation,
    /// Who consents, where that is somebody on the register.
    #[serde(default)]
    pub by: Option<PersonId>,
    /// Who consents, in words.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub by_name: String,
    /// What the child said itself.
    #[serde(default)]
    pub own_answer: OwnAnswer,
    /// How it can be shown.
    #[serde(default)]
    pub proof: Proof,
    /// Who heard it, where that is somebody with an account.
    #[serde(default)]
    pub witness: Option<AccountId>,
    /// Who heard it, in words.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub witness_name: String,
    /// Where the paper is kept, what was agreed besides.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub note: String,
    /// First day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub given_on: Date,
    /// Last day, if there is one.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub expires_on: Option<Date>,
    /// From this day on it is withdrawn.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub withdrawn_on: Option<Date>,
    /// Why it was withdrawn.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub withdrawn_why: String,
}

/// What a consent's own commands did.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ConsentEvent {
    /// It was taken back.
    Withdrawn {
        /// From which day.
        withdrawn_on: Date,
        /// Why.
        #[serde(default)]
        withdrawn_why: String,
    },
}

/// Consents by person and purpose. `until` is the first day on which a consent no longer holds, `9999` where its end
/// is open.
pub static CONSENT_ROW: TableDef = TableDef::index(
    "consent_row",
    &[
        ("site", Column::Text),
        ("consent", Column::Text),
        ("no", Column::Int),
        ("person", Column::Text),
        ("purpose", Column::Text),
        ("organisation", Column::Text),
        ("given_on", Column::Text),
        ("until", Column::Text),
        ("made_by", Column::Text),
    ],
    2,
);

impl Consent {
    /// What others may rely on.
    pub fn given(&self) -> Given {
        Given {
            person: self.person,
            purpose: self.purpose,
            fields: self.fields.clone(),
            organisation: self.organisation,
            own_answer: self.own_answer,
            given_on: self.given_on,
            expires_on: self.expires_on,
            withdrawn_on: self.withdrawn_on,
        }
    }

    /// Whoever consents must be known, and old enough to do so for itself.
    fn check_giver(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        if self.relation == Relation::Own {
            let person = situation.links.get::<Person>(self.person);
            let birth = person.and_then(|person| person.birth.as_ref());
            let young = birth.and_then(|birth| birth.age_on(self.given_on)?.under(GUARDED)) == Some(true);
            if young {
                return Err(Refusal::new(&faults::GUARDIAN_NEEDED).with("age", GUARDED).at("relation"));
            }
            return Ok(());
        }
        let named = self.by.is_some() || !self.by_name.trim().is_empty();
        if !named || self.by == Some(self.person) {
            return Err(Refusal::new(&faults::GIVER).at("by"));
        }
        Ok(())
    }

    fn check_days(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        if self.given_on < FIRST || self.given_on > situation.today {
            let refusal = Refusal::new(&faults::CONSENT_DAY).with("first", FIRST);
            return Err(refusal.with("last", situation.today).at("given_on"));
        }
        match self.expires_on {
            Some(last) if last < self.given_on => {
                Err(Refusal::new(&faults::ENDS_EARLY).with("field", "expires_on").at("expires_on"))
            }
            _ => Ok(()),
        }
    }
}

impl Record for Consent {
    const NOUN: &'static str = "consent";
    const FIELDS: &'static [Field] = &[
        Field::new("person", Label::Plain).fixed(),
        Field::new("purpose", Label::Plain).fixed(),
        Field::new("words", Label::Identity).fixed(),
        Field::new("recipient", Label::Identity).fixed(),
        Field::new("organisation", Label::Plain).fixed(),
        Field::new("fields", Label::Plain).fixed(),
        Field::new("relation", Label::Plain).fixed(),
        Field::new("by", Label::Plain).fixed(),
        Field::new("by_name", Label::Identity).fixed(),
        Field::new("own_answer", Label::Minor).fixed(),
        Field::new("proof", Label::Plain).fixed(),
        Field::new("witness", Label::Plain).fixed(),
        Field::new("witness_name", Label::Identity).fixed(),
        Field::new("note", Label::Identity).fixed(),
        Field::new("given_on", Label::Plain).fixed(),
        Field::new("expires_on", Label::Plain).fixed(),
        Field::new("withdrawn_on", Label::Plain).own(),
        Field::new("withdrawn_why", Label::Identity).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&CONSENT_ROW];
    type Event = ConsentEvent;

    fn apply(&mut self, event: ConsentEvent) {
        match event {
            ConsentEvent::Withdrawn { withdrawn_on, withdrawn_why } => {
                self.withdrawn_on = Some(withdrawn_on);
                self.withdrawn_why = withdrawn_why;
            }
        }
    }

    fn normalise(&mut self) {
        self.fields.sort_unstable();
        self.fields.dedup();
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("words", &self.words, 500)?;
        text("recipient", &self.recipient, 200)?;
        text("by_name", &self.by_name, 200)?;
        text("witness_name", &self.witness_name, 200)?;
        text("note", &self.note, 1000)?;
        text("withdrawn_why", &self.withdrawn_why, 2000)?;
        if self.purpose == Purpose::Other && self.words.trim().is_empty() {
            return Err(Refusal::new(&faults::PURPOSE).at("words"));
        }
        if self.fields.is_empty() {
            return Err(Refusal::new(&faults::COVERS_NOTHING).at("fields"));
        }
        if self.proof == Proof::Spoken && self.witness.is_none() && self.witness_name.trim().is_empty() {
            return Err(Refusal::new(&faults::WITNESS).at("witness"));
        }
        self.check_days(situation)?;
        self.check_giver(situation)
    }

    fn subject(&self, _: Id) -> Id {
        self.person.0
    }

    fn links(&self) -> Vec<Link> {
        let by = self.by.map(|id| Link::to("person", id));
        let organisation = self.organisation.map(|id| Link::to("organisation", id));
        let witness = self.witness.map(|id| Link::to("account", id));
        [Link::to("person", self.person)].into_iter().chain(by).chain(organisation).chain(witness).collect()
    }

    fn within(&self) -> Vec<Id> {
        vec![self.person.0]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let given = self.given();
        // Nobody acts on what was agreed about somebody who was erased.
        let until = if meta.erased { Some(self.given_on) } else { given.until() };
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.person.0.into(),
            self.purpose.code().into(),
            self.organisation.map(|id| id.0).into(),
            self.given_on.to_string().into(),
            until.map_or_else(|| OPEN.to_owned(), |day| day.to_string()).into(),
            meta.made_by.into(),
        ];
        vec![IndexRow { table: &CONSENT_ROW, values }]
    }
}
