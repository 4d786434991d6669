//! Surnames: those of two characters, those read otherwise than the dictionary says, and how a name is divided.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::fold::{DOT, display, is_han, simpler};

/// Surnames of two characters with their reading.
pub const COMPOUND: &[(&str, [&str; 2])] = &[
    ("欧阳", ["ou", "yang"]),
    ("太史", ["tai", "shi"]),
    ("端木", ["duan", "mu"]),
    ("上官", ["shang", "guan"]),
    ("司马", ["si", "ma"]),
    ("东方", ["dong", "fang"]),
    ("独孤", ["du", "gu"]),
    ("南宫", ["nan", "gong"]),
    ("万俟", ["mo", "qi"]),
    ("闻人", ["wen", "ren"]),
    ("夏侯", ["xia", "hou"]),
    ("诸葛", ["zhu", "ge"]),
    ("尉迟", ["yu", "chi"]),
    ("公羊", ["gong", "yang"]),
    ("赫连", ["he", "lian"]),
    ("澹台", ["tan", "tai"]),
    ("皇甫", ["huang", "fu"]),
    ("宗政", ["zong", "zheng"]),
    ("濮阳", ["pu", "yang"]),
    ("公冶", ["gong", "ye"]),
    ("太叔", ["tai", "shu"]),
    ("申屠", ["shen", "tu"]),
    ("公孙", ["gong", "sun"]),
    ("慕容", ["mu", "rong"]),
    ("仲孙", ["zhong", "sun"]),
    ("钟离", ["zhong", "li"]),
    ("长孙", ["zhang", "sun"]),
    ("宇文", ["yu", "wen"]),
    ("司徒", ["si", "tu"]),
    ("鲜于", ["xian", "yu"]),
    ("司空", ["si", "kong"]),
    ("闾丘", ["lv", "qiu"]),
    ("子车", ["zi", "ju"]),
    ("亓官", ["qi", "guan"]),
    ("司寇", ["si", "kou"]),
    ("巫马", ["wu", "ma"]),
    ("公西", ["gong", "xi"]),
    ("颛孙", ["zhuan", "sun"]),
    ("壤驷", ["rang", "si"]),
    ("公良", ["gong", "liang"]),
    ("漆雕", ["qi", "diao"]),
    ("乐正", ["yue", "zheng"]),
    ("宰父", ["zai", "fu"]),
    ("谷梁", ["gu", "liang"]),
    ("拓跋", ["tuo", "ba"]),
    ("夹谷", ["jia", "gu"]),
    ("轩辕", ["xuan", "yuan"]),
    ("令狐", ["ling", "hu"]),
    ("百里", ["bai", "li"]),
    ("呼延", ["hu", "yan"]),
    ("东郭", ["dong", "guo"]),
    ("南门", ["nan", "men"]),
    ("羊舌", ["yang", "she"]),
    ("微生", ["wei", "sheng"]),
    ("梁丘", ["liang", "qiu"]),
    ("左丘", ["zuo", "qiu"]),
    ("东门", ["dong", "men"]),
    ("西门", ["xi", "men"]),
    ("第五", ["di", "wu"]),
    ("纳兰", ["na", "lan"]),
    ("完颜", ["wan", "yan"]),
    ("耶律", ["ye", "lv"]),
    ("爱新", ["ai", "xin"]),
    ("达奚", ["da", "xi"]),
];

