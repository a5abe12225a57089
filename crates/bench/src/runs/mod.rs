//! One file per thing that is measured.

mod cold_read;
mod copy;
mod footprint;
mod growth;
mod hot_read;
mod overload;
mod search;
mod sqlite_writes;
mod writes;

use anyhow::Result;

use crate::bench::Bench;
use crate::report::Finding;

/// Measures one thing.
pub struct Run {
    pub name: &'static str,
    pub measure: fn(&Bench) -> Result<Vec<Finding>>,
}

/// All runs, in the order in which they are done. What writes comes after what only reads.
pub const ALL: [Run; 9] = [
    Run { name: "hot-read", measure: hot_read::run },
    Run { name: "cold-read", measure: cold_read::run },
    Run { name: "search", measure: search::run },
    Run { name: "footprint", measure: footprint::run },
    Run { name: "writes", measure: writes::run },
    Run { name: "sqlite-writes", measure: sqlite_writes::run },
    Run { name: "overload", measure: overload::run },
    Run { name: "copy", measure: copy::run },
    Run { name: "growth", measure: growth::run },
];
