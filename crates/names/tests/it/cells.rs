//! Names, phones, ID numbers and ethnic groups as they stand in cells.

use names::cell::{NameIssue as N, parse_name};
use names::ethnic::{self, Ethnic};
use names::idno::{IdFault, IdIssue, IdSex, check, check_digit, read};
use names::phone::{PhoneIssue as P, PhoneShape, fold, last4, parse_cell};
use names::{romanise, split};

#[test]
fn name_cells() {
    for (raw, name, issues) in [
        ("李娜", Some("李娜"), vec![]),
        (" 胡超\u{3000}", Some("胡超"), vec![N::Spaces]),
        ("段丽\u{feff}莹", Some("段丽莹"), vec![N::ZeroWidth]),
        ("沙马●史外莫", Some("沙马·史外莫"), vec![N::DotVariant]),
        ("金古．石布", Some("金古·石布"), vec![N::DotVariant]),
        ("徐麗", Some("徐麗"), vec![N::Traditional]),
        ("Ｋａｉ\u{3000}Ｘｉａｏ", Some("Kai Xiao"), vec![N::FullWidth, N::Pinyin]),
        ("静", Some("静"), vec![N::OneChar]),
        ("许哥", None, vec![N::OnlyNickname]),
        ("高老板", None, vec![N::OnlyNickname]),
        ("晓娜姐", None, vec![N::OnlyNickname]),
        ("(新生儿)", None, vec![N::Placeholder]),
        ("？", None, vec![N::Missing]),
        ("", None, vec![N::Missing]),
        ("王志(文武贝)", None, vec![N::RareCharLost]),
        ("陆（上龙下天）", None, vec![N::RareCharLost]),
        ("李浩(阿浩)", Some("李浩"), vec![N::Note]),
        ("李浩(队长)", Some("李浩"), vec![N::Note]),
        ("欧阳娜娜", Some("欧阳娜娜"), vec![]),
        ("李招弟", Some("李招弟"), vec![]),
        ("𠮷田", Some("𠮷田"), vec![]),
        ("<b>李娜</b>", Some("<b>李娜</b>"), vec![]),
    ] {
        let cell = parse_name(raw);
        assert_eq!(cell.name.as_deref(), name, "{raw}");
        assert_eq!(cell.issues, issues, "{raw}");
    }
    assert_eq!(parse_name("李浩(阿浩)").also[0].text, "阿浩");
    assert_eq!(parse_name("李浩(队长)").note.as_deref(), Some("队长"));
    assert_eq!(parse_name("许哥").also[0].text, "许哥");
}

#[test]
fn phone_cells() {
    let all = |cell: &str| parse_cell(cell).iter().map(|p| p.digits.clone()).collect::<Vec<_>>();
    for (cell, numbers) in [
        ("138 0013-8000、0871-98765432(妈妈)", vec!["13800138000", "087198765432"]),
        ("16091552021 0871-98094738", vec!["16091552021", "087198094738"]),
        ("13800138000 13900139000", vec!["13800138000", "13900139000"]),
        ("138 0013 8000 139 0013 9000", vec!["13800138000", "13900139000"]),
        ("妈妈13800138000爸爸13900139000", vec!["13800138000", "13900139000"]),
        ("妈妈：13800138000，爸爸：13900139000", vec!["13800138000", "13900139000"]),
        ("+86 (138) 0013 8000", vec!["13800138000"]),
        ("0086-871-98765432", vec!["087198765432"]),
        ("13800138000.0", vec!["13800138000"]),
        ("'13800138000", vec!["13800138000"]),
        ("013800138000", vec!["13800138000"]),
        ("(010) 8888 8888", vec!["01088888888"]),
        ("400-810-1234", vec!["4008101234"]),
        ("8765432", vec!["8765432"]),
        ("+1 415 555 2671", vec!["+14155552671"]),
        ("1.64570E+10", vec![""]),
        ("无", vec![]),
        ("", vec![]),
    ] {
        assert_eq!(all(cell), numbers, "{cell}");
    }
    let labelled = parse_cell("妈妈13800138000爸爸13900139000");
    assert_eq!(labelled[0].note.as_deref(), Some("妈妈"));
    assert_eq!(labelled[1].note.as_deref(), Some("爸爸"));
    let after = parse_cell("13800138000(妈妈)、13900139000(爸爸)");
    assert_eq!((after[0].note.as_deref(), after[1].note.as_deref()), (Some("妈妈"), Some("爸爸")));
    assert_eq!(parse_cell("16154222659 晚上打")[0].note.as_deref(), Some("晚上打"));
    assert_eq!(parse_cell("0871-98765432转801")[0].digits, "087198765432");
    assert_eq!(parse_cell("1681175540")[0].issues, [P::Length]);
    assert_eq!(parse_cell("1.64570E+10")[0].issues, [P::ExcelText]);
    assert_eq!(parse_cell("１３８００１３８０００")[0].issues, [P::FullWidth]);
    assert_eq!(parse_cell("0871-98765432")[0].shape, Some(PhoneShape::Landline));
    assert_eq!(parse_cell("087198765432")[0].written(), "0871-98765432");
    assert_eq!(fold("138,0013,8000"), "13800138000");
    assert_eq!((last4("13800138000"), last4("123")), (Some("8000"), None));
}

