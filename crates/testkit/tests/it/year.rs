//! What a period came to, by API of the context.

use community::participation::{MarkKind, mark_id};
use evidence::year::{By, Of, Row, Span, Year, behind, report};
use evidence::{FileKind, ReportError};
use jiff::SignedDuration;
use kernel::{Actor, Id};
use serde_json::{Value, json};
use testkit::{TestSite, on_both};

async fn of(site: &TestSite, actor: &Actor, code: &str) -> Year {
    report(&site.node, actor, &Span::of_code(code).unwrap()).await.expect("a report")
}

fn row(year: &Year, title: &str, key: &str) -> String {
    let block = year.blocks.iter().find(|block| block.title_en == title).expect(title);
    if key.is_empty() {
        return block.unknown.to_string();
    }
    block.rows.iter().find(|row| row.key == key).map(|row| row.count.to_string()).unwrap_or_default()
}

fn totals(year: &Year) -> [String; 7] {
    let it = &year.totals;
    [
        &it.participations,
        &it.people,
        &it.households,
        &it.anonymous,
        &it.sessions,
        &it.encounters,
        &it.requests,
    ]
    .map(ToString::to_string)
}

struct Evening {
    activity: Id,
    session: Id,
}

impl Evening {
    async fn on(site: &TestSite, day: &str, kind: &str) -> Self {
        let li = &site.cast.li;
        let activity = site.make(li, "activity.create", json!({ "title": "聚", "kind": kind })).await;
        let session = site.make(li, "session.create", json!({ "activity": activity, "day": day })).await;
        Self { activity, session }
    }

    async fn mark(&self, site: &TestSite, rest: Value) {
        let mut body = json!({ "session": self.session, "activity": self.activity });
        body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        let named =
            |name: &str| rest.get(name).and_then(Value::as_str).and_then(|text| text.parse::<Id>().ok());
        let record = match (named("person"), named("household")) {
            (Some(who), _) => mark_id(self.session, MarkKind::Person, who),
            (_, Some(who)) => mark_id(self.session, MarkKind::Household, who),
            _ => site.id(),
        };
        site.done(&site.cast.li, "participation.mark", record, body).await;
    }
}

async fn a_year(site: &TestSite) {
    let li = &site.cast.li;
    let spring = Evening::on(site, "2026-03-15", "dropin").await;
    let autumn = Evening::on(site, "2026-11-03", "feast").await;
    let earlier = Evening::on(site, "2025-05-05", "trip").await;
    let mut people = Vec::new();
    for at in 0..9 {
        let sex = if at % 3 == 2 { "M" } else { "F" };
        let body = json!({
            "names": [{ "text": format!("李娜{at}") }], "sex": sex,
            "birth": { "precision": "day", "date": format!("{}-12-31", 2008 + at) },
        });
        let person = site.make(li, "person.create", body).await;
        let home = json!({ "province": if at < 7 { "53" } else { "52" } });
        site.make(li, "stay.create", json!({ "person": person, "kind": "registered", "home": home })).await;
        people.push(person);
    }
    for person in &people {
        spring.mark(site, json!({ "kind": "person", "person": person })).await;
    }
    for person in &people[..6] {
        autumn.mark(site, json!({ "kind": "person", "person": person })).await;
    }
    earlier.mark(site, json!({ "kind": "person", "person": people[0] })).await;
    spring.mark(site, json!({ "kind": "tally", "count": 10, "group": { "age": "adult", "sex": "F" } })).await;
    autumn.mark(site, json!({ "kind": "nickname", "nickname": "胖胖" })).await;
    let home = site.make(li, "household.create", json!({ "number": "H1" })).await;
    for evening in [&spring, &autumn] {
        evening.mark(site, json!({ "kind": "household", "household": home })).await;
    }
    for kind in ["visit", "visit", "call"] {
        let body = json!({ "kind": kind, "day": "2026-04-01", "persons": [people[0]] });
        site.make(li, "encounter.record", body).await;
    }
    let mut requests = Vec::new();
    for _ in 0..3 {
        let body = json!({ "person": people[0], "code": "after_school", "words": "没人接" });
        requests.push(site.make(li, "request.ask", body).await);
    }
    site.advance(SignedDuration::from_hours(48));
    site.done(li, "request.finish", requests[0], json!({ "outcome": "好了" })).await;
    site.done(li, "request.drop", requests[1], json!({ "outcome": "回乡" })).await;
}

