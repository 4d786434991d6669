//! One search box.

use people::person::{find, recent};
use people::views::Found;
use serde_json::json;
use testkit::{TestSite, on_both, on_sqlite};

use crate::{contexts, person};

async fn names(site: &TestSite, query: &str) -> Vec<String> {
    let cards = find(&site.node, &site.cast.li, query, 20).await.unwrap();
    cards.into_iter().map(|card| card.name).collect()
}

#[test]
fn any_way_of_asking_finds_her() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let phone = json!({ "phones": [{ "number": "13800138000" }] });
        person(site, li, "李娜", phone).await;
        for other in ["王芳", "单田芳", "阿依古丽·买买提", "欧阳娜娜", "張海濤", "吕建国"]
        {
            person(site, li, other, json!({})).await;
        }
        let ways = [
            "李娜",
            "李",
            "娜",
            "lina",
            "Li Na",
            "ln",
            "li娜",
            "李n",
            "李na",
            "小娜",
            "阿娜",
            "娜姐",
            "8000",
            "13800138000",
            "138 0013-8000",
            "+86 13800138000",
            "１３８００１３８０００",
            "ｌｉｎａ",
            "linna",
            "李哪",
        ];
        for query in ways {
            assert!(names(site, query).await.contains(&"李娜".to_owned()), "{query}");
        }
        for (query, name) in [
            ("shantianfang", "单田芳"),
            ("dantianfang", "单田芳"),
            ("古丽", "阿依古丽·买买提"),
            ("买买提", "阿依古丽·买买提"),
            ("阿依古丽•买买提", "阿依古丽·买买提"),
            ("张海涛", "張海濤"),
            ("lvjianguo", "吕建国"),
            ("lujianguo", "吕建国"),
        ] {
            assert!(names(site, query).await.contains(&name.to_owned()), "{query}");
        }
        for query in ["赵", "，。", "'; DROP TABLE person_key; --", "%", "𠮷", &"长".repeat(10_000)] {
            assert!(names(site, query).await.is_empty(), "{query}");
        }
    });
}

#[test]
fn the_better_match_comes_first() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        for name in ["王李娜", "李娜娜", "李娜", "李哪"] {
            person(site, li, name, json!({})).await;
        }
        assert_eq!(names(site, "李娜").await, ["李娜", "李娜娜", "王李娜", "李哪"]);
        let cards = find(&site.node, li, "李娜", 20).await.unwrap();
        let why: Vec<_> = cards.iter().filter_map(|card| card.why).collect();
        assert_eq!(why, [Found::Exact, Found::Prefix, Found::Part, Found::Homophone]);
        assert_eq!(find(&site.node, li, "李", 2).await.unwrap().len(), 2);
    });
}

#[test]
fn a_volunteer_finds_only_whom_they_know() {
    on_both(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let assigned = person(site, li, "李娜", json!({})).await;
        person(site, li, "李娟", json!({})).await;
        let own = person(site, chen, "李芳", json!({})).await;
        let body = json!({ "account": chen.account, "noun": "person", "record": assigned });
        site.make(li, "assignment.give", body).await;
        let mut seen: Vec<_> =
            find(&site.node, chen, "李", 20).await.unwrap().into_iter().map(|card| card.id).collect();
        seen.sort_unstable();
        let mut expected = vec![assigned, own];
        expected.sort_unstable();
        assert_eq!(seen, expected);
        assert_eq!(recent(&site.node, chen, None, 20).await.unwrap().0.len(), 2);
        for nobody in [&site.cast.auditor, &site.cast.coordinator, &site.cast.operator] {
            assert!(find(&site.node, nobody, "李", 20).await.unwrap().is_empty());
            assert!(find(&site.node, nobody, "", 20).await.unwrap().is_empty());
        }
    });
}

#[test]
fn recent_ones_come_in_pages() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        for n in 0..7 {
            person(site, li, &format!("人{n}"), json!({})).await;
        }
        let (first, next) = recent(&site.node, li, None, 3).await.unwrap();
        let (second, next) = recent(&site.node, li, next.as_deref(), 3).await.unwrap();
        let (third, end) = recent(&site.node, li, next.as_deref(), 3).await.unwrap();
        let all: Vec<_> = first.iter().chain(&second).chain(&third).map(|card| card.name.clone()).collect();
        assert_eq!(all, ["人6", "人5", "人4", "人3", "人2", "人1", "人0"]);
        assert_eq!(end, None);
    });
}
