//! Matching tables: from columns to pairs with probabilities.

use super::blocking::candidates;
use super::fields::{Column, assumption, find_neighbours, join_chinese_names, meanings, plans, same_header};
use super::read::{Table, TableFault};
use super::register;
use super::report::{Agreement, Decision, FieldReason, MatchPair, MatchReport};
use super::roles::Role;
use super::value::{CLOSE, CROSSED, EQUAL};
use crate::engine::{Edge, Levels, Model, Sample, assign, guarded_clusters, random_pairs};

/// How to match.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Headers of columns to leave out, in either table.
    pub ignore_columns: Vec<String>,
    /// The column that names the rows; found by itself if nothing.
    pub id_column: Option<String>,
    /// Whether a row of the one file is at most one row of the other. Only counts with two files.
    pub one_to_one: bool,
    /// Probability from which a pair is reported at all.
    pub review: f64,
    /// Probability from which a pair needs no look.
    pub auto: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { ignore_columns: Vec::new(), id_column: None, one_to_one: true, review: 0.5, auto: 0.999 }
    }
}

/// Pairs drawn by chance to learn how often strangers agree.
const RANDOM_PAIRS: usize = 300_000;
/// More columns than this are not compared; the engine packs levels of 32 fields.
const MOST_COLUMNS: usize = 24;

/// Finds the rows of `right` that are people in `left`; without `right`, the people who stand in `left` repeatedly.
///
/// ```
/// use matching::{Options, Table, match_tables};
/// let rows = "id,姓名,出生日期,电话\n1,李娜,1988-03-08,16412779367\n2,王芳,1990-01-02,\n3,李娜,1988-03-08,16412779367\n";
/// let report = match_tables(&Table::from_csv(rows)?, None, &Options::default())?;
/// assert_eq!((report.pairs[0].left_id.as_str(), report.pairs[0].right_id.as_str()), ("1", "3"));
/// # Ok::<(), matching::TableFault>(())
/// ```
pub fn match_tables(
    left: &Table,
    right: Option<&Table>,
    options: &Options,
) -> Result<MatchReport, TableFault> {
    check_columns(left, right, options)?;
    let roles = meanings(left, &options.ignore_columns);
    let other_roles = right.map(|table| meanings(table, &options.ignore_columns));
    let other = right.zip(other_roles.as_deref());
    if let Some((found, columns)) = register::pairs((left, &roles), other, options) {
        return Ok(report(left, right, (&roles, other_roles.as_deref()), options, found, columns));
    }
    let mut plans = plans((left, &roles), other);
    join_chinese_names(&mut plans, left, right);
    if plans.is_empty() {
        return Err(TableFault::NothingInCommon);
    }
    let mut columns: Vec<Column> = plans.iter().map(|plan| Column::read(plan, left, right)).collect();
    columns.retain(|column| !column.is_idle());
    columns.truncate(MOST_COLUMNS);
    find_neighbours(&mut columns);
    let found = Linkage::new(columns, left.len(), right.map(Table::len), options).pairs();
    let columns = plans.into_iter().map(|plan| (plan.label, plan.role)).collect();
    Ok(report(left, right, (&roles, other_roles.as_deref()), options, found, columns))
}

/// Names the rows of the pairs, the surest pair first.
fn report(
    left: &Table,
    right: Option<&Table>,
    roles: (&[Role], Option<&[Role]>),
    options: &Options,
    mut found: Outcome,
    columns: Vec<(String, Role)>,
) -> MatchReport {
    found.pairs.sort_by(|a, b| {
        let odds = b.odds.total_cmp(&a.odds);
        b.probability.total_cmp(&a.probability).then(odds).then((a.one, a.two).cmp(&(b.one, b.two)))
    });
    let left_ids = Ids::of(left, roles.0, options);
    let right_ids = right.zip(roles.1).map(|(table, roles)| Ids::of(table, roles, options));
    let right_ids = right_ids.as_ref().unwrap_or(&left_ids);
    let pairs = found
        .pairs
        .into_iter()
        .map(|pair| MatchPair {
            left_id: left_ids.name(left, pair.one),
            right_id: right_ids.name(right.unwrap_or(left), pair.two),
            left_row: pair.one,
            right_row: pair.two,
            probability: pair.probability,
            decision: pair.decision,
            reasons: pair.reasons,
        })
        .collect();
    MatchReport {
        pairs,
        columns,
        left_rows: left.len(),
        right_rows: right.map(Table::len),
        compared: found.compared,
    }
}

fn check_columns(left: &Table, right: Option<&Table>, options: &Options) -> Result<(), TableFault> {
    let tables = || std::iter::once(left).chain(right);
    for asked in options.ignore_columns.iter().chain(&options.id_column) {
        let there = |table: &Table| table.headers().iter().any(|header| same_header(asked, header));
        if !tables().any(there) {
            let present = tables().flat_map(|table| table.headers().to_vec()).collect();
            return Err(TableFault::NoColumn { asked: asked.clone(), present });
        }
    }
    Ok(())
}

