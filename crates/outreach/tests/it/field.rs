//! Incidents and their patterns, leaflets, soft changes of groups, the needs board.

use jiff::civil::date;
use kernel::Id;
use kernel::units::Copies;
use outreach::{board, incident, leaflet, soft};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

use crate::{contexts, person};

async fn incident(site: &TestSite, rest: Value) -> Id {
    let mut body =
        json!({ "kind": "job", "place_text": "九眼桥 劳务市场", "day": "2026-11-20", "words": "只要本地人" });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    site.make(&site.cast.li, "incident.record", body).await
}

#[test]
fn three_alike_at_one_place_are_a_pattern() {
    on_both(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let patterns = async || {
            let found = incident::queries::patterns(&site.node, li, date(2025, 11, 24)).await.unwrap();
            found
                .iter()
                .map(|one| (one.place_text.clone(), one.kind.code(), one.incidents))
                .collect::<Vec<_>>()
        };
        incident(site, json!({})).await;
        incident(site, json!({ "place_text": "九眼桥劳务市场", "day": "2026-10-01" })).await;
        incident(site, json!({ "kind": "housing" })).await;
        incident(site, json!({ "place_text": "荷花池" })).await;
        incident(site, json!({ "day": "2025-11-01" })).await;
        assert_eq!(patterns().await, [], "two of one kind, others elsewhere, of another kind, or long ago");
        let third = incident(site, json!({ "place_text": "九眼桥－劳务市场" })).await;
        assert_eq!(patterns().await, [("九眼桥－劳务市场".to_owned(), "job", 3)]);
        let shown = site.node.held(site.site, "incident", third).await.unwrap().unwrap();
        let fields: Vec<&str> = shown.def.fields.iter().map(|field| field.name).collect();
        assert_eq!(fields, ["kind", "place", "place_text", "day", "words"], "no field for who told it");
        assert!(incident::queries::patterns(&site.node, chen, date(2025, 11, 24)).await.unwrap().is_empty());
        site.done(li, "incident.retract", third, json!({})).await;
        assert_eq!(patterns().await, []);
    });
}

#[test]
fn copies_are_counted_as_copies() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        for (title, place, copies) in
            [("讨薪须知", "九眼桥", 300), ("讨薪须知", "黄瓜街", 200), ("子女入学", "荷花池", 120)]
        {
            let body = json!({
                "title": title, "place_text": place, "day": "2026-02-10", "copies": copies,
                "languages": ["中文", "彝文", "中文", " "],
            });
            site.make(li, "leaflet_run.record", body).await;
        }
        let span = (date(2026, 1, 1), date(2026, 12, 31));
        let sums = leaflet::queries::sums(&site.node, li, span).await.unwrap();
        let told: Vec<(&str, Copies)> = sums.iter().map(|sum| (sum.title.as_str(), sum.copies)).collect();
        assert_eq!(told, [("讨薪须知", Copies(500)), ("子女入学", Copies(120))]);
        let whole: Copies = sums.iter().map(|sum| sum.copies).sum();
        assert_eq!(whole, Copies(620));
        let page = leaflet::queries::list(&site.node, li, None, 9).await.unwrap();
        assert_eq!((page.items.len(), page.items[0].languages.len()), (3, 2));
    });
}

