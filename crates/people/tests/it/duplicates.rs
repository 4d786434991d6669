//! Duplicates of the register itself.

use people::duplicates::{
    Decision, Known, Levels, Sex, candidate_of, dedup, scan, similar, similar_to, views,
};
use proptest::prelude::*;
use serde_json::json;
use testkit::on_both;

use crate::{contexts, person};

#[test]
fn a_new_person_is_compared_with_the_register() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let born = json!({ "precision": "day", "date": "1990-03-05" });
        let known = json!({ "sex": "F", "birth": born, "phones": [{ "number": "13800138000" }] });
        let na = person(site, li, "李娜", known).await;
        let namesake = json!({ "sex": "F", "birth": { "precision": "year", "year": 1990 } });
        person(site, li, "李娜", namesake).await;
        person(site, li, "王芳", json!({ "sex": "F", "birth": born })).await;
        let mut new = Known {
            names: vec!["Li Na".into()],
            sex: Sex::F,
            birth: serde_json::from_value(born.clone()).ok(),
            phones: vec!["138 0013 8000".into()],
            ..Known::default()
        };
        let found = similar(&site.node, site.site, &new, 5).await.unwrap();
        assert_eq!((found[0].id, found[0].decision), (Some(na), Decision::Auto));
        assert!(found[0].reasons.iter().any(|reason| reason.field == "phone" && !reason.words_zh.is_empty()));
        new.phones.clear();
        new.names = vec!["李娜".into()];
        for scored in similar(&site.node, site.site, &new, 5).await.unwrap() {
            assert_eq!(scored.decision, Decision::Review, "a namesake of the same age is never joined");
        }
        new.birth = None;
        assert!(similar(&site.node, site.site, &new, 5).await.is_ok());
        new.names = vec!["赵六".into()];
        assert!(similar(&site.node, site.site, &new, 5).await.unwrap().is_empty());
    });
}

#[test]
fn pairs_of_the_register_are_shown_until_they_are_settled() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let body = |number: &str| {
            json!({
                "sex": "M", "birth": { "precision": "day", "date": "1984-03-14" }, "phones": [{ "number": number }],
            })
        };
        let one = person(site, li, "孙少涛", body("16909036616")).await;
        let two = person(site, li, "孫少濤", body("169-0903-6616")).await;
        let three = person(site, li, "孙少滔", body("16909036616")).await;
        let found = scan(&site.node, site.site).await.unwrap();
        assert_eq!(found.len(), 3, "{found:?}");
        assert_eq!(views(&site.node, li, &found).await.unwrap().len(), 3);
        assert!(views(&site.node, &site.cast.chen, &found).await.unwrap().is_empty());
        assert_eq!(similar_to(&site.node, site.site, one, 5).await.unwrap().len(), 2);
        site.make(li, "distinct.state", json!({ "a": three, "b": one })).await;
        assert_eq!(scan(&site.node, site.site).await.unwrap().len(), 2);
        site.done(li, "person.merge", two, json!({ "into": one })).await;
        assert!(scan(&site.node, site.site).await.unwrap().is_empty());
        assert!(views(&site.node, li, &found).await.unwrap().is_empty());
    });
}

#[test]
fn one_family_is_not_one_person() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let child = |day: &str| json!({ "sex": "F", "birth": { "precision": "day", "date": day }, "phones": [{ "number": "13800138000" }] });
        let twins = [
            person(site, li, "雷一怡", child("2017-07-08")).await,
            person(site, li, "雷一涵", child("2017-07-08")).await,
        ];
        let members: Vec<_> = twins.iter().map(|id| json!({ "person": id, "role": "child" })).collect();
        site.make(
            li,
            "household.create",
            json!({ "number": "KM120", "address": "北营村245号", "members": members }),
        )
        .await;
        let found = scan(&site.node, site.site).await.unwrap();
        assert!(found.iter().all(|pair| pair.decision != Decision::Auto), "{found:?}");
    });
}

type Facts = (&'static str, &'static str, Option<i16>, bool);

fn some_facts() -> impl Strategy<Value = Facts> {
    let name = vec!["李娜", "李哪", "Li Na", "小娜", "王芳", "", "𠮷田", "张海涛", "張海濤"];
    let phone = vec!["13800138000", "138 0013 8000", "", "5", "0871-98765432"];
    let year = prop::option::of(1980_i16..1984);
    (prop::sample::select(name), prop::sample::select(phone), year, any::<bool>())
}

fn known((name, phone, year, female): Facts) -> Known {
    Known {
        names: vec![name.to_owned()],
        sex: if female { Sex::F } else { Sex::U },
        birth: year.map(|year| calendar::Stated::Year { year }),
        phones: vec![phone.to_owned()],
        ..Known::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_a_pair_makes_no_difference(a in some_facts(), b in some_facts()) {
        let (a, b) = (candidate_of(&known(a)), candidate_of(&known(b)));
        let (there, back) = (Levels::of(&a, &b), Levels::of(&b, &a));
        prop_assert_eq!(there, back);
        prop_assert_eq!(dedup(&[a.clone(), b.clone()]).len(), dedup(&[b, a]).len());
    }
}
