//! The participations of a month, in units that are never added up.

mod count;
mod queries;

use jiff::civil::{Date, date};
use journal::Node;
use kernel::units::Participations;
use kernel::{Actor, Refusal};
use schemars::JsonSchema;
use serde::Serialize;

use crate::block::{Block, Cell, Row, Words, percent};
use crate::export::Printed;
use crate::{ReportError, faults, may_count};

pub use count::{Anonymous, Counted, Known, blocks, counted};
pub use queries::STATEMENTS;

/// How participations are counted.
pub(crate) const DEFINITION: Words = (
    "人次：每人每场计一次，包括只记了绰号或人数的无名参加者。人数：有姓名者，一个月内来过几次都只计一人；\
     已合并的重复记录只计一人。户数：在签到表上记为“户”的家庭。场次：当月有人签到的场次。\
     无名人次占全部人次的百分比另列。事后认领只把无名转为有名，不改变人次。",
    "Participations: everybody once per session, those included of whom only a nickname or a tally is known. People: \
     those who are known, once a month however often they came; merged duplicates are one person. Households: those \
     marked as a household on a roll. Sessions: those of the month with somebody on the roll. The share of \
     participations nobody is known for is shown apart. Recognising somebody later turns anonymous into known and \
     changes no total.",
);

/// The month's report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Month {
    /// The month, such as `2026-11`.
    pub month: String,
    /// How it is counted, in Chinese.
    pub definition_zh: String,
    /// How it is counted, in English.
    pub definition_en: String,
    /// Everybody once per session.
    pub participations: Cell,
    /// Distinct people who are known.
    pub people: Cell,
    /// Distinct households that were marked.
    pub households: Cell,
    /// Participations that nobody is known for.
    pub anonymous: Cell,
    /// Their share in percent.
    pub anonymous_pct: Option<String>,
    /// Sessions with somebody on the roll.
    pub sessions: Cell,
    /// Participations by kind of activity.
    pub by_kind: Vec<Row>,
    /// Participations by sex; the unknown have a row.
    pub by_sex: Vec<Row>,
    /// Participations by age on the day; the unknown have a row.
    pub by_age: Vec<Row>,
    /// The same as tables.
    pub blocks: Vec<Block>,
}

/// First and last day of a month such as `2026-11`.
pub fn days(month: &str) -> Result<(Date, Date), Refusal> {
    let fault = || Refusal::new(&faults::MONTH).at("month");
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, number) = month.split_once('-').ok_or_else(fault)?;
    if !digits(year, 4) || !digits(number, 2) {
        return Err(fault());
    }
    let (year, number) = (year.parse().map_err(|_| fault())?, number.parse().map_err(|_| fault())?);
    if !(1900..=2200).contains(&year) || !(1..=12).contains(&number) {
        return Err(fault());
    }
    let first = date(year, number, 1);
    Ok((first, first.last_of_month()))
}

/// The participations of a month. Those who see totals only get small cells kept back.
pub async fn report(node: &Node, actor: &Actor, month: &str) -> Result<Month, ReportError> {
    let keep_back = may_count(actor)?;
    let days = days(month)?;
    let (known, anonymous) = queries::marks(node, actor.site, days).await?;
    let totals = counted(&known, &anonymous);
    let kinds = queries::kinds(node, actor.site).await?;
    let mut tables = blocks(&known, &anonymous, &kinds);
    let mut cells = [
        Cell::of(totals.participations),
        Cell::of(totals.people),
        Cell::of(totals.households),
        Cell::of(totals.anonymous),
    ];
    let mut share = percent(totals.anonymous.0, totals.participations.0);
    if keep_back {
        tables = tables.map(Block::kept_back);
        cells = cells.map(Cell::kept_back);
        if cells[3].number().is_none() || cells[0].number().is_none() {
            share = None;
        }
    }
    let [participations, people, households, anonymous] = cells;
    let rows = |block: &Block| with_unknown(block, totals.participations);
    Ok(Month {
        month: month.to_owned(),
        definition_zh: DEFINITION.0.to_owned(),
        definition_en: DEFINITION.1.to_owned(),
        participations,
        people,
        households,
        anonymous,
        anonymous_pct: share,
        sessions: Cell::of(totals.sessions),
        by_kind: rows(&tables[0]),
        by_sex: rows(&tables[1]),
        by_age: rows(&tables[2]),
        blocks: tables.into(),
    })
}

/// The rows of a table with one more for the unknown, where there are any.
fn with_unknown(block: &Block, all: Participations) -> Vec<Row> {
    let mut rows = block.rows.clone();
    if block.unknown != Cell::Number(0) {
        rows.push(Row {
            key: "unknown".to_owned(),
            label_zh: "不详".to_owned(),
            label_en: "Unknown".to_owned(),
            count: block.unknown.clone(),
            pct: block.unknown.number().and_then(|unknown| percent(unknown, all.0)),
            pct_of_known: None,
        });
    }
    rows
}

impl Month {
    /// The report as it is printed into a workbook or a text file.
    pub fn printed(&self) -> Printed<'_> {
        Printed {
            title: ("月度参加统计", "Participations of a month"),
            on: ("月份", "Month", &self.month),
            totals: vec![
                ("人次", "Participations", self.participations.clone()),
                ("人数（有姓名者）", "People who are known", self.people.clone()),
                ("户数", "Households", self.households.clone()),
                ("无名人次", "Anonymous participations", self.anonymous.clone()),
                ("场次", "Sessions", self.sessions.clone()),
            ],
            definition: (&self.definition_zh, &self.definition_en),
            blocks: self.blocks.iter().collect(),
            lang: kernel::Lang::Zh,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    #[test]
    fn months() {
        assert_eq!(super::days("2024-02").unwrap(), (date(2024, 2, 1), date(2024, 2, 29)));
        for wrong in
            ["", "2024", "2024-13", "2024-00", "24-02", "2024-2", "+024-02", "李娜", "9999-01", "2024-02-01"]
        {
            assert!(super::days(wrong).is_err(), "{wrong}");
        }
    }
}
