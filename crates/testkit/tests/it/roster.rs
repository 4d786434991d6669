//! The roster of 255 children, 87 % renting.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use evidence::roster::{Roster, report};
use evidence::{FileKind, ReportError};
use jiff::civil::date;
use kernel::{Actor, Envelope, Id, Outcome};
use serde_json::{Value, json};
use testkit::{TestSite, on_both};

/// Tenure and how many children have it.
const HOMES: [(Option<&str>, usize); 6] = [
    (Some("rent"), 214),
    (Some("public_rent"), 8),
    (Some("own"), 17),
    (Some("kin"), 8),
    (Some("dorm"), 6),
    (None, 2),
];

fn child(at: usize) -> Value {
    let birth = match at % 8 {
        0 => json!({ "precision": "month", "year": 2015, "month": 4 }),
        1 => json!({ "precision": "age", "years": 9, "on": "2024-03-15" }),
        2 => Value::Null,
        3 => json!({ "precision": "lunar", "year": 2019, "month": 1, "day": 8 }),
        _ => {
            json!({ "precision": "day", "date": format!("20{:02}-0{}-2{}", 7 + at % 17, 1 + at % 9, at % 9) })
        }
    };
    json!({
        "names": [{ "kind": "birth", "text": format!("王小{at}") }],
        "sex": if at < 122 { "F" } else { "M" },
        "birth": birth,
        "grade": { "stage": "primary", "grade": 3 },
        "permit": if at.is_multiple_of(2) { json!("yes") } else { Value::Null },
        "insurance": if at.is_multiple_of(3) { "home" } else { "local" },
    })
}

/// Registers the children, their homes (every other one by the household), and their parents.
async fn register(site: &TestSite) -> Vec<Id> {
    let tenures = HOMES.iter().flat_map(|(tenure, count)| std::iter::repeat_n(*tenure, *count));
    let mut children = Vec::new();
    let mut commands: Vec<Envelope> = Vec::new();
    for (at, tenure) in tenures.enumerate() {
        let id = site.id();
        commands.push(site.envelope("person.create", id, child(at)));
        let home = json!({ "person": id, "kind": "registered", "home": { "province": if at < 200 { "53" } else { "51" } } });
        commands.push(site.envelope("stay.create", site.id(), home));
        if at.is_multiple_of(2) {
            let stay = json!({ "person": id, "kind": "living", "tenure": tenure });
            commands.push(site.envelope("stay.create", site.id(), stay));
        } else {
            let members = json!([{ "person": id, "role": "child" }]);
            let household = json!({ "number": format!("H{at}"), "tenure": tenure, "members": members });
            commands.push(site.envelope("household.create", site.id(), household));
        }
        children.push(id);
    }
    for (name, birth) in [
        ("李娜", json!({ "precision": "day", "date": "1985-02-03" })),
        ("𠮷", json!({ "precision": "day", "date": "2006-03-15" })),
        ("阿娜", Value::Null),
    ] {
        let body = json!({ "names": [{ "text": name }], "birth": birth });
        commands.push(site.envelope("person.create", site.id(), body));
    }
    for chunk in commands.chunks(400) {
        let receipts = site.send(&site.cast.li, chunk.to_vec()).await;
        for receipt in receipts {
            assert_eq!(receipt.outcome, Outcome::Applied, "{:?}", receipt.problem);
        }
    }
    children
}

async fn roster(site: &TestSite, actor: &Actor) -> Roster {
    report(&site.node, actor, date(2024, 3, 15)).await.expect("a report")
}

fn block<'a>(roster: &'a Roster, title: &str) -> &'a evidence::Block {
    roster.blocks.iter().find(|block| block.title_en == title).expect(title)
}

fn row(roster: &Roster, title: &str, key: &str) -> String {
    let block = block(roster, title);
    block.rows.iter().find(|row| row.key == key).map_or("-".into(), |row| row.count.to_string())
}

