//! Scope expressions with two readings, in memory and in SQL; a property test in `journal` shows that they agree.

use std::collections::HashSet;

use crate::access::Facts;
use crate::ids::{AccountId, Id};
use crate::record::Val;

/// Which records may be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every record of the site.
    All,
    /// None: the actor is told 404.
    Nothing,
    /// Only this record.
    Is(Id),
    /// Those assigned to the account, themselves or through what they belong to.
    AssignedTo(AccountId),
    /// Those the account made.
    MadeBy(AccountId),
    /// Those that name this id themselves among what they belong to: an account, or the staff.
    Names(Id),
    /// Those that the roll of this session offers, while the session or its activity is assigned to the account. What a
    /// roll offers is told by the context of activities, as rows of `on_roll`.
    OnRoll(AccountId, Id),
    /// Those in any of these.
    Any(Vec<Scope>),
    /// Those in all of these.
    Every(Vec<Scope>),
}

/// The columns of a statement that the SQL reading speaks of.
#[derive(Clone, Copy, Debug)]
pub struct ScopeColumns<'a> {
    /// Column of the site.
    pub site: &'a str,
    /// Column of the record's id.
    pub id: &'a str,
    /// Column of the account that made the record.
    pub made_by: &'a str,
    /// Columns of the ids through which an assignment reaches the record, the id itself among them.
    pub within: &'a [&'a str],
}

/// What the roll of a session offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// The session's activity; none where there is no such session.
    pub activity: Option<Id>,
    /// Persons and households: those who signed up, who come regularly, who are on it, who are invited; the activity.
    pub records: HashSet<Id>,
}

/// What the reading in memory asks for.
pub trait Reach {
    /// What is assigned to an account.
    fn assigned(&self, account: AccountId) -> HashSet<Id>;
    /// What the roll of a session offers.
    fn offered(&self, session: Id) -> Offered;
}

impl Scope {
    /// The reading in memory.
    pub fn admits(&self, facts: &Facts, reach: &dyn Reach) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::Is(id) => facts.id == *id,
            Self::AssignedTo(account) => {
                let mine = reach.assigned(*account);
                facts.within.iter().any(|id| mine.contains(id))
            }
            Self::OnRoll(account, session) => {
                let mine = reach.assigned(*account);
                let offered = reach.offered(*session);
                let entrusted =
                    mine.contains(session) || offered.activity.is_some_and(|id| mine.contains(&id));
                entrusted && facts.within.iter().any(|id| offered.records.contains(id))
            }
            Self::MadeBy(account) => facts.made_by == *account,
            Self::Names(id) => facts.within.contains(id),
            Self::Any(parts) => parts.iter().any(|part| part.admits(facts, reach)),
            Self::Every(parts) => parts.iter().all(|part| part.admits(facts, reach)),
        }
    }

    /// The reading in SQL: a condition over `columns`; values are appended to `values` and named `$n` by their place.
    pub fn sql(&self, columns: &ScopeColumns<'_>, values: &mut Vec<Val>) -> String {
        match self {
            Self::All => "1 = 1".into(),
            Self::Nothing => "1 = 0".into(),
            Self::Is(id) => format!("{} = {}", columns.id, bind(values, *id)),
            Self::MadeBy(account) => format!("{} = {}", columns.made_by, bind(values, account.0)),
            Self::Names(id) => {
                let named = bind(values, *id);
                either(&columns.within.iter().map(|column| format!("{column} = {named}")).collect::<Vec<_>>())
            }
            Self::AssignedTo(account) => {
                let who = bind(values, account.0);
                let ways = columns.within.iter().map(|column| {
                    format!(
                        "EXISTS (SELECT 1 FROM assigned WHERE assigned.site = {} AND assigned.account = {who} \
                         AND assigned.record = {column})",
                        columns.site
                    )
                });
                either(&ways.collect::<Vec<_>>())
            }
            Self::OnRoll(account, session) => {
                let (who, at) = (bind(values, account.0), bind(values, *session));
                let ways = columns.within.iter().map(|column| {
                    format!(
                        "EXISTS (SELECT 1 FROM on_roll o JOIN assigned a ON a.site = o.site \
                         AND (a.record = o.session OR a.record = o.activity) \
                         WHERE o.site = {} AND o.session = {at} AND o.record = {column} AND a.account = {who})",
                        columns.site
                    )
                });
                either(&ways.collect::<Vec<_>>())
            }
            Self::Any(parts) => joined(parts, " OR ", "1 = 0", columns, values),
            Self::Every(parts) => joined(parts, " AND ", "1 = 1", columns, values),
        }
    }

    /// In few words, for the permission grid.
    pub fn words(&self) -> String {
        let all = |parts: &[Self], sign: &str| parts.iter().map(Self::words).collect::<Vec<_>>().join(sign);
        match self {
            Self::All => "all".into(),
            Self::Nothing => "-".into(),
            Self::Is(_) => "self".into(),
            Self::AssignedTo(_) => "given".into(),
            Self::MadeBy(_) => "made".into(),
            Self::Names(_) => "named".into(),
            Self::OnRoll(..) => "roll".into(),
            Self::Any(parts) => all(parts, "+"),
            Self::Every(parts) => all(parts, "&"),
        }
    }
}

fn either(ways: &[String]) -> String {
    if ways.is_empty() { "1 = 0".into() } else { format!("({})", ways.join(" OR ")) }
}

fn bind(values: &mut Vec<Val>, id: Id) -> String {
    values.push(Val::from(id));
    format!("${}", values.len())
}

fn joined(
    parts: &[Scope],
    word: &str,
    empty: &str,
    columns: &ScopeColumns<'_>,
    values: &mut Vec<Val>,
) -> String {
    if parts.is_empty() {
        return empty.into();
    }
    let parts: Vec<_> = parts.iter().map(|part| part.sql(columns, values)).collect();
    format!("({})", parts.join(word))
}
