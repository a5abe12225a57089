use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::output_of;
use crate::measure::{Millis, percentile};

/// A run of h2load over HTTP/1.1 that sends requests at a given rate, whether or not the earlier ones
/// were answered, as long as connections are free.
pub struct H2load<'a> {
    pub url: &'a str,
    /// The paths to ask for, in turns.
    pub paths: &'a [String],
    pub connections: u32,
    /// Of all connections together; as fast as answers come without.
    pub per_second: Option<f64>,
    pub seconds: u32,
    pub headers: &'a [String],
    pub body: Option<&'a str>,
}

/// What became of the requests of one run.
#[derive(Clone, Copy, Debug)]
pub struct OpenLoad {
    /// Successes per second.
    pub goodput: f64,
    pub accepted_p99: Option<Millis>,
    pub rejected: usize,
    pub rejected_p99: Option<Millis>,
    /// Neither a success nor a 503.
    pub failed: usize,
}

impl H2load<'_> {
    pub fn run(&self, scratch: &Path) -> Result<OpenLoad> {
        let file = |name: &str| scratch.join(name);
        let urls: String = self.paths.iter().map(|path| format!("{}{path}\n", self.url)).collect();
        fs::write(file("urls"), urls)?;
        let _ = fs::remove_file(file("h2load.log"));
        let mut command = Command::new("h2load");
        command
            .arg("--h1")
            .arg(format!("--clients={}", self.connections))
            .arg(format!("--input-file={}", file("urls").display()))
            .arg(format!("--log-file={}", file("h2load.log").display()));
        match self.per_second {
            // A number instead of a duration, so that whatever was sent is waited for.
            Some(rate) => command
                .arg(format!("--rps={}", rate / f64::from(self.connections)))
                .arg(format!("--requests={:.0}", rate * f64::from(self.seconds))),
            None => command.arg(format!("--duration={}", self.seconds)),
        };
        for header in self.headers {
            command.arg(format!("--header={header}"));
        }
        if let Some(body) = self.body {
            fs::write(file("body"), body)?;
            command.arg(format!("--data={}", file("body").display()));
        }
        output_of(&mut command)?;
        let log = fs::read_to_string(file("h2load.log")).context("h2load wrote no log")?;
        Ok(summarise(&log))
    }
}

/// Each line has the start, the status and the latency of a request, the times in microseconds.
fn summarise(log: &str) -> OpenLoad {
    let (mut first, mut last) = (f64::INFINITY, 0.0_f64);
    let (mut accepted, mut rejected, mut failed) = (Vec::new(), Vec::new(), 0);
    for line in log.lines() {
        let mut fields = line.split('\t');
        let start = fields.next().and_then(|micros| micros.parse::<f64>().ok()).unwrap_or(f64::NAN);
        let status = fields.next().and_then(|status| status.parse().ok()).unwrap_or(-1);
        let latency = fields.next().and_then(|micros| micros.parse::<f64>().ok());
        first = first.min(start);
        last = last.max(start + latency.unwrap_or(0.0));
        match (status, latency) {
            (200..=299, Some(micros)) => accepted.push(micros / 1_000.0),
            (503, Some(micros)) => rejected.push(micros / 1_000.0),
            _ => failed += 1,
        }
    }
    OpenLoad {
        goodput: accepted.len() as f64 / ((last - first).max(1.0) / 1_000_000.0),
        accepted_p99: percentile(&mut accepted, 0.99),
        rejected: rejected.len(),
        rejected_p99: percentile(&mut rejected, 0.99),
        failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_accepted_rejected_and_failed_requests_apart() {
        let log = "0\t200\t1000\n2\t503\t500\n3\t-1\t10\n1997000\t201\t3000\n";
        let load = summarise(log);
        assert_eq!((load.goodput, load.rejected, load.failed), (1.0, 1, 1));
        assert_eq!(load.accepted_p99, Some(Millis(3.0)));
        assert_eq!(load.rejected_p99, Some(Millis(0.5)));
    }
}
