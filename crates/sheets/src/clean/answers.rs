//! Cells with a closed set of answers: sex, housing, permit, insurance, disability, grade, relations.

use crate::plain::{folded, is_nothing, small_number};
use crate::values::{Disability, Grade};

/// An answer, nothing told, or words that are not understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// Understood.
    Known(T),
    /// Nothing told, or "don't know".
    Untold,
    /// Not understood.
    Strange,
}

impl<T> Answer<T> {
    /// The answer if there is one.
    pub fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            _ => None,
        }
    }
}

use Answer::{Known, Strange, Untold};

/// "No", "none" and their like.
fn is_no(text: &str) -> bool {
    const STARTS: &[&str] = &["无", "没", "未", "否", "不", "×", "✗", "✘", "非", "none", "not", "never"];
    matches!(text, "n" | "no" | "x" | "0" | "false") || STARTS.iter().any(|word| text.starts_with(word))
}

fn is_yes(text: &str) -> bool {
    const STARTS: &[&str] =
        &["有", "是", "已", "√", "✓", "✔", "☑", "办了", "办好", "yes", "valid", "参", "对", "全"];
    matches!(text, "y" | "true" | "v" | "○") || STARTS.iter().any(|word| text.starts_with(word))
}

fn is_unknown(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "不清楚",
        "不知",
        "不详",
        "不明",
        "不确定",
        "记不清",
        "未知",
        "说不清",
        "?",
        "没问",
        "未填",
        "待查",
        "待核",
        "unknown",
        "notsure",
    ];
    text.is_empty()
        || WORDS.iter().any(|word| text.contains(word))
        || matches!(text, "/" | "-" | "—" | "——" | "--" | "n/a" | "\\")
}

fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// `F` or `M`.
pub fn sex(text: &str) -> Answer<&'static str> {
    let text = folded(text);
    match text.as_str() {
        "" => Untold,
        "f" | "♀" | "female" | "woman" | "girl" | "妹" => Known("F"),
        "m" | "♂" | "male" | "man" | "boy" => Known("M"),
        _ if text.starts_with('女') => Known("F"),
        _ if text.starts_with('男') => Known("M"),
        _ if is_unknown(&text) || is_nothing(&text) => Untold,
        _ => Strange,
    }
}

/// `rent`, `public_rent`, `own`, `kin`, `dorm`.
pub fn tenure(text: &str) -> Answer<&'static str> {
    let text = folded(text);
    if is_unknown(&text) || is_nothing(&text) {
        Untold
    } else if says(
        &text,
        &[
            "公租",
            "廉租",
            "公共租赁",
            "保障房",
            "保障性",
            "publicrent",
            "publichousing",
            "councilhous",
            "socialhousing",
        ],
    ) {
        Known("public_rent")
    } else if says(
        &text,
        &["宿舍", "工棚", "单位", "工地", "厂里", "员工房", "集体", "dorm", "hostel", "worksite", "employer"],
    ) {
        Known("dorm")
    } else if says(
        &text,
        &[
            "亲戚",
            "亲友",
            "借住",
            "寄居",
            "寄住",
            "投靠",
            "朋友家",
            "父母家",
            "外婆家",
            "relative",
            "kin",
            "family",
            "friend",
        ],
    ) {
        Known("kin")
    } else if says(&text, &["租", "rent", "tenant", "lease"]) {
        Known("rent")
    } else if says(
        &text,
        &[
            "自有",
            "自购",
            "购",
            "买",
            "商品房",
            "按揭",
            "自建",
            "产权",
            "自住",
            "自家",
            "own",
            "mortgage",
            "bought",
        ],
    ) {
        Known("own")
    } else {
        Strange
    }
}

/// `yes`, `no`, `pending`.
pub fn permit(text: &str) -> Answer<&'static str> {
    let text = folded(text);
    if is_unknown(&text) {
        Untold
    } else if says(
        &text,
        &[
            "办理中",
            "在办",
            "正在",
            "申请",
            "待办",
            "办着",
            "审核",
            "等待",
            "准备办",
            "受理",
            "pending",
            "applied",
            "applying",
            "inprogress",
        ],
    ) {
        Known("pending")
    } else if is_no(&text) || says(&text, &["过期", "到期", "expired"]) {
        Known("no")
    } else if is_yes(&text) || says(&text, &["居住证", "有效", "暂住证"]) {
        Known("yes")
    } else {
        Strange
    }
}

