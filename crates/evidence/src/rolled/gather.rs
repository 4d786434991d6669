//! Following marks, sessions, kinds of activity, people and merges into the rows that figures are made of.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use journal::Row;
use kernel::rollup::{Answer, Reading, Unread};
use kernel::{Cells, Changes, Gather, Id, SiteId, TableDef, Val};

use super::merges::{Merges, members};
use super::queries::{
    ACTIVITIES, MARKS, NEXT_SESSIONS, PRESENT, PRESENT_OF, SESSION_PARTS, SESSIONS, SESSIONS_OF, among,
    of_site,
};
use super::session::Tally;
use super::tables::{HOUSEHOLD, PERSON, SESSION_PART, TAKEN_PART};
use super::units::{self, Deltas};

/// Who took part, and what sessions came to.
pub(super) struct Taken;

impl Gather for Taken {
    fn watches(&self) -> &'static [&'static str] {
        &[
            "participation_row",
            "participation_person",
            "session_row",
            "activity_row",
            "person_row",
            "person_merged",
            "stay_row",
        ]
    }

    fn tables(&self) -> &'static [&'static TableDef] {
        static TABLES: [&TableDef; 2] = [&TAKEN_PART, &SESSION_PART];
        &TABLES
    }

    fn keep<'a>(
        &'a self,
        db: &'a mut dyn Reading,
        site: SiteId,
        changes: &'a Changes,
    ) -> Answer<'a, Changes> {
        Box::pin(keep(db, site, changes))
    }

    fn part<'a>(
        &'a self,
        db: &'a mut dyn Reading,
        site: SiteId,
        after: &'a str,
    ) -> Answer<'a, (Changes, Option<String>)> {
        Box::pin(part(db, site, after))
    }
}

/// When a session is held, and what sort of activity it belongs to; nothing while either is withdrawn.
type When = Option<(Date, String)>;

/// Who is meant at which session: a session and a person, or a household.
type Pair = (Id, Id);

/// What happened in a batch.
#[derive(Default)]
struct Batch {
    /// By how much the marks of a person at a session became more.
    persons: BTreeMap<Pair, i64>,
    /// The same of households.
    households: BTreeMap<Pair, i64>,
    /// Sessions whose marks changed.
    marked: BTreeSet<Id>,
    /// Sessions that are held at another time than before, or are of another kind.
    moved: BTreeMap<Id, When>,
    /// When sessions are held now.
    now: HashMap<Id, When>,
}

async fn keep(db: &mut dyn Reading, site: SiteId, changes: &Changes) -> Result<Changes, Unread> {
    let mut batch = Batch::of(changes);
    let mut made = Changes::default();
    batch.when(db, site, changes).await?;
    let mut merges = Merges::changed(changes);
    let remade = merges.remade(db, site).await?;
    let deltas = batch.deltas(db, site, &mut merges, &remade).await?;
    let learnt = learnt(changes);
    merges.load(db, site, learnt.clone()).await?;
    let learnt: BTreeSet<Id> =
        learnt.into_iter().map(|id| merges.root(id)).filter(|root| !remade.contains(root)).collect();
    units::change(db, site, PERSON, &deltas, &learnt, &mut made).await?;
    units::change(db, site, HOUSEHOLD, &deltas, &BTreeSet::new(), &mut made).await?;
    let (roots, gone): (BTreeSet<Id>, BTreeSet<Id>) =
        remade.into_iter().partition(|person| merges.root(*person) == *person);
    let people = members(db, site, &roots).await?;
    units::remake(db, site, &people, &gone, &mut made).await?;
    batch.sessions(db, site, changes, &mut made).await?;
    Ok(made)
}

