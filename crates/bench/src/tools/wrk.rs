use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::output_of;
use crate::measure::{Load, Millis, child_cpu_seconds};

/// Prints what a run came to in one line: how many answers in how many microseconds, three
/// percentiles of their latency in microseconds, and how many errors.
const REPORT: &str = r#"
function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format("@ %d %d %d %d %d %d\n", summary.requests, summary.duration,
        latency:percentile(50), latency:percentile(95), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"#;

/// A run of wrk: so many connections, each with one request at a time.
pub struct Wrk<'a> {
    pub url: String,
    pub connections: u32,
    pub seconds: u32,
    /// Lua that makes the requests; empty for plain GETs of the URL.
    pub script: &'a str,
}

impl Wrk<'_> {
    pub fn run(&self, scratch: &Path) -> Result<Load> {
        let script = scratch.join("wrk.lua");
        fs::write(&script, format!("{}{REPORT}", self.script))?;
        let before = child_cpu_seconds()?;
        let printed = output_of(
            Command::new("wrk")
                .args(["--threads", "1", "--timeout", "10s", "--latency"])
                .arg(format!("--connections={}", self.connections))
                .arg(format!("--duration={}s", self.seconds))
                .arg("--script")
                .arg(&script)
                .arg(&self.url),
        )?;
        let generator_cores = (child_cpu_seconds()? - before) / f64::from(self.seconds);
        let load = parse(&printed, generator_cores);
        load.with_context(|| format!("wrk printed something else than expected: {printed}"))
    }
}

/// A script that asks for one path after the other, and then from the first one on.
pub fn in_turns(paths: impl IntoIterator<Item = String>) -> String {
    let paths: Vec<String> = paths.into_iter().map(|path| format!("'{path}'")).collect();
    format!(
        "local paths, at = {{{}}}, 0
        function request()
            at = at % #paths + 1
            return wrk.format('GET', paths[at])
        end\n",
        paths.join(",")
    )
}

fn parse(printed: &str, generator_cores: f64) -> Option<Load> {
    let line = printed.lines().find_map(|line| line.strip_prefix("@ "))?;
    let numbers: Vec<f64> = line.split(' ').filter_map(|number| number.parse().ok()).collect();
    let [requests, duration, p50, p95, p99, errors] = numbers[..] else { return None };
    let millis = |micros: f64| Millis(micros / 1_000.0);
    Some(Load {
        per_second: requests / (duration / 1_000_000.0),
        p50: Some(millis(p50)),
        p95: Some(millis(p95)),
        p99: Some(millis(p99)),
        errors: errors as u64,
        generator_cores,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_line_of_its_own_report() {
        let load = parse("Running 1s test\n@ 2000 1000000 500 900 1500 3\n", 0.4).unwrap();
        assert_eq!((load.per_second, load.errors), (2_000.0, 3));
        assert_eq!(load.p99, Some(Millis(1.5)));
        assert!(parse("unable to connect", 0.0).is_none());
    }
}