#[test]
fn what_a_year_came_to() {
    on_both(super::contexts, async |site| {
        a_year(site).await;
        let li = &site.cast.li;
        let year = of(site, li, "2026").await;
        assert_eq!(totals(&year), ["26", "9", "1", "11", "2", "3", "3"]);
        assert_eq!(year.totals.anonymous_pct.as_deref(), Some("42.31"));
        assert_eq!(row(&year, "Participations by month", "2026-03"), "19");
        assert_eq!(
            (row(&year, "People by month", "2026-03"), row(&year, "People by month", "2026-11")),
            ("9".into(), "6".into())
        );
        assert_eq!(row(&year, "Participations by kind of activity", "feast"), "7");
        assert_eq!(row(&year, "Families by kind of activity", "dropin"), "1");
        assert_eq!(
            (row(&year, "People by sex", "F"), row(&year, "People by sex", "M")),
            ("6".into(), "3".into())
        );
        assert_eq!(
            (row(&year, "Participations by sex", "F"), row(&year, "Participations by sex", "")),
            ("20".into(), "1".into())
        );
        assert_eq!(row(&year, "People by age", "12-17"), "6", "born on the last day of 2009 to 2014");
        assert_eq!(row(&year, "People by age", "18-59"), "1");
        assert_eq!(row(&year, "Participations by age", "adult"), "10");
        assert_eq!(row(&year, "People by home province", "52"), "2");
        assert_eq!(
            (row(&year, "Visits and calls", "visit"), row(&year, "Visits and calls", "call")),
            ("2".into(), "1".into())
        );
        assert_eq!(row(&year, "Requests asked", "after_school"), "3");
        let answers = &year.answers;
        let fared =
            [&answers.asked, &answers.answered, &answers.dropped, &answers.open].map(ToString::to_string);
        assert_eq!(fared, ["3", "1", "1", "1"]);
        assert_eq!((answers.median_days, answers.median_waiting), (Some(2), Some(2)));
        let before = year.previous.as_ref().expect("a year before");
        assert_eq!((before.period.as_str(), before.totals.people.to_string()), ("2025", "1".into()));
        let spring = of(site, li, "2026-Q1").await;
        assert_eq!(totals(&spring)[..4], ["19", "9", "1", "10"]);
        let text = String::from_utf8(evidence::csv(&year.printed()).unwrap()).unwrap();
        assert!(
            text.contains("统计期,Period,2026\r\n") && text.contains("2026 年 3 月,2026-03,19,73.08,73.08"),
            "{text}"
        );
        assert!(FileKind::ALL.iter().all(|kind| kind.make(&year.printed(), &site.node.zoned_now()).is_ok()));
        for block in &year.blocks {
            let rows: u64 = block.rows.iter().filter_map(|row| row.count.number()).sum();
            let all = rows + block.unknown.number().unwrap_or_default();
            assert!(!block.adds_up || Some(all) == block.denominator.number(), "{}", block.title_en);
            assert!(!block.definition_zh.is_empty() && !block.definition_en.is_empty());
        }
    });
}

#[test]
fn a_period_without_data_is_an_honest_empty_report() {
    on_both(super::contexts, async |site| {
        let li = &site.cast.li;
        for span in [
            Span::of_code("2019").unwrap(),
            Span::of_days("2019-03-02".parse().unwrap(), "2019-03-09".parse().unwrap()).unwrap(),
        ] {
            let empty = report(&site.node, li, &span).await.unwrap();
            assert_eq!(totals(&empty), ["0"; 7]);
            assert_eq!((empty.totals.anonymous_pct, empty.answers.median_days), (None, None));
            assert!(empty.blocks.iter().all(|block| block.rows.iter().all(|row| row.pct.is_none())));
        }
    });
}

