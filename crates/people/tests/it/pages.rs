//! Pages of people and households, places.

use people::person::page;
use people::views::Direction;
use people::{household, place};
use serde_json::{Value, json};
use testkit::on_both;

use crate::{contexts, person};

#[test]
fn a_page_holds_what_belongs_to_the_person_and_to_its_duplicates() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let child = person(
            site,
            li,
            "李小雨",
            json!({
                "sex": "F", "birth": { "precision": "year", "year": 2017 }, "phones": [{ "number": "13800138000" }],
                "disability": { "has": true, "type": "听力" }, "remark": "爱画画",
            }),
        )
        .await;
        let mother = person(site, li, "王芳", json!({})).await;
        let twice = person(site, li, "李晓雨", json!({})).await;
        let stay = json!({ "person": twice, "kind": "registered", "home": { "province": "53", "city": "5306", "county": "530627" } });
        site.make(li, "stay.create", stay).await;
        site.make(li, "tie.create", json!({ "person": child, "other": mother, "kind": "mother" })).await;
        let members = json!([{ "person": mother, "role": "head" }, { "person": child, "role": "child" }]);
        let home = json!({ "number": "KM001", "address": "北营村小卖部楼上", "members": members });
        let home = site.make(li, "household.create", home).await;
        site.done(li, "person.merge", twice, json!({ "into": child })).await;

        let shown = page(&site.node, li, child).await.unwrap().unwrap();
        assert!(shown.minor);
        assert_eq!(shown.merged[0].id, twice);
        assert_eq!(shown.stays.len(), 1);
        assert_eq!(shown.ties[0].other.name.as_deref(), Some("王芳"));
        assert_eq!(shown.ties[0].direction, Direction::Out);
        assert_eq!(shown.households[0].number, "KM001");
        let names: Vec<_> =
            shown.households[0].members.iter().filter_map(|member| member.name.clone()).collect();
        assert_eq!(names, ["王芳", "李小雨"]);
        let json = serde_json::to_value(&shown).unwrap();
        assert_eq!(json["person"]["remark"], "爱画画");
        assert_eq!(json["person"]["id"], Value::from(child.to_string()));
        assert_eq!(json["meta"]["version"], 1);
        let other_end = page(&site.node, li, mother).await.unwrap().unwrap();
        assert_eq!(other_end.ties[0].direction, Direction::In);
        assert!(!other_end.minor);

        let cards = people::person::find(&site.node, li, "李小雨", 5).await.unwrap();
        assert_eq!(cards[0].household.as_ref().unwrap().id, home);
        assert_eq!(cards[0].phones_tail, ["8000"]);
        assert_eq!(cards[0].age.unwrap().most, 9);
        assert_eq!(cards[0].home_text, "", "the stay belongs to the duplicate");
        let cards = people::person::cards(&site.node, li, &[twice]).await.unwrap();
        assert_eq!(cards[0].home_text, "云南省昭通市镇雄县");
        let (homes, _) = household::queries::find(&site.node, li, "km001", None, 5).await.unwrap();
        assert_eq!(homes.len(), 1);
        for query in ["王芳", "小卖部", "Km00"] {
            let (homes, _) = household::queries::find(&site.node, li, query, None, 5).await.unwrap();
            assert_eq!(homes[0].id, home, "{query}");
        }
        for query in ["%", "__", "赵", "'; DROP TABLE household_row; --"] {
            let (homes, _) = household::queries::find(&site.node, li, query, None, 5).await.unwrap();
            assert!(homes.is_empty(), "{query}");
        }
        let (homes, _) = household::queries::find(&site.node, li, "", None, 5).await.unwrap();
        assert_eq!(homes[0].number, "KM001");
        assert_eq!(household::queries::page(&site.node, li, home).await.unwrap().unwrap().members.len(), 2);
    });
}

#[test]
fn a_page_shows_what_the_reader_may_read() {
    on_both(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let body = json!({ "disability": { "has": true }, "permit": "no", "insurance": "新农合" });
        let id = person(site, li, "李娜", body).await;
        assert!(page(&site.node, chen, id).await.unwrap().is_none());
        let assignment = json!({ "account": chen.account, "noun": "person", "record": id });
        site.make(li, "assignment.give", assignment).await;
        let mate = person(site, li, "王强", json!({})).await;
        let members = json!([{ "person": id }, { "person": mate }]);
        site.make(li, "household.create", json!({ "number": "7", "members": members })).await;
        let shown = serde_json::to_value(page(&site.node, chen, id).await.unwrap().unwrap()).unwrap();
        for hidden in ["disability", "permit", "insurance"] {
            assert!(shown["person"].get(hidden).is_none(), "{hidden}");
        }
        assert_eq!(shown["person"]["names"][0]["text"], "李娜");
        assert_eq!(shown["households"][0]["members"][1]["name"], Value::Null);
        for nobody in [&site.cast.auditor, &site.cast.coordinator, &site.cast.operator] {
            assert!(page(&site.node, nobody, id).await.unwrap().is_none());
        }
        let (homes, _) = household::queries::find(&site.node, chen, "", None, 5).await.unwrap();
        assert_eq!(homes.len(), 1, "a member who is assigned opens the household");
        assert!(
            household::queries::find(&site.node, &site.cast.auditor, "", None, 5).await.unwrap().0.is_empty()
        );
    });
}

#[test]
fn places_are_found_by_name_and_division() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let north =
            json!({ "name": "北营村", "kind": "urban_village", "within": "530111", "aliases": ["北营"] });
        site.make(li, "place.add", north).await;
        site.make(li, "place.add", json!({ "name": "青杉小区", "kind": "estate", "within": "530102" })).await;
        for query in ["北营", "beiying", "by", "北营村"] {
            let found = place::queries::find(&site.node, li, query, 5).await.unwrap();
            assert_eq!(found[0].name, "北营村", "{query}");
        }
        assert_eq!(place::queries::within(&site.node, li, "5301").await.unwrap().len(), 2);
        assert_eq!(place::queries::within(&site.node, li, "530102").await.unwrap()[0].name, "青杉小区");
    });
}
