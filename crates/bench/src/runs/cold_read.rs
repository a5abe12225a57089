//! Reads of movies that are in no cache.

use anyhow::Result;

use crate::bench::{Bench, CONNECTIONS};
use crate::measure::Load;
use crate::report::{Bar, Finding};
use crate::rounds::Subject;
use crate::tools::Wrk;

/// Short, so that few movies are asked for twice.
const SECONDS: u32 = 2;

/// Asks for each movie once, in a shuffled order, and then anew.
const SCRIPT: &str = "
local movies, step, at = MOVIES, 7919, 0
function request()
    at = (at + step) % movies
    return wrk.format('GET', '/api/v1/movies/' .. (at + 1))
end
";

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let movies = bench.dataset.shape().movies;
    let script = SCRIPT.replace("MOVIES", &movies.to_string());
    let path = format!("/api/v1/movies/{}", bench.most_popular());
    let full = bench.full()?;
    let queried = {
        let served = bench.serve_full()?;
        bench.reference(served.address, &path, "", &["queried", &full.url])?
    };
    let ours = || {
        full.redis.flush();
        let served = bench.serve_full()?;
        load(bench, served.url("/"), &script)
    };
    let [ours, theirs] = bench.alternate([
        Subject::new("reelmark", ours),
        Subject::new("bare actix + one query", || load(bench, queried.url("/"), &script)),
    ])?;
    let asked = ours.per_second() * f64::from(SECONDS);
    let mut finding = Finding::rate_ratio("a cold movie", Bar::AtLeast(0.7), &ours, &theirs);
    if asked > f64::from(movies) {
        finding.figures += &format!("; {movies} movies were too few, some were asked for twice");
    }
    Ok(vec![finding])
}

fn load(bench: &Bench, url: String, script: &str) -> Result<Load> {
    let seconds = SECONDS.min(bench.effort.seconds);
    Wrk { url, connections: CONNECTIONS, seconds, script }.run(bench.scratch())
}
