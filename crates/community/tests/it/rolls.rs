//! Marks of a roll: four kinds, claims, undo, two phones at once.

use community::participation::{MarkKind, mark_id, queries as rolls};
use community::session;
use kernel::Outcome;
use kernel::units::{Households, Participations, People};
use serde_json::json;
use testkit::{on_both, on_sqlite};

use super::{contexts, evening, mark, next_session, person, totals};

#[test]
fn a_roll_of_four_kinds() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let at = evening(site, "2026-11-24").await;
        let lina = person(site, "李娜").await;
        let home = site.make(li, "household.create", json!({ "number": "H1" })).await;
        mark(site, at, json!({ "kind": "person", "person": lina })).await;
        mark(site, at, json!({ "kind": "household", "household": home })).await;
        let nick = mark(site, at, json!({ "kind": "nickname", "nickname": "小娜" })).await;
        let group = json!({ "migrant": true, "age": "child", "sex": "F" });
        let crowd = mark(site, at, json!({ "kind": "tally", "count": 12, "group": group })).await;
        assert_eq!(totals(site, li, at.1).await, (1, 14, 1, 13));

        // Named next week: attendance follows her and no total changes.
        let nan = person(site, "王小楠").await;
        site.advance(jiff::SignedDuration::from_hours(24 * 7));
        site.done(li, "participation.claim", crowd, json!({ "person": nan })).await;
        assert_eq!(totals(site, li, at.1).await, (2, 14, 1, 12));
        let went = rolls::of_person(&site.node, li, &[nan], 50).await.unwrap();
        assert_eq!((went.len(), went[0].day.as_str(), went[0].claimed), (1, "2026-11-24", true));
        assert_eq!(went[0].title, "周二晚间开放");
        let again = site.refused(li, "participation.claim", crowd, json!({ "person": nan })).await;
        assert_eq!(again, "SK-3110");
        let other = person(site, "𠮷").await;
        site.done(li, "participation.claim", nick, json!({ "person": other })).await;
        let late = site.refused(li, "participation.claim", nick, json!({ "person": nan })).await;
        assert_eq!(late, "SK-3109");
        site.done(li, "participation.unclaim", nick, json!({ "person": other })).await;
        assert_eq!(
            site.refused(li, "participation.unclaim", nick, json!({ "person": other })).await,
            "SK-3111"
        );
        assert_eq!(totals(site, li, at.1).await, (2, 14, 1, 12));
    });
}

#[test]
fn marking_twice_is_marking_once() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let at = evening(site, "2026-11-24").await;
        let lina = person(site, "李娜").await;
        let body = json!({ "session": at.1, "activity": at.0, "kind": "person", "person": lina });
        let id = mark_id(at.1, MarkKind::Person, lina);
        assert_eq!(site.refused(li, "participation.mark", site.id(), body.clone()).await, "SK-3108");
        site.done(li, "participation.mark", id, body.clone()).await;
        assert_eq!(site.refused(wang, "participation.mark", id, body).await, "SK-1006");
        site.done(li, "participation.unmark", id, json!({})).await;
        assert_eq!(totals(site, li, at.1).await, (0, 0, 0, 0));
        site.done(wang, "participation.restore", id, json!({})).await;
        assert_eq!(totals(site, li, at.1).await, (1, 1, 0, 0));
        assert_eq!(site.refused(li, "participation.claim", id, json!({ "person": lina })).await, "SK-3112");
        assert_eq!(site.refused(li, "participation.adjust", id, json!({ "by": 1 })).await, "SK-3113");
    });
}

#[test]
fn two_phones_count_together() {
    on_both(contexts, async |site| {
        let (li, wang) = (&site.cast.li, &site.cast.wang);
        let at = evening(site, "2026-11-24").await;
        let crowd = mark(site, at, json!({ "kind": "tally", "count": 2 })).await;
        let up = |by: i64| site.envelope("participation.adjust", crowd, json!({ "by": by }));
        let (mine, theirs) = (vec![up(3), up(-1)], vec![up(4)]);
        let (a, b) = (site.send(li, mine.clone()).await, site.send(wang, theirs).await);
        assert!(a.iter().chain(&b).all(|receipt| receipt.outcome == Outcome::Applied));
        let twice = site.send(li, mine).await;
        assert!(twice.iter().all(|receipt| receipt.outcome == Outcome::AlreadyApplied));
        assert_eq!(totals(site, li, at.1).await.1, 8);
        let lina = person(site, "李娜").await;
        site.done(li, "participation.claim", crowd, json!({ "person": lina })).await;
        for by in [-8, i64::MIN, i64::MAX, 5000] {
            assert_eq!(site.refused(li, "participation.adjust", crowd, json!({ "by": by })).await, "SK-3107");
        }
        site.done(li, "participation.adjust", crowd, json!({ "by": -7 })).await;
        assert_eq!(totals(site, li, at.1).await, (1, 1, 0, 0));
    });
}

