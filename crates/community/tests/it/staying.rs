//! Who stays over a festival: one answer per household, festival and year, whoever asks on whichever phone.

use community::FestivalStay;
use community::staying::{Answer, Meal, meal_id, queries, stay_id};
use kernel::{Id, Outcome, Use};
use serde_json::{Value, json};
use testkit::{TestSite, on_both, on_sqlite};

use super::{contexts, evening, person};

const SPRING: (&str, i16) = ("spring", 2027);

fn about(household: Id) -> Value {
    json!({ "festival": "spring", "year": 2027, "household": household })
}

async fn home(site: &TestSite, number: &str) -> (Id, Id) {
    let home = site.make(&site.cast.li, "household.create", json!({ "number": number })).await;
    (home, stay_id(home, SPRING.0, SPRING.1))
}

async fn answer(site: &TestSite, record: Id) -> FestivalStay {
    let held = site.node.visible_one(&site.cast.li, "festival_stay", record, Use::Read).await.unwrap();
    journal::state(&held.expect("in scope"))
}

#[test]
fn two_phones_make_one_record_and_lose_no_answer() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let (household, record) = home(site, "H1").await;
        assert_eq!(site.refused(li, "festival_stay.list", site.id(), about(household)).await, "SK-3191");
        let tap = |rest: Value| {
            let mut amend = site.envelope("festival_stay.amend", record, rest);
            amend.base = Some(1);
            vec![site.envelope("festival_stay.list", record, about(household)), amend]
        };
        let first = site.send(li, tap(json!({ "answer": "stays_alone", "people": 4, "children": 2 }))).await;
        assert!(first.iter().all(|receipt| receipt.outcome == Outcome::Applied), "{first:?}");
        let second = site.send(wang, tap(json!({ "answer": "goes_home" }))).await;
        let codes: Vec<&str> =
            second.iter().filter_map(|it| it.problem.as_ref()).map(|it| it.code.as_ref()).collect();
        assert_eq!(codes, ["SK-1006"], "the record is there already");
        assert_eq!(second[1].outcome, Outcome::Conflict);
        assert_eq!(second[1].set_aside, ["answer"]);
        let now = answer(site, record).await;
        assert_eq!((now.answer, now.people), (Answer::StaysAlone, Some(4)));
        // The same answer from a third phone is no conflict.
        let third = site.send(wang, tap(json!({ "answer": "stays_alone" }))).await;
        assert_eq!(third[1].outcome, Outcome::Applied);
        assert_eq!(queries::of_festival(&site.node, li, SPRING.0, SPRING.1).await.unwrap().len(), 1);
    });
}

#[test]
fn what_belongs_to_another_answer_goes_with_it() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let (household, record) = home(site, "H1").await;
        let (other, _) = home(site, "H2").await;
        let mut body = about(household);
        body["answer"] = json!("stays_with");
        body["with_household"] = json!(other);
        body["with_words"] = json!(" 和姐姐家 ");
        body["people"] = json!(3);
        body["words"] = json!("奶奶𠮷走不动");
        site.done(li, "festival_stay.list", record, body).await;
        assert_eq!(answer(site, record).await.with_words, "和姐姐家");
        let home = json!({ "answer": "goes_home", "from": "2027-01-30", "back": "2027-02-20" });
        site.done(li, "festival_stay.amend", record, home).await;
        let now = answer(site, record).await;
        assert_eq!((now.with_household, now.people, now.with_words.as_str()), (None, None, ""));
        assert_eq!(
            (now.back.unwrap().to_string(), now.words.as_str()),
            ("2027-02-20".into(), "奶奶𠮷走不动")
        );
        site.done(li, "festival_stay.amend", record, json!({ "answer": "stays_alone", "meal": "yes" })).await;
        let now = answer(site, record).await;
        assert_eq!((now.from, now.back, now.meal), (None, None, Meal::Yes));
        // Taken back: nobody has asked them.
        site.done(li, "festival_stay.amend", record, json!({ "answer": "not_asked", "meal": "not_asked" }))
            .await;
        assert!(queries::asked(&site.node, li.site, SPRING.0, SPRING.1).await.unwrap().is_empty());
    });
}