/// Characters that are read in a special way as a surname: those readings first, the commonest first.
const SPECIAL: &[(char, &[&str])] = &[
    ('单', &["shan"]),
    ('解', &["xie"]),
    ('查', &["zha"]),
    ('仇', &["qiu"]),
    ('曾', &["zeng"]),
    ('任', &["ren"]),
    ('朴', &["piao", "pu"]),
    ('盖', &["ge", "gai"]),
    ('区', &["ou"]),
    ('覃', &["qin", "tan"]),
    ('翟', &["zhai", "di"]),
    ('缪', &["miao"]),
    ('乐', &["yue", "le"]),
    ('宁', &["ning"]),
    ('么', &["yao"]),
    ('幺', &["yao"]),
    ('秘', &["bi"]),
    ('折', &["she"]),
    ('冼', &["xian"]),
    ('洗', &["xian"]),
    ('员', &["yun"]),
    ('黑', &["he", "hei"]),
    ('盛', &["sheng"]),
    ('燕', &["yan"]),
    ('车', &["che"]),
    ('华', &["hua"]),
    ('柏', &["bai", "bo"]),
    ('纪', &["ji"]),
    ('那', &["na"]),
    ('哈', &["ha"]),
    ('过', &["guo"]),
    ('谌', &["chen", "shen"]),
    ('种', &["chong", "zhong"]),
    ('重', &["chong"]),
    ('祭', &["zhai", "ji"]),
    ('逄', &["pang"]),
    ('佴', &["nai"]),
    ('牟', &["mu", "mou"]),
    ('隗', &["wei", "kui"]),
    ('褚', &["chu"]),
    ('郗', &["xi", "chi"]),
    ('瞿', &["qu"]),
    ('占', &["zhan"]),
    ('尹', &["yin"]),
    ('召', &["shao", "zhao"]),
    ('臧', &["zang"]),
    ('乜', &["nie"]),
    ('妫', &["gui"]),
    ('芮', &["rui"]),
    ('笪', &["da"]),
    ('郇', &["xun", "huan"]),
    ('阚', &["kan"]),
    ('眭', &["sui"]),
    ('殷', &["yin"]),
    ('薄', &["bo"]),
    ('晟', &["cheng", "sheng"]),
    ('参', &["shen", "can"]),
    ('缴', &["jiao"]),
    ('适', &["kuo", "shi"]),
    ('逯', &["lu"]),
    ('卜', &["bu"]),
    ('石', &["shi"]),
    ('万', &["wan"]),
    ('沈', &["shen"]),
    ('尉', &["wei", "yu"]),
    ('长', &["zhang", "chang"]),
    ('会', &["gui", "hui"]),
    ('应', &["ying"]),
    ('相', &["xiang"]),
    ('干', &["gan"]),
    ('行', &["xing", "hang"]),
    ('宓', &["mi", "fu"]),
    ('莘', &["shen", "xin"]),
    ('贾', &["jia"]),
    ('费', &["fei", "bi"]),
    ('郝', &["hao"]),
    ('甄', &["zhen"]),
    ('訾', &["zi"]),
    ('戚', &["qi"]),
    ('鲜', &["xian"]),
    ('能', &["nai", "neng"]),
    ('句', &["gou", "ju"]),
    ('勾', &["gou"]),
    ('葛', &["ge"]),
    ('夏', &["xia"]),
    ('俞', &["yu"]),
    ('龟', &["gui"]),
    ('谷', &["gu"]),
    ('娄', &["lou"]),
    ('卓', &["zhuo"]),
    ('乾', &["qian"]),
    ('厘', &["xi", "li"]),
    ('繁', &["po", "fan"]),
    ('曲', &["qu"]),
    ('强', &["qiang"]),
    ('刁', &["diao"]),
    ('邸', &["di"]),
    ('藏', &["zang", "cang"]),
    ('降', &["jiang"]),
    ('角', &["jue", "jiao"]),
    ('都', &["du"]),
    ('弗', &["fu"]),
    ('靓', &["jing"]),
    ('泷', &["shuang", "long"]),
    ('于', &["yu"]),
    ('余', &["yu"]),
    ('俟', &["qi", "si"]),
    ('呙', &["guo"]),
    ('虢', &["guo"]),
    ('郄', &["qie", "xi"]),
    ('郤', &["xi"]),
    ('郜', &["gao"]),
    ('昝', &["zan"]),
    ('麴', &["qu"]),
    ('仝', &["tong"]),
    ('佘', &["she"]),
    ('晁', &["chao"]),
    ('璩', &["qu"]),
    ('亓', &["qi"]),
    ('桓', &["huan"]),
    ('闫', &["yan"]),
    ('庹', &["tuo"]),
    ('敖', &["ao"]),
    ('撒', &["sa"]),
    ('禚', &["zhuo"]),
];

