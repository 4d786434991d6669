//! Syllables of Hanyu Pinyin without tones, `ü` written `v`, and how letters are cut into them.

use std::sync::LazyLock;

/// All syllables that name readings are built from, sorted.
pub const SYLLABLES: &[&str] = &[
    "a", "ai", "an", "ang", "ao", "ba", "bai", "ban", "bang", "bao", "bei", "ben", "beng", "bi", "bian",
    "biao", "bie", "bin", "bing", "bo", "bu", "ca", "cai", "can", "cang", "cao", "ce", "cen", "ceng", "cha",
    "chai", "chan", "chang", "chao", "che", "chen", "cheng", "chi", "chong", "chou", "chu", "chua", "chuai",
    "chuan", "chuang", "chui", "chun", "chuo", "ci", "cong", "cou", "cu", "cuan", "cui", "cun", "cuo", "da",
    "dai", "dan", "dang", "dao", "de", "dei", "den", "deng", "di", "dia", "dian", "diao", "die", "ding",
    "diu", "dong", "dou", "du", "duan", "dui", "dun", "duo", "e", "ei", "en", "eng", "er", "fa", "fan",
    "fang", "fei", "fen", "feng", "fo", "fou", "fu", "ga", "gai", "gan", "gang", "gao", "ge", "gei", "gen",
    "geng", "gong", "gou", "gu", "gua", "guai", "guan", "guang", "gui", "gun", "guo", "ha", "hai", "han",
    "hang", "hao", "he", "hei", "hen", "heng", "hong", "hou", "hu", "hua", "huai", "huan", "huang", "hui",
    "hun", "huo", "ji", "jia", "jian", "jiang", "jiao", "jie", "jin", "jing", "jiong", "jiu", "ju", "juan",
    "jue", "jun", "ka", "kai", "kan", "kang", "kao", "ke", "kei", "ken", "keng", "kong", "kou", "ku", "kua",
    "kuai", "kuan", "kuang", "kui", "kun", "kuo", "la", "lai", "lan", "lang", "lao", "le", "lei", "leng",
    "li", "lia", "lian", "liang", "liao", "lie", "lin", "ling", "liu", "lo", "long", "lou", "lu", "luan",
    "lun", "luo", "lv", "lve", "ma", "mai", "man", "mang", "mao", "me", "mei", "men", "meng", "mi", "mian",
    "miao", "mie", "min", "ming", "miu", "mo", "mou", "mu", "na", "nai", "nan", "nang", "nao", "ne", "nei",
    "nen", "neng", "ni", "nian", "niang", "niao", "nie", "nin", "ning", "niu", "nong", "nou", "nu", "nuan",
    "nun", "nuo", "nv", "nve", "o", "ou", "pa", "pai", "pan", "pang", "pao", "pei", "pen", "peng", "pi",
    "pian", "piao", "pie", "pin", "ping", "po", "pou", "pu", "qi", "qia", "qian", "qiang", "qiao", "qie",
    "qin", "qing", "qiong", "qiu", "qu", "quan", "que", "qun", "ran", "rang", "rao", "re", "ren", "reng",
    "ri", "rong", "rou", "ru", "rua", "ruan", "rui", "run", "ruo", "sa", "sai", "san", "sang", "sao", "se",
    "sen", "seng", "sha", "shai", "shan", "shang", "shao", "she", "shei", "shen", "sheng", "shi", "shou",
    "shu", "shua", "shuai", "shuan", "shuang", "shui", "shun", "shuo", "si", "song", "sou", "su", "suan",
    "sui", "sun", "suo", "ta", "tai", "tan", "tang", "tao", "te", "tei", "teng", "ti", "tian", "tiao", "tie",
    "ting", "tong", "tou", "tu", "tuan", "tui", "tun", "tuo", "wa", "wai", "wan", "wang", "wei", "wen",
    "weng", "wo", "wu", "xi", "xia", "xian", "xiang", "xiao", "xie", "xin", "xing", "xiong", "xiu", "xu",
    "xuan", "xue", "xun", "ya", "yan", "yang", "yao", "ye", "yi", "yin", "ying", "yo", "yong", "you", "yu",
    "yuan", "yue", "yun", "za", "zai", "zan", "zang", "zao", "ze", "zei", "zen", "zeng", "zha", "zhai",
    "zhan", "zhang", "zhao", "zhe", "zhei", "zhen", "zheng", "zhi", "zhong", "zhou", "zhu", "zhua", "zhuai",
    "zhuan", "zhuang", "zhui", "zhun", "zhuo", "zi", "zong", "zou", "zu", "zuan", "zui", "zun", "zuo",
];