/// `none`, `home`, `local`, `yes` (insured, not said where).
pub fn insurance(text: &str) -> Answer<&'static str> {
    let text = folded(text);
    if is_unknown(&text) {
        Untold
    } else if is_no(&text) || says(&text, &["断保", "停保", "uninsured"]) {
        Known("none")
    } else if says(
        &text,
        &[
            "老家",
            "新农合",
            "农合",
            "户籍地",
            "原籍",
            "家乡",
            "户口所在",
            "外地",
            "农村",
            "home",
            "rural",
            "hometown",
        ],
    ) {
        Known("home")
    } else if is_local_insurance(&text) {
        Known("local")
    } else if is_yes(&text) || says(&text, &["医保", "保险", "insured", "社保", "买了"]) {
        Known("yes")
    } else {
        Strange
    }
}

fn is_local_insurance(text: &str) -> bool {
    if says(
        text,
        &[
            "本地",
            "当地",
            "本市",
            "少儿医保",
            "学生医保",
            "职工",
            "城镇",
            "local",
            "city",
            "employee",
            "here",
        ],
    ) {
        return true;
    }
    // A city before the insurance, as in 深圳居民医保.
    ["城乡居民", "居民医保", "居民医疗", "医保", "医疗保险"]
        .iter()
        .find_map(|word| text.find(word).map(|start| &text[..start]))
        .is_some_and(|before| before.chars().count() >= 2 && !is_yes(before))
}

/// Type and level of a disability.
pub fn disability(text: &str) -> Answer<Disability> {
    let text = folded(text);
    if is_unknown(&text) {
        return Untold;
    }
    const KINDS: &[(&str, &[&str])] = &[
        ("multiple", &["多重", "multiple"]),
        ("intellectual", &["智力", "智障", "唐氏", "发育迟缓", "intellectual", "learningdis"]),
        ("physical", &["肢体", "小儿麻痹", "脑瘫", "截肢", "行动不便", "physical", "limb", "cerebralpalsy"]),
        ("hearing", &["听力", "聋", "听障", "hearing", "deaf"]),
        ("visual", &["视力", "视障", "盲", "失明", "visual", "blind", "sight"]),
        ("speech", &["言语", "语言", "哑", "speech"]),
        ("mental", &["精神", "自闭", "孤独症", "mental", "autis", "psychiatric"]),
    ];
    let kind = KINDS.iter().find(|(_, words)| says(&text, words)).map(|(kind, _)| (*kind).to_owned());
    if kind.is_none() && (is_no(&text) || says(&text, &["正常", "健康", "healthy"])) {
        return Known(Disability::default());
    }
    if kind.is_none() && !is_yes(&text) && !text.contains('残') && !text.contains("disab") {
        return Strange;
    }
    Known(Disability { has: true, kind, level: level(&text) })
}

fn level(text: &str) -> Option<u32> {
    let chars: Vec<char> = text.chars().collect();
    let digit = |c: char| small_number(&c.to_string()).filter(|level| (1..=4).contains(level));
    let before = chars
        .iter()
        .position(|c| *c == '级')
        .and_then(|at| at.checked_sub(1))
        .and_then(|at| digit(chars[at]));
    before.or_else(|| {
        let at = text.find("level").or_else(|| text.find("grade"))?;
        text[at..].chars().find(char::is_ascii_digit).and_then(digit)
    })
}

/// Stage and grade, from the grade and the school together.
pub fn grade(text: &str, school: &str) -> Answer<Grade> {
    let (text, school) = (folded(text), folded(school));
    let of = |stage: &str, grade: Option<u32>| Known(Grade { stage: stage.to_owned(), grade });
    for source in [&text, &school] {
        if says(source, &["辍学", "失学", "退学", "droppedout", "dropout"]) {
            return of("dropout", None);
        }
    }
    if is_unknown(&text) || is_nothing(&text) {
        return if out_of_school(&school) { of("none", None) } else { of(stage_of_school(&school), None) };
    }
    if out_of_school(&text) {
        return of("none", None);
    }
    const CLASSES: &[(&str, Option<u32>)] = &[
        ("小小班", None),
        ("托班", None),
        ("托儿", None),
        ("小班", Some(1)),
        ("中班", Some(2)),
        ("大班", Some(3)),
        ("学前班", None),
        ("学前", None),
        ("幼儿园", None),
        ("亲子班", None),
        ("kindergarten", None),
        ("nursery", None),
        ("preschool", None),
    ];
    if let Some((_, grade)) = CLASSES.iter().find(|(word, _)| text.contains(word)) {
        return of("kindergarten", *grade);
    }
    match year_of(&text, &school) {
        Some((stage, grade)) => of(stage, Some(grade)),
        None if says(&text, &["小学", "primary"]) => of("primary", None),
        None if says(&text, &["初中", "junior", "middleschool"]) => of("junior", None),
        None if says(&text, &["高中", "职高", "中专", "技校", "senior", "highschool"]) => {
            of("senior", None)
        }
        None => Strange,
    }
}

