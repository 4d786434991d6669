//! Counting who met whom. Pure.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Id;
use kernel::units::Participations;

use super::views::{DEFINITION, Mix, Pairs};

/// What is known of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// From elsewhere, from here, or not known.
    pub migrant: Option<bool>,
    /// Whether it is a child on the day.
    pub child: bool,
}

/// One session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathering {
    /// Who is known to have come, each once.
    pub people: Vec<Id>,
    /// Those nobody is known for, by what was seen of them: from elsewhere, from here, not seen.
    pub anonymous: Vec<(Option<bool>, Participations)>,
}

/// What sessions add up to. Of pairs only those are counted of which one child is from elsewhere and one from here.
pub fn mix(gatherings: &[Gathering], known: impl Fn(Id) -> Known) -> Mix {
    let known = &known;
    let mut seen: BTreeMap<Option<bool>, u64> = BTreeMap::new();
    let mut met: BTreeMap<(Id, Id), u64> = BTreeMap::new();
    for gathering in gatherings {
        let people: BTreeSet<Id> = gathering.people.iter().copied().collect();
        for person in &people {
            *seen.entry(known(*person).migrant).or_default() += 1;
        }
        for (migrant, count) in &gathering.anonymous {
            *seen.entry(*migrant).or_default() += count.0;
        }
        let children = |migrant: bool| {
            let is = move |id: &Id| (known(*id).child, known(*id).migrant) == (true, Some(migrant));
            people.iter().copied().filter(is).collect::<Vec<_>>()
        };
        let here = children(false);
        for guest in children(true) {
            for host in &here {
                *met.entry((guest, *host)).or_default() += 1;
            }
        }
    }
    let of = |migrant| Participations(seen.get(&migrant).copied().unwrap_or_default());
    Mix {
        migrant: of(Some(true)),
        local: of(Some(false)),
        unknown: of(None),
        pairs: Pairs(met.len() as u64),
        pairs_again: Pairs(met.values().filter(|times| **times > 1).count() as u64),
        definition_zh: DEFINITION.0.to_owned(),
        definition_en: DEFINITION.1.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(id: Id) -> Known {
        match id.0 {
            1..=9 => Known { migrant: Some(true), child: true },
            11..=19 => Known { migrant: Some(false), child: true },
            21 => Known { migrant: Some(false), child: false },
            _ => Known { migrant: None, child: true },
        }
    }

    fn gathering(people: &[u128], anonymous: &[(Option<bool>, u64)]) -> Gathering {
        let anonymous = anonymous.iter().map(|(migrant, count)| (*migrant, Participations(*count))).collect();
        Gathering { people: people.iter().copied().map(Id).collect(), anonymous }
    }

    #[test]
    fn pairs_are_of_one_child_from_elsewhere_and_one_from_here() {
        let first = gathering(&[1, 2, 11, 12, 21, 31], &[(Some(true), 3), (None, 4)]);
        let again = gathering(&[1, 11, 1], &[(Some(false), 2)]);
        let told = mix(&[first, again], known);
        assert_eq!((told.migrant.0, told.local.0, told.unknown.0), (2 + 3 + 1, 3 + 1 + 2, 1 + 4));
        assert_eq!((told.pairs.0, told.pairs_again.0), (4, 1), "1 and 11 met twice; the adult is in no pair");
    }

    #[test]
    fn nothing_adds_up_to_nothing() {
        let told = mix(&[], known);
        assert_eq!((told.migrant.0, told.local.0, told.unknown.0, told.pairs.0), (0, 0, 0, 0));
    }
}