#[test]
fn soft_changes_are_told_of_groups_only() {
    on_both(contexts, async |site| {
        let (li, wang, xu) = (&site.cast.li, &site.cast.wang, &site.cast.manager);
        let note = async |who: Id, step: u8, day: &str| {
            let body = json!({ "person": who, "dimension": "openness", "step": step, "day": day });
            site.make(li, "soft_change.note", body).await
        };
        let span = (date(2026, 1, 1), date(2026, 12, 31));
        let groups = async |actor| soft::queries::groups(&site.node, actor, span).await.unwrap();
        let mut people = Vec::new();
        for name in ["李娜", "王芳", "马秀英", "小雁"] {
            people.push(person(site, name).await);
        }
        let mut last = Id::default();
        for who in &people {
            note(*who, 1, "2026-03-01").await;
            last = note(*who, 3, "2026-11-01").await;
        }
        let told = groups(li).await;
        assert_eq!((told.len(), told[0].people, told[0].last.clone()), (1, None, None), "four are too few");
        let fifth = person(site, "小楠").await;
        note(fifth, 3, "2026-11-02").await;
        let told = groups(wang).await;
        assert_eq!(told[0].people, Some(kernel::units::People(5)));
        assert_eq!(told[0].last, Some(vec![Some(0), Some(0), Some(5), Some(0), Some(0)]));
        assert_eq!((told[0].first_mean, told[0].last_mean), (Some(14), Some(30)));
        note(people[0], 5, "2026-11-03").await;
        let told = groups(li).await;
        assert_eq!(told[0].last, Some(vec![Some(0), Some(0), None, Some(0), None]), "small steps are hidden");
        assert!(groups(&site.cast.chen).await.is_empty());
        for (actor, may) in [(li, true), (xu, true), (wang, false)] {
            let held =
                site.node.visible_one(actor, "soft_change", last, kernel::Use::Read).await.unwrap().unwrap();
            assert_eq!(kernel::reads(actor, &held, kernel::Label::Sealed), may);
        }
        site.done(xu, "person.erase", fifth, json!({})).await;
        assert_eq!(groups(li).await[0].people, None, "who was erased is not counted");
    });
}

#[test]
fn the_board_tells_everybody_what_is_marked_public() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let add = async |body: Value| site.make(li, "board_entry.add", body).await;
        let open = add(json!({ "said": "放学没人看孩子", "voices": 12, "public": true })).await;
        add(json!({ "said": "想学电脑", "voices": 30 })).await;
        add(json!({ "said": "打疫苗太远", "voices": 20, "public": true })).await;
        let public = async || {
            let cards = board::queries::public(&site.node, site.site).await.unwrap();
            cards.iter().map(|card| card.said.clone()).collect::<Vec<_>>()
        };
        assert_eq!(public().await, ["打疫苗太远", "放学没人看孩子"]);
        assert_eq!(board::queries::list(&site.node, li).await.unwrap().len(), 3);
        let closed = json!({ "status": "changed" });
        assert_eq!(site.refused(li, "board_entry.amend", open, closed).await, "SK-3222");
        let did = json!({ "status": "changed", "did": "开到晚上七点", "changed_on": "2026-11-01" });
        site.done(li, "board_entry.amend", open, did).await;
        site.done(li, "board_entry.amend", open, json!({ "public": false })).await;
        assert_eq!(public().await, ["打疫苗太远"]);
    });
}

#[test]
fn what_is_refused_of_these() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        for (verb, body, code) in [
            ("incident.record", json!({ "day": "2026-11-20", "place_text": " 。" }), "SK-3214"),
            ("incident.record", json!({ "day": "2026-02-30", "place_text": "九眼桥" }), "SK-1001"),
            ("incident.record", json!({ "day": "2027-01-01", "place_text": "九眼桥" }), "SK-3215"),
            (
                "incident.record",
                json!({ "day": "2026-11-20", "place_text": "九眼桥", "person": site.id() }),
                "SK-1001",
            ),
            (
                "leaflet_run.record",
                json!({ "title": " ", "copies": 1, "day": "2026-11-20", "place_text": "站" }),
                "SK-3216",
            ),
            (
                "leaflet_run.record",
                json!({ "title": "须知", "day": "2026-11-20", "place_text": "站" }),
                "SK-3217",
            ),
            ("leaflet_run.record", json!({ "title": "须知", "copies": 9, "day": "2026-11-20" }), "SK-3214"),
            ("soft_change.note", json!({ "step": 3, "day": "2026-11-20" }), "SK-3219"),
            ("board_entry.add", json!({ "said": "  " }), "SK-3221"),
            ("board_entry.add", json!({ "said": "长".repeat(501) }), "SK-1010"),
            ("board_entry.add", json!({ "said": "x", "status": "cannot" }), "SK-3222"),
        ] {
            assert_eq!(site.refused(li, verb, site.id(), body.clone()).await, code, "{verb} {body}");
        }
        let lina = person(site, "李娜").await;
        for step in [0, 6] {
            let body = json!({ "person": lina, "step": step, "day": "2026-11-20" });
            assert_eq!(site.refused(li, "soft_change.note", site.id(), body).await, "SK-3220");
        }
    });
}
