//! A row's clean values, typed, and as JSON under stable names.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::field::Field;
use crate::mapping::TableKind;

/// A date or an age, as precise as it was told.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum DateValue {
    /// `2015`, `2015-05` or `2015-05-28`.
    Iso(String),
    /// Full years.
    Age {
        /// Years.
        age: u32,
    },
    /// Nominal years (虚岁).
    AgeNominal {
        /// Years.
        age_nominal: u32,
    },
    /// Months, of a baby.
    AgeMonths {
        /// Months.
        age_months: u32,
    },
}

/// Someone who looks after a child.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardian {
    /// Name as written.
    pub name: Option<String>,
    /// `father`, `mother`, `grandfather`, `grandmother`, `grandparent`, `other` …
    pub relation: Option<String>,
    /// Phones as one writes them.
    pub phones: Vec<String>,
}

/// A registered home: codes as deep as the text allows, then names.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeValue {
    /// Two digits.
    pub province: Option<String>,
    /// Four digits.
    pub city: Option<String>,
    /// Six digits.
    pub county: Option<String>,
    /// Township as written.
    pub town: Option<String>,
    /// Village as written.
    pub village: Option<String>,
}

/// Stage of schooling and grade.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// `none`, `kindergarten`, `primary`, `junior`, `senior`, `dropout`.
    pub stage: String,
    /// 1–3 in kindergarten, else 1–12.
    pub grade: Option<u32>,
}

/// Disability as stated.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disability {
    /// Whether there is one.
    pub has: bool,
    /// `physical`, `intellectual`, `hearing`, `visual`, `speech`, `mental`, `multiple`; absent if there is none.
    pub kind: Option<String>,
    /// 1 (gravest) to 4.
    pub level: Option<u32>,
}

impl Disability {
    fn json(&self) -> Value {
        if self.has {
            json!({ "has": true, "type": self.kind, "level": self.level })
        } else {
            json!({ "has": false })
        }
    }
}

/// The clean values of one row. What the sheet does not ask, or the cell does not tell, is absent.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RowValues {
    /// The name as it should be shown.
    pub name: Option<String>,
    /// What the person is called: from a column, or set apart from the name.
    pub nicknames: Vec<String>,
    /// `F`, `M`.
    pub sex: Option<String>,
    /// Birth.
    pub birth: Option<DateValue>,
    /// Age in a column of its own.
    pub age: Option<u32>,
    /// Sound identity number of 18 characters.
    pub id_no: Option<String>,
    /// Ethnic group by its Chinese name, or own words.
    pub nation: Option<String>,
    /// Guardians.
    pub guardians: Vec<Guardian>,
    /// Registered home.
    pub home: Option<HomeValue>,
    /// The home as it was written.
    pub home_text: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// `rent`, `public_rent`, `own`, `kin`, `dorm`, `unknown`.
    pub tenure: Option<String>,
    /// Arrival.
    pub arrival: Option<DateValue>,
    /// Born here: the arrival is the birth.
    pub born_here: bool,
    /// School.
    pub school: Option<String>,
    /// Grade.
    pub grade: Option<Grade>,
    /// `yes`, `no`, `pending`.
    pub permit: Option<String>,
    /// `home`, `local`, `yes`, `none`.
    pub insurance: Option<String>,
    /// Disability.
    pub disability: Option<Disability>,
    /// Needs that the remark states, as codes in the order of the text.
    pub needs: Vec<String>,
    /// Household number.
    pub household_no: Option<String>,
    /// Name of the head.
    pub head: Option<String>,
    /// Relation to the head as written.
    pub relation: Option<String>,
    /// Phones as one writes them.
    pub phones: Vec<String>,
    /// Occupation.
    pub occupation: Option<String>,
    /// Education.
    pub education: Option<String>,
    /// Day of registration.
    pub registered: Option<DateValue>,
    /// Who registered.
    pub worker: Option<String>,
    /// Remark as written.
    pub remark: Option<String>,
    /// Rent per month in yuan.
    pub rent: Option<u32>,
    /// People in the household.
    pub household_size: Option<u32>,
    /// WeChat name.
    pub wechat: Option<String>,
}

impl fmt::Debug for RowValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RowValues(…)")
    }
}

impl RowValues {
    /// The values under their stable names: every field that the sheet asks for is there, `null` where it is not told.
    pub fn json(&self, fields: &[Field], kind: TableKind) -> Value {
        let mut out = Map::new();
        for field in fields {
            if let Some(value) = self.field_json(*field, kind) {
                out.insert(field.name().split('.').next().unwrap_or_default().to_owned(), value);
            }
        }
        Value::Object(out)
    }

    fn field_json(&self, field: Field, kind: TableKind) -> Option<Value> {
        Some(match field {
            Field::No | Field::Head if kind != TableKind::Other => return None,
            Field::No => return None,
            Field::Head => json!(self.head),
            Field::Name => json!(self.name),
            Field::Sex => json!(self.sex),
            Field::Birth => json!(self.birth),
            Field::Age => json!(self.age),
            Field::IdNo => json!(self.id_no),
            Field::Nation => json!(self.nation),
            Field::GuardianName | Field::GuardianRelation | Field::GuardianPhones | Field::Guardians => {
                json!(self.guardians)
            }
            Field::Home => json!(self.home.clone().unwrap_or_default()),
            Field::Address => json!(self.address),
            Field::Tenure => json!(self.tenure),
            Field::Arrival => json!(self.arrival),
            Field::School => json!(self.school),
            Field::Grade => json!(self.grade),
            Field::Permit => json!(self.permit),
            Field::Insurance => json!(self.insurance),
            Field::Disability => self.disability.as_ref().map_or(Value::Null, Disability::json),
            Field::Needs => json!(self.needs),
            Field::HouseholdNo => json!(self.household_no),
            Field::Relation => json!(self.relation),
            Field::Phones => json!(self.phones),
            Field::Occupation => json!(self.occupation),
            Field::Education => json!(self.education),
            Field::Registered => json!(self.registered),
            Field::Worker => json!(self.worker),
            Field::Remark => json!(self.remark),
            Field::Rent => json!(self.rent),
            Field::HouseholdSize => json!(self.household_size),
            Field::Wechat => json!(self.wechat),
            Field::Nickname => json!(self.nicknames.first()),
            _ => return None,
        })
    }
}
