//! What a period came to: who took part how often, who was visited, what was asked. Any year, half-year, quarter, month,
//! or from one day to another, beside the period before.

mod asked;
mod behind;
mod figures;
mod queries;
mod span;
mod tables;

use jiff::civil::Date;
use journal::Node;
use kernel::units::{Encounters, Requests, Sessions};
use kernel::{Actor, Refusal};
use schemars::JsonSchema;
use serde::Serialize;

use crate::block::{Block, Cell, Words, percent};
use crate::export::Printed;
use crate::{ReportError, may_count};

pub use asked::{Asked, Step};
pub use behind::{Behind, By, Of, Row};
pub use figures::{Came, Figures, Sort};
pub use queries::{STATEMENTS, counted, kept};
pub use span::Span;

/// How everything of a period is counted.
pub(crate) const DEFINITION: Words = (
    "人次：每人每场计一次，包括只记了绰号或人数的无名参加者。人数：有姓名者，统计期内来过几次都只计一人；已合并的重复记录\
     只计一人。户数：在点名单上记为“户”的家庭，统计期内只计一户。场次：统计期内点过名的场次。无名人次占全部人次的百分比\
     另列。人数、人次、户数、场次是不同的单位，不能相加。活动、类型、人员资料事后更改的，按现在的记录重新计算；已撤下的记录\
     不计；已删除个人资料的人仍计入，只留性别、出生年份和省份。",
    "Participations: everybody once per session, those included of whom only a nickname or a tally is known. People: those \
     who are known, once in the period however often they came; merged duplicates are one person. Families: households \
     marked as such on a roll, once in the period. Sessions: those of the period with somebody on the roll. The share of \
     participations nobody is known for is shown apart. People, participations, families and sessions are different units \
     and do not add up. What is changed later of activities, kinds or people is counted as it stands now; withdrawn records \
     do not count; people whose data was erased still count, of whom sex, year of birth and province are left.",
);

/// How requests are counted.
const REQUESTS: Words = (
    "提出：统计期内提出的求助。办结、放弃：统计期内办结或放弃、期末没有重新打开的求助，不论何时提出。未办结：期末（统计期未结束\
     的，到今天）仍未办结的求助。天数为中位数：从提出到办结，或从提出到期末。",
    "Asked: requests asked in the period. Answered, given up: those answered or given up in the period and not open again at \
     its end, whenever they were asked. Open: those open at its end, or today where it is not over. Days are the one in the \
     middle: from asking to answering, or to the end of the period.",
);

/// The figures that are in no table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Totals {
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
    /// Visits, calls and talks.
    pub encounters: Cell,
    /// Requests asked.
    pub requests: Cell,
}

/// How requests fared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answers {
    /// Asked in the period.
    pub asked: Cell,
    /// Answered in the period.
    pub answered: Cell,
    /// Given up in the period.
    pub dropped: Cell,
    /// Open at its end.
    pub open: Cell,
    /// Days from asking to answering, the one in the middle.
    pub median_days: Option<u64>,
    /// Days that those open had waited, the one in the middle.
    pub median_waiting: Option<u64>,
    /// How they are counted, in Chinese.
    pub definition_zh: String,
    /// How they are counted, in English.
    pub definition_en: String,
}

/// The period before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Previous {
    /// Which.
    pub period: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// What it came to.
    pub totals: Totals,
}

/// What a period came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Year {
    /// Its code, or its days.
    pub period: String,
    /// Its first day.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// How it is counted, in Chinese.
    pub definition_zh: String,
    /// How it is counted, in English.
    pub definition_en: String,
    /// The figures that are in no table.
    pub totals: Totals,
    /// The period before, to compare with.
    pub previous: Option<Previous>,
    /// How requests fared.
    pub answers: Answers,
    /// The tables.
    pub blocks: Vec<Block>,
}

/// The period that is asked for: by its code, or from one day to another, otherwise the year of `today`.
///
/// # Errors
/// Where it is none.
pub fn asked_span(
    period: Option<&str>,
    days: (Option<Date>, Option<Date>),
    today: Date,
) -> Result<Span, Refusal> {
    match (period, days) {
        (Some(code), _) => Span::of_code(code),
        (None, (None, None)) => Span::of_code(&format!("{:04}", today.year())),
        (None, (from, to)) => {
            let first = from.or(to).unwrap_or(today);
            Span::of_days(first, to.unwrap_or_else(|| today.max(first)))
        }
    }
}

/// The report of a period. Those who see totals only get small cells kept back, and whole months: of any two days they
/// could tell small numbers by what one report has more than another.
pub async fn report(node: &Node, actor: &Actor, span: &Span) -> Result<Year, ReportError> {
    let keep_back = may_count(actor)?;
    if keep_back && !span.of_whole_months() {
        return Err(Refusal::new(&crate::faults::WHOLE_MONTHS)
            .with("from", span.from)
            .with("to", span.to)
            .into());
    }
    let requests = queries::asked(node, actor.site).await?;
    let end = span.to.min(node.today());
    let asked = asked::count(requests.values(), span.from, end.max(span.from));
    let figures = figures_of(node, actor, span).await?;
    let previous = match span.before().filter(|before| !keep_back || before.of_whole_months()) {
        None => None,
        Some(before) => {
            let figures = figures_of(node, actor, &before).await?;
            let asked =
                asked::count(requests.values(), before.from, before.to.min(node.today()).max(before.from));
            let totals = totals(&figures, &asked, keep_back);
            Some(Previous {
                period: before.name(),
                from: before.from.to_string(),
                to: before.to.to_string(),
                totals,
            })
        }
    };
    let kinds = crate::month::kinds(node, actor.site).await?;
    let mut blocks = tables::blocks(&figures, &asked, &kinds);
    if keep_back {
        blocks = blocks.into_iter().map(Block::kept_back).collect();
    }
    Ok(Year {
        period: span.name(),
        from: span.from.to_string(),
        to: span.to.to_string(),
        definition_zh: DEFINITION.0.to_owned(),
        definition_en: DEFINITION.1.to_owned(),
        totals: totals(&figures, &asked, keep_back),
        previous,
        answers: answers(&asked, keep_back),
        blocks,
    })
}

