use std::fmt::Write;

use super::{Finding, machine, table};
use crate::rounds::Series;

/// How everything was measured, and what the figures mean.
const METHOD: &str = include_str!("method.md");

/// The whole of docs/BENCHMARKS.md.
pub fn document(findings: &[Finding], command: &str, data: &str, day: &str) -> String {
    let mut text = String::from("# Benchmarks\n\nWritten by `make bench`; don't edit.\n\n");
    let _ = writeln!(text, "Measured on {day} with `{command}`, on {data}.\n");
    text += &table(findings, true);
    text += "\n## The machine\n\n";
    text += &machine::describe();
    text += "\n";
    text += METHOD;
    text += "\n## All rounds\n\n";
    for finding in findings.iter().filter(|finding| !finding.raw.is_empty()) {
        let _ = writeln!(text, "{}\n", finding.what);
        finding.raw.iter().for_each(|series| text += &rounds(series));
        text += "\n";
    }
    text
}

fn rounds(series: &Series) -> String {
    let loads = series.loads.iter().map(|load| {
        let p99 = load.p99.or(load.p50).map(|p99| format!(" ({p99})")).unwrap_or_default();
        format!("{:.0}{p99}", load.per_second)
    });
    let loads: Vec<String> = loads.collect();
    let cores = series.loads.iter().map(|load| load.generator_cores).fold(0.0, f64::max);
    format!("- {}: {}; generator {cores:.2} cores\n", series.name, loads.join(", "))
}
