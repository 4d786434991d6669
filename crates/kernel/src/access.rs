//! Roles, actors and the one function that says which records an actor may reach.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::held::Held;
use crate::ids::{AccountId, Id, SiteId};
use crate::label::Label;
use crate::record::Opened;
use crate::scope::Scope;

/// What somebody is at a site. The permission grid under `goldens/` is generated from these and the manifests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the site: everything, sealed fields included.
    Manager,
    /// Social worker: everybody at the site.
    Worker,
    /// Volunteer: only what was assigned.
    Volunteer,
    /// Coordinator of several sites: totals, never people.
    Coordinator,
    /// Auditor: the journal and the access log.
    Auditor,
    /// Operator: runs the node, reads no people.
    Operator,
    /// A partner organisation that holds the link of one referral. It has no account and never logs in: its actor's
    /// account is the referral's own id, so that no data from outside names this role.
    #[serde(skip)]
    Partner,
}

impl Role {
    /// Every role, in the order of the golden grid.
    pub const ALL: [Self; 7] = [
        Self::Manager,
        Self::Worker,
        Self::Volunteer,
        Self::Coordinator,
        Self::Auditor,
        Self::Operator,
        Self::Partner,
    ];

    /// The role's name in JSON and in the grid.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Worker => "worker",
            Self::Volunteer => "volunteer",
            Self::Coordinator => "coordinator",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
            Self::Partner => "partner",
        }
    }

    /// The role of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of roles, as a manifest line or a reading route names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles(u8);

impl Roles {
    /// Nobody but the system itself.
    pub const NOBODY: Self = Self(0);
    /// Site manager only.
    pub const MANAGER: Self = Self::of(&[Role::Manager]);
    /// Those who work with people: manager and social workers.
    pub const STAFF: Self = Self::of(&[Role::Manager, Role::Worker]);
    /// Staff, and volunteers for what was assigned to them.
    pub const HELPERS: Self = Self::of(&[Role::Manager, Role::Worker, Role::Volunteer]);
    /// Staff, and the partner who holds a referral's link.
    pub const PARTNERS: Self = Self::of(&[Role::Manager, Role::Worker, Role::Partner]);
    /// Everybody with an account.
    pub const ANYBODY: Self = Self::of(&[
        Role::Manager,
        Role::Worker,
        Role::Volunteer,
        Role::Coordinator,
        Role::Auditor,
        Role::Operator,
    ]);

    /// The set of these roles.
    pub const fn of(roles: &[Role]) -> Self {
        let mut bits = 0;
        let mut at = 0;
        while at < roles.len() {
            bits |= 1 << roles[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the role is among them.
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }
}

/// Who acts, at which site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account; the system's own work (imports, restores) runs as the account that started it, a partner's answer
    /// as the referral whose link it holds.
    pub account: AccountId,
    /// The role at this site.
    pub role: Role,
    /// The site.
    pub site: SiteId,
}

/// What reading is for. The same actor may count what it may not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Use {
    /// Show, list, search, export, sync: records one by one.
    Read,
    /// Totals only, small cells suppressed.
    Count,
    /// Change by a command.
    Write,
    /// See the name of somebody on the roll of this session, and mark them there. Nothing else is read by it, but that the
    /// session is one of its activity.
    Roll(Id),
}

/// Stands among what a record belongs to where those who own it have opened it to the staff.
pub const TO_STAFF: Id = Id(0x57AFF);

/// Notes of circles: those who were members when a note was written, and the staff where one of them shared it. The
/// manager is no exception.
fn circle_note(actor: &Actor, why: Use) -> Scope {
    let own = Scope::Names(actor.account.0);
    match (actor.role, why) {
        (Role::Manager | Role::Worker, Use::Read) => Scope::Any(vec![own, Scope::Names(TO_STAFF)]),
        (Role::Manager | Role::Worker | Role::Volunteer, Use::Read | Use::Write) => own,
        _ => Scope::Nothing,
    }
}