/// A page of sessions, as if all of them had just been held.
async fn part(db: &mut dyn Reading, site: SiteId, after: &str) -> Result<(Changes, Option<String>), Unread> {
    let rows = db.rows(NEXT_SESSIONS.text, vec![site.into(), after.into()]).await?;
    let ids: Vec<Id> = rows.into_iter().map(|row| Row(row).id(0)).collect();
    let mut batch = Batch { moved: ids.iter().map(|id| (*id, None)).collect(), ..Batch::default() };
    let (mut made, none) = (Changes::default(), Changes::default());
    batch.read_now(db, site, BTreeSet::new()).await?;
    let deltas = batch.deltas(db, site, &mut Merges::default(), &BTreeSet::new()).await?;
    units::change(db, site, PERSON, &deltas, &BTreeSet::new(), &mut made).await?;
    units::change(db, site, HOUSEHOLD, &deltas, &BTreeSet::new(), &mut made).await?;
    batch.sessions(db, site, &none, &mut made).await?;
    Ok((made, ids.last().map(Id::to_string)))
}

/// People of whom sex, birth or registered home are stated otherwise than before.
fn learnt(changes: &Changes) -> BTreeSet<Id> {
    let of = |table: &'static str, columns: &'static [&'static str]| {
        let facts =
            move |row: Cells<'_>| -> Vec<Val> { columns.iter().map(|name| row.get(name).clone()).collect() };
        let mut all: BTreeMap<Id, [Vec<Vec<Val>>; 2]> = BTreeMap::new();
        let sides =
            changes.removed(table).map(|row| (0, row)).chain(changes.added(table).map(|row| (1, row)));
        for (side, row) in sides {
            if let Some(person) = row.id("person") {
                all.entry(person).or_default()[side].push(facts(row));
            }
        }
        all.into_iter().filter(|(_, [before, after])| before != after).map(|(person, _)| person)
    };
    of("person_row", &["sex", "birth_from", "birth_to", "birth_year"])
        .chain(of("stay_row", &["stay", "kind", "province", "since", "no"]))
        .collect()
}

impl Batch {
    fn of(changes: &Changes) -> Self {
        let mut batch = Self::default();
        let rows = |table| {
            changes.removed(table).map(|row| (-1, row)).chain(changes.added(table).map(|row| (1, row)))
        };
        for (sign, row) in rows("participation_person") {
            if let (Some(session), Some(person)) = (row.id("session"), row.id("person")) {
                *batch.persons.entry((session, person)).or_default() += sign;
            }
        }
        for (sign, row) in rows("participation_row") {
            let Some(session) = row.id("session") else { continue };
            batch.marked.insert(session);
            if row.text("kind") == Some(HOUSEHOLD)
                && let Some(household) = row.id("household")
            {
                *batch.households.entry((session, household)).or_default() += sign;
            }
        }
        batch.persons.retain(|_, more| *more != 0);
        batch.households.retain(|_, more| *more != 0);
        batch
    }

    /// Finds the sessions that were moved, and when all of them are held now.
    async fn when(&mut self, db: &mut dyn Reading, site: SiteId, changes: &Changes) -> Result<(), Unread> {
        let mut kinds: HashMap<Id, Option<String>> = HashMap::new();
        changes.added("activity_row").for_each(|row| {
            kinds.insert(row.id("activity").unwrap_or_default(), None);
        });
        changes.removed("activity_row").for_each(|row| {
            kinds.insert(row.id("activity").unwrap_or_default(), row.text("kind").map(str::to_owned));
        });
        let mut days: HashMap<Id, Option<(Id, String)>> = HashMap::new();
        changes.added("session_row").for_each(|row| {
            days.insert(row.id("session").unwrap_or_default(), None);
        });
        changes.removed("session_row").for_each(|row| {
            let was =
                (row.id("activity").unwrap_or_default(), row.text("day").unwrap_or_default().to_owned());
            days.insert(row.id("session").unwrap_or_default(), Some(was));
        });
        let mut ask: BTreeSet<Id> = days.keys().copied().collect();
        if !kinds.is_empty() {
            let rows = of_site(db, &SESSIONS_OF, site, kinds.keys().copied()).await?;
            ask.extend(rows.into_iter().map(|row| Row(row).id(0)));
        }
        self.moved = ask.into_iter().map(|id| (id, None)).collect();
        let held: BTreeSet<Id> = days.values().flatten().map(|was| was.0).collect();
        let (rows, now_kinds) = self.read_now(db, site, held).await?;
        for (session, was) in &mut self.moved {
            let held = match days.get(session) {
                Some(was) => was.clone(),
                None => rows.get(session).cloned(),
            };
            *was = held.and_then(|(activity, day)| {
                let kind = match kinds.get(&activity) {
                    Some(kind) => kind.clone(),
                    None => now_kinds.get(&activity).cloned(),
                };
                Some((day.parse().ok()?, kind?))
            });
        }
        self.moved.retain(|session, was| self.now.get(session).cloned().flatten() != *was);
        Ok(())
    }

