//! The state of an account.

use kernel::faults::text;
use kernel::{Column, Field, IndexRow, Label, Lang, Meta, Record, Refusal, Role, Situation, TableDef};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{faults, login};

/// The language somebody reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// 简体中文.
    #[default]
    Zh,
    /// 繁體中文.
    #[serde(rename = "zh-Hant")]
    Hant,
    /// English.
    En,
}

impl Language {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::Hant => "zh-Hant",
            Self::En => "en",
        }
    }

    /// The language of that name; Chinese for any other.
    pub fn from_code(code: &str) -> Self {
        Lang::of_tag(code).unwrap_or_default().into()
    }
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::Hant => Self::Hant,
            Language::En => Self::En,
        }
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Zh => Self::Zh,
            Lang::Hant => Self::Hant,
            Lang::En => Self::En,
        }
    }
}

/// Somebody who logs in. Has no `Debug`: it holds secrets.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Account {
    /// The login name, in lower case; one of its kind in the installation.
    #[schemars(length(min = 2, max = 40))]
    pub login: String,
    /// The name that others see; the login name where none is given.
    #[schemars(length(max = 80))]
    pub display: String,
    /// What the account is at the site.
    pub role: Role,
    /// Whether it can log in.
    #[serde(default = "yes")]
    pub active: bool,
    /// The language of its pages.
    #[serde(default)]
    pub lang: Language,
    /// The argon2id hash of its password, as a PHC string.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub password: Option<String>,
    /// The secret of its second factor, base 32.
    #[serde(default)]
    #[schemars(length(max = 128))]
    pub totp: Option<String>,
}

fn yes() -> bool {
    true
}

impl Default for Account {
    fn default() -> Self {
        Self {
            login: String::new(),
            display: String::new(),
            role: Role::Volunteer,
            active: true,
            lang: Language::Zh,
            password: None,
            totp: None,
        }
    }
}

/// What an account's own commands did.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AccountEvent {
    /// Retired or reinstated.
    Switched {
        /// Whether it can log in now.
        active: bool,
    },
    /// Has a new password.
    PasswordSet {
        /// The hash.
        #[serde(default)]
        password: Option<String>,
    },
    /// Has, or no longer has, a second factor.
    TotpSet {
        /// The secret.
        #[serde(default)]
        totp: Option<String>,
    },
    /// Reads another language.
    Preferred {
        /// The language.
        lang: Language,
    },
}

/// Accounts, for logging in, for names of who did something, and for counting managers.
pub static ACCOUNT_ROW: TableDef = TableDef::index(
    "account_row",
    &[
        ("site", Column::Text),
        ("account", Column::Text),
        ("login", Column::Text),
        ("display", Column::Text),
        ("role", Column::Text),
        ("active", Column::Int),
        ("lang", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

/// The login name as it is kept and compared. U+0000, which PostgreSQL cannot even be asked for, becomes U+FFFD.
pub fn login_key(login: &str) -> String {
    login.trim().to_lowercase().replace('\0', "\u{fffd}")
}

impl Record for Account {
    const NOUN: &'static str = "account";
    const FIELDS: &'static [Field] = &[
        Field::new("login", Label::Plain),
        Field::new("display", Label::Plain),
        Field::new("role", Label::Plain),
        Field::new("active", Label::Plain).own(),
        Field::new("lang", Label::Plain),
        Field::new("password", Label::Sealed).fixed(),
        Field::new("totp", Label::Sealed).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&ACCOUNT_ROW];
    type Event = AccountEvent;

    fn apply(&mut self, event: AccountEvent) {
        match event {
            AccountEvent::Switched { active } => self.active = active,
            AccountEvent::PasswordSet { password } => self.password = password,
            AccountEvent::TotpSet { totp } => self.totp = totp,
            AccountEvent::Preferred { lang } => self.lang = lang,
        }
    }

    fn normalise(&mut self) {
        self.login = login_key(&self.login);
        self.display = self.display.trim().to_owned();
        if self.display.is_empty() {
            self.display.clone_from(&self.login);
        }
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        let allowed = |c: char| c.is_alphanumeric() || ".-_@".contains(c);
        let length = self.login.chars().count();
        if !(2..=40).contains(&length) || !self.login.chars().all(allowed) {
            return Err(Refusal::new(&faults::LOGIN_SHAPE).at("login"));
        }
        text("display", &self.display, 80)?;
        if situation.actor.account.0 == situation.record && self.role != situation.actor.role {
            return Err(Refusal::new(&faults::OWN_ROLE).at("role"));
        }
        match &self.password {
            Some(hash) if !login::password::is_hash(hash) => {
                Err(Refusal::new(&faults::HASH_SHAPE).at("password"))
            }
            _ => Ok(()),
        }
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            self.login.as_str().into(),
            self.display.as_str().into(),
            self.role.name().into(),
            self.active.into(),
            self.lang.code().into(),
            meta.no.into(),
        ];
        vec![IndexRow { table: &ACCOUNT_ROW, values }]
    }
}
