//! The running program: one node, and what its requests share.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use intake::Imports;
use journal::Node;
use kernel::SiteId;
use people::duplicates::queries::Proposed;

use crate::sessions::Sessions;

/// What all handlers share.
pub struct App {
    /// The node.
    pub node: Node,
    /// Imports in hand.
    pub imports: Imports,
    /// Whether cookies are for HTTPS only.
    pub secure: bool,
    /// Likely duplicates of each site, with the journal position they were looked for at.
    pub duplicates: Mutex<HashMap<SiteId, Compared>>,
    /// Who called a moment ago.
    pub sessions: Sessions,
    /// What happened so far, for `/metrics`.
    pub metrics: Metrics,
}

/// Likely duplicates at a position of the journal.
pub type Compared = (i64, Arc<Vec<Proposed>>);

impl App {
    /// The program around a node. `secure` when it is reached by HTTPS.
    pub fn new(node: Node, secure: bool) -> Arc<Self> {
        let imports = Imports::new(node.clone());
        Arc::new(Self {
            node,
            imports,
            secure,
            duplicates: Mutex::default(),
            sessions: Sessions::default(),
            metrics: Metrics::default(),
        })
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App(..)")
    }
}

/// Counters without names: nothing here tells about a person.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Requests answered, by the hundreds of their status (1xx to 5xx).
    answered: [AtomicU64; 5],
    /// Microseconds spent answering.
    spent: AtomicU64,
    /// Commands, by outcome: applied, already applied, conflict, refused.
    commands: [AtomicU64; 4],
}

/// The outcomes in the order of the counters.
const OUTCOMES: [&str; 4] = ["applied", "already_applied", "conflict", "refused"];

impl Metrics {
    /// Notes an answered request.
    pub fn answered(&self, status: u16, micros: u64) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.answered[class].fetch_add(1, Ordering::Relaxed);
        self.spent.fetch_add(micros, Ordering::Relaxed);
    }

    /// Notes what became of a command.
    pub fn command(&self, outcome: kernel::Outcome) {
        let at = match outcome {
            kernel::Outcome::Applied => 0,
            kernel::Outcome::AlreadyApplied => 1,
            kernel::Outcome::Conflict => 2,
            kernel::Outcome::Refused => 3,
        };
        self.commands[at].fetch_add(1, Ordering::Relaxed);
    }

    /// The counters in the text form that Prometheus reads (exposition format 0.0.4).
    pub fn exposition(&self) -> String {
        let mut text = String::from(
            "# HELP skein_http_requests_total Requests answered.\n# TYPE skein_http_requests_total counter\n",
        );
        for (class, count) in self.answered.iter().enumerate() {
            let count = count.load(Ordering::Relaxed);
            let _ = writeln!(text, "skein_http_requests_total{{class=\"{}xx\"}} {count}", class + 1);
        }
        let spent = self.spent.load(Ordering::Relaxed) as f64 / 1e6;
        text.push_str("# HELP skein_http_seconds_total Time spent answering.\n");
        let _ = writeln!(text, "# TYPE skein_http_seconds_total counter\nskein_http_seconds_total {spent}");
        text.push_str(
            "# HELP skein_commands_total Commands by outcome.\n# TYPE skein_commands_total counter\n",
        );
        for (outcome, count) in OUTCOMES.iter().zip(&self.commands) {
            let count = count.load(Ordering::Relaxed);
            let _ = writeln!(text, "skein_commands_total{{outcome=\"{outcome}\"}} {count}");
        }
        text
    }
}