/// The longest syllable (`zhuang`).
const LONGEST: usize = 6;

/// The syllables as numbers, five bits a letter, sorted: looked up far more often than anything else here.
static NUMBERS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let mut numbers: Vec<u32> = SYLLABLES.iter().map(|s| number(s.as_bytes())).collect();
    numbers.sort_unstable();
    numbers
});

/// Letters as one number; no two rows of at most six lower-case letters have the same.
fn number(letters: &[u8]) -> u32 {
    letters.iter().fold(0, |sum, letter| (sum << 5) | u32::from(letter & 31))
}

fn is_one(letters: &[u8]) -> bool {
    letters.len() <= LONGEST && NUMBERS.binary_search(&number(letters)).is_ok()
}

/// Whether these letters are one whole syllable.
pub fn is_syllable(letters: &str) -> bool {
    letters.bytes().all(|b| b.is_ascii_lowercase()) && is_one(letters.as_bytes())
}

/// All syllables that start with these letters.
pub fn starting_with(letters: &str) -> &'static [&'static str] {
    let from = SYLLABLES.partition_point(|s| *s < letters);
    let len = SYLLABLES[from..].partition_point(|s| s.starts_with(letters));
    &SYLLABLES[from..from + len]
}

/// Whether the letters can be cut into whole syllables without a rest. More than 60 letters are not looked at.
pub fn is_pinyin(letters: &str) -> bool {
    let letters = letters.as_bytes();
    let n = letters.len();
    if n == 0 || n > 60 || !letters.iter().all(u8::is_ascii_lowercase) {
        return false;
    }
    // Bit i: the first i letters can be cut.
    let mut reach = 1_u64;
    for end in 1..=n {
        let from = end.saturating_sub(LONGEST);
        if (reach >> from) == 0 {
            return false;
        }
        if (from..end).any(|start| reach >> start & 1 == 1 && is_one(&letters[start..end])) {
            reach |= 1 << end;
        }
    }
    reach >> n & 1 == 1
}

/// Ways to cut the letters into pieces each of which starts some syllable (`lixn`: li-x-n), at most `most` ways,
/// fewest pieces first. The letters must be ASCII; others give nothing.
pub fn cuts(letters: &str, most: usize) -> Vec<Vec<&str>> {
    let mut found = Vec::new();
    if letters.is_ascii() && letters.len() <= 24 {
        for pieces in 1..=letters.len().min(6) {
            cut(letters, pieces, most, &mut Vec::new(), &mut found);
        }
    }
    found
}

fn cut<'a>(
    rest: &'a str,
    pieces: usize,
    most: usize,
    so_far: &mut Vec<&'a str>,
    found: &mut Vec<Vec<&'a str>>,
) {
    if found.len() >= most || rest.len() > pieces * LONGEST || rest.len() < pieces {
        return;
    }
    if pieces == 0 {
        found.push(so_far.clone());
        return;
    }
    for len in (1..=rest.len().min(LONGEST)).rev() {
        let (piece, later) = rest.split_at(len);
        if !starting_with(piece).is_empty() {
            so_far.push(piece);
            cut(later, pieces - 1, most, so_far, found);
            so_far.pop();
        }
    }
}

/// The first letter of a syllable, as people type initials.
pub fn initial(syllable: &str) -> &str {
    syllable.get(..1).unwrap_or("")
}
