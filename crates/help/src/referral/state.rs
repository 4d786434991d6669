//! The state of a referral.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use kernel::consent::{Given, Group, Purpose};
use kernel::faults::text;
use kernel::need::Code;
use kernel::{
    AccountId, Column, ConsentId, Field, Id, IndexRow, Label, Meta, NeedId, OrganisationId, PersonId, Record,
    Refusal, RequestId, Role, ServiceId, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::link::{Link, slip};
use crate::faults;

/// How many entries a packet has at most.
const MOST: usize = 30;
/// The earliest and the latest day by which an answer is expected.
const DAYS: (Date, Date) = (date(2000, 1, 1), date(2100, 12, 31));

kernel::codes! {
    /// Where a referral stands.
    Status:
    /// The partner has not answered.
    #[default]
    Sent "sent" "等待答复" "Waiting for an answer";
    /// The partner sees to it.
    Accepted "accepted" "对方已接收" "Accepted";
    /// The partner does not.
    Declined "declined" "对方未接收" "Declined";
    /// The partner has done it.
    Done "done" "已办结" "Done";
    /// No answer came.
    Unanswered "unanswered" "没有答复" "No answer";
    /// It was taken back.
    Cancelled "cancelled" "已取消" "Cancelled";
}

impl Status {
    /// Whether something is still expected of the partner.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Sent | Self::Accepted)
    }
}

kernel::codes! {
    /// What a partner answers.
    Answered:
    /// It sees to it.
    #[default]
    Accepted "accepted" "接收" "Accept";
    /// It does not.
    Declined "declined" "不能接收" "Decline";
    /// It has done it.
    Done "done" "已办结" "Done";
}

kernel::codes! {
    /// How an answer came.
    Via:
    /// By telephone, in a talk, in a message.
    #[default]
    Call "call" "电话或当面" "By phone or in person";
    /// On the printed slip.
    Slip "slip" "转介单回执" "On the slip";
    /// By the link.
    Link "link" "网页链接" "By the link";
}

/// One thing that the partner is told. Has no `Debug`: it is about somebody.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// Which group of fields it belongs to; the consent must cover it.
    pub group: Group,
    /// What is told.
    #[schemars(length(min = 1, max = 2000))]
    pub text: String,
}

/// An answer. Has no `Debug`: it is about somebody.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reply {
    /// What was answered.
    pub answer: Answered,
    /// In words.
    #[serde(default)]
    pub words: String,
    /// How it came.
    #[serde(default)]
    pub via: Via,
    /// When.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub at: Timestamp,
}

/// A referral. Has no `Debug`: it is about somebody.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Referral {
    /// Who is referred.
    pub person: PersonId,
    /// The need it comes from.
    #[serde(default)]
    pub need: Option<NeedId>,
    /// The request it comes from.
    #[serde(default)]
    pub request: Option<RequestId>,
    /// What it is about.
    #[serde(default)]
    pub code: Code,
    /// To which organisation.
    pub organisation: OrganisationId,
    /// For which of its services.
    #[serde(default)]
    pub service: Option<ServiceId>,
    /// The consent that it rests on.
    pub consent: ConsentId,
    /// What the partner is told; fixed for ever.
    #[serde(default)]
    #[schemars(length(max = 30))]
    pub told: Vec<Told>,
    /// Who follows it up; whoever sent it where none is given.
    #[serde(default)]
    pub owner: Option<AccountId>,
    /// By when an answer is expected.
    #[schemars(with = "String", extend("format" = "date"))]
    pub due: Date,
    /// Where it stands.
    #[serde(default)]
    pub status: Status,
    /// What was answered, in order.
    #[serde(default)]
    pub replies: Vec<Reply>,
    /// When the last answer was entered.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub answered_on: Option<Date>,
    /// Why it was given up or taken back.
    #[serde(default)]
    pub closed_why: String,
    /// The request that sees to what follows.
    #[serde(default)]
    pub follow_up: Option<RequestId>,
    /// What is kept of the partner's link.
    #[serde(default)]
    pub link: Option<Link>,
}

/// What a referral's own commands did.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ReferralEvent {
    /// The partner has a link.
    Opened {
        /// What is kept of it.
        #[serde(default)]
        link: Option<Link>,
    },
    /// The partner answered.
    Answered {
        /// Where it stands now.
        status: Status,
        /// All answers.
        #[serde(default)]
        replies: Vec<Reply>,
        /// When this one was entered.
        answered_on: Option<Date>,
    },
    /// It was closed without an answer, or goes on.
    Closed {
        /// Where it stands now.
        status: Status,
        /// Why.
        #[serde(default)]
        closed_why: String,
    },
    /// A request sees to what follows.
    Followed {
        /// The request.
        follow_up: Option<RequestId>,
    },
}

