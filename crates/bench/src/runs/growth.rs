//! The same requests on ever larger data sets.

use anyhow::Result;

use crate::bench::Bench;
use crate::dataset::Dataset;
use crate::http;
use crate::pairs;
use crate::report::{Bar, Finding};
use crate::rounds::{Series, Subject, alternate};
use crate::stack::Served;
use crate::tools::Wrk;

/// How deep the deep page is, in pages of one rating.
const DEEP: usize = 10_000;
const PAGE: usize = 100;

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let mut sizes = bench.growth.iter();
    let Some(&smallest) = sizes.next() else { return Ok(vec![]) };
    let base = measure(bench, smallest)?;
    let mut findings = Vec::new();
    for &size in sizes {
        let grown = measure(bench, size)?;
        let pairs = base.iter().zip(&grown);
        findings.extend(pairs.map(|(small, large)| compare(smallest, size, small, large)));
    }
    Ok(findings)
}

fn compare(smallest: u64, size: u64, small: &Series, large: &Series) -> Finding {
    let bar = if small.name == "title search" { 2.0 } else { 1.5 };
    let (before, after) = (small.per_second(), large.per_second());
    let what = format!("{}: time with {size} ratings, beside {smallest}", small.name);
    let figures = format!("{after:.0}/s; before {before:.0}/s");
    Finding::new(what, Bar::AtMost(bar), before / after, "×").with(figures, [small, large])
}

fn measure(bench: &Bench, size: u64) -> Result<Vec<Series>> {
    let full = bench.full()?;
    let dataset = Dataset::new(size, bench.seed());
    let url = full.postgres.create_database();
    full.fill(&url, &dataset)?;
    full.redis.flush();
    let served = full.serve(&bench.program, bench.scratch(), &url, &["--no-worker"])?;
    let series = requests(bench, &served, &dataset);
    drop(served);
    let name = url.rsplit('/').next().unwrap_or_default();
    full.postgres.query(&full.url, &format!("DROP DATABASE {name} WITH (FORCE)"));
    series
}

fn requests(bench: &Bench, served: &Served, dataset: &Dataset) -> Result<Vec<Series>> {
    let movie = dataset.by_popularity().first().copied().unwrap_or(1);
    let profile = format!("/api/v1/users/user{}/ratings", dataset.most_active());
    let reads = [
        ("hot movie", format!("/api/v1/movies/{movie}")),
        ("rating summary", format!("/api/v1/movies/{movie}/rating-summary")),
        ("profile, page 1", format!("{profile}?limit=1")),
        ("profile, deep page", deep_page(served, &profile)?),
        ("movies of a genre and years", filtered().into()),
        ("title search", "/api/v1/movies?query=secrt+of+the+moon&limit=20".into()),
        ("top rated", "/api/v1/charts/top-rated?limit=20".into()),
    ];
    let mut series = Vec::new();
    for (name, path) in &reads {
        let measure = || one_by_one(bench, served, path);
        let [measured] = alternate(bench.effort.rounds, [Subject::new(name, measure)])?;
        series.push(measured);
    }
    let script = pairs::wrk_script(dataset.shape().users, &pairs::spread(dataset))?;
    let write = || bench.load(served.url("/"), &script);
    let [written] = alternate(bench.effort.rounds, [Subject::new("ratings", write)])?;
    series.push(written);
    Ok(series)
}

fn filtered() -> &'static str {
    "/api/v1/movies?genre=Drama&year_from=1990&year_to=1999&limit=20"
}

/// One request after the other, so that their number per second tells how long one takes.
fn one_by_one(bench: &Bench, served: &Served, path: &str) -> Result<crate::measure::Load> {
    let (url, seconds) = (served.url(path), bench.effort.seconds);
    Wrk { url, connections: 1, seconds, script: "" }.run(bench.scratch())
}

/// The path of the page of one rating that comes after 9,999 others, or after as many as there are.
fn deep_page(served: &Served, profile: &str) -> Result<String> {
    let mut cursor = String::new();
    for _ in 0..DEEP / PAGE {
        let path = format!("{profile}?limit={PAGE}{cursor}");
        match http::get_ok(served.address, &path)?.text_member("next_cursor") {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    Ok(format!("{profile}?limit=1{cursor}"))
}