/// Photos and recordings: those that a community keeps to itself are their readers', the manager no exception; the staff
/// reach the others and what is published, volunteers of these what they made or were entrusted with.
fn work(actor: &Actor, why: Use) -> Scope {
    let own = Scope::Names(actor.account.0);
    let open = Scope::Names(TO_STAFF);
    match (actor.role, why) {
        (Role::Manager | Role::Worker, Use::Read | Use::Write) => Scope::Any(vec![own, open]),
        (Role::Volunteer, Use::Read | Use::Write) => {
            let mine = Scope::Any(vec![Scope::AssignedTo(actor.account), Scope::MadeBy(actor.account)]);
            Scope::Any(vec![own, Scope::Every(vec![open, mine])])
        }
        _ => Scope::Nothing,
    }
}

/// Which records of `noun` the actor may reach for this use. **The** scope function: lists, search, counts,
/// exports, sync and commands all ask here, and nowhere else is it decided.
pub fn scope(actor: &Actor, noun: &str, why: Use) -> Scope {
    let own = || Scope::Is(actor.account.0);
    match (actor.role, noun, why) {
        (Role::Partner, "referral", Use::Read | Use::Write) => own(),
        (Role::Partner, ..) => Scope::Nothing,
        (_, "circle_note", _) => circle_note(actor, why),
        (_, "work", _) => work(actor, why),
        (Role::Manager, _, _) | (Role::Operator, "account" | "site", _) => Scope::All,
        (_, "account", Use::Read | Use::Write) => own(),
        (_, "site" | "place" | "activity_kind" | "need_tag", Use::Read)
        | (Role::Volunteer, "organisation" | "service", Use::Read)
        | (Role::Worker, _, _)
        | (Role::Coordinator, _, Use::Count) => Scope::All,
        (Role::Volunteer, "circle" | "trip_day", Use::Read | Use::Write) => Scope::Any(vec![
            Scope::AssignedTo(actor.account),
            Scope::MadeBy(actor.account),
            Scope::Names(actor.account.0),
        ]),
        (Role::Volunteer, "person" | "household" | "activity", Use::Roll(session)) => Scope::Any(vec![
            Scope::AssignedTo(actor.account),
            Scope::MadeBy(actor.account),
            Scope::OnRoll(actor.account, session),
        ]),
        (Role::Volunteer, "place", Use::Write) | (Role::Volunteer, _, Use::Read | Use::Write) => {
            Scope::Any(vec![Scope::AssignedTo(actor.account), Scope::MadeBy(actor.account)])
        }
        _ => Scope::Nothing,
    }
}

/// Whether the actor may read a field with this label of a record that is in its scope. **The** function for that: pages,
/// exports and amendments ask here. Sealed fields are their author's and the manager's, and those colleagues' to whom
/// the author opened them.
pub fn reads(actor: &Actor, held: &Held, label: Label) -> bool {
    if label.readable_by(actor.role) {
        return true;
    }
    let helper = matches!(actor.role, Role::Worker | Role::Volunteer);
    label == Label::Sealed
        && helper
        && (held.meta.made_by == actor.account
            || match held.state.opened() {
                Opened::Nobody => false,
                Opened::Named(colleagues) => colleagues.contains(&actor.account),
                Opened::Team => actor.role == Role::Worker,
            })
}

/// Whether the actor may read what a field with this label said in the past. What stood in a sealed field before it was
/// opened stays its author's and the manager's.
pub fn reads_past(actor: &Actor, held: &Held, label: Label) -> bool {
    label.readable_by(actor.role) || (label == Label::Sealed && held.meta.made_by == actor.account)
}

/// What the scope expression is read against, for one record.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The record itself.
    pub id: Id,
    /// Who made the record.
    pub made_by: AccountId,
    /// The records through which an assignment reaches this one: itself, its person, its activity.
    pub within: Vec<Id>,
}
