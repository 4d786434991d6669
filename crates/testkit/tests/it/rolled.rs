//! Roll-ups equal what is counted from the journal, whatever happened.

use community::participation::{MarkKind, mark_id};
use evidence::year::{Span, counted, kept};
use kernel::{Actor, Envelope, Id};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use testkit::{TestSite, on_both};

use super::journal::Journal;

/// What can happen; numbers choose among few, so that steps meet.
#[derive(Clone, Debug)]
enum Step {
    Mark { session: usize, person: usize },
    Family { session: usize, household: usize },
    Unnamed { session: usize, mark: usize, count: u32, group: u8 },
    Adjust { mark: usize, by: i64 },
    Claim { mark: usize, person: usize },
    Unclaim { mark: usize, person: usize },
    Unmark { session: usize, person: usize },
    Remark { session: usize, person: usize },
    Withdraw(usize),
    Merge { from: usize, into: usize },
    Unmerge(usize),
    Learn { person: usize, what: u8 },
    Home { person: usize, province: u8 },
    Undo { noun: u8, which: usize },
    Redo { noun: u8, which: usize },
    Move { session: usize, day: u8 },
    Recast { activity: usize, kind: u8 },
    Visit { day: u8 },
    Forget(usize),
}

const PEOPLE: usize = 5;
const SESSIONS: usize = 4;
const MARKS: usize = 4;

fn step() -> impl Strategy<Value = Step> {
    let (session, person, mark) = (0..SESSIONS, 0..PEOPLE, 0..MARKS);
    let pair = || (session.clone(), person.clone());
    prop_oneof![
        12 => pair().prop_map(|(session, person)| Step::Mark { session, person }),
        3 => (session.clone(), 0..2_usize).prop_map(|(session, household)| Step::Family { session, household }),
        4 => (session.clone(), mark.clone(), 1..6_u32, 0..4_u8)
            .prop_map(|(session, mark, count, group)| Step::Unnamed { session, mark, count, group }),
        3 => (mark.clone(), -3..4_i64).prop_map(|(mark, by)| Step::Adjust { mark, by }),
        5 => (mark.clone(), person.clone()).prop_map(|(mark, person)| Step::Claim { mark, person }),
        2 => (mark.clone(), person.clone()).prop_map(|(mark, person)| Step::Unclaim { mark, person }),
        3 => pair().prop_map(|(session, person)| Step::Unmark { session, person }),
        2 => pair().prop_map(|(session, person)| Step::Remark { session, person }),
        1 => mark.prop_map(Step::Withdraw),
        4 => (person.clone(), person.clone()).prop_map(|(from, into)| Step::Merge { from, into }),
        3 => person.clone().prop_map(Step::Unmerge),
        3 => (person.clone(), 0..5_u8).prop_map(|(person, what)| Step::Learn { person, what }),
        3 => (person.clone(), 0..3_u8).prop_map(|(person, province)| Step::Home { person, province }),
        3 => (0..4_u8, 0..6_usize).prop_map(|(noun, which)| Step::Undo { noun, which }),
        3 => (0..4_u8, 0..6_usize).prop_map(|(noun, which)| Step::Redo { noun, which }),
        2 => (session, 0..5_u8).prop_map(|(session, day)| Step::Move { session, day }),
        1 => (0..2_usize, 0..3_u8).prop_map(|(activity, kind)| Step::Recast { activity, kind }),
        1 => (0..5_u8).prop_map(|day| Step::Visit { day }),
        1 => person.prop_map(Step::Forget),
    ]
}

const DAYS: [&str; 5] = ["2025-12-31", "2026-01-01", "2026-03-15", "2026-06-30", "2026-11-24"];
const KINDS: [&str; 3] = ["dropin", "feast", "trip"];

/// A small place where everybody meets.
struct Place {
    people: Vec<Id>,
    households: Vec<Id>,
    activities: Vec<Id>,
    sessions: Vec<Id>,
    marks: Vec<Id>,
    stays: Vec<Id>,
}

