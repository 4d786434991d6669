//! Whether somebody may be shown: everything the ledger says about it, taken together.

use jiff::civil::Date;
use kernel::ConsentId;
use kernel::consent::{Given, Group, OwnAnswer};

/// How somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// One may act on this consent.
    Consented(ConsentId),
    /// There is none.
    Lacking,
    /// The child said no, and has not said yes since. No guardian's yes changes that.
    Refused,
    /// The last one was taken back.
    Withdrawn,
    /// The last one has ended.
    Expired,
}

/// A line of the ledger.
pub(super) struct Line {
    pub consent: ConsentId,
    /// Its place in the journal.
    pub no: i64,
    pub given: Given,
}

/// What all lines about one person and one purpose come to, the oldest first.
pub(super) fn stands(lines: &[Line], group: Group, day: Date) -> Shown {
    let begun = || lines.iter().filter(|line| line.given.given_on <= day);
    let answered = |line: &&Line| line.given.own_answer != OwnAnswer::NotAsked;
    let last = begun().rfind(answered).map(|line| line.given.own_answer);
    if last == Some(OwnAnswer::No) {
        return Shown::Refused;
    }
    let fits = |given: &Given| given.covers(group) && given.organisation.is_none();
    let holds = |line: &&Line| fits(&line.given) && line.given.in_force(day, line.given.purpose);
    if let Some(line) = begun().rfind(holds) {
        return Shown::Consented(line.consent);
    }
    match begun().rfind(|line| fits(&line.given) && line.given.own_answer != OwnAnswer::No) {
        Some(line) if line.given.withdrawn_on.is_some_and(|from| from <= day) => Shown::Withdrawn,
        Some(_) => Shown::Expired,
        None => Shown::Lacking,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::consent::Purpose;
    use kernel::{Id, OrganisationId, PersonId};

    use super::*;

    fn line(number: u128, month: i8) -> Line {
        let given = Given {
            person: PersonId::default(),
            purpose: Purpose::Photo,
            fields: vec![Group::Image],
            organisation: None,
            own_answer: OwnAnswer::NotAsked,
            given_on: date(2026, month, 1),
            expires_on: None,
            withdrawn_on: None,
        };
        Line { consent: ConsentId(Id(number)), no: number as i64, given }
    }

    fn on(lines: &[Line]) -> Shown {
        stands(lines, Group::Image, date(2026, 11, 27))
    }

    #[test]
    fn one_that_is_in_force_is_enough() {
        assert_eq!(on(&[]), Shown::Lacking);
        let mut old = line(1, 1);
        old.given.expires_on = Some(date(2026, 6, 1));
        assert_eq!(on(&[old]), Shown::Expired);
        let mut old = line(1, 1);
        old.given.withdrawn_on = Some(date(2026, 6, 1));
        assert_eq!(on(&[old]), Shown::Withdrawn);
        let mut old = line(1, 1);
        old.given.withdrawn_on = Some(date(2026, 6, 1));
        assert_eq!(on(&[old, line(2, 9)]), Shown::Consented(ConsentId(Id(2))));
        assert_eq!(on(&[line(1, 12)]), Shown::Lacking, "it begins later");
    }

    #[test]
    fn a_childs_no_outweighs_every_guardian_until_it_says_yes() {
        let no = |number, month| {
            let mut line = line(number, month);
            line.given.own_answer = OwnAnswer::No;
            line
        };
        let yes = |number, month| {
            let mut line = line(number, month);
            line.given.own_answer = OwnAnswer::Yes;
            line
        };
        assert_eq!(on(&[yes(1, 1), no(2, 5)]), Shown::Refused);
        assert_eq!(
            on(&[no(1, 1), line(2, 5)]),
            Shown::Refused,
            "a guardian was asked again, the child was not"
        );
        let mut withdrawn = no(1, 1);
        withdrawn.given.withdrawn_on = Some(date(2026, 3, 1));
        assert_eq!(on(&[withdrawn, line(2, 5)]), Shown::Refused, "taking the line back is no yes");
        assert_eq!(on(&[no(1, 1), yes(2, 5)]), Shown::Consented(ConsentId(Id(2))));
    }

    #[test]
    fn what_covers_something_else_or_is_for_one_organisation_is_none() {
        let mut names = line(1, 1);
        names.given.fields = vec![Group::Name];
        let mut one = line(2, 2);
        one.given.organisation = Some(OrganisationId(Id(9)));
        assert_eq!(on(&[names, one]), Shown::Lacking);
    }
}
