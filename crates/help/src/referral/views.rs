//! Referrals as pages show them.

use jiff::Timestamp;
use kernel::need::Code;
use kernel::page::Named;
use kernel::{Held, Id, Label, Role};
use schemars::JsonSchema;
use serde::Serialize;

use super::link::slip;
use super::{Referral, Reply, Status, Told};

/// A referral on a list.
#[derive(Clone, Serialize, JsonSchema)]
pub struct ReferralCard {
    /// The referral.
    pub id: Id,
    /// Who is referred.
    pub person: Named,
    /// What it is about.
    pub code: Code,
    /// To which organisation.
    pub organisation: Named,
    /// For which of its services.
    pub service: Option<Named>,
    /// Who follows it up.
    pub owner: Named,
    /// When it was sent.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub sent: Timestamp,
    /// How many days ago.
    pub days: i32,
    /// By when an answer is expected.
    pub due: String,
    /// The partner has let the day pass, or a week go by, without an answer.
    pub late: bool,
    /// Where it stands.
    pub status: Status,
    /// When the last answer was entered.
    pub answered_on: Option<String>,
    /// The short code of its slip.
    pub slip: String,
    /// For edits.
    pub version: i64,
}

/// After so many days without an answer a referral is late, whatever day was named.
pub const LATE_AFTER: i32 = 7;

impl ReferralCard {
    pub(super) fn of(node: &journal::Node, held: &Held) -> Self {
        let referral: Referral = journal::state(held);
        let today = node.today();
        let sent = node.day_of(held.meta.created);
        let days = today.since(sent).map_or(0, |span| span.get_days());
        let waits = referral.status == Status::Sent;
        Self {
            id: held.meta.id,
            person: Named::unnamed(referral.person),
            code: referral.code,
            organisation: Named::unnamed(referral.organisation),
            service: referral.service.map(Named::unnamed),
            owner: Named::unnamed(referral.owner.unwrap_or(held.meta.made_by)),
            sent: held.meta.created,
            days,
            due: referral.due.to_string(),
            late: waits && (referral.due < today || days >= LATE_AFTER),
            status: referral.status,
            answered_on: referral.answered_on.map(|day| day.to_string()),
            slip: slip(held.meta.id),
            version: held.meta.version,
        }
    }
}

/// A referral with what the partner was told and answered.
#[derive(Clone, Serialize, JsonSchema)]
pub struct ReferralPage {
    /// In one line.
    #[serde(flatten)]
    pub card: ReferralCard,
    /// The need it comes from.
    pub need: Option<Id>,
    /// The request it comes from.
    pub request: Option<Id>,
    /// The consent that it rests on.
    pub consent: Id,
    /// Whether that consent is in force today.
    pub consent_holds: bool,
    /// What the partner is told.
    pub told: Vec<Told>,
    /// What was answered, in order.
    pub replies: Vec<Reply>,
    /// Why it was given up or taken back.
    pub closed_why: String,
    /// The request that sees to what follows.
    pub follow_up: Option<Id>,
    /// Until when the partner's link opens; none where there is none, or it opens nothing any more.
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub link_until: Option<Timestamp>,
    /// When the partner's page was read, newest first.
    #[schemars(with = "Vec<String>")]
    pub viewed: Vec<Timestamp>,
}

impl ReferralPage {
    pub(super) fn of(node: &journal::Node, held: &Held, role: Role, consent_holds: bool) -> Self {
        let referral: Referral = journal::state(held);
        let may = Label::Health.readable_by(role);
        let link = referral.link.as_ref().filter(|_| consent_holds && referral.status.is_open());
        Self {
            card: ReferralCard::of(node, held),
            need: referral.need.map(|id| id.0),
            request: referral.request.map(|id| id.0),
            consent: referral.consent.0,
            consent_holds,
            link_until: link.map(|link| link.until).filter(|until| node.now() < *until),
            told: if may { referral.told } else { Vec::new() },
            replies: if may { referral.replies } else { Vec::new() },
            closed_why: if may { referral.closed_why } else { String::new() },
            follow_up: referral.follow_up.map(|id| id.0),
            viewed: Vec::new(),
        }
    }
}

/// What a partner's page shows. Nothing here that was not told.
#[derive(Clone)]
pub struct PartnerView {
    /// Where it stands.
    pub status: Status,
    /// What it is about.
    pub code: Code,
    /// What the partner is told.
    pub told: Vec<Told>,
    /// What was answered, in order.
    pub replies: Vec<Reply>,
    /// By when an answer is expected.
    pub due: String,
    /// For which service.
    pub service: Option<Id>,
    /// The slip's code, to speak of it by phone.
    pub slip: String,
}