#[test]
fn who_sees_which_figures_of_a_year() {
    on_both(super::contexts, async |site| {
        a_year(site).await;
        let kept = of(site, &site.cast.coordinator, "2026").await;
        assert_eq!(totals(&kept), ["26", "9", "<5", "11", "2", "3", "<5"]);
        assert_eq!(
            (row(&kept, "People by sex", "F"), row(&kept, "People by sex", "M")),
            ("*".into(), "<5".into())
        );
        assert_eq!((kept.answers.median_days, kept.answers.median_waiting), (None, None));
        for block in &kept.blocks {
            let things = ["sessions", "encounters"].contains(&block.unit.as_str());
            let cells = block.rows.iter().map(|row| &row.count).chain([&block.unknown, &block.denominator]);
            let small = cells.filter_map(evidence::Cell::number).any(|count| count > 0 && count < 5);
            assert!(things || !small, "{}", block.title_en);
        }
        let coordinator = &site.cast.coordinator;
        let days = |from: &str, to: &str| Span::of_days(from.parse().unwrap(), to.parse().unwrap()).unwrap();
        let refused = report(&site.node, coordinator, &days("2026-03-01", "2026-03-15")).await;
        assert!(matches!(refused, Err(ReportError::Refused(refusal)) if refusal.def.code == "SK-3407"));
        let months = report(&site.node, coordinator, &days("2026-02-01", "2026-06-30")).await.unwrap();
        assert_eq!((months.totals.people.to_string().as_str(), months.previous), ("9", None));
        for actor in [&site.cast.operator, &site.cast.auditor, &site.cast.chen] {
            let refused = report(&site.node, actor, &Span::of_code("2026").unwrap()).await;
            assert!(matches!(refused, Err(ReportError::Refused(refusal)) if refusal.def.code == "SK-3401"));
        }
    });
}

#[test]
fn every_number_opens_what_is_behind_it() {
    on_both(super::contexts, async |site| {
        a_year(site).await;
        let li = &site.cast.li;
        let year = Span::of_code("2026").unwrap();
        let told = of(site, li, "2026").await;
        let open = async |of: Of, by: Option<By>, key: &str| {
            let row = Row { by, key: key.to_owned() };
            let all = behind(&site.node, li, &year, of, &row).await.unwrap();
            (all.len() as u64, all.iter().map(|it| it.count).sum::<u64>())
        };
        for (title, of, by) in [
            ("People by sex", Of::People, By::Sex),
            ("People by age", Of::People, By::Age),
            ("People by home province", Of::People, By::Province),
            ("People by month", Of::People, By::Month),
            ("People by kind of activity", Of::People, By::Kind),
            ("Families by kind of activity", Of::Households, By::Kind),
            ("Sessions by kind of activity", Of::Sessions, By::Kind),
            ("Sessions by month", Of::Sessions, By::Month),
            ("Visits and calls", Of::Encounters, By::Kind),
            ("Requests asked", Of::Requests, By::Kind),
        ] {
            for row in &told.blocks.iter().find(|block| block.title_en == title).expect(title).rows {
                assert_eq!(
                    Some(open(of, Some(by), &row.key).await.0),
                    row.count.number(),
                    "{title} {}",
                    row.key
                );
            }
        }
        for (title, by) in [
            ("Participations by sex", By::Sex),
            ("Participations by age", By::Age),
            ("Participations by month", By::Month),
            ("Participations by kind of activity", By::Kind),
        ] {
            for row in &told.blocks.iter().find(|block| block.title_en == title).expect(title).rows {
                let shown = open(Of::Participations, Some(by), &row.key).await.1;
                assert_eq!(Some(shown), row.count.number(), "{title} {}", row.key);
            }
        }
        assert_eq!(open(Of::People, None, "").await.0, 9);
        assert_eq!(open(Of::Participations, None, "").await.1, 26);
        assert_eq!(open(Of::Anonymous, None, "").await.1, 11);
        assert_eq!(open(Of::Participations, Some(By::Sex), "").await.1, 1);
        let refused = behind(&site.node, &site.cast.coordinator, &year, Of::People, &Row::default()).await;
        assert!(matches!(refused, Err(ReportError::Refused(refusal)) if refusal.def.code == "SK-3406"));
    });
}