/// The records behind a figure, for those from whom small cells are not kept. Which of them the reader may see is for the
/// scope of the records to say.
pub async fn behind(
    node: &Node,
    actor: &Actor,
    span: &Span,
    of: Of,
    row: &Row,
) -> Result<Vec<Behind>, ReportError> {
    if may_count(actor)? {
        return Err(Refusal::new(&crate::faults::NO_RECORDS).into());
    }
    let once = |id| Behind { id, count: 1 };
    let kind = row.by.filter(|by| *by == By::Kind).map(|_| row.key.as_str());
    Ok(match of {
        Of::Encounters => queries::met(node, actor.site, span, kind).await?.into_iter().map(once).collect(),
        Of::Requests => {
            let requests = queries::asked(node, actor.site).await?;
            let fits = |(code, steps): &(String, Vec<Step>)| {
                let first = steps.first();
                let asked = matches!(first, Some(Step::Asked(day)) if (span.from..=span.to).contains(day));
                asked && kind.is_none_or(|kind| code == kind)
            };
            requests.iter().filter(|request| fits(request.1)).map(|request| once(*request.0)).collect()
        }
        _ => behind::behind(&queries::marks(node, actor.site, span).await?, of, row, span.to),
    })
}

async fn figures_of(node: &Node, actor: &Actor, span: &Span) -> Result<Figures, ReportError> {
    Ok(match &span.code {
        Some(code) => kept(node, actor.site, code, span).await?,
        None => counted(node, actor.site, span).await?,
    })
}

fn totals(figures: &Figures, asked: &Asked, keep_back: bool) -> Totals {
    let shown = |cell: Cell| if keep_back { cell.kept_back() } else { cell };
    let (all, nameless) = (figures.participations(), figures.nameless());
    let known = figures.known();
    let participations = shown(Cell::of(all));
    let mut anonymous = shown(Cell::of(nameless));
    let mut share = percent(nameless.0, all.0);
    if keep_back {
        // Who knows all participations and the anonymous ones knows the others.
        let told = Cell::of(known.participations).kept_back().number().is_some();
        if !told && anonymous.number().is_some_and(|count| count > 0) {
            anonymous = Cell::Hidden("*".to_owned());
        }
        if anonymous.number().is_none() || participations.number().is_none() {
            share = None;
        }
    }
    let sessions: Sessions = figures.sessions.values().copied().sum();
    let encounters: Encounters = figures.encounters.values().copied().sum();
    let requests: Requests = asked.asked.values().copied().sum();
    Totals {
        participations,
        people: shown(Cell::of(known.people)),
        households: shown(Cell::of(figures.households)),
        anonymous,
        anonymous_pct: share,
        sessions: Cell::of(sessions),
        encounters: Cell::of(encounters),
        requests: shown(Cell::of(requests)),
    }
}

fn answers(asked: &Asked, keep_back: bool) -> Answers {
    let shown = |cell: Cell| if keep_back { cell.kept_back() } else { cell };
    let all: Requests = asked.asked.values().copied().sum();
    // The middle of few is somebody's own.
    let few = |count: Requests, days: Option<u64>| days.filter(|_| !keep_back || count.0 >= crate::LEAST);
    Answers {
        asked: shown(Cell::of(all)),
        answered: shown(Cell::of(asked.answered)),
        dropped: shown(Cell::of(asked.dropped)),
        open: shown(Cell::of(asked.open)),
        median_days: few(asked.answered, asked.median_days),
        median_waiting: few(asked.open, asked.median_waiting),
        definition_zh: REQUESTS.0.to_owned(),
        definition_en: REQUESTS.1.to_owned(),
    }
}

impl Year {
    /// The report as it is printed into a workbook or a text file.
    pub fn printed(&self) -> Printed<'_> {
        let Totals { participations, people, households, anonymous, sessions, encounters, .. } = &self.totals;
        let answers = &self.answers;
        Printed {
            title: ("工作统计", "Report of a period"),
            on: ("统计期", "Period", &self.period),
            totals: vec![
                ("人次", "Participations", participations.clone()),
                ("人数（有姓名者）", "People who are known", people.clone()),
                ("户数", "Families", households.clone()),
                ("无名人次", "Anonymous participations", anonymous.clone()),
                ("场次", "Sessions", sessions.clone()),
                ("走访与来电", "Visits, calls and talks", encounters.clone()),
                ("提出的求助", "Requests asked", answers.asked.clone()),
                ("办结的求助", "Requests answered", answers.answered.clone()),
                ("放弃的求助", "Requests given up", answers.dropped.clone()),
                ("未办结的求助", "Requests open", answers.open.clone()),
            ],
            definition: (&self.definition_zh, &self.definition_en),
            blocks: self.blocks.iter().collect(),
            lang: kernel::Lang::Zh,
        }
    }
}
