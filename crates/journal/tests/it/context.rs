//! A context for the tests: a person with private fields, and what is assigned.

use std::sync::OnceLock;

use kernel::{
    Command, CommandDef, Field, Id, IndexRow, Label, Link, Manifest, Meta, Migration, NoEvent, PersonId,
    Record, RecordDef, Refusal, Registry, Roles, Situation, TableDef, Val,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

kernel::problems! {
    /// A test's own rule.
    NAMELESS = "SK-9001" 422 zh "没有姓名" "请填写姓名。" en "No name" "Give a name.";
}

pub static PERSON_ROW: TableDef = TableDef::index(
    "t_person",
    &[("site", kernel::Column::Text), ("person", kernel::Column::Text), ("name", kernel::Column::Text)],
    2,
);

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Human {
    pub name: String,
    pub phone: Option<String>,
    pub sex: String,
    pub tags: Vec<String>,
    pub wishes: i64,
    pub length: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum HumanEvent {
    Wished { wishes: i64 },
}

impl Record for Human {
    const NOUN: &'static str = "human";
    const FIELDS: &'static [Field] = &[
        Field::new("name", Label::Identity),
        Field::new("phone", Label::Contact),
        Field::new("sex", Label::Plain),
        Field::new("tags", Label::Plain).union(),
        Field::new("wishes", Label::Plain).own(),
        Field::new("length", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&PERSON_ROW];
    type Event = HumanEvent;

    fn apply(&mut self, event: HumanEvent) {
        let HumanEvent::Wished { wishes } = event;
        self.wishes = wishes;
    }

    fn normalise(&mut self) {
        self.length = self.name.chars().count() as i64;
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        if self.name.is_empty() { Err(Refusal::new(&NAMELESS).at("name")) } else { Ok(()) }
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        if meta.erased {
            return Vec::new();
        }
        let values = vec![meta.site.into(), meta.id.into(), Val::from(self.name.as_str())];
        vec![IndexRow { table: &PERSON_ROW, values }]
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Wish {
    pub more: i64,
}

impl Command for Wish {
    type Record = Human;
    const VERB: &'static str = "human.wish";

    fn decide(self, state: &Human, _: &Situation<'_>) -> Result<Vec<HumanEvent>, Refusal> {
        Ok(vec![HumanEvent::Wished { wishes: state.wishes + self.more }])
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Letter {
    pub human: PersonId,
    pub words: String,
}

impl Record for Letter {
    const NOUN: &'static str = "letter";
    const FIELDS: &'static [Field] =
        &[Field::new("human", Label::Plain).fixed(), Field::new("words", Label::Identity)];
    const FOLLOWS_SUBJECT: bool = false;
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn subject(&self, _: Id) -> Id {
        self.human.0
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::to("human", self.human)]
    }

    fn within(&self) -> Vec<Id> {
        vec![self.human.0]
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Assignment {
    pub account: kernel::AccountId,
    pub record: Id,
}

pub static ASSIGNED: TableDef = TableDef::index(
    "assigned",
    &[("site", kernel::Column::Text), ("account", kernel::Column::Text), ("record", kernel::Column::Text)],
    3,
);

impl Record for Assignment {
    const NOUN: &'static str = "assignment";
    const FIELDS: &'static [Field] =
        &[Field::new("account", Label::Plain), Field::new("record", Label::Plain)];
    const TABLES: &'static [&'static TableDef] = &[&ASSIGNED];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![meta.site.into(), self.account.into(), self.record.into()];
        vec![IndexRow { table: &ASSIGNED, values }]
    }
}

const SQLITE: &str = "CREATE TABLE t_person (site TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL, \
    PRIMARY KEY (site, person)) STRICT, WITHOUT ROWID; \
    CREATE TABLE assigned (site TEXT NOT NULL, account TEXT NOT NULL, record TEXT NOT NULL, \
    PRIMARY KEY (site, account, record)) STRICT, WITHOUT ROWID;";
const POSTGRES: &str = "CREATE TABLE t_person (site TEXT COLLATE \"C\", person TEXT COLLATE \"C\", \
    name TEXT COLLATE \"C\" NOT NULL, PRIMARY KEY (site, person)); \
    CREATE TABLE assigned (site TEXT COLLATE \"C\", account TEXT COLLATE \"C\", record TEXT COLLATE \"C\", \
    PRIMARY KEY (site, account, record));";

static MIGRATIONS: &[Migration] = &[Migration { name: "900_tests", sqlite: SQLITE, postgres: POSTGRES }];

pub fn registry() -> &'static Registry {
    static REGISTRY: OnceLock<Registry> = OnceLock::new();
    REGISTRY.get_or_init(|| {
        Registry::new(vec![Manifest {
            context: "tests",
            records: vec![RecordDef::of::<Human>(), RecordDef::of::<Letter>(), RecordDef::of::<Assignment>()],
            commands: vec![
                CommandDef::create::<Human>("human.create").by(Roles::HELPERS),
                CommandDef::amend::<Human>("human.amend").by(Roles::HELPERS),
                CommandDef::settle::<Human>("human.settle").by(Roles::STAFF),
                CommandDef::retract::<Human>("human.retract").by(Roles::STAFF).with_reason(),
                CommandDef::restore::<Human>("human.restore").by(Roles::STAFF),
                CommandDef::erase::<Human>("human.erase").by(Roles::MANAGER).with_reason(),
                CommandDef::own::<Wish>().by(Roles::HELPERS),
                CommandDef::create::<Letter>("letter.write").by(Roles::HELPERS),
                CommandDef::retract::<Letter>("letter.burn").by(Roles::STAFF),
                CommandDef::create::<Assignment>("assignment.give").by(Roles::STAFF),
                CommandDef::retract::<Assignment>("assignment.take").by(Roles::STAFF),
            ],
            statements: Vec::new(),
            tables: Vec::new(),
            rollups: kernel::Rollups::NONE,
            migrations: MIGRATIONS,
            problems: PROBLEMS,
        }])
    })
}
