//! Ratings stored durably on PostgreSQL.

use anyhow::Result;

use crate::bench::Bench;
use crate::pairs;
use crate::report::{Bar, Finding};
use crate::rounds::Subject;
use crate::tools::Pgbench;

/// The service's own statement for one rating, without what it returns.
const UPSERT: &str = "
WITH rating AS (
    INSERT INTO ratings (user_id, movie_id, score, created_at, updated_at)
    VALUES (:user, :movie, :score, now(), now())
    ON CONFLICT (user_id, movie_id) DO UPDATE SET
        previous_score = ratings.score,
        score = excluded.score,
        version = ratings.version + 1,
        updated_at = excluded.updated_at
    RETURNING user_id, movie_id, score, previous_score
)
INSERT INTO outbox_messages (kind, payload, created_at)
SELECT 'rating_changed.v1',
    json_build_object('movie', movie_id, 'user', user_id, 'old', previous_score, 'new', score),
    now()
FROM rating;
";

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let full = bench.full()?;
    let served = bench.serve_full()?;
    let beside_worker = full.serve(&bench.program, bench.scratch(), &full.url, &[])?;
    let users = bench.dataset.shape().users;
    let spread = pairs::wrk_script(users, &pairs::spread(&bench.dataset))?;
    let one = pairs::wrk_script(users, "1")?;
    let pgbench_script = format!("{}{UPSERT}", pairs::pgbench_script(users, &bench.dataset));
    let emptied = |script: &'_ str, url: String| {
        full.empty_outbox();
        bench.load(url, script)
    };
    let pgbench = || {
        full.empty_outbox();
        let seconds = bench.effort.seconds;
        let (url, script) = (full.url.as_str(), pgbench_script.as_str());
        Pgbench { url, clients: crate::bench::CONNECTIONS, seconds, script }.run(bench.scratch())
    };
    let bare = bench.reference(served.address, "/health/live", "", &["canned"])?;
    // The first change of a page after the data was loaded writes the whole page to the log.
    emptied(&spread, served.url("/"))?;
    pgbench()?;
    let [ours, theirs, one, worker, bare] = bench.alternate([
        Subject::new("reelmark", || emptied(&spread, served.url("/"))),
        Subject::new("pgbench", pgbench),
        Subject::new("reelmark, one movie", || emptied(&one, served.url("/"))),
        Subject::new("reelmark with its worker", || emptied(&spread, beside_worker.url("/"))),
        Subject::new("bare actix", || bench.load(bare.url("/"), &spread)),
    ])?;
    Ok(vec![
        Finding::rate_ratio("ratings, beside pgbench", Bar::AtLeast(2.0), &ours, &theirs),
        Finding::rate_ratio("ratings of one movie, beside many", Bar::AtLeast(0.8), &one, &ours),
        Finding::rate_ratio("ratings with the worker inside", Bar::None, &worker, &ours),
        Finding::rate_ratio(
            "the generator of ratings, beside the service",
            Bar::None,
            &bare,
            &ours,
        ),
    ])
}
