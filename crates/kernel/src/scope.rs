//! Scope expressions with two readings, in memory and in SQL; a property test in `journal` shows that they agree.

use std::collections::HashSet;
use std::fmt::Write;

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

impl Scope {
    /// The reading in memory. `assigned` holds what is assigned to an account.
    pub fn admits(&self, facts: &Facts, assigned: &dyn Fn(AccountId) -> HashSet<Id>) -> bool {
        match self {
            Self::All => true,
            Self::Nothing => false,
            Self::Is(id) => facts.id == *id,
            Self::AssignedTo(account) => {
                let mine = assigned(*account);
                facts.within.iter().any(|id| mine.contains(id))
            }
            Self::MadeBy(account) => facts.made_by == *account,
            Self::Names(id) => facts.within.contains(id),
            Self::Any(parts) => parts.iter().any(|part| part.admits(facts, assigned)),
            Self::Every(parts) => parts.iter().all(|part| part.admits(facts, assigned)),
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
                let ways: Vec<String> =
                    columns.within.iter().map(|column| format!("{column} = {named}")).collect();
                if ways.is_empty() { "1 = 0".into() } else { format!("({})", ways.join(" OR ")) }
            }
            Self::AssignedTo(account) => {
                let who = bind(values, account.0);
                let mut ways = String::new();
                for column in columns.within {
                    if !ways.is_empty() {
                        ways.push_str(" OR ");
                    }
                    let _ = write!(
                        ways,
                        "EXISTS (SELECT 1 FROM assigned WHERE assigned.site = {} AND assigned.account = {who} \
                         AND assigned.record = {column})",
                        columns.site
                    );
                }
                if ways.is_empty() { "1 = 0".into() } else { format!("({ways})") }
            }
            Self::Any(parts) => joined(parts, " OR ", "1 = 0", columns, values),
            Self::Every(parts) => joined(parts, " AND ", "1 = 1", columns, values),
        }
    }
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
