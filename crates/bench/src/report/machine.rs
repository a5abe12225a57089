use std::fs;
use std::thread::available_parallelism;

use crate::tools::first_line;

/// The machine and the versions of everything that took part, one per line.
pub fn describe() -> String {
    let cores = available_parallelism().map_or(0, usize::from);
    let lines = [
        format!("{cores} × {}", value_in("/proc/cpuinfo", "model name")),
        format!("{} of memory", value_in("/proc/meminfo", "MemTotal")),
        format!(
            "{}, Linux {}",
            value_in("/etc/os-release", "PRETTY_NAME"),
            first_line("uname", "-r")
        ),
        first_line("rustc", "--version"),
        first_line("psql", "--version"),
        first_line("redis-server", "--version"),
        first_line("wrk", "--version"),
        first_line("pgbench", "--version"),
        first_line("h2load", "--version"),
        format!("commit {}", first_line_of_git()),
    ];
    lines.map(|line| format!("- {line}\n")).concat()
}

/// What a line such as `model name : …` or `PRETTY_NAME="…"` says.
fn value_in(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
    let value = line.unwrap_or("unknown").trim_start_matches([' ', '\t', ':', '=']);
    value.trim().trim_matches('"').to_owned()
}

fn first_line_of_git() -> String {
    let output =
        std::process::Command::new("git").args(["describe", "--always", "--dirty"]).output();
    output.map_or_else(
        |_| "unknown".into(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