impl Place {
    async fn found(site: &TestSite) -> Self {
        let li = &site.cast.li;
        let mut place = Self {
            people: Vec::new(),
            households: Vec::new(),
            activities: Vec::new(),
            sessions: Vec::new(),
            marks: (0..MARKS).map(|_| site.id()).collect(),
            stays: (0..PEOPLE).map(|_| site.id()).collect(),
        };
        for (at, sex) in ["F", "M", "U", "F", "U"].into_iter().enumerate() {
            let birth = json!({ "precision": "year", "year": 1950 + 16 * at });
            let mut body = json!({ "names": [{ "text": format!("李娜{at}𠮷") }], "sex": sex });
            if at != 2 {
                body["birth"] = birth;
            }
            place.people.push(site.make(li, "person.create", body).await);
        }
        for number in ["H1", "H2"] {
            place.households.push(site.make(li, "household.create", json!({ "number": number })).await);
        }
        for kind in &KINDS[..2] {
            let body = json!({ "title": "聚", "kind": kind });
            place.activities.push(site.make(li, "activity.create", body).await);
        }
        for at in 0..SESSIONS {
            let body = json!({ "activity": place.activities[at % 2], "day": DAYS[at + 1] });
            place.sessions.push(site.make(li, "session.create", body).await);
        }
        place
    }

    /// The command of a step.
    fn command(&self, site: &TestSite, step: &Step) -> Envelope {
        let at = |session: usize, rest: Value| {
            let mut body =
                json!({ "session": self.sessions[session], "activity": self.activities[session % 2] });
            body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            body
        };
        let own = |session: usize, kind, who| mark_id(self.sessions[session], kind, who);
        let who = |person: usize| self.people[person];
        let nothing = json!({});
        let (verb, record, body) = match step {
            Step::Mark { session, person } => {
                let body = at(*session, json!({ "kind": "person", "person": who(*person) }));
                ("participation.mark", own(*session, MarkKind::Person, who(*person)), body)
            }
            Step::Family { session, household } => {
                let home = self.households[*household];
                let body = at(*session, json!({ "kind": "household", "household": home }));
                ("participation.mark", own(*session, MarkKind::Household, home), body)
            }
            Step::Unnamed { session, mark, count, group } => {
                let (sex, age) = ((group % 2 == 0).then_some("F"), (group / 2 == 0).then_some("child"));
                let group = json!({ "sex": sex, "age": age });
                let body = at(*session, json!({ "kind": "tally", "count": count, "group": group }));
                ("participation.mark", self.marks[*mark], body)
            }
            Step::Adjust { mark, by } => ("participation.adjust", self.marks[*mark], json!({ "by": by })),
            Step::Claim { mark, person } => {
                ("participation.claim", self.marks[*mark], json!({ "person": who(*person) }))
            }
            Step::Unclaim { mark, person } => {
                ("participation.unclaim", self.marks[*mark], json!({ "person": who(*person) }))
            }
            Step::Unmark { session, person } => {
                ("participation.unmark", own(*session, MarkKind::Person, who(*person)), nothing)
            }
            Step::Remark { session, person } => {
                ("participation.restore", own(*session, MarkKind::Person, who(*person)), nothing)
            }
            Step::Withdraw(mark) => ("participation.unmark", self.marks[*mark], nothing),
            Step::Merge { from, into } => ("person.merge", who(*from), json!({ "into": who(*into) })),
            Step::Unmerge(person) => ("person.unmerge", who(*person), nothing),
            Step::Forget(person) => ("person.erase", who(*person), nothing),
            Step::Visit { day } => {
                let body = json!({ "kind": "visit", "day": DAYS[usize::from(*day)], "household": self.households[0] });
                ("encounter.record", site.id(), body)
            }
            _ => self.register(step),
        };
        site.envelope(verb, record, body)
    }