#[test]
fn what_an_answer_refuses() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let (household, record) = home(site, "H1").await;
        let refused = async |rest: Value| {
            let mut body = about(household);
            body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            site.refused(li, "festival_stay.list", record, body).await
        };
        let stays = |rest: Value| {
            let mut body = json!({ "answer": "stays_alone" });
            body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            body
        };
        assert_eq!(refused(json!({ "festival": "miao_year" })).await, "SK-3192", "its day is announced");
        assert_eq!(refused(json!({ "festival": "'; DROP TABLE person_row" })).await, "SK-3192");
        assert_eq!(refused(json!({ "year": 2051 })).await, "SK-3192");
        assert_eq!(refused(json!({ "year": 2028 })).await, "SK-3191");
        assert_eq!(refused(json!({ "person": person(site, "李娜").await })).await, "SK-3190");
        assert_eq!(refused(json!({ "household": null })).await, "SK-3190");
        assert_eq!(refused(stays(json!({ "people": 61 }))).await, "SK-3193");
        assert_eq!(refused(stays(json!({ "people": 2, "children": 3 }))).await, "SK-3193");
        assert_eq!(refused(stays(json!({ "words": "长".repeat(501) }))).await, "SK-1010");
        assert_eq!(refused(json!({ "with_household": household, "answer": "stays_with" })).await, "SK-3195");
        let back = |day: &str| json!({ "answer": "goes_home", "from": "2027-02-01", "back": day });
        assert_eq!(refused(back("2027-01-31")).await, "SK-3194");
        assert_eq!(refused(back("2027-02-30")).await, "SK-1001");
        let stranger = about(site.id());
        assert_eq!(site.refused(li, "festival_stay.list", record, stranger).await, "SK-1004");
    });
}

#[test]
fn strangers_know_of_no_answer() {
    on_both(contexts, async |site| {
        let (li, chen) = (&site.cast.li, &site.cast.chen);
        let (household, record) = home(site, "H1").await;
        let (mine, own) = home(site, "H2").await;
        for (home, record) in [(household, record), (mine, own)] {
            site.done(li, "festival_stay.list", record, about(home)).await;
        }
        let given = json!({ "account": chen.account, "noun": "household", "record": mine });
        site.make(&site.cast.manager, "assignment.give", given).await;
        let seen = queries::of_festival(&site.node, chen, SPRING.0, SPRING.1).await.unwrap();
        assert_eq!(seen.iter().map(|held| held.meta.id).collect::<Vec<_>>(), [own]);
        let body = json!({ "answer": "stays_alone" });
        assert_eq!(site.refused(chen, "festival_stay.amend", record, body.clone()).await, "SK-1004");
        site.done(chen, "festival_stay.amend", own, body).await;
        for other in [&site.cast.coordinator, &site.cast.auditor, &site.cast.operator] {
            let seen = queries::of_festival(&site.node, other, SPRING.0, SPRING.1).await.unwrap();
            assert!(seen.is_empty(), "{:?}", other.role);
        }
    });
}

#[test]
fn the_meal_is_one_for_a_festival() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let (_, session) = evening(site, "2027-02-05").await;
        let body = json!({ "festival": "spring", "year": 2027, "session": session });
        let record = meal_id(li.site, SPRING.0, SPRING.1);
        assert_eq!(site.refused(li, "festival_meal.link", site.id(), body.clone()).await, "SK-3191");
        assert_eq!(
            site.refused(&site.cast.chen, "festival_meal.link", record, body.clone()).await,
            "SK-1003"
        );
        site.done(li, "festival_meal.link", record, body).await;
        let meal = queries::meal(&site.node, li, SPRING.0, SPRING.1).await.unwrap();
        assert_eq!(meal, Some((Some(session), 1)));
        site.done(li, "festival_meal.amend", record, json!({ "session": null })).await;
        let meal = queries::meal(&site.node, li, SPRING.0, SPRING.1).await.unwrap();
        assert_eq!(meal, Some((None, 2)));
    });
}
