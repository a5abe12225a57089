//! Reads of what is in all caches: a movie, a movie one has already, and a page of 20.

use anyhow::{Context, Result};

use crate::bench::Bench;
use crate::http;
use crate::report::{Bar, Finding};
use crate::stack::Served;

const PAGE: &str = "/api/v1/movies?limit=20";

pub fn run(bench: &Bench) -> Result<Vec<Finding>> {
    let served = bench.serve_full()?;
    let movie = format!("/api/v1/movies/{}", bench.most_popular());
    let mut findings = movies(bench, &served, &movie)?;
    findings.extend(unchanged(bench, &served, &movie)?);
    let bars = Bars { rate: Bar::AtLeast(0.5), p99: Bar::None };
    findings.extend(beside_bare(bench, &served, "a page of 20 movies", PAGE, "", bars)?);
    Ok(findings)
}

/// The bars of a read against bare actix.
#[derive(Clone, Copy)]
struct Bars {
    rate: Bar,
    p99: Bar,
}

fn movies(bench: &Bench, served: &Served, movie: &str) -> Result<Vec<Finding>> {
    let bars = Bars { rate: Bar::AtLeast(0.80), p99: Bar::AtMost(3.0) };
    let mut findings = beside_bare(bench, served, "a hot movie", movie, "", bars)?;
    let url = bench.full()?.redis.url();
    let cached = bench.reference(served.address, movie, "", &["cached", &url])?;
    let [ours, redis] = bench.alternate([
        bench.subject("reelmark", served, movie, ""),
        bench.subject("bare actix + one GET", &cached, movie, ""),
    ])?;
    let what = "a hot movie, beside one Redis GET";
    findings.push(Finding::rate_ratio(what, Bar::None, &ours, &redis));
    Ok(findings)
}

fn unchanged(bench: &Bench, served: &Served, movie: &str) -> Result<Vec<Finding>> {
    let answer = http::get_ok(served.address, movie)?;
    let tag = answer.header("etag").context("a movie should have an ETag")?.to_owned();
    let header = format!("If-None-Match: {tag}\r\n");
    let bars = Bars { rate: Bar::AtLeast(0.85), p99: Bar::AtMost(3.0) };
    beside_bare(bench, served, "304 for a hot movie", movie, &header, bars)
}

/// A read beside a bare server that gives the same answer.
fn beside_bare(
    bench: &Bench,
    served: &Served,
    what: &str,
    path: &str,
    header: &str,
    bars: Bars,
) -> Result<Vec<Finding>> {
    let bare = bench.reference(served.address, path, header, &["canned"])?;
    let script = lua_header(header);
    let [ours, theirs] = bench.alternate([
        bench.subject("reelmark", served, path, &script),
        bench.subject("bare actix", &bare, path, &script),
    ])?;
    Ok(vec![
        Finding::rate_ratio(what, bars.rate, &ours, &theirs),
        Finding::p99_ratio(&format!("{what}: p99"), bars.p99, &ours, &theirs),
    ])
}

fn lua_header(header: &str) -> String {
    let pair = header.trim().split_once(": ");
    pair.map(|(name, value)| format!("wrk.headers['{name}'] = '{value}'\n")).unwrap_or_default()
}
