//! The same requests on ever larger data sets, each held against the smallest in turns.

use anyhow::Result;

use super::search;
use crate::bench::Bench;
use crate::dataset::Dataset;
use crate::http;
use crate::measure::Load;
use crate::pairs;
use crate::report::{Bar, Finding};
use crate::rounds::{Series, Subject, alternate};
use crate::stack::Served;
use crate::tools::{Wrk, in_turns};

/// How deep the deep page is, in pages of one rating.
const DEEP: usize = 10_000;
const PAGE: usize = 100;

/// How many different pages are asked for in turns, so that none comes again within the second for
/// which replicas keep copies of pages.
const PAGES: u32 = 5_000;

/// A database of its own with a data set in it, and the service on it.
struct Stage<'b> {
    bench: &'b Bench,
    dataset: Dataset,
    url: String,
    served: Served,
}

/// Something to ask for, and how much longer it may take on the largest data set.
struct Request {
    name: &'static str,
    paths: Vec<String>,
    bar: f64,
}

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let mut sizes = bench.growth.iter();
    let Some(&smallest) = sizes.next() else { return Ok(vec![]) };
    let base = Stage::set(bench, smallest)?;
    let mut findings = Vec::new();
    for &size in sizes {
        let grown = Stage::set(bench, size)?;
        findings.extend(compare(bench, &base, &grown)?);
        grown.strike()?;
    }
    base.strike()?;
    Ok(findings)
}

fn compare(bench: &Bench, small: &Stage<'_>, large: &Stage<'_>) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (of_small, of_large) in small.requests(small)?.iter().zip(&large.requests(small)?) {
        let (before, after) = (|| small.one_by_one(of_small), || large.one_by_one(of_large));
        let subjects = [Subject::new("small", before), Subject::new("large", after)];
        let [before, after] = alternate(bench.effort.rounds, subjects)?;
        findings.push(large.finding(small, of_small.name, of_small.bar, &before, &after));
    }
    let (of_small, of_large) = (small.writes()?, large.writes()?);
    let [before, after] = alternate(
        bench.effort.rounds,
        [
            Subject::new("small", || bench.load(small.served.url("/"), &of_small)),
            Subject::new("large", || bench.load(large.served.url("/"), &of_large)),
        ],
    )?;
    findings.push(large.finding(small, "ratings", 1.5, &before, &after));
    Ok(findings)
}

impl<'b> Stage<'b> {
    fn set(bench: &'b Bench, size: u64) -> Result<Self> {
        let full = bench.full()?;
        let dataset = Dataset::new(size, bench.seed());
        let url = full.postgres.create_database();
        full.fill(&url, &dataset)?;
        full.redis.flush();
        let served = full.serve(&bench.program, bench.scratch(), &url, &["--no-worker"])?;
        Ok(Self { bench, dataset, url, served })
    }

    /// The largest of the databases would fill the disk of many machines twice.
    fn strike(self) -> Result<()> {
        drop(self.served);
        let full = self.bench.full()?;
        let name = self.url.rsplit('/').next().unwrap_or_default();
        full.postgres.query(&full.url, &format!("DROP DATABASE {name} WITH (FORCE)"));
        Ok(())
    }

    /// What to ask for; searches are for titles of the smallest data set.
    fn requests(&self, small: &Self) -> Result<[Request; 7]> {
        let movie = self.dataset.by_popularity().first().copied().unwrap_or(1);
        let profile = format!("/api/v1/users/user{}/ratings", self.dataset.most_active());
        let request = |name, paths| Request { name, paths, bar: 1.5 };
        let one = |name, path: String| request(name, vec![path]);
        Ok([
            one("hot movie", format!("/api/v1/movies/{movie}")),
            one("rating summary", format!("/api/v1/movies/{movie}/rating-summary")),
            one("profile, page 1", format!("{profile}?limit=1")),
            one("profile, deep page", self.deep_page(&profile)?),
            request("movies of a genre and years", (0..PAGES).map(of_genre_and_years).collect()),
            Request { bar: 2.0, ..request("title search", search::paths(&small.dataset)) },
            request("top rated", (0..PAGES).map(top_rated).collect()),
        ])
    }

    /// The path of the page of one rating that comes after 9,999 others, or after as many as there
    /// are.
    fn deep_page(&self, profile: &str) -> Result<String> {
        let mut cursor = String::new();
        for _ in 0..DEEP / PAGE {
            let path = format!("{profile}?limit={PAGE}{cursor}");
            match http::get_ok(self.served.address, &path)?.text_member("next_cursor") {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        Ok(format!("{profile}?limit=1{cursor}"))
    }

    /// One request after the other, so that their number per second tells how long one takes.
    fn one_by_one(&self, request: &Request) -> Result<Load> {
        let (url, seconds) = (self.served.url("/"), self.bench.effort.seconds);
        let script = &in_turns(request.paths.clone());
        Wrk { url, connections: 1, seconds, script }.run(self.bench.scratch())
    }

    fn writes(&self) -> Result<String> {
        pairs::wrk_script(self.dataset.shape().users, &pairs::spread(&self.dataset))
    }

    fn finding(
        &self,
        small: &Self,
        name: &str,
        bar: f64,
        before: &Series,
        after: &Series,
    ) -> Finding {
        let (of_small, of_large) = (small.dataset.shape().ratings, self.dataset.shape().ratings);
        let what = format!("{name}: time with {of_large} ratings, beside {of_small}");
        let (before_rate, after_rate) = (before.per_second(), after.per_second());
        let figures = format!("{after_rate:.0}/s; before {before_rate:.0}/s");
        let ratio = before_rate / after_rate;
        Finding::new(what, Bar::AtMost(bar), ratio, "×").with(figures, [before, after])
    }
}

fn of_genre_and_years(number: u32) -> String {
    let genre = ["Action", "Comedy", "Drama", "Thriller"][number as usize % 4];
    let (from, years) = (1950 + number / 4 % 50, 5 + number / 200);
    let to = from + years;
    format!("/api/v1/movies?genre={genre}&year_from={from}&year_to={to}&limit=20")
}

/// All movies came out after these years, so the filter leaves none out.
fn top_rated(number: u32) -> String {
    let (limit, year) = (1 + number % 100, 1870 + number / 100 % 45);
    format!("/api/v1/charts/top-rated?limit={limit}&year_from={year}")
}