#[test]
fn what_a_roll_refuses() {
    on_sqlite(contexts, async |site| {
        let li = &site.cast.li;
        let (activity, session) = evening(site, "2026-11-24").await;
        let (other, _) = evening(site, "2026-11-25").await;
        let lina = person(site, "李娜").await;
        for (rest, code) in [
            (json!({ "kind": "person" }), "SK-3106"),
            (json!({ "kind": "nickname" }), "SK-3106"),
            (json!({ "kind": "nickname", "nickname": "  " }), "SK-3106"),
            (json!({ "kind": "nickname", "nickname": "a\0b" }), "SK-1001"),
            (json!({ "kind": "nickname", "nickname": "娜".repeat(81) }), "SK-1010"),
            (json!({ "kind": "nickname", "nickname": "娜".repeat(10_001) }), "SK-1010"),
            (json!({ "kind": "tally", "count": 5001 }), "SK-3107"),
            (json!({ "kind": "tally", "count": -1 }), "SK-1001"),
            (json!({ "kind": "tally", "count": 3, "person": lina }), "SK-3106"),
            (json!({ "kind": "tally", "count": 3, "claims": [] }), "SK-1009"),
            (json!({ "kind": "tally", "count": 3, "group": { "sex": "X" } }), "SK-1001"),
            (json!({ "kind": "person", "person": site.id() }), "SK-1004"),
            (json!({ "kind": "tally", "count": 3, "activity": other }), "SK-3105"),
            (json!({ "kind": "tally", "count": 3, "session": site.id() }), "SK-1004"),
        ] {
            let mut body = json!({ "session": session, "activity": activity });
            body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            assert_eq!(site.refused(li, "participation.mark", site.id(), body.clone()).await, code, "{body}");
        }
        let sql = "'); DROP TABLE record; --<script>";
        mark(site, (activity, session), json!({ "kind": "nickname", "nickname": sql })).await;
        let roll = rolls::roll(&site.node, li, session).await.unwrap().unwrap();
        assert_eq!(roll.marks[0].nickname.as_deref(), Some(sql));
    });
}

#[test]
fn regulars_are_suggested_and_names_filled_in() {
    on_both(contexts, async |site| {
        let li = &site.cast.li;
        let (activity, first) = evening(site, "2026-11-10").await;
        let second = next_session(site, activity, "2026-11-17").await;
        let third = next_session(site, activity, "2026-11-24").await;
        let old = next_session(site, activity, "2026-01-05").await;
        let (ana, bela, cai, da) = (
            person(site, "安").await,
            person(site, "白").await,
            person(site, "蔡").await,
            person(site, "大").await,
        );
        for (session, who) in
            [(first, ana), (second, ana), (second, bela), (first, cai), (third, cai), (old, da)]
        {
            mark(site, (activity, session), json!({ "kind": "person", "person": who })).await;
        }
        let card = session::queries::one(&site.node, li, third).await.unwrap().unwrap();
        assert_eq!(rolls::regulars(&site.node, li, &card).await.unwrap(), [ana, bela]);

        mark(site, (activity, third), json!({ "kind": "person", "person": ana })).await;
        let mut roll = rolls::roll(&site.node, li, third).await.unwrap().unwrap();
        assert_eq!(roll.people(), [cai, ana]);
        let names = [(ana, "安".to_owned()), (cai, "蔡".to_owned())].into();
        roll.complete(&names, &[(cai, ana)].into());
        assert_eq!(roll.marks[1].person.as_ref().unwrap().name, "安");
        let counted = (roll.totals.people, roll.totals.participations, roll.totals.households);
        assert_eq!(counted, (People(1), Participations(1), Households(0)), "merged people count once");
    });
}

#[test]
fn an_erased_person_is_still_counted() {
    on_both(contexts, async |site| {
        let (li, xu) = (&site.cast.li, &site.cast.manager);
        let at = evening(site, "2026-11-24").await;
        let lina = person(site, "李娜").await;
        mark(site, at, json!({ "kind": "person", "person": lina })).await;
        mark(site, at, json!({ "kind": "tally", "count": 2 })).await;
        site.done(xu, "person.erase", lina, json!({})).await;
        assert_eq!(totals(site, li, at.1).await, (1, 3, 0, 2));
    });
}
