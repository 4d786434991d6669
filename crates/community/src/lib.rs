//! What people come to: activities, their sessions, who means to come, and the roll of who took part.
//!
//! An activity is of a kind, is held once or by a rule, and its sessions are made from that. A sign-up takes its turn in
//! line; who has a place follows from the line and is stored nowhere. A feast has its dishes, one per household.
//!
//! A roll counts four things that are never added up wrongly: a person, a household (no person is counted for it), a
//! nickname and a tally of people nobody named. Who was a nickname or one of a tally can be claimed later; no total
//! changes by that.

pub mod activity;
pub mod care;
pub mod circle;
pub mod dish;
pub mod faults;
pub mod kind;
pub mod making;
pub mod mixing;
pub mod participation;
pub mod public;
pub mod session;
pub mod signup;
pub mod staying;
pub mod time;
pub mod trip;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use activity::Activity;
pub use care::{Care, CareNote, PickupPermission};
pub use circle::{Circle, CircleNote};
pub use dish::Dish;
pub use kind::ActivityKind;
pub use participation::Participation;
pub use session::Session;
pub use signup::SignUp;
pub use staying::{FestivalMeal, FestivalStay};
pub use trip::TripDay;

const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "300_community",
        sqlite: include_str!("../migrations/sqlite/300_community.sql"),
        postgres: include_str!("../migrations/postgres/300_community.sql"),
    },
    Migration {
        name: "301_gatherings",
        sqlite: include_str!("../migrations/sqlite/301_gatherings.sql"),
        postgres: include_str!("../migrations/postgres/301_gatherings.sql"),
    },
    Migration {
        name: "302_care",
        sqlite: include_str!("../migrations/sqlite/302_care.sql"),
        postgres: include_str!("../migrations/postgres/302_care.sql"),
    },
    Migration {
        name: "303_trip",
        sqlite: include_str!("../migrations/sqlite/303_trip.sql"),
        postgres: include_str!("../migrations/postgres/303_trip.sql"),
    },
    Migration {
        name: "304_circle",
        sqlite: include_str!("../migrations/sqlite/304_circle.sql"),
        postgres: include_str!("../migrations/postgres/304_circle.sql"),
    },
    Migration {
        name: "305_staying",
        sqlite: include_str!("../migrations/sqlite/305_staying.sql"),
        postgres: include_str!("../migrations/postgres/305_staying.sql"),
    },
    Migration {
        name: "306_roll",
        sqlite: include_str!("../migrations/sqlite/306_roll.sql"),
        postgres: include_str!("../migrations/postgres/306_roll.sql"),
    },
    Migration {
        name: "307_marks",
        sqlite: include_str!("../migrations/sqlite/307_marks.sql"),
        postgres: include_str!("../migrations/postgres/307_marks.sql"),
    },
];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "community",
        records: vec![
            RecordDef::of::<Activity>(),
            RecordDef::of::<Session>(),
            RecordDef::of::<Participation>(),
            RecordDef::of::<ActivityKind>(),
            RecordDef::of::<SignUp>(),
            RecordDef::of::<Dish>(),
            RecordDef::of::<PickupPermission>(),
            RecordDef::of::<CareNote>(),
            RecordDef::of::<Care>(),
            RecordDef::of::<TripDay>(),
            RecordDef::of::<Circle>(),
            RecordDef::of::<CircleNote>(),
            RecordDef::of::<FestivalStay>(),
            RecordDef::of::<FestivalMeal>(),
        ],
        commands: [activities(), sessions(), rolls(), signups(), cares(), trips(), circles(), stays()]
            .concat(),
        statements: [
            activity::queries::STATEMENTS,
            session::queries::STATEMENTS,
            kind::queries::STATEMENTS,
            signup::queries::STATEMENTS,
            dish::queries::STATEMENTS,
            care::queries::STATEMENTS,
            trip::queries::STATEMENTS,
            circle::queries::STATEMENTS,
            staying::queries::STATEMENTS,
            making::queries::STATEMENTS,
            mixing::queries::STATEMENTS,
            public::queries::STATEMENTS,
        ]
        .concat(),
        tables: Vec::new(),
        rollups: kernel::Rollups::NONE,
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}

fn activities() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<Activity>("activity.create").by(Roles::STAFF).works_offline(),
        CommandDef::amend::<Activity>("activity.amend").by(Roles::STAFF).works_offline(),
        CommandDef::settle::<Activity>("activity.settle").by(Roles::STAFF),
        CommandDef::retract::<Activity>("activity.retract").by(Roles::STAFF).with_reason(),
        CommandDef::restore::<Activity>("activity.restore").by(Roles::STAFF),
        CommandDef::own::<activity::Arrange>().by(Roles::STAFF),
        CommandDef::create::<ActivityKind>("activity_kind.create").by(Roles::STAFF),
        CommandDef::amend::<ActivityKind>("activity_kind.amend").by(Roles::STAFF),
        CommandDef::settle::<ActivityKind>("activity_kind.settle").by(Roles::STAFF),
    ]
}

fn sessions() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<Session>("session.create").by(Roles::HELPERS).works_offline(),
        CommandDef::amend::<Session>("session.amend").by(Roles::HELPERS).works_offline(),
        CommandDef::settle::<Session>("session.settle").by(Roles::HELPERS),
        CommandDef::own::<session::Move>().by(Roles::STAFF).works_offline(),
        CommandDef::own::<session::Cancel>().by(Roles::STAFF).works_offline(),
        CommandDef::own::<session::Revive>().by(Roles::STAFF).works_offline(),
        CommandDef::own::<session::Close>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<session::Reopen>().by(Roles::HELPERS).works_offline(),
        CommandDef::retract::<Session>("session.retract").by(Roles::STAFF).with_reason(),
        CommandDef::restore::<Session>("session.restore").by(Roles::STAFF),
    ]
}

