//! The fonts of the machine, looked for once.

use std::sync::OnceLock;

use typst_kit::fonts::FontStore;

/// Families that are looked for first, the plainest to read first. Any other with Chinese characters will do.
const KNOWN: &[&str] = &[
    "noto sans cjk sc",
    "source han sans sc",
    "source han sans cn",
    "pingfang sc",
    "microsoft yahei",
    "wenquanyi micro hei",
    "wenquanyi zen hei",
    "noto serif cjk sc",
    "source han serif sc",
    "simsun",
    "droid sans fallback",
];

/// All that are installed. A font that is installed later is found after a restart.
pub(crate) fn installed() -> &'static FontStore {
    static FONTS: OnceLock<FontStore> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut fonts = FontStore::new();
        fonts.extend(typst_kit::fonts::system());
        fonts
    })
}

/// The family in which Chinese is set.
pub(crate) fn chinese(fonts: &FontStore) -> Option<String> {
    let book = fonts.book();
    let known = KNOWN.iter().find(|family| book.contains_family(family));
    known.map(|family| (*family).to_owned()).or_else(|| {
        let has = |index: usize| {
            book.info(index)
                .is_some_and(|info| "中华人".chars().all(|sign| info.coverage.contains(sign as u32)))
        };
        book.families().find_map(|(family, mut indices)| indices.any(has).then(|| family.to_lowercase()))
    })
}
