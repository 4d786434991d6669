//! Whether somebody may be shown, or taken along: everything the ledger says about it, taken together.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::ConsentId;
use kernel::consent::{Given, Group, OwnAnswer, Purpose};

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

/// What is asked of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What for.
    pub purpose: Purpose,
    /// What it must cover for everybody; nothing in particular where none is given.
    pub group: Option<Group>,
}

impl Asked {
    fn fits(self, given: &Given) -> bool {
        self.group.is_none_or(|group| given.covers(group) && given.organisation.is_none())
    }
}

/// A line of the ledger.
pub(super) struct Line {
    pub consent: ConsentId,
    /// Its place in the journal.
    pub no: i64,
    /// When it was written.
    pub made: Timestamp,
    /// When it last changed: nothing but its withdrawal changes it.
    pub changed: Timestamp,
    pub given: Given,
}

impl Line {
    /// Whether it was given after the other one was taken back.
    fn follows(&self, taken: &Self) -> bool {
        let (given, from) = (Some(self.given.given_on), taken.given.withdrawn_on);
        given > from || (given == from && self.made > taken.changed)
    }
}

/// What all lines about one person and one purpose come to, the oldest first. A withdrawal is the last word on all that was
/// given before it, on whichever of the person's records.
pub(super) fn stands(lines: &[Line], asked: Asked, day: Date) -> Shown {
    let begun = || lines.iter().filter(|line| line.given.given_on <= day);
    let answered = |line: &&Line| line.given.own_answer != OwnAnswer::NotAsked;
    let last = begun().rfind(answered).map(|line| line.given.own_answer);
    if last == Some(OwnAnswer::No) {
        return Shown::Refused;
    }
    let fits = |line: &&Line| asked.fits(&line.given);
    let over = |line: &&Line| line.given.withdrawn_on.is_some_and(|from| from <= day);
    let taken = begun().filter(fits).filter(over).max_by_key(|line| (line.given.withdrawn_on, line.changed));
    let after = |line: &Line| taken.is_none_or(|taken| line.follows(taken));
    let holds = |line: &&Line| fits(line) && after(line) && line.given.in_force(day, asked.purpose);
    if let Some(line) = begun().rfind(holds) {
        return Shown::Consented(line.consent);
    }
    match begun().rfind(|line| fits(line) && line.given.own_answer != OwnAnswer::No) {
        Some(line) if !after(line) => Shown::Withdrawn,
        Some(_) => Shown::Expired,
        None => Shown::Lacking,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::{Id, OrganisationId, PersonId};

    const PHOTO: Asked = Asked { purpose: Purpose::Photo, group: Some(Group::Image) };

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
        let at = Timestamp::UNIX_EPOCH;
        Line { consent: ConsentId(Id(number)), no: number as i64, made: at, changed: at, given }
    }

    fn on(lines: &[Line]) -> Shown {
        stands(lines, PHOTO, date(2026, 11, 27))
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
    fn a_withdrawal_is_the_last_word_on_what_was_given_before() {
        let withdrawn = |month| {
            let mut line = line(1, 1);
            line.given.withdrawn_on = Some(date(2026, month, 1));
            line
        };
        assert_eq!(on(&[withdrawn(6), line(2, 3)]), Shown::Withdrawn, "given between, on another record");
        assert_eq!(on(&[line(2, 1), withdrawn(6)]), Shown::Withdrawn);
        assert_eq!(on(&[withdrawn(6), line(2, 6)]), Shown::Withdrawn, "on the day, before it");
        let mut anew = line(2, 6);
        anew.made = Timestamp::from_second(9).unwrap();
        assert_eq!(on(&[withdrawn(6), anew]), Shown::Consented(ConsentId(Id(2))), "on the day, after it");
        assert_eq!(on(&[line(2, 3), withdrawn(12)]), Shown::Consented(ConsentId(Id(1))), "not yet");
        let any = |lines: &[Line]| {
            stands(lines, Asked { purpose: Purpose::Photo, group: None }, date(2026, 11, 27))
        };
        let mut narrow = withdrawn(6);
        narrow.given.fields = vec![Group::Name];
        assert_eq!(any(&[narrow, line(2, 3)]), Shown::Withdrawn);
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