    /// Steps that change what marks are counted by.
    fn register(&self, step: &Step) -> (&'static str, Id, Value) {
        let nothing = json!({});
        match step {
            Step::Learn { person, what } => {
                let body = match what {
                    0 => json!({ "sex": "F" }),
                    1 => json!({ "sex": "U" }),
                    2 => json!({ "birth": { "precision": "day", "date": "2014-11-24" } }),
                    3 => json!({ "birth": null }),
                    _ => json!({ "names": [{ "text": "王芳" }] }),
                };
                ("person.amend", self.people[*person], body)
            }
            Step::Home { person, province } => {
                let home = json!({ "province": format!("5{}", 3 - province) });
                let body = json!({ "person": self.people[*person], "kind": "registered", "home": home });
                ("stay.create", self.stays[*person].derive(&province.to_string()), body)
            }
            Step::Undo { noun, which } | Step::Redo { noun, which } => {
                let undo = matches!(step, Step::Undo { .. });
                let pick = |ids: &[Id]| ids[which % ids.len()];
                let stay = self.stays[which % PEOPLE].derive("0");
                match (noun, undo) {
                    (0, true) => ("session.retract", pick(&self.sessions), nothing),
                    (0, false) => ("session.restore", pick(&self.sessions), nothing),
                    (1, true) => ("activity.retract", pick(&self.activities), nothing),
                    (1, false) => ("activity.restore", pick(&self.activities), nothing),
                    (2, true) => ("person.retract", pick(&self.people), nothing),
                    (2, false) => ("person.restore", pick(&self.people), nothing),
                    (_, true) => ("stay.retract", stay, nothing),
                    (_, false) => ("stay.restore", stay, nothing),
                }
            }
            Step::Move { session, day } => {
                ("session.move", self.sessions[*session], json!({ "to": { "day": DAYS[usize::from(*day)] } }))
            }
            Step::Recast { activity, kind } => {
                ("activity.amend", self.activities[*activity], json!({ "kind": KINDS[usize::from(*kind)] }))
            }
            other => unreachable!("{other:?} is no step of the register"),
        }
    }
}

async fn agree(site: &TestSite, steps: &[Vec<Step>]) {
    let journal = Journal::read(site).await;
    for code in ["2026", "2025", "2026-H1", "2026-H2", "2026-Q1", "2026-Q4", "2026-03", "2026-11", "2025-12"]
    {
        let span = Span::of_code(code).unwrap();
        let told = journal.figures(span.from, span.to);
        let rolled = kept(&site.node, site.site, code, &span).await.unwrap();
        assert_eq!(rolled, told, "{code} after {steps:#?}");
        let marks = counted(&site.node, site.site, &span).await.unwrap();
        assert_eq!(marks, told, "{code} counted from the marks");
    }
}

#[test]
fn roll_ups_equal_the_journal_whatever_happened() {
    on_both(super::contexts, async |site| {
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let actor: &Actor = &site.cast.manager;
        let mut applied = 0;
        for _ in 0..10 {
            let place = Place::found(site).await;
            let batch = prop::collection::vec(step(), 1..5);
            let batches = prop::collection::vec(batch, 10..25).new_tree(&mut runner).unwrap().current();
            for batch in &batches {
                let commands = batch.iter().map(|step| place.command(site, step)).collect();
                let receipts = site.send(actor, commands).await;
                applied += receipts.iter().filter(|receipt| receipt.position.is_some()).count();
            }
            agree(site, &batches).await;
        }
        assert!(applied > 200, "only {applied} steps went through");
    });
}

#[test]
fn merged_people_count_once_and_unmerged_ones_again() {
    on_both(super::contexts, async |site| {
        let place = Place::found(site).await;
        let mark = |session, person| Step::Mark { session, person };
        let steps = [
            vec![mark(0, 0), mark(0, 1), mark(1, 1), mark(3, 2)],
            vec![Step::Merge { from: 1, into: 0 }],
            vec![Step::Merge { from: 0, into: 2 }],
        ];
        let people = async || {
            let span = Span::of_code("2026").unwrap();
            let figures = kept(&site.node, site.site, "2026", &span).await.unwrap();
            (figures.known().people.0, figures.known().participations.0)
        };
        let mut seen = Vec::new();
        for batch in &steps {
            let commands = batch.iter().map(|step| place.command(site, step)).collect();
            for receipt in site.send(&site.cast.manager, commands).await {
                assert!(receipt.position.is_some(), "{:?}", receipt.problem);
            }
            seen.push(people().await);
        }
        assert_eq!(
            seen,
            [(3, 4), (2, 3), (1, 3)],
            "two were at one session, and are one participation there"
        );
        site.send(&site.cast.manager, vec![place.command(site, &Step::Unmerge(0))]).await;
        assert_eq!(people().await, (2, 3));
        agree(site, &[]).await;
    });
}
