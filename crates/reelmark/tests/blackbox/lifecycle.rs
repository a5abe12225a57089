//! Starting, stopping, crashing, and what happens when a server is gone for a while. Every
//! scenario has a service of its own.

mod cache_outages;
mod crashes;
mod queue_outages;
mod replicas;
mod restarts;
mod sessions;
mod stops;
mod store_outages;

use crate::support::scenario::Scenario;

pub fn scenarios() -> Vec<Scenario> {
    [
        store_outages::scenarios(),
        cache_outages::scenarios(),
        queue_outages::scenarios(),
        crashes::scenarios(),
        replicas::scenarios(),
        stops::scenarios(),
        restarts::scenarios(),
        sessions::scenarios(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
