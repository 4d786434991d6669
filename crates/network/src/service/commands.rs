//! How many places are free today.

use kernel::{Command, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Service, ServiceEvent};

/// Notes how many places are free, as of the day on which it was asked.
#[derive(Deserialize, JsonSchema)]
pub struct CountPlaces {
    /// Free places; none said: it is not known.
    #[serde(default)]
    #[schemars(range(max = 100_000))]
    free: Option<u32>,
}

impl Command for CountPlaces {
    type Record = Service;
    const VERB: &'static str = "service.count_places";

    fn decide(self, _: &Service, situation: &Situation<'_>) -> Result<Vec<ServiceEvent>, Refusal> {
        let free_on = self.free.map(|_| situation.today);
        Ok(vec![ServiceEvent::Counted { free: self.free, free_on }])
    }
}