/// How rows are named.
struct Ids(Option<usize>);

impl Ids {
    fn of(table: &Table, roles: &[Role], options: &Options) -> Self {
        let asked = options.id_column.as_ref();
        let named =
            asked.and_then(|asked| table.headers().iter().position(|header| same_header(asked, header)));
        Self(named.or_else(|| roles.iter().position(|role| *role == Role::RowId)))
    }

    fn name(&self, table: &Table, row: usize) -> String {
        let id = self.0.map_or("", |column| table.cell(row, column));
        if id.is_empty() { (row + 1).to_string() } else { id.to_owned() }
    }
}

/// A pair by row numbers.
pub(crate) struct Found {
    pub one: usize,
    pub two: usize,
    pub probability: f64,
    pub odds: f64,
    pub decision: Decision,
    pub reasons: Vec<FieldReason>,
}

/// Pairs, and how many were looked at.
pub(crate) struct Outcome {
    pub pairs: Vec<Found>,
    pub compared: usize,
}

/// Columns, candidates and learned weights.
struct Linkage<'a> {
    columns: Vec<Column>,
    candidates: Vec<(u32, u32)>,
    /// Levels of the candidates, in their order.
    levels: Vec<Levels>,
    model: Model,
    /// Rows of the second table; nothing within one table.
    right: Option<usize>,
    left: usize,
    options: &'a Options,
}

impl<'a> Linkage<'a> {
    fn new(columns: Vec<Column>, left: usize, right: Option<usize>, options: &'a Options) -> Self {
        let candidates = if columns.is_empty() { Vec::new() } else { candidates(&columns) };
        let all_pairs =
            right.map_or(left as f64 * (left as f64 - 1.0) / 2.0, |right| left as f64 * right as f64);
        let expected = right.map_or(left as f64 * 0.1, |right| left.min(right) as f64 * 0.5);
        let fields = columns.iter().map(assumption).collect();
        let model = Model::assumed(fields, 1e-6, 1e-6);
        let mut linkage = Self { columns, candidates, levels: Vec::new(), model, right, left, options };
        let levels = |pairs: &[(u32, u32)]| -> Vec<Levels> {
            pairs.iter().map(|(one, two)| linkage.compare(*one, *two)).collect()
        };
        let random = levels(&random_pairs(left, right, RANDOM_PAIRS));
        let candidates = levels(&linkage.candidates);
        let sample = Sample { candidates: &candidates, random: &random, all_pairs, expected };
        linkage.model = linkage.model.relearned(&sample);
        linkage.levels = candidates;
        linkage
    }

