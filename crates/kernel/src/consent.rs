//! What every context needs to know of a consent: its purpose, the fields it covers, and whether it is in force.
//!
//! The ledger itself is a record of the context `people`. Whoever cites a consent names it in its links and reads it
//! here ([`Given::read`]); whoever asks for many at once asks the ledger's index through the server.

use jiff::civil::Date;
use serde::Deserialize;

use crate::held::Held;
use crate::ids::{OrganisationId, PersonId};

crate::codes! {
    /// What a consent is for.
    Purpose:
    /// Pictures and recordings, shown or published.
    Photo "photo" "拍照与使用照片" "Photos and their use";
    /// An outing.
    Trip "trip" "外出活动" "Trip";
    /// A camp of several days.
    Camp "camp" "营会" "Camp";
    /// Telling a partner organisation.
    Referral "referral" "转介给合作机构" "Referral to a partner";
    /// Handing over to another place.
    Handover "handover" "移交给另一地" "Hand-over to another place";
    /// Research and evaluation.
    Study "study" "调查研究" "Research";
    /// Anything else, in words.
    #[default]
    Other "other" "其他" "Other";
}

crate::codes! {
    /// A group of fields that a consent covers.
    Group:
    /// Names.
    #[default]
    Name "name" "姓名" "Name";
    /// Sex and age.
    Age "age" "性别与年龄" "Sex and age";
    /// How to reach them.
    Phone "phone" "联系电话" "Phone";
    /// Where they live.
    Address "address" "住址" "Address";
    /// Household, guardians, kin.
    Family "family" "家庭情况" "Family";
    /// School and grade.
    School "school" "就学情况" "Schooling";
    /// Health and disability.
    Health "health" "健康情况" "Health";
    /// Papers, claims, legal matters.
    Legal "legal" "证件与法律事务" "Papers and legal matters";
    /// What they need and ask for.
    Need "need" "需求与求助内容" "Need or request";
    /// Pictures, voice, film.
    Image "image" "照片与影像" "Pictures and recordings";
}

crate::codes! {
    /// What a child said itself.
    OwnAnswer:
    /// It was not asked, or there is no child to ask.
    #[default]
    NotAsked "not_asked" "没有问" "Not asked";
    /// It agrees.
    Yes "yes" "本人愿意" "Agrees";
    /// It does not, and so it is not done, whatever a guardian said.
    No "no" "本人不愿意" "Does not agree";
}

/// A consent as others may rely on it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Given {
    /// About whom.
    pub person: PersonId,
    /// What for.
    pub purpose: Purpose,
    /// What it covers.
    pub fields: Vec<Group>,
    /// The only organisation it is for; any where none is named.
    pub organisation: Option<OrganisationId>,
    /// What the child said itself.
    pub own_answer: OwnAnswer,
    /// First day.
    pub given_on: Date,
    /// Last day, if there is one.
    pub expires_on: Option<Date>,
    /// From this day on it is withdrawn.
    pub withdrawn_on: Option<Date>,
}

impl Given {
    /// The consent in a record, unless that is of another kind, taken back as a mistake, or erased.
    pub fn read(held: &Held) -> Option<Self> {
        if held.def.noun != "consent" || !held.is_live() || held.meta.erased {
            return None;
        }
        serde_json::from_value(serde_json::Value::Object(held.object().clone())).ok()
    }

    /// Whether one may act on it on that day for that purpose.
    pub fn in_force(&self, day: Date, purpose: Purpose) -> bool {
        self.purpose == purpose && self.given_on <= day && self.until().is_none_or(|until| day < until)
    }

    /// The first day on which it no longer holds; the day it was given where the child said no.
    pub fn until(&self) -> Option<Date> {
        if self.own_answer == OwnAnswer::No {
            return Some(self.given_on);
        }
        let expired = self.expires_on.map(|last| last.tomorrow().unwrap_or(last));
        [expired, self.withdrawn_on].into_iter().flatten().min()
    }

    /// Whether it covers these fields.
    pub fn covers(&self, group: Group) -> bool {
        self.fields.contains(&group)
    }

    /// Whether it allows telling this organisation.
    pub fn allows(&self, organisation: OrganisationId) -> bool {
        self.organisation.is_none_or(|only| only == organisation)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn given() -> Given {
        Given {
            person: PersonId::default(),
            purpose: Purpose::Camp,
            fields: vec![Group::Name, Group::Health],
            organisation: None,
            own_answer: OwnAnswer::NotAsked,
            given_on: date(2026, 7, 1),
            expires_on: Some(date(2026, 8, 31)),
            withdrawn_on: None,
        }
    }

    #[test]
    fn in_force_from_its_first_day_to_its_last() {
        let camp = |day| given().in_force(day, Purpose::Camp);
        assert!(!camp(date(2026, 6, 30)));
        assert!(camp(date(2026, 7, 1)));
        assert!(camp(date(2026, 8, 31)));
        assert!(!camp(date(2026, 9, 1)));
        assert!(!given().in_force(date(2026, 7, 2), Purpose::Trip));
        let open = Given { expires_on: None, ..given() };
        assert!(open.in_force(date(2099, 1, 1), Purpose::Camp));
    }

    #[test]
    fn a_withdrawal_and_a_childs_no_end_it() {
        let withdrawn = Given { withdrawn_on: Some(date(2026, 7, 10)), ..given() };
        assert!(withdrawn.in_force(date(2026, 7, 9), Purpose::Camp));
        assert!(!withdrawn.in_force(date(2026, 7, 10), Purpose::Camp));
        let unwilling = Given { own_answer: OwnAnswer::No, ..given() };
        assert!(!unwilling.in_force(date(2026, 7, 1), Purpose::Camp));
    }

    #[test]
    fn what_it_covers_and_whom_it_is_for() {
        let mut consent = given();
        assert!(consent.covers(Group::Health) && !consent.covers(Group::Phone));
        let lawyer = OrganisationId(crate::Id(1));
        assert!(consent.allows(lawyer));
        consent.organisation = Some(OrganisationId(crate::Id(2)));
        assert!(!consent.allows(lawyer));
    }
}