    /// When the sessions are held now, the sessions as they stand, and the kinds of their activities and of `held`, those
    /// that sessions belonged to before.
    #[allow(clippy::type_complexity, reason = "two maps that are read once")]
    async fn read_now(
        &mut self,
        db: &mut dyn Reading,
        site: SiteId,
        held: BTreeSet<Id>,
    ) -> Result<(HashMap<Id, (Id, String)>, HashMap<Id, String>), Unread> {
        let of_people = self.persons.keys().map(|pair| pair.0);
        let all: BTreeSet<Id> =
            self.marked.iter().chain(self.moved.keys()).copied().chain(of_people).collect();
        let rows = of_site(db, &SESSIONS, site, all.iter().copied()).await?;
        let sessions: HashMap<Id, (Id, String)> =
            rows.into_iter().map(Row).map(|row| (row.id(0), (row.id(1), row.text(2).to_owned()))).collect();
        // An activity whose session was withdrawn still tells what kind it was of.
        let activities: BTreeSet<Id> = sessions.values().map(|session| session.0).chain(held).collect();
        let rows = of_site(db, &ACTIVITIES, site, activities).await?;
        let kinds: HashMap<Id, String> =
            rows.into_iter().map(Row).map(|row| (row.id(0), row.text(1).to_owned())).collect();
        self.now = all
            .into_iter()
            .map(|id| {
                let when = sessions
                    .get(&id)
                    .and_then(|(activity, day)| Some((day.parse().ok()?, kinds.get(activity)?.clone())));
                (id, when)
            })
            .collect();
        Ok((sessions, kinds))
    }

    fn now(&self, session: Id) -> &When {
        self.now.get(&session).unwrap_or(&None)
    }

    fn before(&self, session: Id) -> &When {
        self.moved.get(&session).unwrap_or_else(|| self.now(session))
    }

    /// What is to be added to whose row. Those whose rows are made anew are left out.
    async fn deltas(
        &self,
        db: &mut dyn Reading,
        site: SiteId,
        merges: &mut Merges,
        remade: &BTreeSet<Id>,
    ) -> Result<Deltas, Unread> {
        let mut deltas = Deltas::default();
        let present = self.present(db, site, merges).await?;
        for ((session, person), (now, more)) in present {
            if !remade.contains(&person) {
                self.step(&mut deltas, PERSON, (session, person), now, more);
            }
        }
        let mut households: BTreeMap<Pair, (i64, i64)> =
            self.households.iter().map(|(pair, more)| (*pair, ((*more).max(0), *more))).collect();
        for row in of_site(db, &MARKS, site, self.moved.keys().copied()).await?.into_iter().map(Row) {
            if row.text(1) == HOUSEHOLD {
                let pair = (row.id(0), row.id(2));
                let more = self.households.get(&pair).copied().unwrap_or_default();
                households.insert(pair, (1, more));
            }
        }
        for (pair, (now, more)) in households {
            self.step(&mut deltas, HOUSEHOLD, pair, now, more);
        }
        Ok(deltas)
    }

