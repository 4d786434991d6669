//! Comparison of two written names.

use names::{NameAgreement as A, blocking_keys, compare};

#[test]
fn levels() {
    for (a, b, level) in [
        ("李娜", "李 娜", A::Same),
        ("李娜", "李\u{200b}娜", A::Same),
        ("張海濤", "张海涛", A::SameFolded),
        ("沙马•阿依", "沙马·阿依", A::Same),
        ("沙马阿依", "沙马·阿依", A::SameFolded),
        ("𠮷田", "吉田", A::SameFolded),
        ("Li Na", "li na", A::SameFolded),
        ("Li Na", "Na Li", A::SameFolded),
        ("Ｃｈｕｎｊｕｎ　Ｚｈａｎｇ", "张春军", A::PinyinOf),
        ("chenhaihua", "陈海华", A::PinyinOf),
        ("Shan Ming", "单明", A::PinyinOf),
        ("Lyu Fang", "吕芳", A::PinyinOf),
        ("陈帅", "程帅", A::Different),
        ("邓春华", "登春华", A::Homophone),
        ("张子鹏", "章子鹏", A::Homophone),
        ("侯晓宇", "侯晓雨", A::Homophone),
        ("顾一涵", "顾一晗", A::Homophone),
        ("杨建磊", "杨建雷", A::Homophone),
        ("王晴", "王睛", A::ShapeAlike),
        ("李婷", "李停", A::Homophone),
        ("赵己", "赵巳", A::ShapeAlike),
        ("李晓娜", "李晓静", A::OneCharOff),
        ("李晓娜", "王晓娜", A::OneCharOff),
        ("张伟", "王伟", A::Different),
        ("李娜", "李静", A::SurnameOnly),
        ("小娜", "李晓娜", A::Nickname),
        ("娜娜", "李晓娜", A::Nickname),
        ("李姐", "李晓娜", A::Nickname),
        ("秦师傅", "秦志明", A::Nickname),
        ("晓娜姐", "李晓娜", A::Nickname),
        ("娜娜妈", "李晓娜", A::Different),
        ("石布", "金古·石布", A::PartMissing),
        ("静", "张静", A::PartMissing),
        ("王志(文武贝)", "王志赟", A::PartMissing),
        ("陆(上龙下天)", "陆䶮", A::PartMissing),
        ("王?华", "王建华", A::PartMissing),
        ("L. Na", "李娜", A::PartMissing),
        ("Li N", "李娜", A::PartMissing),
        ("Li Nna", "李娜", A::OneCharOff),
        ("欧阳", "欧阳娜", A::SurnameOnly),
        ("欧阳娜", "欧阳静", A::OneCharOff),
        ("王芳", "李强", A::Different),
        ("Li Qiang", "李娜", A::SurnameOnly),
        ("", "李娜", A::Unknown),
        ("?", "李娜", A::Unknown),
        ("Mary Smith", "Mary Smyth", A::OneCharOff),
        ("M. Smith", "Mary Smith", A::PartMissing),
        ("Mary Smith", "John Smith", A::SurnameOnly),
    ] {
        assert_eq!(compare(a, b), level, "{a} {b}");
        assert_eq!(compare(b, a), level, "{b} {a}");
    }
}

#[test]
fn each_level_has_words() {
    for level in A::ALL {
        assert!(!level.zh().is_empty() && level.en().is_ascii());
    }
}

#[test]
fn similar_names_meet_in_a_block() {
    for (a, b) in [
        ("张海濤", "张海涛"),
        ("侯晓宇", "侯晓雨"),
        ("陈帅", "Chen Shuai"),
        ("Shuai Chen", "陈帅"),
        ("李晓娜", "李晓静"),
        ("王晓娜", "李晓娜"),
        ("单明", "Shan Ming"),
        ("沙马·阿依", "沙马阿依"),
        ("小娜", "李娜"),
    ] {
        let (x, y) = (blocking_keys(a), blocking_keys(b));
        assert!(x.iter().any(|key| y.contains(key)), "{a} {x:?} {b} {y:?}");
        assert!(x.len() <= 16 && y.len() <= 16);
    }
}
