//! A year's report from the roll-ups of a large register.
//!
//! Entering ten million marks through the pipeline takes hours. Here the index rows that commands leave are written by
//! bare statements, the program makes its roll-ups from them, as it does when it was updated, and the report is read. It
//! must count the participations that were written.

use std::path::Path;
use std::time::Instant;

use community::activity::ACTIVITY_ROW;
use community::participation::{PARTICIPATION_PERSON, PARTICIPATION_ROW};
use community::session::SESSION_ROW;
use evidence::year::{Span, report};
use jiff::ToSpan;
use jiff::civil::Date;
use journal::StoreOptions;
use kernel::{Column, Id, TableDef, Val};
use people::person::PERSON_ROW;
use people::stay::STAY_ROW;

use crate::bare::Bare;
use crate::fill::{self, Site, mix};
use crate::{Outcome, Sizes, Stores};

/// Marks of each person.
const EACH: usize = 10;
/// Marks on a roll: 5,000 participations at 170 events are 30, a large centre's are more, and more are harder.
const ROLL: usize = 500;
/// Spreads people over sessions. No number of people that is asked for is a multiple of this prime.
const STEP: usize = 15_485_863;
/// Rows of a transaction.
const TOGETHER: usize = 200_000;
const PROVINCES: [&str; 6] = ["51", "53", "52", "50", "61", "44"];
const KINDS: [&str; 4] = ["dropin", "class", "feast", "trip"];

/// The year as it is made up.
struct Year {
    people: usize,
    first: Date,
}

/// A row with these values, and with nothing where nothing is said.
fn row(table: &'static TableDef, said: &[(&str, Val)]) -> (&'static TableDef, Vec<Val>) {
    let values = table.columns.iter().map(|(name, column)| {
        let value = said.iter().find(|(said, _)| said == name).map(|(_, value)| value.clone());
        value.unwrap_or(match column {
            Column::Int => Val::Int(0),
            Column::Text => Val::Text(String::new()),
            Column::Blob => Val::Null,
        })
    });
    (table, values.collect())
}

impl Year {
    fn sessions(&self) -> usize {
        (self.people * EACH).div_ceil(ROLL)
    }

    fn person(n: usize) -> Id {
        Id::from_parts(1, n as u128)
    }

    fn day(&self, session: usize) -> Date {
        self.first.saturating_add(i64::try_from(session % 365).unwrap_or_default().days())
    }

    fn session(n: usize) -> Id {
        Id::from_parts(2 + n as u64, mix(n) as u128)
    }

    fn activity(n: usize) -> Id {
        Id::from_parts(1, (1 << 40) + (n % 1_000) as u128)
    }

    /// Who the `n`-th mark of all is.
    fn whose(&self, n: usize) -> usize {
        n * STEP % self.people
    }

    fn mark(&self, n: usize) -> Id {
        Self::session(n / ROLL).derive(&self.whose(n).to_string())
    }

    fn of_person(site: &Val, n: usize) -> Vec<(&'static TableDef, Vec<Val>)> {
        let x = mix(n);
        let born = 1950 + i64::try_from(x % 75).unwrap_or_default();
        let person = Val::from(Self::person(n));
        let (no, sex) = (Val::Int(i64::try_from(n).unwrap_or_default()), ["F", "M", ""][x / 75 % 3]);
        let named = [
            ("site", site.clone()),
            ("no", no.clone()),
            ("person", person.clone()),
            ("name", fill::name(n).into()),
            ("sex", sex.into()),
            ("birth_year", Val::Int(born)),
            ("birth_from", format!("{born}-01-01").into()),
            ("birth_to", format!("{born}-12-31").into()),
        ];
        let home = [
            ("site", site.clone()),
            ("stay", Id::from_parts(1, (1 << 41) + n as u128).into()),
            ("no", no),
            ("person", person),
            ("kind", "registered".into()),
            ("province", PROVINCES[x / 225 % PROVINCES.len()].into()),
        ];
        vec![row(&PERSON_ROW, &named), row(&STAY_ROW, &home)]
    }

    fn of_session(&self, site: &Val, n: usize) -> Vec<(&'static TableDef, Vec<Val>)> {
        let session = [
            ("site", site.clone()),
            ("session", Self::session(n).into()),
            ("activity", Self::activity(n).into()),
            ("day", self.day(n).to_string().into()),
        ];
        let activity = [
            ("site", site.clone()),
            ("activity", Self::activity(n).into()),
            ("kind", KINDS[n % KINDS.len()].into()),
        ];
        vec![row(&SESSION_ROW, &session), row(&ACTIVITY_ROW, &activity)]
    }

