//! Enums of codes that more than one context speaks of: a name in JSON and words in both languages.

/// Declares an enum of codes. One variant carries `#[default]`.
#[macro_export]
macro_rules! codes {
    ($(#[$about:meta])* $enum:ident: $($(#[$doc:meta])* $name:ident $code:literal $zh:literal $en:literal;)*) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize,
            ::serde::Deserialize, ::schemars::JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $enum {
            $($(#[$doc])* $name,)*
        }

        impl $enum {
            /// Every code, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name in JSON.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The code of that name.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }

            /// The words for it in Chinese and English.
            pub fn words(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($zh, $en)),* }
            }
        }
    };
}
