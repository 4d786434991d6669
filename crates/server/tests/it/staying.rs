//! Staying over the Spring Festival: families who stay by themselves are listed, and told of, before the eve.

use community::staying::{meal_id, stay_id};
use jiff::civil::{Date, date};
use kernel::{Id, SiteId};
use serde_json::{Value, json};
use server::attention::staying;

use crate::client::{Browser, Program, on_both};

/// A grown-up and a child who live here and are registered in a county.
struct Family {
    household: Id,
    adult: Id,
    stay: Id,
}

async fn person(manager: &Browser, name: &str, born: i16, county: &str) -> (Id, Id) {
    let birth = json!({ "precision": "year", "year": born });
    let body =
        json!({ "names": [{ "text": name }], "birth": birth, "phones": [{ "number": "13800138000" }] });
    let person = manager.make("person.create", body).await;
    let home = json!({ "province": &county[..2], "city": &county[..4], "county": county });
    manager.make("stay.create", json!({ "person": person, "kind": "registered", "home": home })).await;
    let here = json!({ "province": "53", "city": "5301", "county": "530111" });
    let stay = manager.make("stay.create", json!({ "person": person, "kind": "living", "home": here })).await;
    (person, stay)
}

async fn family(manager: &Browser, number: &str, (name, born): (&str, i16), county: &str) -> Family {
    let (adult, stay) = person(manager, name, born, county).await;
    let (child, _) = person(manager, &format!("{name}的孩子"), 2018, county).await;
    let members = json!([{ "person": adult, "role": "head" }, { "person": child, "role": "child" }]);
    let household = manager.make("household.create", json!({ "number": number, "members": members })).await;
    Family { household, adult, stay }
}

#[allow(clippy::needless_pass_by_value, reason = "callers write the answer in place")]
fn answer(household: Id, year: i16, rest: Value) -> (Id, Value) {
    let mut body = json!({ "festival": "spring", "year": year, "household": household });
    body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    (stay_id(household, "spring", year), body)
}

async fn says(manager: &Browser, household: Id, year: i16, rest: Value) -> Id {
    let (record, body) = answer(household, year, rest);
    manager.done("festival_stay.list", record, body).await
}

fn numbers(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|item| item["number"].as_str().unwrap()).collect()
}

/// Its fixed day: the list is asked for by name and year, whenever this runs.
const LIST: &str = "/api/v1/festival-stays?festival=spring&year=2027";

#[test]
fn families_who_stay_alone_stand_first() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let home = family(&manager, "A1", ("王强", 1985), "520502").await;
        let old = family(&manager, "A2", ("李𠮷娜", 1940), "520502").await;
        family(&manager, "A3", ("赵敏", 1990), "510107").await;
        family(&manager, "A4", ("本地人", 1980), "530102").await;
        let (single, _) = person(&manager, "独身的周师傅", 1975, "520502").await;
        let (gone, stay) = person(&manager, "回去了的人", 1975, "520502").await;
        let to = json!({ "precision": "year", "year": 2020 });
        manager.done("stay.amend", stay, json!({ "to": to })).await;

        let list = manager.get(LIST).await;
        assert_eq!(list["festival"]["day"], "2027-02-06");
        assert_eq!(list["festival"]["eve"], "2027-02-05");
        assert_eq!(numbers(&list), ["A1", "A2", "A3", ""], "who is from here is not asked");
        assert_eq!(list["items"][3]["person"], json!(single));
        assert!(!list.to_string().contains(&gone.to_string()));
        let (asked, alone) = (&list["totals"]["not_asked"], &list["totals"]["not_asked_single"]);
        assert_eq!((asked, alone), (&json!(3), &json!(1)));
        assert_eq!(list["items"][0]["id"], json!(stay_id(home.household, "spring", 2027)));

        let rest = json!({ "answer": "stays_alone", "people": 2, "children": 1 });
        says(&manager, old.household, 2027, rest).await;
        says(&manager, home.household, 2027, json!({ "answer": "goes_home", "back": "2027-02-20" })).await;
        let back = json!({ "precision": "day", "date": "2027-02-20" });
        manager.done("stay.amend", home.stay, json!({ "expected_back": back })).await;
        let list = manager.get(LIST).await;
        assert_eq!(numbers(&list), ["A2", "A3", "", "A1"]);
        let first = &list["items"][0];
        assert_eq!(first["members"][0]["who"]["name"], "李𠮷娜");
        assert_eq!(first["members"][0]["phones"], json!(["13800138000"]));
        let marks = |at: usize, what: &str| first["members"][at][what].as_bool().unwrap();
        assert_eq!((marks(0, "elder"), marks(1, "elder"), marks(1, "child")), (true, false, true));
        let went = &list["items"][3];
        assert_eq!(went["members"][0]["stay"]["expected_back"], "2027-02-20");
        assert_eq!((&went["back"], &went["people"]), (&json!("2027-02-20"), &Value::Null));
        let totals = &list["totals"];
        let alone = json!({ "households": 1, "single": 0, "people": 2, "children": 1, "untold": 0 });
        assert_eq!(totals["stays_alone"], alone);
        assert_eq!(totals["goes_home"]["people"], 2);
        assert_eq!(totals["not_asked"], 1);
    });
}

