//! Search by title, with a typo.

use anyhow::Result;
use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use crate::bench::Bench;
use crate::dataset::Dataset;
use crate::measure::Load;
use crate::report::{Bar, Finding};
use crate::rounds::Subject;
use crate::stack::Served;
use crate::tools::{Wrk, in_turns};

const CONNECTIONS: u32 = 16;
/// So many that none comes again within the second for which replicas keep copies of pages.
const QUERIES: usize = 5_000;

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let script = in_turns(paths(&bench.dataset));
    let full = bench.serve_full()?;
    let embedded = bench.serve_embedded()?;
    let [postgres, sqlite] = bench.alternate([
        Subject::new("PostgreSQL", || load(bench, &full, &script)),
        Subject::new("SQLite", || load(bench, &embedded, &script)),
    ])?;
    let titles = bench.dataset.shape().movies;
    let engines = [(postgres, 20.0), (sqlite, 40.0)];
    Ok(engines
        .map(|(series, bar)| {
            let figures = format!(
                "{} titles, {:.0}/s, p50 {}, p99 {}",
                titles,
                series.per_second(),
                series.p50(),
                series.p99()
            );
            let what = format!("search with a typo on {}: p95", series.name);
            Finding::new(what, Bar::AtMost(bar), series.p95().0, "ms").with(figures, [&series])
        })
        .into())
}

fn load(bench: &Bench, served: &Served, script: &str) -> Result<Load> {
    let (url, seconds) = (served.url("/"), bench.effort.seconds);
    Wrk { url, connections: CONNECTIONS, seconds, script }.run(bench.scratch())
}

/// Searches for one to three words of titles, one letter of which is wrong or missing.
pub(super) fn paths(dataset: &Dataset) -> Vec<String> {
    let titles: Vec<String> = dataset.movies().map(|movie| movie.title).collect();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    (0..QUERIES)
        .filter_map(|_| {
            let words: Vec<&str> = titles.choose(&mut random)?.split(' ').collect();
            let count = random.random_range(1..=3).min(words.len());
            let query = with_typo(&words[words.len() - count..].join(" "), &mut random);
            Some(format!("/api/v1/movies?limit=20&query={}", percent_encoded(&query)))
        })
        .collect()
}

fn with_typo(text: &str, random: &mut Xoshiro256PlusPlus) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let at = random.random_range(0..letters.len());
    if letters.len() > 4 && random.random() {
        letters.remove(at);
    } else {
        letters[at] = 'e';
    }
    letters.into_iter().collect()
}

fn percent_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
