//! The roster's figures on a day: how many children there are, and how they live.

mod count;
mod queries;

use jiff::civil::Date;
use journal::Node;
use kernel::units::People;
use kernel::{Actor, Label};
use schemars::JsonSchema;
use serde::Serialize;

use crate::block::{Block, Cell, Words};
use crate::export::Printed;
use crate::{ReportError, may_count};

pub use count::{Child, blocks};
pub use queries::STATEMENTS;

/// How children are counted.
pub(crate) const DEFINITION: Words = (
    "儿童：按出生日期，在统计日未满 18 周岁的在册人员；出生日期只知道大致范围的，按范围的中间一天计算。\
     出生日期不详、但登记了学段（未入学至高中、中职）的，也计为儿童，年龄列为“不详”。\
     已合并的重复记录只计一次；已撤回的记录不计。百分比的分母为全部儿童，不详者计入分母并单独列出。",
    "Children: people on the register who are under 18 full years on the day by their birth date; where only a \
     range is known, by the day in its middle. Those whose birth date is unknown but who have a school stage \
     (from not in school yet to senior or vocational school) count as children of unknown age. Merged duplicates \
     count once; withdrawn records do not count. Percentages are shares of all children; those not known are part \
     of the denominator and shown apart.",
);

/// People in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PeopleTotal {
    /// Distinct people on the register, children and adults.
    pub total: Cell,
}

/// Children in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChildrenTotal {
    /// Distinct children.
    pub total: Cell,
    /// People of whom neither birth date nor school stage tells whether they are children; not among the children.
    pub unknown_age: Cell,
}

/// The roster report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Roster {
    /// The day that ages and addresses are counted on.
    pub as_of: String,
    /// How children are counted, in Chinese.
    pub definition_zh: String,
    /// How children are counted, in English.
    pub definition_en: String,
    /// People in all.
    pub people: PeopleTotal,
    /// Children in all.
    pub children: ChildrenTotal,
    /// One table per question.
    pub blocks: Vec<Block>,
}

/// What was read for the report.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Everybody on the register.
    pub people: People,
    /// Those who may or may not be children.
    pub unknown_age: People,
    /// The children.
    pub children: Vec<Child>,
}

/// The roster on a day. Tables on school, permit and insurance are for those who may read such fields; those who see
/// totals only get small cells kept back.
pub async fn report(node: &Node, actor: &Actor, as_of: Date) -> Result<Roster, ReportError> {
    let keep_back = may_count(actor)?;
    let counted = queries::counted(node, actor.site, as_of).await?;
    let may = |label: Label| label.readable_by(actor.role);
    let mut blocks = count::blocks(&counted.children, may);
    let mut totals = [
        Cell::of(counted.people),
        Cell::of(People(counted.children.len() as u64)),
        Cell::of(counted.unknown_age),
    ];
    if keep_back {
        totals = totals.map(Cell::kept_back);
        blocks = count::kept_back(blocks);
    }
    let [people, children, unknown_age] = totals;
    Ok(Roster {
        as_of: as_of.to_string(),
        definition_zh: DEFINITION.0.to_owned(),
        definition_en: DEFINITION.1.to_owned(),
        people: PeopleTotal { total: people },
        children: ChildrenTotal { total: children, unknown_age },
        blocks,
    })
}

impl Roster {
    /// The report as it is printed into a workbook or a text file.
    pub fn printed(&self) -> Printed<'_> {
        Printed {
            title: ("流动儿童花名册统计", "Roster of children"),
            on: ("统计日", "As of", &self.as_of),
            totals: vec![
                ("在册人员", "People on the register", self.people.total.clone()),
                ("儿童", "Children", self.children.total.clone()),
                (
                    "年龄不详、未计入儿童",
                    "Age unknown, not among the children",
                    self.children.unknown_age.clone(),
                ),
            ],
            definition: (&self.definition_zh, &self.definition_en),
            blocks: self.blocks.iter().collect(),
            lang: kernel::Lang::Zh,
        }
    }
}