#[test]
fn the_meal_is_a_session_that_they_sign_up_for() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let site = SiteId(program.actor(&manager).await.site.0);
        let home = family(&manager, "A1", ("王强", 1985), "520502").await;
        let activity = manager.make("activity.create", json!({ "title": "团圆饭", "kind": "feast" })).await;
        let session =
            manager.make("session.create", json!({ "activity": activity, "day": "2027-02-05" })).await;
        let link = json!({ "festival": "spring", "year": 2027, "session": session });
        manager.done("festival_meal.link", meal_id(site, "spring", 2027), link).await;
        says(&manager, home.household, 2027, json!({ "answer": "stays_alone", "meal": "yes" })).await;
        let signup = session.derive(&format!("signup:{}", home.adult));
        let body = json!({ "session": session, "activity": activity, "person": home.adult, "adults": 1, "children": 1 });
        manager.done("signup.make", signup, body).await;

        let list = manager.get(LIST).await;
        assert_eq!(list["meal"]["id"], json!(session));
        assert_eq!((&list["meal"]["expected"]["seated"], &list["meal_version"]), (&json!(2), &json!(1)));
        assert_eq!(list["items"][0]["signup"]["standing"], "in");
        let comes = &list["totals"]["comes"];
        assert_eq!(
            (&comes["households"], &comes["people"], &comes["untold"]),
            (&json!(1), &json!(0), &json!(1))
        );
        manager.done("signup.cancel", signup, json!({})).await;
        assert_eq!(manager.get(LIST).await["items"][0]["signup"]["standing"], "cancelled");
    });
}

#[test]
fn nobody_reads_more_of_the_list_than_they_may() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let home = family(&manager, "A1", ("王强", 1985), "520502").await;
        let mine = family(&manager, "A2", ("李娜", 1985), "520502").await;
        says(&manager, home.household, 2027, json!({ "answer": "stays_alone" })).await;
        let chen = program.other(&manager, "chen", "volunteer").await;
        assert_eq!(chen.get(LIST).await["items"], json!([]));
        let account = chen.get("/api/v1/session").await["account"]["id"].clone();
        let given = json!({ "account": account, "noun": "household", "record": mine.household });
        manager.make("assignment.give", given).await;
        let list = chen.get(LIST).await;
        assert_eq!(numbers(&list), ["A2"]);
        assert_eq!(list["totals"]["not_asked"], 1);
        says(&chen, mine.household, 2027, json!({ "answer": "stays_with" })).await;
        for role in ["coordinator", "auditor", "operator"] {
            let other = program.other(&manager, role, role).await;
            let list = other.get(LIST).await;
            assert_eq!((&list["items"], &list["totals"]["not_asked"]), (&json!([]), &json!(0)), "{role}");
        }
        for path in ["?festival=miao_year", "?festival=nothing", "?year=2051", "?festival=eid_fitr&year=1999"]
        {
            let answer = manager.send("GET", &format!("/api/v1/festival-stays{path}"), None).await;
            assert!(["SK-3192", "SK-1105"].contains(&answer.code().as_str()), "{path}: {}", answer.text());
        }
        let options = manager.get("/api/v1/festival-stays/festivals").await;
        assert!(options["items"].as_array().unwrap().iter().any(|each| each["code"] == "spring"));
    });
}

async fn told(program: &Program, manager: &Browser, today: Date) -> Vec<staying::Staying> {
    let actor = program.actor(manager).await;
    staying::of(&program.app.node, &actor, today).await.unwrap()
}

/// The eve was on 16 February 2026.
#[test]
fn who_stays_alone_is_told_of_until_the_eve() {
    on_both(async |program: Program| {
        let manager = program.manager().await;
        let alone = family(&manager, "A1", ("王强", 1985), "520502").await;
        let invited = family(&manager, "A2", ("李娜", 1985), "520502").await;
        let visited = family(&manager, "A3", ("赵敏", 1985), "520502").await;
        family(&manager, "A4", ("周红", 1985), "520502").await;
        for (home, meal) in [(&alone, "not_asked"), (&invited, "no"), (&visited, "not_asked")] {
            says(&manager, home.household, 2026, json!({ "answer": "stays_alone", "meal": meal })).await;
        }
        let visit = json!({ "kind": "visit", "day": "2026-02-01", "persons": [visited.adult] });
        manager.make("encounter.record", visit).await;

        assert!(told(&program, &manager, date(2026, 1, 25)).await.is_empty(), "22 days before the eve");
        let first = told(&program, &manager, date(2026, 1, 26)).await.remove(0);
        assert_eq!((first.festival.as_str(), first.eve.as_str(), first.days), ("spring", "2026-02-16", 21));
        let names: Vec<&str> = first.alone.iter().map(|one| one.members[0].name.as_str()).collect();
        assert_eq!((names, first.not_asked.0), (vec!["王强"], 1));
        assert_eq!(told(&program, &manager, date(2026, 2, 16)).await[0].days, 0);
        assert!(told(&program, &manager, date(2026, 2, 17)).await.is_empty(), "it is the festival");
        let record = stay_id(alone.household, "spring", 2026);
        manager.done("festival_stay.amend", record, json!({ "meal": "yes" })).await;
        let later = told(&program, &manager, date(2026, 2, 16)).await.remove(0);
        assert!(later.alone.is_empty());
    });
}
