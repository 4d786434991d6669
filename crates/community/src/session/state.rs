//! The state of a session.

use jiff::civil::{Date, date};
use kernel::faults::text;
use kernel::{
    ActivityId, Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::activity::Activity;
use crate::faults;

/// The first day a session can have been held: older papers are told in words.
const FIRST: Date = date(1990, 1, 1);
/// The last day a session can be planned for.
const LAST: Date = date(2100, 12, 31);

/// One time that an activity is held.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Session {
    /// The activity.
    pub activity: ActivityId,
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// When it starts, such as `16:30`.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub start: Option<String>,
    /// When it ends.
    #[serde(default)]
    #[schemars(length(max = 5))]
    pub end: Option<String>,
    /// A title of its own, where the activity's does not say enough.
    #[serde(default)]
    #[schemars(length(max = 120))]
    pub title: String,
}

/// Sessions by day.
pub static SESSION_ROW: TableDef = TableDef::index(
    "session_row",
    &[
        ("site", Column::Text),
        ("session", Column::Text),
        ("activity", Column::Text),
        ("day", Column::Text),
        ("start", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

/// Minutes since midnight of a time such as `16:30`.
fn minutes(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let two = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !two(hour) || !two(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn time(field: &str, value: Option<&String>) -> Result<Option<u16>, Refusal> {
    let Some(value) = value else { return Ok(None) };
    let fault = || Refusal::new(&faults::TIME).with("field", field).at(field);
    minutes(value).map(Some).ok_or_else(fault)
}

impl Record for Session {
    const NOUN: &'static str = "session";
    const FIELDS: &'static [Field] = &[
        Field::new("activity", Label::Plain).fixed(),
        Field::new("day", Label::Plain),
        Field::new("start", Label::Plain),
        Field::new("end", Label::Plain),
        Field::new("title", Label::Plain),
    ];
    const TABLES: &'static [&'static TableDef] = &[&SESSION_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("title", &self.title, 120)?;
        if situation.links.get::<Activity>(self.activity).is_none() {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("activity"));
        }
        if self.day < FIRST || self.day > LAST {
            let refusal = Refusal::new(&faults::DAY).with("first", FIRST).with("last", LAST);
            return Err(refusal.at("day"));
        }
        let start = time("start", self.start.as_ref())?;
        let end = time("end", self.end.as_ref())?;
        if let (Some(start), Some(end)) = (start, end)
            && end <= start
        {
            return Err(Refusal::new(&faults::ENDS_EARLY).at("end"));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::to("activity", self.activity)]
    }

    fn within(&self) -> Vec<Id> {
        vec![self.activity.0]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            self.activity.0.into(),
            self.day.to_string().into(),
            self.start.clone().unwrap_or_default().into(),
            meta.made_by.into(),
            meta.no.into(),
        ];
        vec![IndexRow { table: &SESSION_ROW, values }]
    }
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn times_of_day() {
        assert_eq!(minutes("16:30"), Some(990));
        assert_eq!(minutes("00:00"), Some(0));
        for wrong in ["24:00", "9:30", "16:60", "1630", "", "李:娜", "+1:30", "16:3o"] {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
    }
}