/// The special readings of a surname of one character; empty for one that reads as the dictionary says.
pub fn special(c: char) -> &'static [&'static str] {
    SPECIAL.iter().find(|(s, _)| *s == c).map_or(&[], |(_, readings)| readings)
}

static SINGLE: LazyLock<HashSet<char>> =
    LazyLock::new(|| include_str!("../data/surnames.txt").chars().filter(|c| is_han(*c)).collect());

/// Whether this character is a surname that people bear (traditional forms too).
pub fn is_surname(c: char) -> bool {
    SINGLE.contains(&simpler(c))
}

/// The reading of a compound surname at the start of these (folded) characters.
pub fn compound(chars: &[char]) -> Option<&'static [&'static str; 2]> {
    let (first, second) = (simpler(*chars.first()?), simpler(*chars.get(1)?));
    COMPOUND.iter().find(|(name, _)| name.chars().eq([first, second])).map(|(_, reading)| reading)
}

/// How many characters of these belong to the surname: 2 for a compound one, 1 for a usual name of two to four
/// characters, 0 where no surname can be told (one character, a long transliteration).
pub fn surname_len(chars: &[char]) -> usize {
    match chars.len() {
        n if n >= 3 && compound(chars).is_some() => 2,
        2..=4 => 1,
        _ => 0,
    }
}

/// A name divided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Surname, clan name or, in names with a dot, the first part; empty where none can be told.
    pub surname: String,
    /// What follows; the whole name where there is no surname.
    pub given: String,
    /// The parts between dots (Yi, Uygur, Tibetan …) or spaces; one part for a usual Chinese name.
    pub parts: Vec<String>,
}

/// Divides a name: compound surnames, parts between dots, romanised names in either order (`Li Na`, `Na Li`).
///
/// Of a romanised name the first word is taken as the surname, or the last one if that reads like a commoner surname.
pub fn split(name: &str) -> Split {
    let shown = display(name);
    let mut parts: Vec<String> =
        shown.split([DOT, ' ']).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if parts.len() == 1 {
        let chars: Vec<char> = shown.chars().filter(|c| *c != DOT && *c != ' ').collect();
        let at = if chars.iter().all(|c| is_han(*c)) { surname_len(&chars) } else { 0 };
        return Split { surname: chars[..at].iter().collect(), given: chars[at..].iter().collect(), parts };
    }
    if shown.is_ascii() && parts.len() > 1 {
        let last = parts.len() - 1;
        let at = if commonness(&parts[last]) > commonness(&parts[0]) { last } else { 0 };
        let surname = parts[at].clone();
        let given: Vec<String> =
            parts.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, part)| part.clone()).collect();
        return Split { surname, given: given.join(" "), parts };
    }
    if parts.is_empty() {
        return Split::default();
    }
    let given = parts[1..].join("\u{b7}");
    Split { surname: std::mem::take(&mut parts[0]), given, parts: shown_parts(&shown) }
}

fn shown_parts(shown: &str) -> Vec<String> {
    shown.split([DOT, ' ']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// How common surnames read like this are: 2 the hundred most frequent, 1 any other or compound, 0 none.
fn commonness(letters: &str) -> u8 {
    static READINGS: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
        let all = include_str!("../data/surnames.txt").chars().filter(|c| is_han(*c));
        let mut table = HashMap::new();
        for (i, c) in all.enumerate() {
            let reading =
                special(c).first().copied().or_else(|| crate::reading::syllables(c).first().copied());
            if let Some(reading) = reading {
                table.entry(reading).or_insert(if i < 100 { 2 } else { 1 });
            }
        }
        table
    });
    let plain = letters.to_lowercase().replace("lyu", "lv").replace('ü', "v");
    let compound = || COMPOUND.iter().any(|(_, [a, b])| plain.strip_prefix(a) == Some(*b));
    READINGS.get(plain.as_str()).copied().unwrap_or_else(|| u8::from(compound()))
}

/// Whether some surname is read like this (`li`, `Shan`).
pub fn is_surname_reading(letters: &str) -> bool {
    commonness(letters) > 0
}
