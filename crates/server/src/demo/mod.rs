//! The demonstration centre: a believable half year, made from a seed, entered through the same door as everything.

mod gatherings;
mod network;
mod people;
mod rounds;
mod staying;
mod words;
mod work;
pub mod year;

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use journal::Node;
use kernel::{Actor, Envelope, Id, Lang, Outcome, Problem, Receipt};
use serde_json::Value;

pub use people::Family;

/// Numbers that follow from a seed (SplitMix64, Steele et al. 2014): the same centre every time.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same way.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `many`.
    pub fn below(&mut self, many: usize) -> usize {
        (self.next() % many.max(1) as u64) as usize
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of these.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// What is being made, and by whom.
pub struct Maker {
    /// The node.
    pub node: Node,
    /// Who enters it.
    pub actor: Actor,
    /// Chance.
    pub dice: Dice,
    /// Today.
    pub today: Date,
    /// Whether texts are English.
    pub english: bool,
    at: Option<Timestamp>,
    made: HashSet<Id>,
    waiting: Vec<Envelope>,
    /// Commands stored so far.
    pub stored: usize,
}

/// How many commands go out together.
const TOGETHER: usize = 400;

impl Maker {
    /// A maker for an empty site.
    pub fn new(node: Node, actor: Actor, english: bool, seed: u64) -> Self {
        let today = node.today();
        let (waiting, made) = (Vec::new(), HashSet::new());
        Self { node, actor, dice: Dice::new(seed), today, english, at: None, made, waiting, stored: 0 }
    }

    /// What follows is entered as done on this day, at this hour in China.
    pub fn on(&mut self, day: Date, hour: i8) {
        self.at = Offset::constant(8).to_timestamp(day.at(hour, 0, 0, 0)).ok();
    }

    /// What follows is entered as done now.
    pub fn now(&mut self) {
        self.at = None;
    }

    /// Whether this id comes for the first time.
    pub fn once(&mut self, id: Id) -> bool {
        self.made.insert(id)
    }

    /// The text in the centre's language.
    pub fn say(&self, words: (&'static str, &'static str)) -> &'static str {
        if self.english { words.1 } else { words.0 }
    }

    /// Enters a record and gives its id.
    pub async fn enter(&mut self, verb: &str, body: Value) -> Result<Id, Problem> {
        let id = self.node.new_id();
        self.enter_at(verb, id, body).await?;
        Ok(id)
    }

    /// Enters a command on a record.
    pub async fn enter_at(&mut self, verb: &str, record: Id, body: Value) -> Result<(), Problem> {
        self.push(verb, record, body, None).await
    }

    /// Enters a command on a record, with its reason.
    pub async fn enter_for(&mut self, verb: &str, record: Id, body: Value, why: &str) -> Result<(), Problem> {
        self.push(verb, record, body, Some(why.to_owned())).await
    }

    async fn push(
        &mut self,
        verb: &str,
        record: Id,
        body: Value,
        reason: Option<String>,
    ) -> Result<(), Problem> {
        self.waiting.push(Envelope {
            id: self.node.new_id(),
            verb: verb.to_owned(),
            record,
            base: None,
            at: self.at.unwrap_or_else(|| self.node.now()),
            device: "demo".into(),
            bundle: None,
            reason,
            body,
        });
        if self.waiting.len() >= TOGETHER { self.flush().await } else { Ok(()) }
    }

    /// Sends what waits.
    pub async fn flush(&mut self) -> Result<(), Problem> {
        let waiting = std::mem::take(&mut self.waiting);
        let lang = if self.english { Lang::En } else { Lang::Zh };
        let receipts = self.node.submit(&self.actor, waiting, None, lang).await;
        self.stored += receipts.len();
        let refused = |receipt: &Receipt| receipt.outcome == Outcome::Refused;
        match receipts.into_iter().find(refused).and_then(|receipt| receipt.problem) {
            Some(problem) => Err(problem),
            None => Ok(()),
        }
    }
}

/// Fills a site with a half year of a centre's life.
pub async fn fill(maker: &mut Maker, families: usize) -> Result<(), Problem> {
    let families = people::families(maker, families).await?;
    work::gatherings(maker, &families).await?;
    gatherings::coming(maker, &families).await?;
    work::visits(maker, &families).await?;
    network::network(maker, &families).await?;
    let ground = rounds::ground(maker).await?;
    rounds::visits(maker, &ground, &families).await?;
    rounds::notes(maker, &ground, &families).await?;
    staying::stays(maker, &families).await?;
    staying::circle(maker).await?;
    maker.flush().await
}
