//! Scenario 27: the seeded year, every figure of its report counted once more from the journal.

use std::collections::BTreeMap;

use evidence::year::{Figures, Span, Year, kept, report};
use jiff::civil::Date;
use kernel::Actor;
use kernel::units::Unit;
use server::demo::{Maker, year};
use testkit::{TestSite, on_both};

use super::journal::Journal;

type Counts = BTreeMap<String, u64>;

/// The rows of a table, the unknown under ''; rows of nothing left out.
fn table(year: &Year, title: &str) -> Counts {
    let block = year.blocks.iter().find(|block| block.title_en == title).expect(title);
    let rows = block.rows.iter().map(|row| (row.key.clone(), row.count.number().unwrap()));
    rows.chain([(String::new(), block.unknown.number().unwrap())]).filter(|row| row.1 > 0).collect()
}

fn sums<U: Unit>(parts: impl Iterator<Item = (String, U)>) -> Counts {
    let mut counts = Counts::new();
    for (key, count) in parts {
        *counts.entry(key).or_default() += count.number();
    }
    counts
}

fn both<U: Unit>(
    known: impl Iterator<Item = (String, U)>,
    seen: impl Iterator<Item = (String, U)>,
) -> Counts {
    sums(known.chain(seen))
}

fn tables_agree(year: &Year, told: &Figures) {
    let people = || told.people.iter();
    let nameless = || told.anonymous.iter();
    let kinds = told.kinds.iter().map(|((kind, _), came)| (kind.clone(), came.participations));
    let expected = [
        (
            "Participations by month",
            both(
                told.months.iter().map(|(month, it)| (month.clone(), it.known.participations)),
                told.months.iter().map(|(month, it)| (month.clone(), it.anonymous)),
            ),
        ),
        ("People by month", sums(told.months.iter().map(|(month, it)| (month.clone(), it.known.people)))),
        ("Sessions by month", sums(told.months.iter().map(|(month, it)| (month.clone(), it.sessions)))),
        (
            "Participations by kind of activity",
            both(kinds, nameless().map(|((kind, _, _), count)| (kind.clone(), *count))),
        ),
        (
            "People by kind of activity",
            sums(told.kinds.iter().map(|((kind, _), came)| (kind.clone(), came.people))),
        ),
        (
            "Families by kind of activity",
            sums(told.families.iter().map(|(kind, count)| (kind.clone(), *count))),
        ),
        (
            "Sessions by kind of activity",
            sums(told.sessions.iter().map(|(kind, count)| (kind.clone(), *count))),
        ),
        ("People by sex", sums(people().map(|(sort, came)| (sort.sex.clone(), came.people)))),
        (
            "Participations by sex",
            both(
                people().map(|(sort, came)| (sort.sex.clone(), came.participations)),
                nameless().map(|((_, sex, _), count)| (sex.clone(), *count)),
            ),
        ),
        ("People by age", sums(people().map(|(sort, came)| (sort.band.clone(), came.people)))),
        (
            "Participations by age",
            both(
                people().map(|(sort, came)| (sort.band.clone(), came.participations)),
                nameless().map(|((_, _, age), count)| (age.clone(), *count)),
            ),
        ),
        ("People by home province", sums(people().map(|(sort, came)| (sort.province.clone(), came.people)))),
        ("Visits and calls", sums(told.encounters.iter().map(|(kind, count)| (kind.clone(), *count)))),
    ];
    for (title, counts) in expected {
        assert_eq!(table(year, title), counts, "{title}");
    }
}

/// Asked in the period by kind, answered, given up, open at its end; days to the answer, the one in the middle.
fn requests(journal: &Journal, from: Date, to: Date) -> (Counts, [u64; 3], Option<u64>) {
    let mut asked = Counts::new();
    let mut fared = [0; 3];
    let mut took: Vec<i32> = Vec::new();
    for (_, request) in journal.all("request") {
        let first = request.steps[0].1;
        let last = request.steps.iter().rfind(|step| step.1 <= to && step.0 != "request.amend");
        if first >= from && first <= to {
            *asked.entry(request.fields["code"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        match last.map(|step| (step.0.as_str(), step.1)) {
            Some(("request.finish", day)) if day >= from => {
                fared[0] += 1;
                took.push(first.until(day).unwrap().get_days());
            }
            Some(("request.drop", day)) if day >= from => fared[1] += 1,
            Some(("request.ask", _)) => fared[2] += 1,
            _ => {}
        }
    }
    took.sort_unstable();
    let middle = took.len().checked_sub(1).map(|last| took[last / 2] as u64);
    (asked, fared, middle)
}

async fn agree(site: &TestSite, actor: &Actor, journal: &Journal, code: &str) -> Year {
    let span = Span::of_code(code).unwrap();
    let told = journal.figures(span.from, span.to);
    assert_eq!(kept(&site.node, site.site, code, &span).await.unwrap(), told, "{code}");
    let year = report(&site.node, actor, &span).await.unwrap();
    tables_agree(&year, &told);
    let it = &year.totals;
    let shown = [&it.participations, &it.people, &it.households, &it.anonymous, &it.sessions, &it.encounters]
        .map(|cell| cell.number().unwrap());
    let sessions: u64 = told.sessions.values().map(|count| count.0).sum();
    let met: u64 = told.encounters.values().map(|count| count.0).sum();
    let known = told.known();
    let nameless = told.nameless().0;
    assert_eq!(
        shown,
        [known.participations.0 + nameless, known.people.0, told.households.0, nameless, sessions, met]
    );
    let (asked, fared, middle) = requests(journal, span.from, span.to);
    assert_eq!(table(&year, "Requests asked"), asked, "{code}");
    let answers = &year.answers;
    let shown = [&answers.answered, &answers.dropped, &answers.open].map(|cell| cell.number().unwrap());
    assert_eq!((shown, answers.median_days), (fared, middle), "{code}");
    year
}

#[test]
fn the_seeded_year_counted_once_more_from_the_journal() {
    on_both(super::contexts, async |site| {
        let xu = &site.cast.manager;
        let mut maker = Maker::new(site.node.clone(), xu.clone(), false, 20_261_124);
        year::fill(&mut maker, year::FAMILIES).await.unwrap_or_else(|problem| panic!("{problem:?}"));
        let journal = Journal::read(site).await;
        let whole = agree(site, xu, &journal, "2025").await;
        let number = |cell: &evidence::Cell| cell.number().unwrap();
        let (came, held, met) = (
            number(&whole.totals.participations),
            number(&whole.totals.sessions),
            number(&whole.totals.encounters),
        );
        eprintln!("{came} participations of {} people", number(&whole.totals.people));
        assert!((4_500..=5_500).contains(&came), "{came} participations");
        assert_eq!((held, met), (170, 300));
        for code in
            ["2025-H1", "2025-H2", "2025-Q1", "2025-Q3", "2025-02", "2025-07", "2025-12", "2024", "2026"]
        {
            agree(site, xu, &journal, code).await;
        }
    });
}