    fn step(&self, deltas: &mut Deltas, class: &'static str, (session, unit): Pair, now: i64, more: i64) {
        let mut add = |when: &When, by| {
            if let Some((day, kind)) = when {
                deltas.add(class, unit, (day.year(), day.month()), kind, by);
            }
        };
        let (before, after) = (self.before(session), self.now(session));
        if now - more > 0 && now > 0 && before == after {
            return;
        }
        if now - more > 0 {
            add(before, -1);
        }
        if now > 0 {
            add(after, 1);
        }
    }

    /// How many marks the people concerned have at the sessions concerned, and by how much that is more than before.
    /// People are those who stand for their duplicates.
    async fn present(
        &self,
        db: &mut dyn Reading,
        site: SiteId,
        merges: &mut Merges,
    ) -> Result<BTreeMap<Pair, (i64, i64)>, Unread> {
        let mut rows = of_site(db, &PRESENT, site, self.moved.keys().copied()).await?;
        merges.load(db, site, self.persons.keys().map(|pair| pair.1).collect()).await?;
        let mut by_session: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
        for (session, person) in self.persons.keys().filter(|pair| !self.moved.contains_key(&pair.0)) {
            by_session.entry(*session).or_default().insert(merges.root(*person));
        }
        let roots: BTreeSet<Id> = by_session.values().flatten().copied().collect();
        let members = members(db, site, &roots).await?;
        for (session, roots) in by_session {
            let all = roots.iter().filter_map(|root| members.get(root)).flatten().copied();
            rows.extend(among(db, &PRESENT_OF, vec![site.into(), session.into()], all).await?);
        }
        let mut counts: BTreeMap<Pair, i64> = BTreeMap::new();
        for row in rows.into_iter().map(Row) {
            *counts.entry((row.id(0), row.id(1))).or_default() += row.int(2);
        }
        merges.load(db, site, counts.keys().map(|pair| pair.1).collect()).await?;
        let mut present: BTreeMap<Pair, (i64, i64)> = BTreeMap::new();
        for ((session, person), count) in counts {
            present.entry((session, merges.root(person))).or_default().0 += count;
        }
        for ((session, person), more) in &self.persons {
            present.entry((*session, merges.root(*person))).or_default().1 += more;
        }
        Ok(present)
    }

    /// What becomes of the rows of sessions.
    async fn sessions(
        &self,
        db: &mut dyn Reading,
        site: SiteId,
        changes: &Changes,
        made: &mut Changes,
    ) -> Result<(), Unread> {
        let all: BTreeSet<Id> = self.marked.iter().chain(self.moved.keys()).copied().collect();
        let rows = of_site(db, &SESSION_PARTS, site, all.iter().copied()).await?;
        let stored: BTreeMap<Id, Vec<Val>> =
            rows.into_iter().map(|row| (Row(row.clone()).id(1), row)).collect();
        let mut tallies: BTreeMap<Id, Tally> = BTreeMap::new();
        for (session, row) in &stored {
            if !self.moved.contains_key(session) {
                let cells = Cells::new(&SESSION_PART, row);
                tallies.insert(*session, Tally::read(cells));
            }
        }
        for (sign, row) in changes
            .removed("participation_row")
            .map(|row| (-1, row))
            .chain(changes.added("participation_row").map(|row| (1, row)))
        {
            let session = row.id("session").unwrap_or_default();
            if !self.moved.contains_key(&session) {
                tallies.entry(session).or_default().add(row, sign);
            }
        }
        for row in of_site(db, &MARKS, site, self.moved.keys().copied()).await? {
            let session = Row(row.clone()).id(0);
            tallies.entry(session).or_default().add(Cells::new(&super::tables::MARK, &row), 1);
        }
        for session in all {
            let tally = tallies.remove(&session).unwrap_or_default();
            let new = self.now(session).as_ref().filter(|_| tally.marks > 0).map(|(day, kind)| {
                let (day, kind) = (day.to_string().into(), kind.as_str().into());
                let nameless = tally.nameless.to_string().into();
                vec![site.into(), session.into(), day, kind, tally.marks.into(), nameless]
            });
            made.note(&SESSION_PART, stored.get(&session).cloned(), new);
        }
        Ok(())
    }
}