#[test]
fn of_255_children_87_per_cent_rent() {
    on_both(super::contexts, async |site| {
        let children = register(site).await;
        let (li, xu) = (&site.cast.li, &site.cast.manager);
        let seen = roster(site, li).await;
        assert_eq!(seen.people.total.to_string(), "258");
        assert_eq!(
            (seen.children.total.to_string(), seen.children.unknown_age.to_string()),
            ("255".into(), "1".into())
        );
        let renting = block(&seen, "Renting");
        assert_eq!(
            (renting.rows[0].count.to_string(), renting.unknown.to_string()),
            ("222".into(), "2".into())
        );
        assert_eq!(renting.rows[0].pct.as_deref(), Some("87.06"));
        assert_eq!(renting.rows[0].pct_of_known.as_deref(), Some("87.75"));
        assert_eq!(renting.denominator.to_string(), "255");
        assert_eq!(
            (row(&seen, "Home", "rent"), row(&seen, "Home", "public_rent")),
            ("214".into(), "8".into())
        );
        assert_eq!((row(&seen, "Sex", "F"), row(&seen, "Sex", "M")), ("122".into(), "133".into()));
        assert_eq!(
            (row(&seen, "Home province", "53"), row(&seen, "Home province", "51")),
            ("200".into(), "55".into())
        );
        assert_eq!(block(&seen, "Age").unknown.to_string(), "32");
        assert_eq!(row(&seen, "Residence permit", "yes"), "128");
        assert_eq!(row(&seen, "Health insurance", "home"), "85");

        // A duplicate counts once; what only it knows counts. A withdrawn record does not count.
        let again =
            site.make(li, "person.create", json!({ "names": [{ "text": "小娜" }], "sex": "F" })).await;
        let need = json!({ "person": again, "code": "wage" });
        site.make(li, "need.hear", need).await;
        site.done(li, "person.merge", again, json!({ "into": children[2] })).await;
        let merged = roster(site, li).await;
        assert_eq!(
            (merged.people.total.to_string(), merged.children.total.to_string()),
            ("258".into(), "255".into())
        );
        assert_eq!((row(&merged, "Needs", "wage"), row(&merged, "Needs", "any")), ("1".into(), "1".into()));
        site.done(li, "person.unmerge", again, json!({})).await;
        assert_eq!(roster(site, li).await.people.total.to_string(), "259");
        site.done(li, "person.retract", again, json!({})).await;
        assert_eq!(roster(site, li).await.people.total.to_string(), "258");
        site.done(xu, "person.erase", children[4], json!({})).await;
        assert_eq!(roster(site, xu).await.children.total.to_string(), "255", "anonymous totals stand");
    });
}

#[test]
fn who_sees_which_figures() {
    on_both(super::contexts, async |site| {
        register(site).await;
        for nobody in [&site.cast.chen, &site.cast.auditor, &site.cast.operator] {
            let refused = report(&site.node, nobody, date(2024, 3, 15)).await;
            assert!(matches!(refused, Err(ReportError::Refused(refusal)) if refusal.def.code == "SK-3401"));
        }
        let seen = roster(site, &site.cast.coordinator).await;
        let titles: Vec<&str> = seen.blocks.iter().map(|block| block.title_en.as_str()).collect();
        assert_eq!(titles, ["Renting", "Sex", "Age", "Home province", "Needs"]);
        assert_eq!(row(&seen, "Renting", "renting"), "222");
        assert_eq!(row(&seen, "Renting", "not_renting"), "*");
        assert_eq!(block(&seen, "Renting").unknown.to_string(), "<5");
        assert_eq!(seen.children.unknown_age.to_string(), "<5");
    });
}

#[test]
fn the_workbook_holds_the_same_figures() {
    on_both(super::contexts, async |site| {
        register(site).await;
        let seen = roster(site, &site.cast.manager).await;
        let bytes = FileKind::Xlsx.make(&seen.printed(), &site.node.zoned_now()).expect("a workbook");
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        let range = book.worksheet_range_at(0).expect("a sheet").expect("which reads");
        let renting = range.rows().find(|row| row[1] == Data::String("Renting".into())).expect("the row");
        assert_eq!(renting[2], Data::Float(222.0));
        assert_eq!(renting[3], Data::Float(87.06));
        assert!(range.rows().any(|row| row[0].to_string().starts_with("租住 = 租房")));
        let text = String::from_utf8(evidence::csv(&seen.printed()).expect("text")).expect("UTF-8");
        assert!(text.contains("租住,Renting,222,87.06,87.75\r\n"), "{text}");
    });
}

#[test]
fn an_empty_register_has_a_roster_too() {
    on_both(super::contexts, async |site| {
        let seen = roster(site, &site.cast.manager).await;
        assert_eq!(seen.children.total.to_string(), "0");
        assert!(seen.blocks.iter().all(|block| block.rows.iter().all(|row| row.pct.is_none())));
        assert!(FileKind::ALL.iter().all(|kind| kind.make(&seen.printed(), &site.node.zoned_now()).is_ok()));
    });
}
