//! People of a register, two by two and in lists.

use matching::people::{
    Birth, Card, FIELDS, Index, NameCount, Sex, Sketch, find_duplicates, learn, propose, reason_en, reason_zh,
};
use matching::{Decision, Model};
use proptest::prelude::*;

fn mother() -> Sketch<'static> {
    Sketch {
        names: vec!["李娜", "娜姐"],
        sex: Some(Sex::Female),
        birth: Some(Birth::on(1988, 3, 8)),
        phones: vec!["16412779367"],
        id_no: Some("532398198803082742"),
        home: Some("532323"),
        village: Some("磨房箐村"),
        address: Some("清溪街道青杉小区161号"),
        household: Some("KM001"),
    }
}

fn chance(one: &Sketch<'_>, two: &Sketch<'_>) -> f64 {
    propose(&Model::for_register(1000), &Card::new(one), &Card::new(two), None).probability
}

fn decision(one: &Sketch<'_>, two: &Sketch<'_>) -> Option<Decision> {
    propose(&Model::for_register(1000), &Card::new(one), &Card::new(two), None).decision
}

#[test]
fn a_second_registration_is_found_in_its_many_forms() {
    let other = || Sketch { household: Some("KM200"), ..mother() };
    let forms = [
        other(),
        Sketch { names: vec!["Li Na"], id_no: None, ..other() },
        Sketch { names: vec!["李哪"], phones: vec![], ..other() },
        Sketch { names: vec!["小李"], birth: Some(Birth::in_year(1989, 1)), id_no: None, ..other() },
        Sketch { phones: vec!["19400000000"], address: Some("石桥新村3栋"), id_no: None, ..other() },
        Sketch { id_no: Some("532398880308274"), phones: vec![], ..other() },
    ];
    for (number, form) in forms.iter().enumerate() {
        assert!(chance(&mother(), form) > 0.9, "form {number}: {}", chance(&mother(), form));
    }
}

#[test]
fn family_namesakes_and_twins_stay_apart() {
    let child =
        Sketch { names: vec!["李小娜"], birth: Some(Birth::on(2014, 1, 15)), id_no: None, ..mother() };
    assert!(chance(&mother(), &child) < 0.05, "a daughter has the mother's telephone and address");
    let twin = |name, sex| Sketch {
        names: vec![name],
        sex: Some(sex),
        birth: Some(Birth::on(2014, 1, 15)),
        phones: vec![],
        id_no: None,
        ..mother()
    };
    assert!(chance(&twin("武俊熙", Sex::Male), &twin("武俊宇", Sex::Male)) < 0.2);
    let namesake = Sketch {
        names: vec!["李娜"],
        phones: vec!["15400000001"],
        id_no: Some("110199198803082749"),
        home: Some("110199"),
        village: None,
        address: Some("北营村9号"),
        household: Some("KM300"),
        ..mother()
    };
    assert!(decision(&mother(), &namesake) != Some(Decision::Auto));
    let other_day = Sketch { birth: Some(Birth::on(1971, 11, 30)), ..namesake };
    assert!(chance(&mother(), &other_day) < 0.01);
}

#[test]
fn nothing_is_automatic_without_two_strong_identifiers() {
    let again = Sketch { household: None, ..mother() };
    assert_eq!(decision(&mother(), &again), Some(Decision::Auto));
    let only_name_and_birth = Sketch { phones: vec![], id_no: None, ..mother() };
    assert_eq!(
        decision(&only_name_and_birth, &Sketch { household: None, ..mother() }),
        Some(Decision::Review)
    );
    let other_sex = Sketch { sex: Some(Sex::Male), ..again };
    assert_eq!(decision(&mother(), &other_sex), Some(Decision::Review));
    let childs_row = Sketch { names: vec!["何俊博"], birth: Some(Birth::on(2015, 6, 9)), ..mother() };
    assert_ne!(decision(&mother(), &childs_row), Some(Decision::Auto), "a parent's number on a child's row");
}

#[test]
fn a_common_name_proves_less() {
    let (one, two) = (
        Sketch { phones: vec![], id_no: None, address: None, household: None, ..mother() },
        Sketch {
            phones: vec![],
            id_no: None,
            birth: Some(Birth::in_year(1988, 0)),
            household: None,
            ..mother()
        },
    );
    let with = |same| {
        let count = Some(NameCount { same, register: 100_000 });
        propose(&Model::for_register(100_000), &Card::new(&one), &Card::new(&two), count).probability
    };
    assert!(with(300) < with(0) / 2.0, "{} {}", with(300), with(0));
}

