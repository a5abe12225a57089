use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::output_of;
use crate::measure::{Load, Millis, child_cpu_seconds};

/// A run of pgbench with prepared statements: one transaction after the other on each connection.
pub struct Pgbench<'a> {
    pub url: &'a str,
    pub clients: u32,
    pub seconds: u32,
    pub script: &'a str,
}

impl Pgbench<'_> {
    pub fn run(&self, scratch: &Path) -> Result<Load> {
        let script = scratch.join("pgbench.sql");
        fs::write(&script, self.script)?;
        let before = child_cpu_seconds()?;
        let printed = output_of(
            Command::new("pgbench")
                .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
                .arg(format!("--client={}", self.clients))
                .arg(format!("--time={}", self.seconds))
                .arg(format!("--file={}", script.display()))
                .arg(self.url),
        )?;
        let generator_cores = (child_cpu_seconds()? - before) / f64::from(self.seconds);
        let load = parse(&printed, generator_cores);
        load.with_context(|| format!("pgbench printed something else than expected: {printed}"))
    }
}

fn parse(printed: &str, generator_cores: f64) -> Option<Load> {
    let after = |label: &str| printed.lines().find_map(|line| line.strip_prefix(label));
    let number = |text: &str| text.split_whitespace().next()?.parse::<f64>().ok();
    Some(Load {
        per_second: number(after("tps = ")?)?,
        p50: number(after("latency average = ")?).map(Millis),
        p95: None,
        p99: None,
        errors: after("number of failed transactions: ").and_then(number).unwrap_or(0.0) as u64,
        generator_cores,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_version_15_prints() {
        let printed = "number of transactions actually processed: 900\n\
            number of failed transactions: 2 (0.222%)\nlatency average = 5.612 ms\n\
            initial connection time = 60.1 ms\ntps = 11400.123 (without initial connection time)\n";
        let load = parse(printed, 0.0).unwrap();
        assert_eq!((load.per_second, load.errors), (11_400.123, 2));
        assert_eq!(load.p50, Some(Millis(5.612)));
    }
}