#[test]
fn id_numbers() {
    let good = "11010519491231002X";
    let facts = check(good).expect("the example of the standard");
    assert_eq!(
        (facts.birth.to_string().as_str(), facts.sex, facts.region.as_str()),
        ("1949-12-31", IdSex::Female, "110105")
    );
    assert_eq!(check_digit("11010519491231002"), 'X');
    let old = check("110105491231002").expect("fifteen digits");
    assert_eq!(old.number, good);
    for (text, issue) in [
        (" 110105 19491231 002X\n", IdIssue::Spaces),
        ("'11010519491231002X", IdIssue::Apostrophe),
        ("１１０１０５１９４９１２３１００２Ｘ", IdIssue::FullWidth),
        ("11010519491231002x", IdIssue::LowerX),
        ("110105491231002", IdIssue::Fifteen),
    ] {
        let (issues, facts) = read(text);
        assert_eq!(issues, [issue], "{text}");
        assert_eq!(facts.map(|f| f.number).as_deref(), Ok(good), "{text}");
    }
    let bad_day = |body: &str| format!("{body}{}", check_digit(body));
    for (text, fault) in [
        ("", IdFault::Empty),
        ("未带", IdFault::Empty),
        ("110105194912310021", IdFault::Checksum('X')),
        ("1101051949123100", IdFault::Length(16)),
        ("11010519491231002Y", IdFault::Character),
        ("5.30697201905117E+17", IdFault::ExcelNumber),
        ("5.30697E+17", IdFault::ExcelText),
        ("530697201905117000", IdFault::ExcelNumber),
        (bad_day("11010519490230002").as_str(), IdFault::Birth),
        (bad_day("99010519491231002").as_str(), IdFault::Region),
    ] {
        assert_eq!(check(text).err(), Some(fault), "{text}");
    }
    assert!(!format!("{facts:?}").contains("1949"));
}

#[test]
fn ethnic_groups() {
    assert_eq!(ethnic::groups().len(), 56);
    for text in [
        "彝",
        "彝族",
        "yi",
        "Yi",
        "YI",
        "07",
        "7",
        "彝族(白彝)",
        "少数民族：彝族",
        " 彝 族 ",
        "夷族",
        "yizu",
        "Yi people",
    ] {
        assert_eq!(ethnic::parse(text), Some(Ethnic::Code(7)), "{text}");
    }
    assert_eq!(ethnic::parse("ZA"), Some(Ethnic::Code(4)));
    assert_eq!(ethnic::parse("維吾爾族"), Some(Ethnic::Code(5)));
    assert_eq!(ethnic::parse("未识别民族"), Some(Ethnic::Unrecognised));
    let own = ethnic::parse("穿青人").expect("words");
    assert!(own == Ethnic::Own("穿青人".into()) && own.is_unrecognised());
    assert_eq!(ethnic::parse("我自己说了算"), Some(Ethnic::Own("我自己说了算".into())));
    assert_eq!(ethnic::parse("  "), None);
    assert_eq!((Ethnic::Code(5).zh(), Ethnic::Code(5).en()), ("维吾尔族", "Uygur"));
}

#[test]
fn division_and_romanisation() {
    for (name, surname, given) in [
        ("李娜", "李", "娜"),
        ("欧阳娜娜", "欧阳", "娜娜"),
        ("歐陽娜", "歐陽", "娜"),
        ("沙马•阿依", "沙马", "阿依"),
        ("Na Li", "Li", "Na"),
        ("Li Na", "Li", "Na"),
        ("静", "", "静"),
        ("阿不都热依木", "", "阿不都热依木"),
        ("", "", ""),
    ] {
        let found = split(name);
        assert_eq!((found.surname.as_str(), found.given.as_str()), (surname, given), "{name}");
    }
    for (name, latin) in [
        ("李娜", "Li Na"),
        ("单晓安", "Shan Xiao'an"),
        ("吕绿", "Lü Lü"),
        ("欧阳娜娜", "Ouyang Nana"),
        ("沙马·阿依", "Shama Ayi"),
        ("Mary", "Mary"),
        ("", ""),
    ] {
        assert_eq!(romanise(name), latin, "{name}");
    }
    assert_eq!(names::romanise::passport("吕绿"), "LYU LYU");
}