/// Words in the school column that say there is none.
pub fn is_out_of_school(text: &str) -> bool {
    let text = folded(text);
    out_of_school(&text) || says(&text, &["辍学", "失学", "退学"])
}

fn out_of_school(text: &str) -> bool {
    says(
        text,
        &[
            "未入园",
            "未入学",
            "散居",
            "未上学",
            "没上学",
            "没入园",
            "在家",
            "学龄前",
            "未就读",
            "无学籍",
            "notinschool",
            "athome",
        ],
    ) || is_nothing(text)
        || matches!(text, "-" | "/")
}

fn stage_of_school(school: &str) -> &'static str {
    if says(school, &["幼儿园", "幼教", "托儿", "kindergarten", "nursery"]) {
        "kindergarten"
    } else if says(school, &["小学", "primary", "elementary"]) {
        "primary"
    } else if says(school, &["高中", "职业", "职高", "中专", "技校", "highschool", "vocational"]) {
        "senior"
    } else if says(school, &["初中", "中学", "junior", "middleschool"]) {
        "junior"
    } else {
        "none"
    }
}

/// The year of schooling, 1 to 12, with its stage.
fn year_of(text: &str, school: &str) -> Option<(&'static str, u32)> {
    const PREFIXES: &[(&str, u32)] = &[
        ("小学", 0),
        ("初中", 6),
        ("高中", 9),
        ("职高", 9),
        ("中专", 9),
        ("技校", 9),
        ("小", 0),
        ("初", 6),
        ("高", 9),
        ("中", 6),
        ("seniorhigh", 9),
        ("senior", 9),
        ("junior", 6),
        ("primary", 0),
    ];
    let (prefix, rest) = PREFIXES
        .iter()
        .find_map(|(word, offset)| text.strip_prefix(word).map(|rest| (Some(*offset), rest)))
        .unwrap_or((None, text));
    let rest = rest.trim_start_matches(['(', '第', ':', '-']);
    let rest =
        ["grade", "year", "class", "gr", "g"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let rest = rest.trim_start_matches(['.', '-']);
    let digits: String =
        rest.chars().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)).collect();
    let mut year = small_number(&digits)?;
    // 302班: grade 3, class 2.
    if digits.len() == 3 && digits.is_ascii() {
        year /= 100;
    }
    let offset = prefix.unwrap_or(if year <= 3 && stage_of_school(school) == "junior" { 6 } else { 0 });
    // 初中七年级 is year 7, 初中一年级 too.
    let year = if year > offset { year } else { year + offset };
    match year {
        1..=6 => Some(("primary", year)),
        7..=9 => Some(("junior", year)),
        10..=12 => Some(("senior", year)),
        _ => None,
    }
}

/// A guardian's relation to the child.
pub fn guardian(text: &str) -> Answer<&'static str> {
    let text = folded(text);
    if is_unknown(&text) || is_nothing(&text) {
        return Untold;
    }
    const WORDS: &[(&str, &[&str])] = &[
        ("stepfather", &["继父", "后爸", "stepfather"]),
        ("stepmother", &["继母", "后妈", "stepmother"]),
        ("grandparent", &["祖孙", "隔代", "外祖孙", "爷孙", "婆孙", "grandparent"]),
        ("grandfather", &["祖父", "爷爷", "外公", "姥爷", "外祖父", "阿公", "grandfather", "grandpa"]),
        (
            "grandmother",
            &["祖母", "奶奶", "外婆", "姥姥", "外祖母", "婆婆", "阿婆", "grandmother", "grandma"],
        ),
        ("uncle", &["叔", "伯", "舅", "姑父", "姨父", "姑丈", "姨丈", "uncle"]),
        ("aunt", &["姑", "姨", "婶", "伯母", "舅妈", "aunt"]),
        ("brother", &["哥", "兄", "brother"]),
        ("sister", &["姐", "sister"]),
        ("father", &["父", "爸", "爹", "father", "dad"]),
        ("mother", &["母", "妈", "娘", "mother", "mum", "mom"]),
        ("parent", &["家长", "parent", "儿子", "女儿", "子女"]),
    ];
    Known(WORDS.iter().find(|(_, words)| says(&text, words)).map_or("other", |(relation, _)| relation))
}
