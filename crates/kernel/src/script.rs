//! Traditional Chinese, converted from the program's own simplified words. What people typed is never converted.

use std::borrow::Cow;
use std::sync::OnceLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

use crate::Lang;

/// Characters as Taiwan writes them, words as they are: read without trouble in Hong Kong too
/// (`docs/decisions/0007-traditional-chinese.md`). The dictionaries are opened when somebody first needs them.
fn converter() -> Option<&'static OpenCC> {
    static CONVERTER: OnceLock<Option<OpenCC>> = OnceLock::new();
    CONVERTER.get_or_init(|| OpenCC::from_config(BuiltinConfig::S2tw).ok()).as_ref()
}

/// A text of the program in traditional characters.
pub fn traditional(text: &str) -> String {
    converter().map_or_else(|| text.to_owned(), |converter| converter.convert(text))
}

impl Lang {
    /// Which of two texts of the program this reader gets.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> Cow<'a, str> {
        match self {
            Self::En => Cow::Borrowed(en),
            _ => self.chinese(zh),
        }
    }

    /// A Chinese text of the program in this reader's characters.
    pub fn chinese(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Hant => Cow::Owned(traditional(text)),
            Self::Zh | Self::En => Cow::Borrowed(text),
        }
    }

    /// The language of a tag as browsers and terminals name it (`zh-TW`, `zh_HK.UTF-8`, `en`); none for others.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split(['-', '.', ';']);
        match parts.next() {
            Some("en") => Some(Self::En),
            Some("zh") => {
                let parts: Vec<&str> = parts.collect();
                let simplified = parts.contains(&"hans");
                let traditional = parts.iter().any(|part| matches!(*part, "hant" | "tw" | "hk" | "mo"));
                Some(if traditional && !simplified { Self::Hant } else { Self::Zh })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_program_are_converted_and_english_is_not() {
        assert_eq!(
            Lang::Hant.pick("发现重复的联系电话，请复核，然后在里面保存。", "x"),
            "發現重複的聯繫電話，請複核，然後在裡面保存。"
        );
        assert_eq!(Lang::Zh.pick("电话", "phone"), "电话");
        assert_eq!(Lang::En.pick("电话", "phone"), "phone");
        assert_eq!(traditional("𠮷 {name} <b>"), "𠮷 {name} <b>");
    }

    #[test]
    fn tags_are_read_as_browsers_and_terminals_write_them() {
        let cases = [
            ("zh-TW", Some(Lang::Hant)),
            ("zh_HK.UTF-8", Some(Lang::Hant)),
            ("zh-Hant-CN", Some(Lang::Hant)),
            ("zh-Hans-HK", Some(Lang::Zh)),
            ("zh-CN", Some(Lang::Zh)),
            ("zh", Some(Lang::Zh)),
            ("en-GB;q=0.8", Some(Lang::En)),
            ("zh-TW;q=0.9", Some(Lang::Hant)),
            ("fr", None),
            ("", None),
        ];
        for (tag, lang) in cases {
            assert_eq!(Lang::of_tag(tag), lang, "{tag}");
        }
    }

    #[test]
    fn parameters_are_left_as_they_were_typed() {
        crate::problems! {
            /// For this test.
            TOLD = "SK-9009" 422 zh "姓名“{name}”有问题" "请检查。" en "{name}" "Check.";
        }
        assert_eq!(PROBLEMS.len(), 1);
        let refusal = crate::Refusal::new(&TOLD).with("name", "张丽发");
        assert_eq!(refusal.title(Lang::Hant), "姓名“张丽发”有問題");
    }
}
