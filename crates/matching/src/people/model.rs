//! What is assumed of people at a centre before any were compared.

use super::card::{ADDRESS, BIRTH, BIRTH_PART, FIELDS, HOME, ID_NO, LISTING, NAME, PHONE, SEX};
use crate::engine::{Field, Model};

/// A register is taken to hold at least so many people, so that the first hundred are not found alike too easily.
const LEAST_PEOPLE: f64 = 500.0;
/// Of so many people one is expected to be registered twice.
const PER_DUPLICATE: f64 = 15.0;
/// So many others of a person's household are expected in the register.
const HOUSEMATES: f64 = 2.0;

/// Shares of the levels of one field: within a person, among strangers, among housemates.
fn field(name: &str, same: &[f64], strangers: &[f64], home: &[f64]) -> Field {
    let share = |shares: &[f64]| {
        let sum: f64 = shares.iter().sum();
        shares.iter().map(|share| share / sum).collect::<Vec<f64>>()
    };
    Field {
        name: name.to_owned(),
        same: share(same),
        strangers: share(strangers),
        at_home: 0.0,
        home: Some(share(home)),
        most_differ: 1.0,
        trust: 1000.0,
    }
}

fn fields() -> Vec<Field> {
    let mut fields: Vec<Option<Field>> = vec![None; FIELDS];
    // Levels: different, surname only, part missing, nickname, one character off, alike by sight, same sound, pinyin,
    // same. A mother and a child, or two sisters, share the surname and often a character.
    fields[NAME] = Some(field(
        "name",
        &[0.02, 0.01, 0.03, 0.04, 0.03, 0.02, 0.05, 0.04, 0.76],
        &[0.921, 0.07, 0.001, 0.004, 0.003, 0.000_1, 0.000_1, 0.000_05, 0.000_1],
        &[0.50, 0.40, 0.005, 0.005, 0.08, 0.001, 0.001, 0.000_1, 0.000_1],
    ));
    fields[SEX] = Some(field("sex", &[0.01, 0.99], &[0.5, 0.5], &[0.6, 0.4]));
    // Levels: different, a year apart, same year only, a slip, same day. Twins have the same day.
    fields[BIRTH] = Some(field(
        "birth",
        &[0.02, 0.02, 0.03, 0.03, 0.90],
        &[0.94, 0.035, 0.023, 0.001_5, 0.000_07],
        &[0.95, 0.02, 0.01, 0.003, 0.017],
    ));
    // Levels: different, a year too many apart, agrees as far as known, same month.
    fields[BIRTH_PART] = Some(field(
        "birth_part",
        &[0.03, 0.05, 0.64, 0.28],
        &[0.84, 0.09, 0.068, 0.002],
        &[0.88, 0.07, 0.045, 0.005],
    ));
    // Levels: different, a slip, the same. Numbers change often, so that different ones say little against.
    fields[PHONE] =
        Some(field("phone", &[0.30, 0.03, 0.67], &[0.999_5, 0.000_3, 0.000_2], &[0.55, 0.01, 0.44]));
    // Levels: different though both are sound, a slip, the same. A child's row sometimes carries a parent's number.
    fields[ID_NO] =
        Some(field("id_no", &[0.0005, 0.05, 0.95], &[0.999_98, 0.000_01, 0.000_01], &[0.992, 0.004, 0.004]));
    if let Some(id_no) = &mut fields[ID_NO] {
        // That two sound numbers mean two people is law, not habit: people of one name and birthday must not unteach it.
        id_no.trust = 1e6;
    }
    // Levels: other province, same province, city, county, village.
    fields[HOME] = Some(field(
        "home",
        &[0.02, 0.01, 0.03, 0.54, 0.40],
        &[0.52, 0.34, 0.07, 0.06, 0.01],
        &[0.22, 0.13, 0.05, 0.30, 0.30],
    ));
    // Levels: different, beginning alike, a slip or a part, the same. People move; neighbours share beginnings.
    fields[ADDRESS] = Some(field(
        "address",
        &[0.35, 0.15, 0.10, 0.40],
        &[0.78, 0.20, 0.01, 0.01],
        &[0.02, 0.03, 0.05, 0.90],
    ));
    // Two entries of one list are two people unless somebody was careless.
    fields[LISTING] = Some(field("listing", &[0.95, 0.05], &[0.998, 0.002], &[0.3, 0.7]));
    fields.into_iter().flatten().collect()
}

impl Model {
    /// What is assumed of people at a centre, for a register of 500. The order of levels is that of
    /// [`crate::people::Card::levels`].
    pub fn default_people() -> Self {
        Self::for_register(0)
    }

    /// The same for a register of `people`: among more strangers the same evidence proves less.
    pub fn for_register(people: usize) -> Self {
        let (same, home) = shares(people);
        Self::assumed(fields(), same, home)
    }
}

/// Shares of all pairs that are one person, and that live together.
pub(crate) fn shares(people: usize) -> (f64, f64) {
    let people = (people as f64).max(LEAST_PEOPLE);
    (2.0 / PER_DUPLICATE / people, HOUSEMATES / people)
}

/// How common a name is among strangers: `same` people of `register` have it. The assumption of a name nobody has yet
/// is that one in 5,000 has it, which is weighed as 2,000 people are.
pub fn name_rarity(same: usize, register: usize) -> f64 {
    let (assumed, weight) = (1.0 / 5000.0, 2000.0);
    (same as f64 + assumed * weight) / (register as f64 + weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        let model = Model::default_people();
        assert_eq!(model.fields().len(), FIELDS);
        for field in model.fields() {
            for shares in [&field.same, &field.strangers, field.home.as_ref().unwrap_or(&field.same)] {
                assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{}", field.name);
                assert_eq!(shares.len(), field.same.len(), "{}", field.name);
            }
        }
    }

    #[test]
    fn rare_names() {
        assert!(name_rarity(500, 100_000) > 10.0 * name_rarity(1, 100_000));
    }
}