    fn of_mark(&self, table: &'static TableDef, site: &Val, n: usize) -> Vec<(&'static TableDef, Vec<Val>)> {
        let said = [
            ("site", site.clone()),
            ("participation", self.mark(n).into()),
            ("session", Self::session(n / ROLL).into()),
            ("activity", Self::activity(n / ROLL).into()),
            ("person", Self::person(self.whose(n)).into()),
            ("kind", "person".into()),
            ("household", Val::Null),
            ("count", Val::Int(1)),
        ];
        vec![row(table, &said)]
    }

    /// Writes everything, in the order of the tables' keys where there is much.
    fn fill(&self, bare: &Bare, site: &Val) -> Outcome {
        let marks = self.people * EACH;
        let mut by_person: Vec<usize> = vec![0; self.people];
        (0..self.people).for_each(|n| by_person[self.whose(n)] = n);
        write(bare, self.sessions(), |n| self.of_session(site, n))?;
        write(bare, self.people, |n| Self::of_person(site, n))?;
        write(bare, marks, |n| self.of_mark(&PARTICIPATION_ROW, site, n))?;
        write(bare, marks, |n| {
            let mark = by_person[n / EACH] + n % EACH * self.people;
            self.of_mark(&PARTICIPATION_PERSON, site, mark)
        })
    }
}

fn write(bare: &Bare, many: usize, rows: impl Fn(usize) -> Vec<(&'static TableDef, Vec<Val>)>) -> Outcome {
    for first in (0..many).step_by(TOGETHER) {
        let part: Vec<_> = (first..(first + TOGETHER).min(many)).flat_map(&rows).collect();
        bare.fill(&part)?;
    }
    Ok(())
}

/// Fills the node's database behind its back.
async fn prepare(site: Site, dir: &Path, people: usize) -> Outcome<(StoreOptions, kernel::Actor)> {
    let store = |dir: &Path| StoreOptions::Sqlite { path: dir.join("skein.db") };
    let (main, filled) = (dir.join("empty"), dir.join("filled"));
    let stores = Stores { main: store(&main), bare: store(&filled) };
    let bare = Bare::copy(&site, &stores).await?;
    let key = |dir: &Path| fill::place(dir, &store(dir)).key_path();
    std::fs::copy(key(&main), key(&filled))?;
    let year = Year { people, first: first_day(&site)? };
    let started = Instant::now();
    let indexes =
        bare.without_indexes(&[PARTICIPATION_ROW.name, PARTICIPATION_PERSON.name, PERSON_ROW.name])?;
    year.fill(&bare, &site.actor.site.into())?;
    bare.with_indexes(&indexes)?;
    bare.forget_rollups()?;
    println!("{:<34} {:>8.1} s", "rows written", started.elapsed().as_secs_f64());
    Ok((store(&filled), site.actor.clone()))
}

/// The first day of last year: a whole one.
fn first_day(site: &Site) -> Outcome<Date> {
    Ok(Date::new(site.node.today().year() - 1, 1, 1)?)
}

/// Measures the making of the roll-ups, and the report.
pub async fn measure(dir: &Path, sizes: &Sizes) -> Outcome {
    let main = dir.join("empty");
    std::fs::create_dir_all(&main)?;
    let site = fill::site(&main, &StoreOptions::Sqlite { path: main.join("skein.db") }).await?;
    let year = first_day(&site)?.year();
    let (store, actor) = prepare(site, dir, sizes.people).await?;
    let started = Instant::now();
    let node = fill::place(&dir.join("filled"), &store).open().await?;
    println!("{:<34} {:>8.1} s", "roll-ups made", started.elapsed().as_secs_f64());
    for (name, code) in
        [("report of the year", format!("{year}")), ("report of a month", format!("{year}-06"))]
    {
        let span = Span::of_code(&code)?;
        let mut times = Vec::new();
        for _ in 0..20 {
            let started = Instant::now();
            report(&node, &actor, &span).await?;
            times.push(started.elapsed());
        }
        crate::tell_times(name, times);
    }
    let whole = report(&node, &actor, &Span::of_code(&format!("{year}"))?).await?;
    let told = serde_json::to_value(&whole.totals)?;
    println!("{:<34} {told}", "totals");
    let expected = (Some((sizes.people * EACH) as u64), Some(sizes.people as u64));
    if (whole.totals.participations.number(), whole.totals.people.number()) != expected {
        return Err(format!("the report counts other than was written: {expected:?}").into());
    }
    Ok(())
}
