//! The session at which those who stay eat together.

use kernel::{
    Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, Record, Refusal, SiteId, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check_festival;
use crate::faults;

/// The shared meal of a festival: which session it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct FestivalMeal {
    /// The code of the festival.
    #[schemars(length(max = 40))]
    pub festival: String,
    /// The year in which it begins.
    #[schemars(range(min = 1990, max = 2050))]
    pub year: i16,
    /// The session; none where it was taken off again.
    #[serde(default)]
    pub session: Option<Id>,
}

/// Shared meals by festival.
pub static FESTIVAL_MEAL_ROW: TableDef = TableDef::index(
    "festival_meal_row",
    &[
        ("site", Column::Text),
        ("festival_meal", Column::Text),
        ("session", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

/// The id of a festival's shared meal: one for each site, festival and year.
pub fn meal_id(site: SiteId, festival: &str, year: i16) -> Id {
    site.0.derive(&format!("festival_meal:{festival}:{year}"))
}

impl Record for FestivalMeal {
    const NOUN: &'static str = "festival_meal";
    const FIELDS: &'static [Field] = &[
        Field::new("festival", Label::Plain).fixed(),
        Field::new("year", Label::Plain).fixed(),
        Field::new("session", Label::Plain),
    ];
    const TABLES: &'static [&'static TableDef] = &[&FESTIVAL_MEAL_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        check_festival(&self.festival, self.year)?;
        let expected = meal_id(situation.actor.site, &self.festival, self.year);
        if situation.record != expected {
            return Err(Refusal::new(&faults::STAY_ID).with("expected", expected));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        self.session.map(|id| Link::to("session", id)).into_iter().collect()
    }

    fn within(&self) -> Vec<Id> {
        self.session.into_iter().collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values =
            vec![meta.site.into(), meta.id.into(), self.session.into(), meta.made_by.into(), meta.no.into()];
        vec![IndexRow { table: &FESTIVAL_MEAL_ROW, values }]
    }
}
