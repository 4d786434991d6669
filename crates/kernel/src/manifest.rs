//! Manifests: what each context brings, one line per command, and the registry of all of them.

use std::collections::HashMap;

use crate::access::{Actor, Role, Use, scope};
use crate::command::CommandDef;
use crate::ids::{AccountId, Id, SiteId};
use crate::label::Label;
use crate::problem::ProblemDef;
use crate::record::{RecordDef, TableDef};
use crate::rollup::Rollups;

/// A statement that a context reads by; a test prepares every one on both databases. Parameters are `$1`, `$2`, ….
#[derive(Debug)]
pub struct Sql {
    /// `context.purpose`, for logs and the test.
    pub name: &'static str,
    /// Portable SQL.
    pub text: &'static str,
}

/// One migration, written for both databases under the same name.
#[derive(Debug)]
pub struct Migration {
    /// Order and name, such as `010_people`.
    pub name: &'static str,
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

/// What a context brings.
pub struct Manifest {
    /// The context's name: its crate and its folder in the web app.
    pub context: &'static str,
    /// Its kinds of record.
    pub records: Vec<RecordDef>,
    /// Its verbs.
    pub commands: Vec<CommandDef>,
    /// Its reading statements.
    pub statements: Vec<&'static Sql>,
    /// Operational tables it writes besides its records' index tables.
    pub tables: Vec<&'static TableDef>,
    /// What it lets the pipeline roll up.
    pub rollups: Rollups,
    /// Its migrations.
    pub migrations: &'static [Migration],
    /// Its problems.
    pub problems: &'static [&'static ProblemDef],
}

/// Every context's manifest, looked up by name.
pub struct Registry {
    manifests: Vec<Manifest>,
    records: HashMap<&'static str, &'static RecordDef>,
    commands: HashMap<&'static str, CommandDef>,
}

impl Registry {
    /// The registry of these manifests.
    ///
    /// # Panics
    /// When two lines claim the same noun or verb: a mistake in the program, found by its first test.
    pub fn new(manifests: Vec<Manifest>) -> Self {
        let mut records = HashMap::new();
        let mut commands = HashMap::new();
        for manifest in &manifests {
            for record in &manifest.records {
                let record: &'static RecordDef = Box::leak(Box::new(*record));
                assert!(records.insert(record.noun, record).is_none(), "two records named {}", record.noun);
            }
            for command in &manifest.commands {
                let noun = command.verb.split('.').next();
                assert_eq!(noun, Some(command.noun), "the verb {} must start with its noun", command.verb);
                assert!(commands.insert(command.verb, *command).is_none(), "two verbs {}", command.verb);
            }
        }
        Self { manifests, records, commands }
    }

    /// The manifests in order.
    pub fn manifests(&self) -> &[Manifest] {
        &self.manifests
    }

    /// A kind of record by its noun.
    pub fn record(&self, noun: &str) -> Option<&'static RecordDef> {
        self.records.get(noun).copied()
    }

    /// A verb.
    pub fn command(&self, verb: &str) -> Option<&CommandDef> {
        self.commands.get(verb)
    }

    /// Every verb, sorted.
    pub fn verbs(&self) -> Vec<&CommandDef> {
        let mut all: Vec<_> = self.commands.values().collect();
        all.sort_by_key(|command| command.verb);
        all
    }

    /// Every table the pipeline writes, once.
    pub fn tables(&self) -> Vec<&'static TableDef> {
        let mut tables: Vec<&'static TableDef> = Vec::new();
        for manifest in &self.manifests {
            let own = manifest.records.iter().flat_map(|record| record.tables.iter().copied());
            let rolled = manifest.rollups.tables();
            for table in own.chain(manifest.tables.iter().copied()).chain(rolled) {
                if !tables.iter().any(|known| known.name == table.name) {
                    tables.push(table);
                }
            }
        }
        tables
    }

    /// What the pipeline rolls up.
    pub fn rollups(&self) -> impl Iterator<Item = &Rollups> {
        self.manifests.iter().map(|manifest| &manifest.rollups)
    }

    /// The permission grid as text, for `goldens/permissions.txt`: who may do what, who reads which label.
    pub fn permission_grid(&self) -> String {
        let header: String = Role::ALL.iter().map(|role| cell(role.name(), 13)).collect();
        let mut lines = vec![format!("{}{header}reason offline", cell("verb", 28))];
        for command in self.verbs() {
            let roles: String =
                Role::ALL.iter().map(|role| cell(yes(command.roles.has(*role)), 13)).collect();
            let flags = cell(yes(command.reason), 7) + yes(command.offline);
            lines.push(format!("{}{roles}{flags}", cell(command.verb, 28)));
        }
        lines.push(String::new());
        lines.push(format!("{}{header}", cell("reads label (in scope)", 28)));
        for label in Label::ALL {
            let roles: String =
                Role::ALL.iter().map(|role| cell(yes(label.readable_by(*role)), 13)).collect();
            lines.push(format!("{}{roles}", cell(&format!("{label:?}").to_lowercase(), 28)));
        }
        lines.push(String::new());
        lines.extend(reaches());
        lines.iter().map(|line| line.trim_end().to_owned() + "\n").collect()
    }
}

/// Which people each role reaches: all, those given (assigned) to it, those it made, those on a roll.
fn reaches() -> Vec<String> {
    let wide = |words: &str| cell(words, 17);
    let header: String = Role::ALL.iter().map(|role| wide(role.name())).collect();
    let mut lines = vec![format!("{}{header}", cell("reach (roll: name and mark)", 28))];
    for noun in ["person", "household", "activity"] {
        for (words, why) in [("", Use::Read), (" by a roll", Use::Roll(Id::default()))] {
            let reach = |role: &Role| {
                let actor = Actor { account: AccountId::default(), role: *role, site: SiteId::default() };
                wide(&scope(&actor, noun, why).words())
            };
            let roles: String = Role::ALL.iter().map(reach).collect();
            lines.push(format!("{}{roles}", cell(&format!("{noun}{words}"), 28)));
        }
    }
    lines
}

fn cell(text: &str, width: usize) -> String {
    format!("{text:<width$}")
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "-" }
}
