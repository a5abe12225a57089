//! Numbers, and how many of them make one.

use std::fmt;
use std::fs;

use anyhow::{Context, Result};

/// The kernel counts CPU time in hundredths of a second, on every Linux that is in use.
const TICKS_PER_SECOND: f64 = 100.0;

/// A time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Millis(pub f64);

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} ms", self.0)
    }
}

/// What one run of a load generator came to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Load {
    pub per_second: f64,
    pub p50: Option<Millis>,
    pub p95: Option<Millis>,
    pub p99: Option<Millis>,
    pub errors: u64,
    /// How many cores the generator kept busy.
    pub generator_cores: f64,
}

/// The middle of some numbers; the lower middle of an even number of them.
pub fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    percentile(&mut numbers, 0.5).map_or(f64::NAN, |millis| millis.0)
}

/// The least number that such a part of them doesn't exceed; nothing without numbers.
pub fn percentile(millis: &mut [f64], part: f64) -> Option<Millis> {
    millis.sort_unstable_by(f64::total_cmp);
    let place = (part * millis.len() as f64).ceil() as usize;
    millis.get(place.saturating_sub(1)).copied().map(Millis)
}

/// CPU time of all processes that this one started and that have ended.
pub fn child_cpu_seconds() -> Result<f64> {
    // The process' name ends with a bracket; 13 fields further come two times in ticks.
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(") ").context("/proc should name the process")?;
    let ticks = fields.split(' ').skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    Ok(ticks.sum::<f64>() / TICKS_PER_SECOND)
}

/// How many megabytes of memory a process has resident.
pub fn resident_megabytes(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<f64>().ok());
    Ok(kilobytes.context("/proc should tell the memory")? / 1_024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median([1.0, 2.0]), 1.0);
        assert!(median([]).is_nan());
    }

    #[test]
    fn a_percentile_is_one_of_the_numbers() {
        let mut numbers: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(percentile(&mut numbers, 0.99), Some(Millis(99.0)));
        assert_eq!(percentile(&mut [], 0.99), None);
    }

    #[test]
    fn knows_this_process() {
        let process = std::process::id();
        assert!(resident_megabytes(process).unwrap() > 1.0);
        assert!(child_cpu_seconds().unwrap() >= 0.0);
    }
}