/// Referrals by where they stand and by whom they concern; `link` is the hash that a token is found by.
pub static REFERRAL_ROW: TableDef = TableDef::index(
    "referral_row",
    &[
        ("site", Column::Text),
        ("referral", Column::Text),
        ("no", Column::Int),
        ("status", Column::Text),
        ("due", Column::Text),
        ("person", Column::Text),
        ("need", Column::Text),
        ("request", Column::Text),
        ("organisation", Column::Text),
        ("consent", Column::Text),
        ("owner", Column::Text),
        ("slip", Column::Text),
        ("link", Column::Text),
        ("sent", Column::Int),
        ("made_by", Column::Text),
    ],
    2,
);

impl Referral {
    /// What leaves the house rests on a consent that is in force, is about this person, allows this organisation, and
    /// covers every entry of the packet.
    fn check_consent(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        let refused = || Refusal::new(&faults::CONSENT).at("consent");
        let given = situation.links.held(self.consent).and_then(Given::read).ok_or_else(refused)?;
        let holds = given.in_force(situation.today, Purpose::Referral)
            && given.person == self.person
            && given.allows(self.organisation);
        if !holds {
            return Err(refused());
        }
        match self.told.iter().find(|told| !given.covers(told.group)) {
            None => Ok(()),
            Some(told) => Err(Refusal::new(&faults::NOT_COVERED).with("group", told.group.code()).at("told")),
        }
    }

    fn check_told(&self) -> Result<(), Refusal> {
        if self.told.is_empty() || self.told.iter().any(|told| told.text.trim().is_empty()) {
            return Err(Refusal::new(&faults::TELLS_NOTHING).at("told"));
        }
        if self.told.len() > MOST {
            return Err(Refusal::new(&faults::TELLS_MUCH).with("limit", MOST).at("told"));
        }
        self.told.iter().try_for_each(|told| text("told", &told.text, 2000))
    }
}

impl Record for Referral {
    const NOUN: &'static str = "referral";
    const FIELDS: &'static [Field] = &[
        Field::new("person", Label::Plain).fixed(),
        Field::new("need", Label::Plain).fixed(),
        Field::new("request", Label::Plain).fixed(),
        Field::new("code", Label::Plain).fixed(),
        Field::new("organisation", Label::Plain).fixed(),
        Field::new("service", Label::Plain).fixed(),
        Field::new("consent", Label::Plain).fixed(),
        Field::new("told", Label::Health).fixed(),
        Field::new("owner", Label::Plain),
        Field::new("due", Label::Plain),
        Field::new("status", Label::Plain).own(),
        Field::new("replies", Label::Health).own(),
        Field::new("answered_on", Label::Plain).own(),
        Field::new("closed_why", Label::Health).own(),
        Field::new("follow_up", Label::Plain).own(),
        Field::new("link", Label::Sealed).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&REFERRAL_ROW];
    type Event = ReferralEvent;

    fn apply(&mut self, event: ReferralEvent) {
        match event {
            ReferralEvent::Opened { link } => self.link = link,
            ReferralEvent::Answered { status, replies, answered_on } => {
                self.status = status;
                self.replies = replies;
                self.answered_on = answered_on;
            }
            ReferralEvent::Closed { status, closed_why } => {
                self.status = status;
                self.closed_why = closed_why;
            }
            ReferralEvent::Followed { follow_up } => self.follow_up = follow_up,
        }
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        for reply in &self.replies {
            text("words", &reply.words, 2000)?;
        }
        if self.due < DAYS.0 || self.due > DAYS.1 {
            let refusal = Refusal::new(&faults::DUE).with("first", DAYS.0).with("last", DAYS.1);
            return Err(refusal.at("due"));
        }
        let sending = situation.verb == "referral.send";
        if sending {
            self.check_told()?;
        }
        // What the house notes for itself later needs no consent; what goes to the partner or comes by its link does.
        if sending || situation.actor.role == Role::Partner {
            self.check_consent(situation)?;
        }
        Ok(())
    }

    fn subject(&self, _: Id) -> Id {
        self.person.0
    }

    fn links(&self) -> Vec<kernel::Link> {
        let to = |noun, id: Id| kernel::Link::to(noun, id);
        let mut links = vec![
            to("person", self.person.0),
            to("organisation", self.organisation.0),
            to("consent", self.consent.0),
        ];
        links.extend(self.need.map(|id| to("need", id.0)));
        links.extend(self.request.map(|id| to("request", id.0)));
        links.extend(self.service.map(|id| to("service", id.0)));
        links.extend(self.owner.map(|id| to("account", id.0)));
        links
    }

    fn within(&self) -> Vec<Id> {
        let need = self.need.map(|id| id.0);
        let request = self.request.map(|id| id.0);
        std::iter::once(self.person.0).chain(need).chain(request).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.status.code().into(),
            self.due.to_string().into(),
            self.person.0.into(),
            self.need.map(|id| id.0).into(),
            self.request.map(|id| id.0).into(),
            self.organisation.0.into(),
            self.consent.0.into(),
            self.owner.unwrap_or(meta.made_by).into(),
            slip(meta.id).into(),
            self.link.as_ref().map(|link| link.token.clone()).into(),
            meta.created.as_microsecond().into(),
            meta.made_by.into(),
        ];
        vec![IndexRow { table: &REFERRAL_ROW, values }]
    }
}
