//! Everybody of the register, found by name and by phone.

use std::collections::{HashMap, HashSet};

use kernel::Id;
use people::duplicates::Known;
use sheets::events::{Roll, SignUp, Visit};

/// Who may be meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The likeliest first.
    pub candidates: Vec<Id>,
    /// What it rests on.
    pub why: Vec<&'static str>,
    /// Whether it may be taken without asking.
    pub certain: bool,
}

struct Listed {
    id: Id,
    /// Folded.
    names: Vec<String>,
    address: String,
    household: Option<String>,
    members: HashSet<String>,
}

/// Everybody of the register. Has no `Debug`: it holds personal data.
pub struct Directory {
    listed: Vec<Listed>,
    by_name: HashMap<String, Vec<usize>>,
    by_phone: HashMap<String, Vec<usize>>,
}

/// An address without what differs from sheet to sheet: city, district and street before the village.
fn address(text: &str) -> String {
    let folded = names::fold(text);
    let start = ["街道", "镇", "乡"].iter().filter_map(|end| folded.find(end).map(|at| at + end.len())).max();
    folded[start.unwrap_or(0)..].chars().filter(|c| c.is_alphanumeric()).collect()
}

impl Directory {
    /// A directory of these people.
    pub fn new(people: &[Known]) -> Self {
        let mut directory = Self { listed: Vec::new(), by_name: HashMap::new(), by_phone: HashMap::new() };
        for known in people {
            let Some(id) = known.id else { continue };
            let at = directory.listed.len();
            let folded: Vec<String> = known.names.iter().map(|name| names::fold(name)).collect();
            for name in folded.iter().collect::<HashSet<_>>() {
                directory.by_name.entry(name.clone()).or_default().push(at);
            }
            let phones: HashSet<String> =
                known.phones.iter().map(|phone| names::phone::fold(phone)).collect();
            for phone in phones.into_iter().filter(|phone| phone.len() >= 7) {
                directory.by_phone.entry(phone).or_default().push(at);
            }
            directory.listed.push(Listed {
                id,
                names: folded,
                address: known.address.as_deref().map(address).unwrap_or_default(),
                household: known.household.clone(),
                members: known.members.iter().map(|name| names::fold(name)).collect(),
            });
        }
        directory
    }

    fn named(&self, label: &str) -> &[usize] {
        self.by_name.get(&names::fold(label)).map_or(&[], Vec::as_slice)
    }

    fn holders(&self, phones: &[String]) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for phone in phones {
            for at in self.by_phone.get(&names::phone::fold(phone)).into_iter().flatten() {
                if !found.contains(at) {
                    found.push(*at);
                }
            }
        }
        found
    }

    fn ids(&self, places: &[usize]) -> Vec<Id> {
        places.iter().map(|at| self.listed[*at].id).collect()
    }

    /// Who a sign-up is: whoever alone has its phone. A name alone may be a namesake's.
    pub fn signed_up(&self, row: &SignUp) -> Found {
        let holders = self.holders(&row.phones);
        let named: Vec<usize> = row.name.as_deref().map(|name| self.named(name).to_vec()).unwrap_or_default();
        let both: Vec<usize> = holders.iter().filter(|at| named.contains(at)).copied().collect();
        let by_both = !both.is_empty();
        let chosen = if holders.is_empty() { &named } else { &holders };
        let mut chosen = chosen.clone();
        // Whoever also has the name comes first.
        chosen.sort_by_key(|at| !both.contains(at));
        let mut why = Vec::new();
        if !holders.is_empty() {
            why.push("phone");
        }
        if by_both || holders.is_empty() && !named.is_empty() {
            why.push("name");
        }
        // Another person's name with this phone: two of a family, or a slip.
        let other = row.name.is_some() && !by_both && !named.is_empty() && !holders.is_empty();
        let certain = holders.len() == 1 && !other;
        Found { candidates: self.ids(&chosen), why, certain }
    }

    /// Who on a roll is meant: a name alone is never certain.
    pub fn on_roll(&self, row: &Roll) -> Found {
        if let Some(name) = &row.name {
            let named = self.named(name);
            let why = if named.is_empty() { Vec::new() } else { vec!["name"] };
            return Found { candidates: self.ids(named), why, certain: false };
        }
        let Some(nickname) = &row.nickname else { return Found::default() };
        let direct = self.named(nickname);
        let fits =
            self.listed.iter().enumerate().filter(|(_, one)| {
                one.names.iter().any(|name| names::nickname::fits(nickname, name).is_some())
            });
        let mut found: Vec<usize> = direct.iter().copied().chain(fits.map(|(at, _)| at)).collect();
        found.dedup();
        found.truncate(8);
        let why = if found.is_empty() { Vec::new() } else { vec!["nickname"] };
        Found { candidates: self.ids(&found), why, certain: false }
    }

    /// Who the people named at a visit are: certain where the household's number, the address or a phone agrees besides.
    pub fn visited(&self, visit: &Visit) -> Vec<Found> {
        let sets: Vec<Vec<usize>> = visit.people.iter().map(|one| self.named(&one.label).to_vec()).collect();
        let place = visit.address.as_deref().map(address).unwrap_or_default();
        let holders = self.holders(&visit.phones);
        let labels: Vec<String> = visit.people.iter().map(|one| names::fold(&one.label)).collect();
        let of = |which: usize| {
            let mut best: Vec<(usize, Vec<&'static str>)> = Vec::new();
            for at in &sets[which] {
                let one = &self.listed[*at];
                let mut why = Vec::new();
                if visit.household_no.is_some() && visit.household_no == one.household {
                    why.push("number");
                }
                if sets.iter().enumerate().any(|(other, set)| {
                    other != which && (self.together(*at, set) || one.members.contains(&labels[other]))
                }) {
                    why.push("household");
                }
                if place.chars().count() >= 4 && place == one.address {
                    why.push("address");
                }
                if holders.contains(at) {
                    why.push("phone");
                }
                best.push((*at, why));
            }
            best.sort_by_key(|(_, why)| std::cmp::Reverse(why.len()));
            found(self, &visit.people[which].label, &best)
        };
        (0..visit.people.len()).map(of).collect()
    }

    fn together(&self, at: usize, others: &[usize]) -> bool {
        let household = &self.listed[at].household;
        household.is_some()
            && others.iter().any(|other| *other != at && self.listed[*other].household == *household)
    }
}

fn found(directory: &Directory, label: &str, best: &[(usize, Vec<&'static str>)]) -> Found {
    let Some((_, first)) = best.first() else { return Found::default() };
    let rivals = best.iter().filter(|(_, why)| why.len() == first.len()).count();
    let whole = label.chars().count() >= 2 && names::nickname::nickname_cores(label).is_empty();
    let mut why = vec!["name"];
    why.extend(first);
    if best.len() == 1 && whole {
        why.push("only");
    }
    // Whole families bear the same names in some places: names alone, even of several, are for a person to decide.
    let certain = rivals == 1 && first.iter().any(|why| matches!(*why, "number" | "address" | "phone"));
    let kept: Vec<usize> = if certain { vec![best[0].0] } else { best.iter().map(|(at, _)| *at).collect() };
    Found { candidates: directory.ids(&kept), why, certain }
}
