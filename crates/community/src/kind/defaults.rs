//! The kinds that come with the program.

use super::Traits;

/// A kind that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Default {
    /// Its code.
    pub code: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// Its English name.
    pub en: &'static str,
    /// What goes with it.
    pub traits: Traits,
    /// Children for each adult that new activities begin with, where consents are needed. No legal norm: a cautious
    /// beginning that every centre replaces by its own rule.
    pub children_per_adult: Option<u32>,
}

const NONE: Traits = Traits { dishes: false, pick_up: false, consents: false, self_run: false };

/// Children for each adult before a centre has set its own number.
const BEGINNING: u32 = 5;

const fn plain(code: &'static str, zh: &'static str, en: &'static str) -> Default {
    Default { code, zh, en, traits: NONE, children_per_adult: None }
}

const fn with(code: &'static str, zh: &'static str, en: &'static str, traits: Traits) -> Default {
    Default { code, zh, en, traits, children_per_adult: if traits.consents { Some(BEGINNING) } else { None } }
}

/// In the order in which lists show them.
pub const DEFAULTS: &[Default] = &[
    plain("dropin", "日常开放", "Drop-in"),
    plain("class", "课程", "Class"),
    with("after_school", "课后托管", "After-school care", Traits { pick_up: true, ..NONE }),
    with("child_care", "幼儿照护", "Child care", Traits { pick_up: true, ..NONE }),
    plain("family_day", "亲子活动", "Family day"),
    with("feast", "节日聚会", "Feast", Traits { dishes: true, ..NONE }),
    plain("performance", "演出联欢", "Show"),
    plain("outing", "短途出游", "Outing"),
    with("trip", "外出", "Trip", Traits { consents: true, ..NONE }),
    with("camp", "营会", "Camp", Traits { consents: true, ..NONE }),
    with("circle", "互助小组", "Circle", Traits { self_run: true, ..NONE }),
    plain("course", "培训", "Course"),
    plain("meeting", "会议", "Meeting"),
    plain("screening", "放映", "Screening"),
    plain("sports", "运动", "Sports"),
    plain("other", "其他", "Other"),
];
