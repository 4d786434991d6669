//! The state of an organisation.

use jiff::civil::Date;
use kernel::faults::text;
use kernel::{
    AccountId, Column, Field, IndexRow, Label, Link, Meta, PlaceId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// How many contacts, places and other names are taken.
const MOST: usize = 50;

kernel::codes! {
    /// The five groups of actors in a network.
    Group:
    /// Offices, federations and institutions of the state.
    Government "government" "政府与群团" "Government";
    /// Social organisations, foundations, volunteers' groups.
    #[default]
    CivilSociety "civil_society" "社会组织" "Civil society";
    /// Companies, shops, private schools and clinics.
    Private "private" "企业与民办机构" "Private sector";
    /// Press, radio, television, publishers.
    Media "media" "媒体" "Media";
    /// Migrants' own groups and leaders.
    Migrants "migrants" "流动人口自组织" "Migrants' own groups";
}

/// A post and whoever holds it now. Has no `Debug`: it names people.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    /// The post: it stays when its holder leaves.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub post: String,
    /// Who holds it.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub name: String,
    /// How to reach them.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub phone: String,
    /// When they can be reached.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub hours: String,
}

/// An organisation. Has no `Debug`: its contacts are people.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Organisation {
    /// Its name.
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
    /// Other names and short forms.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub also: Vec<String>,
    /// What kind of actor it is.
    #[serde(default)]
    pub group: Group,
    /// What it does.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub about: String,
    /// Where it is.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub address: String,
    /// The switchboard.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub phone: String,
    /// When it is open.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub hours: String,
    /// Posts and who holds them.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub contacts: Vec<Contact>,
    /// The places it serves; everywhere where none is named.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub places: Vec<PlaceId>,
    /// The area it serves, in words.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub area: String,
    /// When somebody last made sure of it.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub verified_on: Option<Date>,
    /// Who did.
    #[serde(default)]
    pub verified_by: Option<AccountId>,
}

/// What an organisation's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OrganisationEvent {
    /// It was made sure of.
    Verified {
        /// When.
        verified_on: Date,
        /// By whom.
        verified_by: AccountId,
    },
}

/// Organisations, to be listed and searched.
pub static ORGANISATION_ROW: TableDef = TableDef::index(
    "organisation_row",
    &[
        ("site", Column::Text),
        ("organisation", Column::Text),
        ("no", Column::Int),
        ("names", Column::Text),
        ("grouping", Column::Text),
        ("places", Column::Text),
        ("verified_on", Column::Text),
        ("made_by", Column::Text),
    ],
    2,
);

impl Record for Organisation {
    const NOUN: &'static str = "organisation";
    const FIELDS: &'static [Field] = &[
        Field::new("name", Label::Plain),
        Field::new("also", Label::Plain).union(),
        Field::new("group", Label::Plain),
        Field::new("about", Label::Plain),
        Field::new("address", Label::Plain),
        Field::new("phone", Label::Plain),
        Field::new("hours", Label::Plain),
        Field::new("contacts", Label::Contact),
        Field::new("places", Label::Plain).union(),
        Field::new("area", Label::Plain),
        Field::new("verified_on", Label::Plain).own(),
        Field::new("verified_by", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&ORGANISATION_ROW];
    type Event = OrganisationEvent;

    fn apply(&mut self, event: OrganisationEvent) {
        match event {
            OrganisationEvent::Verified { verified_on, verified_by } => {
                self.verified_on = Some(verified_on);
                self.verified_by = Some(verified_by);
            }
        }
    }

    fn normalise(&mut self) {
        self.name = self.name.trim().to_owned();
        self.also.retain(|name| !name.trim().is_empty());
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        if self.name.is_empty() {
            return Err(Refusal::new(&faults::NAME).at("name"));
        }
        for (field, value, limit) in [
            ("name", &self.name, 200),
            ("about", &self.about, 2000),
            ("address", &self.address, 500),
            ("phone", &self.phone, 100),
            ("hours", &self.hours, 200),
            ("area", &self.area, 500),
        ] {
            text(field, value, limit)?;
        }
        for (field, count) in
            [("also", self.also.len()), ("contacts", self.contacts.len()), ("places", self.places.len())]
        {
            if count > MOST {
                let refusal = Refusal::new(&faults::TOO_MANY).with("field", field).with("count", count);
                return Err(refusal.with("limit", MOST).at(field));
            }
        }
        self.also.iter().try_for_each(|name| text("also", name, 200))?;
        for (at, contact) in self.contacts.iter().enumerate() {
            let parts = [&contact.post, &contact.name, &contact.phone];
            if parts.iter().all(|part| part.trim().is_empty()) {
                return Err(Refusal::new(&faults::CONTACT).with("place", at + 1).at("contacts"));
            }
            parts.iter().try_for_each(|part| text("contacts", part, 100))?;
            text("contacts", &contact.hours, 200)?;
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        self.places.iter().map(|place| Link::to("place", *place)).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let names: Vec<&str> = std::iter::once(&self.name).chain(&self.also).map(String::as_str).collect();
        let places: Vec<String> = self.places.iter().map(ToString::to_string).collect();
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            names.join("\n").into(),
            self.group.code().into(),
            places.join("\n").into(),
            self.verified_on.map(|day| day.to_string()).unwrap_or_default().into(),
            meta.made_by.into(),
        ];
        vec![IndexRow { table: &ORGANISATION_ROW, values }]
    }
}