    fn right_side<'c>(&self, column: &'c Column) -> &'c [u32] {
        if self.right.is_some() { &column.right } else { &column.left }
    }

    /// The level of every column for a pair.
    fn compare(&self, one: u32, two: u32) -> Levels {
        let mut levels = Levels::unknown();
        for (field, column) in self.columns.iter().enumerate() {
            let a = column.left[one as usize];
            let b = self.right_side(column)[two as usize];
            let straight = straight(column, a, b);
            let level =
                if a != 0 && straight.is_none_or(|level| level < CLOSE) && self.crossed(column, a, two) {
                    Some(CROSSED)
                } else {
                    straight
                };
            levels.set(field, level);
        }
        levels
    }

    /// Whether a value of the left row stands, as good as unchanged, in a neighbouring column of the right row.
    fn crossed(&self, column: &Column, a: u32, two: u32) -> bool {
        column.neighbours.iter().any(|near| {
            let near = &self.columns[*near];
            let b = self.right_side(near)[two as usize];
            let (Some(one), Some(two)) = (&column.values[a as usize], &near.values[b as usize]) else {
                return false;
            };
            column.hash[a as usize] == near.hash[b as usize] || one.close(two)
        })
    }

    /// For columns that agree, how common their value is.
    fn rarity(&self, one: u32, levels: Levels, into: &mut Vec<Option<f64>>) {
        into.clear();
        into.extend(self.columns.iter().enumerate().map(|(field, column)| {
            (levels.get(field) == Some(EQUAL)).then(|| column.share[column.left[one as usize] as usize])
        }));
    }

    /// Odds in bits of any two rows.
    fn odds(&self, one: u32, two: u32) -> f64 {
        let levels = self.compare(one, two);
        let mut rarity = Vec::with_capacity(self.columns.len());
        self.rarity(one, levels, &mut rarity);
        self.model.quick(levels, &rarity).odds
    }

    fn pairs(self) -> Outcome {
        let (mut scored, mut rarity) = (Vec::new(), Vec::new());
        for (&(one, two), &levels) in self.candidates.iter().zip(&self.levels) {
            self.rarity(one, levels, &mut rarity);
            let score = self.model.quick(levels, &rarity);
            // Even a pair that nobody will see may be the rival of a better one, or hold a group together.
            if score.odds > -10.0 {
                scored.push((one, two, score.odds));
            }
        }
        let mut pairs = match self.right {
            Some(_) if self.options.one_to_one => self.assigned(&scored),
            Some(_) => scored.iter().map(|pair| self.found(pair.0, pair.1, pair.2, chance(pair.2))).collect(),
            None => self.grouped(&scored),
        };
        pairs.retain(|pair| pair.probability >= self.options.review);
        Outcome { pairs, compared: self.candidates.len() }
    }

    /// Across two files: the best partner, less sure where another one would do nearly as well.
    fn assigned(&self, scored: &[(u32, u32, f64)]) -> Vec<Found> {
        assign(scored)
            .into_iter()
            .map(|chosen| {
                let (one, two, odds) = scored[chosen.pair];
                // At most one of the rivals can be true: p = o / (1 + o + r).
                let rival = (odds - chosen.lead).exp2();
                let own = odds.exp2();
                let probability = if own.is_finite() { own / (1.0 + own + rival) } else { 1.0 };
                self.found(one, two, odds, probability)
            })
            .collect()
    }

    /// Within one file: groups of rows, and every pair in them.
    fn grouped(&self, scored: &[(u32, u32, f64)]) -> Vec<Found> {
        let edges: Vec<Edge> = scored.iter().map(|&(one, two, odds)| Edge { one, two, odds }).collect();
        let groups = guarded_clusters(self.left, &edges, |one, two| self.odds(one, two));
        let mut pairs = Vec::new();
        for group in groups {
            let odds = |a: usize, b: usize| self.odds(group[a] as u32, group[b] as u32);
            for (a, b, direct, through) in implied(group.len(), odds) {
                pairs.push(self.found(group[a] as u32, group[b] as u32, direct, through));
            }
        }
        pairs
    }

    fn found(&self, one: u32, two: u32, odds: f64, probability: f64) -> Found {
        let levels = self.compare(one, two);
        let mut rarity = Vec::new();
        self.rarity(one, levels, &mut rarity);
        let reasons: Vec<FieldReason> = self
            .model
            .reasons(levels, &rarity)
            .into_iter()
            .map(|reason| FieldReason {
                field: self.columns[reason.field].label.clone(),
                agreement: Agreement::of(reason.level),
                bits: reason.bits,
            })
            .collect();
        let sure = probability >= self.options.auto && chance(odds) >= self.options.auto;
        let firm =
            reasons.iter().filter(|reason| reason.agreement <= Agreement::Close && reason.bits > 1.0).count();
        let decision =
            if sure && firm >= 2 && self.identified(levels) { Decision::Auto } else { Decision::Review };
        Found { one: one as usize, two: two as usize, probability, odds, decision, reasons }
    }
}

impl Linkage<'_> {
    /// Whether who somebody is was compared and agrees: an address and a telephone shared by a family are not enough.
    fn identified(&self, levels: Levels) -> bool {
        let told = self.columns.iter().enumerate().filter(|(_, column)| column.role.is_identity());
        let (mut firm, mut differ, mut columns) = (0, 0, 0);
        for (field, _) in told {
            columns += 1;
            firm += usize::from(levels.get(field).is_some_and(|level| level >= CLOSE));
            differ += usize::from(levels.get(field) == Some(0));
        }
        columns == 0 || (firm >= 1 && differ < firm)
    }
}

fn straight(column: &Column, a: u32, b: u32) -> Option<u8> {
    if a == 0 || b == 0 {
        return None;
    }
    if a == b {
        return Some(EQUAL);
    }
    Some(column.values[a as usize].as_ref()?.level(column.values[b as usize].as_ref()?))
}

/// Probability from odds in bits.
pub(crate) fn chance(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp2())
}

/// In larger groups pairs stand for themselves: going through every third row would take long.
const LARGE: usize = 64;

/// Every pair of a group: numbers, own odds, and the probability that it has directly or through others of the group.
fn implied(size: usize, odds: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize, f64, f64)> {
    let numbers = || (0..size).flat_map(|a| (a + 1..size).map(move |b| (a, b)));
    let direct: Vec<f64> = numbers().map(|(a, b)| odds(a, b)).collect();
    let mut best = vec![0.0_f64; size * size];
    for ((a, b), own) in numbers().zip(&direct) {
        best[a * size + b] = chance(*own);
        best[b * size + a] = chance(*own);
    }
    for via in 0..if size > LARGE { 0 } else { size } {
        for a in (0..size).filter(|a| *a != via) {
            for b in (0..size).filter(|b| *b != via && *b != a) {
                let through = best[a * size + via] * best[via * size + b];
                best[a * size + b] = best[a * size + b].max(through);
            }
        }
    }
    numbers().zip(&direct).map(|((a, b), own)| (a, b, *own, best[a * size + b])).collect()
}