fn rolls() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<Participation>("participation.mark").by(Roles::HELPERS).works_offline(),
        CommandDef::retract::<Participation>("participation.unmark").by(Roles::HELPERS).works_offline(),
        CommandDef::restore::<Participation>("participation.restore").by(Roles::HELPERS).works_offline(),
        CommandDef::own::<participation::Adjust>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<participation::Claim>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<participation::Unclaim>().by(Roles::HELPERS).works_offline(),
    ]
}

fn signups() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<SignUp>("signup.make").by(Roles::HELPERS).works_offline(),
        CommandDef::amend::<SignUp>("signup.amend").by(Roles::HELPERS).works_offline(),
        CommandDef::settle::<SignUp>("signup.settle").by(Roles::HELPERS),
        CommandDef::own::<signup::Lessen>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<signup::Cancel>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<signup::Renew>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<signup::Admit>().by(Roles::STAFF).with_reason().works_offline(),
        CommandDef::own::<signup::Come>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<signup::Stay>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<signup::Tell>().by(Roles::HELPERS).works_offline(),
        CommandDef::retract::<SignUp>("signup.retract").by(Roles::STAFF).with_reason(),
        CommandDef::restore::<SignUp>("signup.restore").by(Roles::STAFF),
        CommandDef::create::<Dish>("dish.invite").by(Roles::HELPERS).works_offline(),
        CommandDef::amend::<Dish>("dish.amend").by(Roles::HELPERS).works_offline(),
        CommandDef::settle::<Dish>("dish.settle").by(Roles::HELPERS),
        CommandDef::retract::<Dish>("dish.uninvite").by(Roles::HELPERS).works_offline(),
        CommandDef::restore::<Dish>("dish.restore").by(Roles::HELPERS).works_offline(),
    ]
}

fn cares() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<PickupPermission>("pickup_permission.allow").by(Roles::STAFF).works_offline(),
        CommandDef::amend::<PickupPermission>("pickup_permission.amend").by(Roles::STAFF).works_offline(),
        CommandDef::settle::<PickupPermission>("pickup_permission.settle").by(Roles::STAFF),
        CommandDef::own::<care::Revoke>().by(Roles::STAFF).with_reason().works_offline(),
        CommandDef::retract::<PickupPermission>("pickup_permission.retract").by(Roles::STAFF).with_reason(),
        CommandDef::restore::<PickupPermission>("pickup_permission.restore").by(Roles::STAFF),
        CommandDef::create::<CareNote>("care_note.write").by(Roles::STAFF).works_offline(),
        CommandDef::amend::<CareNote>("care_note.amend").by(Roles::STAFF).works_offline(),
        CommandDef::settle::<CareNote>("care_note.settle").by(Roles::STAFF),
        CommandDef::create::<Care>("care.arrive").by(Roles::HELPERS).works_offline(),
        CommandDef::amend::<Care>("care.amend").by(Roles::HELPERS).works_offline(),
        CommandDef::settle::<Care>("care.settle").by(Roles::HELPERS),
        CommandDef::own::<care::Release>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<care::HandOver>().by(Roles::MANAGER).with_reason().works_offline(),
        CommandDef::own::<care::Recall>().by(Roles::HELPERS).works_offline(),
        CommandDef::retract::<Care>("care.unmark").by(Roles::HELPERS).works_offline(),
        CommandDef::restore::<Care>("care.restore").by(Roles::HELPERS).works_offline(),
    ]
}

fn trips() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<TripDay>("trip_day.open").by(Roles::STAFF),
        CommandDef::own::<trip::Join>().by(Roles::STAFF),
        CommandDef::own::<trip::Leave>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<trip::Close>().by(Roles::HELPERS).works_offline(),
    ]
}

fn circles() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<Circle>("circle.found").by(Roles::HELPERS),
        CommandDef::own::<circle::Welcome>().by(Roles::HELPERS),
        CommandDef::own::<circle::Leave>().by(Roles::HELPERS),
        CommandDef::create::<CircleNote>("circle_note.write").by(Roles::HELPERS).works_offline(),
        CommandDef::own::<circle::Share>().by(Roles::HELPERS),
        CommandDef::own::<circle::Unshare>().by(Roles::HELPERS),
        CommandDef::retract::<CircleNote>("circle_note.withdraw").by(Roles::HELPERS),
        CommandDef::restore::<CircleNote>("circle_note.restore").by(Roles::HELPERS),
    ]
}

fn stays() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<FestivalStay>("festival_stay.list").by(Roles::HELPERS).works_offline(),
        CommandDef::amend::<FestivalStay>("festival_stay.amend").by(Roles::HELPERS).works_offline(),
        CommandDef::settle::<FestivalStay>("festival_stay.settle").by(Roles::HELPERS),
        CommandDef::create::<FestivalMeal>("festival_meal.link").by(Roles::STAFF),
        CommandDef::amend::<FestivalMeal>("festival_meal.amend").by(Roles::STAFF),
        CommandDef::settle::<FestivalMeal>("festival_meal.settle").by(Roles::STAFF),
    ]
}
