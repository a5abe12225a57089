//! Drills: whatever can be killed is killed again and again while people rate, and the books are
//! compared afterwards. They are left out of `make test`; `make chaos` runs them one by one.
//!
//! `CHAOS_ROUNDS` says how often each victim is killed, `CHAOS_BROKER_DOWN_SECONDS` how long the
//! broker stays away.

mod broker_outage;
mod findings;
mod kills;
mod lag;
mod ledger;
mod settling;
mod site;
mod writers;

use std::env;
use std::str::FromStr;

pub use findings::print_findings;

use crate::on_demand;
use crate::support::scenario::Scenario;

use broker_outage::ratings_are_taken_all_the_time_the_broker_is_away;
use kills::{
    killing_a_worker_loses_nothing, killing_postgres_loses_nothing, killing_the_api_loses_nothing,
    killing_the_broker_loses_nothing, killing_the_one_process_loses_nothing,
};
use lag::summaries_follow_within_a_second_at_half_the_peak;

pub fn scenarios() -> Vec<Scenario> {
    let mut drills = on_demand![Full:
        killing_the_api_loses_nothing,
        killing_a_worker_loses_nothing,
        killing_postgres_loses_nothing,
        killing_the_broker_loses_nothing,
        ratings_are_taken_all_the_time_the_broker_is_away,
        summaries_follow_within_a_second_at_half_the_peak,
    ];
    drills.extend(on_demand![Embedded: killing_the_one_process_loses_nothing]);
    drills
}

/// A number from the environment of whoever runs the drill.
fn number<T: FromStr>(name: &str, default: T) -> T {
    let text = env::var_os(name).and_then(|text| text.into_string().ok());
    let Some(text) = text else { return default };
    text.parse().unwrap_or_else(|_| panic!("{name} should be a number, is {text:?}"))
}