#[test]
fn reasons_are_in_words() {
    let again = Sketch { household: Some("KM002"), ..mother() };
    let proposal = propose(&Model::default_people(), &Card::new(&mother()), &Card::new(&again), None);
    assert_eq!(proposal.reasons.len(), FIELDS - 1, "one of the two fields of birth dates is silent");
    let said: Vec<_> = proposal.reasons.iter().map(|reason| (reason_zh(reason), reason_en(reason))).collect();
    assert!(said.contains(&("证件号码相同", "same ID number")));
    assert!(said.contains(&("姓名相同", "same name")));
    assert!(said.iter().all(|words| !words.0.is_empty() && !words.1.is_empty()));
    assert!(proposal.reasons.windows(2).all(|two| two[0].bits.abs() >= two[1].bits.abs()));
}

#[test]
fn the_index_finds_who_may_be_the_same() {
    let mut index = Index::default();
    index.add(7, &Card::new(&mother()));
    index.add(9, &Card::new(&Sketch { names: vec!["王芳"], ..Sketch::default() }));
    let ask = |sketch: Sketch<'_>| index.candidates(&Card::new(&sketch));
    assert_eq!(ask(Sketch { names: vec!["li na"], ..Sketch::default() }), [7]);
    assert_eq!(ask(Sketch { phones: vec!["16412779367"], ..Sketch::default() }), [7]);
    assert_eq!(
        ask(Sketch { names: vec!["娜娜"], birth: Some(Birth::in_year(1989, 1)), ..Sketch::default() }),
        [7]
    );
    assert!(ask(Sketch::default()).is_empty());
    assert_eq!((index.len(), index.is_empty()), (2, false));
    let count = index.name_count(&Card::new(&mother())).unwrap();
    assert_eq!((count.same, count.register), (1, 2));
}

#[test]
fn lists_of_a_few_and_odd_values() {
    let long = "娜".repeat(10_000);
    let odd = |name| {
        Card::new(&Sketch { names: vec![name], birth: Some(Birth::on(1990, 2, 30)), ..Sketch::default() })
    };
    let cards =
        [odd(""), odd(&long), odd("<b>𠮷</b>"), odd("'; DROP TABLE people; --"), odd(""), odd("李娜")];
    let model = Model::default_people();
    assert!(find_duplicates(&cards, &model).is_empty());
    assert!(find_duplicates(&[], &model).is_empty());
    assert_eq!(learn(&cards, &model), model, "few people change nothing");
    let two = [Card::new(&mother()), Card::new(&Sketch { household: None, ..mother() })];
    let found = find_duplicates(&two, &model);
    assert_eq!((found.len(), found[0].one, found[0].two), (1, 0, 1));
    assert!(!format!("{:?} {:?}", mother(), two[0]).contains("李娜"), "Debug shows no personal data");
}

#[test]
fn a_model_can_be_kept() {
    let model = Model::for_register(1234);
    let kept: Model = serde_json::from_str(&serde_json::to_string(&model).unwrap()).unwrap();
    let (one, two) = (Card::new(&mother()), Card::new(&Sketch { id_no: None, phones: vec![], ..mother() }));
    let chance = |model: &Model| propose(model, &one, &two, None).probability;
    assert!((chance(&kept) - chance(&model)).abs() < 1e-9);
}

/// Name, birth, telephone, ID number.
type Told = (String, Option<(i32, u8, u8, u8)>, String, String);

fn any_sketch() -> impl Strategy<Value = Told> {
    let birth = proptest::option::of((1980_i32..1984, 1_u8..13, 1_u8..32, 0_u8..3));
    ("[李王张]{0,1}[娜伟海涛]{0,2}", birth, "1[0-9]{10}|", "53239819880308274[2X]|[0-9]{15}|")
}

proptest! {
    #[test]
    fn order_makes_no_difference(a in any_sketch(), b in any_sketch()) {
        let card = |(name, birth, phone, id_no): &Told| {
            Card::new(&Sketch {
                names: vec![name],
                birth: birth.map(|(year, month, day, slack)| Birth {
                    year,
                    month: (slack == 0).then_some(month),
                    day: (slack == 0 && day < 29).then_some(day),
                    slack,
                    lunar: day == 28,
                }),
                phones: vec![phone],
                id_no: Some(id_no),
                ..Sketch::default()
            })
        };
        let (a, b) = (card(&a), card(&b));
        prop_assert_eq!(a.levels(&b), b.levels(&a));
        let probability = propose(&Model::default_people(), &a, &b, None).probability;
        prop_assert!((0.0..=1.0).contains(&probability));
    }
}
