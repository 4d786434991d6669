//! What may be stored, and merging.

use kernel::Use;
use people::Person;
use serde_json::json;
use testkit::{on_both, on_sqlite};

use crate::{contexts, person};

#[test]
fn names_of_any_kind_are_kept_as_written() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let long = "名".repeat(200);
        for name in [
            "李娜",
            "𠮷田",
            "<script>alert(1)</script>",
            "'; DROP TABLE person_row; --",
            long.as_str(),
            "阿依古丽·买买提",
        ] {
            let id = person(site, li, name, json!({})).await;
            let held = site.node.held(site.site, "person", id).await.unwrap().unwrap();
            assert_eq!(journal::state::<Person>(&held).shown(), name);
        }
        let nickname = json!({ "names": [{ "kind": "nickname", "text": "小娜" }] });
        site.make(li, "person.create", nickname).await;
    });
}

#[test]
fn what_cannot_be_is_refused_by_number() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let name = json!([{ "kind": "birth", "text": "李娜" }]);
        let longest = "长".repeat(10_000);
        let many: Vec<_> = (0..31).map(|n| json!({ "kind": "former", "text": format!("名{n}") })).collect();
        for (body, code) in [
            (json!({}), "SK-3001"),
            (json!({ "names": [{ "kind": "birth", "text": " \u{200b} " }] }), "SK-3001"),
            (json!({ "names": many }), "SK-3002"),
            (json!({ "names": [{ "kind": "birth", "text": longest }] }), "SK-1010"),
            (json!({ "names": name, "phones": [{ "number": "123" }] }), "SK-3003"),
            (json!({ "names": name, "birth": { "precision": "day", "date": "2030-01-01" } }), "SK-3004"),
            (json!({ "names": name, "birth": { "precision": "day", "date": "2020-02-30" } }), "SK-1001"),
            (json!({ "names": name, "remark": longest }), "SK-1010"),
        ] {
            assert_eq!(site.refused(li, "person.create", site.id(), body).await, code);
        }
        let na = person(site, li, "李娜", json!({})).await;
        for (verb, body, code) in [
            ("tie.create", json!({ "person": na, "other": na }), "SK-3012"),
            ("stay.create", json!({ "person": na, "home": { "county": "镇雄" } }), "SK-3010"),
            ("stay.create", json!({ "person": site.id() }), "SK-1004"),
            (
                "household.create",
                json!({ "members": [{ "person": na }, { "person": na, "role": "head" }] }),
                "SK-3011",
            ),
            ("household.create", json!({ "registered": "2024-02-30" }), "SK-3013"),
            ("household.create", json!({ "rent": 100_001 }), "SK-3017"),
            ("place.add", json!({ "name": " " }), "SK-3014"),
            ("distinct.state", json!({ "a": na, "b": na }), "SK-3016"),
        ] {
            assert_eq!(site.refused(li, verb, site.id(), body).await, code, "{verb}");
        }
    });
}

#[test]
fn what_follows_from_fields_is_filled_in() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let body = json!({
            "birth": { "precision": "age", "years": 8, "on": "2026-06-01" }, "sex": "F",
            "phones": [{ "number": "+86 138 0013-8000" }, { "number": "13800138000" }],
            "id_number": " 11010519491231002X ",
        });
        let id = person(site, li, " 李 娜 ", body).await;
        let held = site.node.held(site.site, "person", id).await.unwrap().unwrap();
        let state: Person = journal::state(&held);
        assert_eq!(state.shown(), "李娜");
        assert_eq!(state.birth_year, Some(2017));
        assert_eq!(state.numbers(), ["13800138000"]);
        assert_eq!(state.id_number.as_deref(), Some("11010519491231002X"));
        assert_eq!(state.id_doubt.as_deref(), Some("id_birth_mismatch"));
        site.done(li, "person.amend", id, json!({ "birth": { "precision": "year", "year": 1949 } })).await;
        let held = site.node.held(site.site, "person", id).await.unwrap().unwrap();
        assert_eq!(journal::state::<Person>(&held).id_doubt, None);
    });
}

#[test]
fn a_merge_marks_the_duplicate_and_can_be_taken_back() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let keep = person(site, li, "李娜", json!({})).await;
        let twice = person(site, li, "李哪", json!({})).await;
        let third = person(site, li, "李纳", json!({})).await;
        assert_eq!(site.refused(li, "person.merge", twice, json!({ "into": twice })).await, "SK-3006");
        assert_eq!(
            site.refused(&site.cast.chen, "person.merge", twice, json!({ "into": keep })).await,
            "SK-1003"
        );
        site.done(li, "person.merge", twice, json!({ "into": keep })).await;
        assert_eq!(site.refused(li, "person.merge", twice, json!({ "into": third })).await, "SK-3008");
        // Two merges that cross: the second would close a circle.
        assert_eq!(site.refused(li, "person.merge", keep, json!({ "into": twice })).await, "SK-3007");
        assert_eq!(site.refused(li, "person.unmerge", keep, json!({})).await, "SK-3009");
        site.done(li, "person.merge", keep, json!({ "into": third })).await;
        let roots = people::person::roots(&site.node, site.site, &[keep, twice, third]).await.unwrap();
        assert!(roots.values().all(|root| *root == third), "{roots:?}");
        let all = people::person::same_person(&site.node, site.site, third).await.unwrap();
        assert_eq!(all, [third, keep, twice]);
        site.done(li, "person.unmerge", keep, json!({})).await;
        let found = people::person::find(&site.node, li, "李哪", 10).await.unwrap();
        assert_eq!(found[0].id, keep);
        site.done(li, "person.retract", keep, json!({})).await;
        let alone = people::person::find(&site.node, li, "李哪", 10).await.unwrap();
        assert_eq!(alone[0].id, twice, "the record it was merged into was withdrawn");
        site.done(li, "person.restore", keep, json!({})).await;
        site.done(li, "person.unmerge", twice, json!({})).await;
        assert_eq!(people::person::find(&site.node, li, "李哪", 10).await.unwrap()[0].id, twice);
    });
}

#[test]
fn an_erased_person_leaves_no_keys() {
    on_both(contexts, async |site| {
        let boss = &site.cast.manager;
        let body = json!({ "phones": [{ "number": "13800138000" }], "birth": { "precision": "year", "year": 1990 } });
        let id = person(site, boss, "李娜", body).await;
        site.done(boss, "person.erase", id, json!({})).await;
        for table in ["person_key", "person_block"] {
            let rows = site.node.rows(&format!("SELECT text FROM {table}"), Vec::new()).await.unwrap();
            assert!(rows.is_empty(), "{table}");
        }
        let rows =
            site.node.rows("SELECT name, birth_year, erased FROM person_row", Vec::new()).await.unwrap();
        assert_eq!((rows[0].text(0), rows[0].int(1), rows[0].int(2)), ("", 1990, 1));
        assert!(people::person::find(&site.node, boss, "李娜", 10).await.unwrap().is_empty());
        let visible = site.node.visible(boss, "person", &[id], Use::Read).await.unwrap();
        assert_eq!(visible.len(), 1);
    });
}
