use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use reelmark_application::catalogue_import::{ImportCounts, ImportObserver};
use reelmark_application::ports::{Cause, RowProblem};

use super::rejects::Rejects;
use super::source::Source;
use crate::operator;

/// How often a line is written where nobody watches a bar.
const BETWEEN_LINES: Duration = Duration::from_secs(5);

const TEMPLATE: &str = "{prefix} {wide_bar} {percent} % {msg}, {eta} left";

/// Shows how an import of one file goes on: a bar on a terminal, and lines otherwise.
pub struct Progress<'a> {
    name: String,
    bar: ProgressBar,
    rejects: &'a mut Rejects,
    began: Instant,
    last_line: Instant,
}

impl<'a> Progress<'a> {
    pub fn begin(source: &Source, rejects: &'a mut Rejects) -> Self {
        let bar = source.bar.clone();
        if stderr().is_terminal() {
            if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
                bar.set_style(style);
            }
            bar.set_prefix(source.name.clone());
            bar.reset_elapsed();
            bar.reset_eta();
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        let began = Instant::now();
        let name = source.name.clone();
        Self { name, bar, rejects, began, last_line: began }
    }

    /// Says what came of the file.
    pub fn end(self, counts: &ImportCounts, is_trial: bool) {
        self.bar.finish_and_clear();
        operator::say(format_args!("{}: {}", self.name, sentence(counts, is_trial)));
    }

    fn rate(&self, rows: u64) -> u64 {
        (rows as f64 / self.began.elapsed().as_secs_f64().max(0.001)) as u64
    }

    fn line(&self, counts: &ImportCounts) -> String {
        let (read, whole) = (self.bar.position(), self.bar.length().unwrap_or(0).max(1));
        let share = (read as f64 / whole as f64).min(1.0);
        let left = self.began.elapsed().mul_f64((1.0 - share) / share.max(0.001));
        format!(
            "{}: {} rows, {:.0} %, {} rows/s, {} left",
            self.name,
            HumanCount(counts.read),
            share * 100.0,
            HumanCount(self.rate(counts.read)),
            HumanDuration(left)
        )
    }
}

impl ImportObserver for Progress<'_> {
    fn stored(&mut self, counts: &ImportCounts) {
        let rate = HumanCount(self.rate(counts.read));
        self.bar.set_message(format!("{} rows, {rate} rows/s", HumanCount(counts.read)));
        if self.bar.is_hidden() && self.last_line.elapsed() >= BETWEEN_LINES {
            self.last_line = Instant::now();
            operator::say(self.line(counts));
        }
    }

    fn problem(&mut self, problem: &RowProblem) -> Result<(), Cause> {
        self.bar.suspend(|| self.rejects.put(problem))
    }
}

fn sentence(counts: &ImportCounts, is_trial: bool) -> String {
    let ImportCounts { read, added, changed, unchanged, skipped, rejected, warnings } = *counts;
    let (to_add, to_change) = if is_trial { ("to add", "to change") } else { ("added", "changed") };
    format!(
        "{} rows: {} {to_add}, {} {to_change}, {} there already, {} skipped, {} rejected, \
         {} taken in part",
        HumanCount(read),
        HumanCount(added),
        HumanCount(changed),
        HumanCount(unchanged),
        HumanCount(skipped),
        HumanCount(rejected),
        HumanCount(warnings)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_came_of_the_rows() {
        let counts = ImportCounts { read: 1_200, added: 1_199, rejected: 1, ..Default::default() };
        let expected = "1,200 rows: 1,199 added, 0 changed, 0 there already, 0 skipped, \
                        1 rejected, 0 taken in part";
        assert_eq!(sentence(&counts, false), expected);
        assert!(sentence(&counts, true).starts_with("1,200 rows: 1,199 to add, 0 to change"));
    }
}
