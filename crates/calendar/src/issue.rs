//! What a reader of dates has to say about a cell.

use std::borrow::Cow;
use std::fmt;

use kernel::Lang;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A remark about how a date was written. The serialised code is a contract with reports and screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Issue {
    /// A date typed as text or as a bare number.
    DateText,
    /// Only the month or the year is known.
    DatePartial,
    /// A year of two digits, read by the pivot.
    DateTwoDigitYear,
    /// Told in the lunar calendar; converted.
    DateLunar,
    /// Written in Chinese numerals.
    DateChinese,
    /// Written in full-width digits.
    DateFullWidth,
    /// A spreadsheet's day number.
    DateSerial,
    /// Told from another day ("去年3月").
    DateRelative,
    /// No year was given.
    DateNoYear,
    /// No such day (30 February).
    DateImpossible,
    /// Not a date.
    DateUnreadable,
    /// After the day of the table.
    DateFuture,
    /// A number such as 2011.1 that was January or October.
    DateAmbiguousDecimal,
    /// Day and month could be either way round (3/5/2011).
    DateAmbiguousOrder,
    /// An age where a date was asked for.
    AgeNotDate,
    /// A nominal age (虚岁), which runs with the lunar year.
    AgeNominal,
    /// An age without the day on which it was told.
    AgeUndated,
}

impl Issue {
    /// The code, as it is serialised.
    pub const fn code(self) -> &'static str {
        self.row().0
    }

    /// The issue in words.
    pub fn words(self, lang: Lang) -> Cow<'static, str> {
        let row = self.row();
        lang.pick(row.1, row.2)
    }

    const fn row(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::DateText => ("date_text", "日期是文字", "date typed as text"),
            Self::DatePartial => ("date_partial", "只知道年或月", "only the year or month is known"),
            Self::DateTwoDigitYear => ("date_two_digit_year", "年份只有两位", "year of two digits"),
            Self::DateLunar => ("date_lunar", "农历，已换算", "lunar date, converted"),
            Self::DateChinese => ("date_chinese", "中文数字", "Chinese numerals"),
            Self::DateFullWidth => ("date_full_width", "全角数字", "full-width digits"),
            Self::DateSerial => ("date_serial", "表格的日期序号", "spreadsheet day number"),
            Self::DateRelative => ("date_relative", "相对的说法", "told relative to another day"),
            Self::DateNoYear => ("date_no_year", "没有年份", "no year given"),
            Self::DateImpossible => ("date_impossible", "没有这一天", "no such day"),
            Self::DateUnreadable => ("date_unreadable", "看不出日期", "not readable as a date"),
            Self::DateFuture => ("date_future", "在登记日之后", "after the day of the table"),
            Self::DateAmbiguousDecimal => {
                ("date_ambiguous_decimal", "1月还是10月分不清", "could be January or October")
            }
            Self::DateAmbiguousOrder => {
                ("date_ambiguous_order", "日和月的先后分不清", "day and month could be either way round")
            }
            Self::AgeNotDate => ("age_not_date", "填的是年龄", "an age instead of a date"),
            Self::AgeNominal => ("age_nominal", "虚岁", "nominal age"),
            Self::AgeUndated => ("age_undated", "不知道是哪天的年龄", "an age without its day"),
        }
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
