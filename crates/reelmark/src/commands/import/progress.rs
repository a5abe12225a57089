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

/// What doesn't fit into a line is cut off, and nothing wraps.
const TEMPLATE: &str = "{prefix} {bar:20} {percent:>3} % {wide_msg}";

/// Shares of a file are shown in so many steps.
const STEPS: u64 = 1_000;

/// Shows how an import of one file goes on: a bar on a terminal, and lines otherwise.
pub struct Progress<'a> {
    source: &'a Source,
    bar: ProgressBar,
    rejects: &'a mut Rejects,
    began: Instant,
    last_line: Instant,
}

impl<'a> Progress<'a> {
    pub fn begin(source: &'a Source, rejects: &'a mut Rejects) -> Self {
        let bar = ProgressBar::with_draw_target(Some(STEPS), ProgressDrawTarget::hidden());
        if stderr().is_terminal() {
            if let Ok(style) = ProgressStyle::with_template(TEMPLATE) {
                bar.set_style(style);
            }
            bar.set_prefix(source.name.clone());
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.tick();
        }
        let began = Instant::now();
        Self { source, bar, rejects, began, last_line: began }
    }

    /// Says what came of the file.
    pub fn end(self, counts: &ImportCounts, is_trial: bool) {
        self.bar.finish_and_clear();
        operator::say(format_args!("{}: {}", self.source.name, sentence(counts, is_trial)));
    }
}

impl ImportObserver for Progress<'_> {
    fn stored(&mut self, counts: &ImportCounts) {
        let share = self.source.share(counts.read);
        let pace = pace(counts.read, share, self.began.elapsed());
        if !self.bar.is_hidden() {
            self.bar.set_position((share * STEPS as f64) as u64);
            self.bar.set_message(pace);
        } else if self.last_line.elapsed() >= BETWEEN_LINES {
            self.last_line = Instant::now();
            let percent = share * 100.0;
            operator::say(format_args!("{}: {percent:.0} %, {pace}", self.source.name));
        }
    }

    fn problem(&mut self, problem: &RowProblem) -> Result<(), Cause> {
        self.bar.suspend(|| self.rejects.put(problem))
    }
}

/// How long it will take when it goes on like that, and how fast it goes on. A narrow terminal shows
/// the beginning alone.
fn pace(rows: u64, share: f64, took: Duration) -> String {
    let rate = (rows as f64 / took.as_secs_f64().max(0.001)) as u64;
    let left = took.mul_f64((1.0 - share) / share.max(0.001));
    let (rows, rate) = (HumanCount(rows), HumanCount(rate));
    format!("{} left, {rate} rows/s, {rows} rows", HumanDuration(left))
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
    fn says_how_fast_it_goes_on_and_how_long_it_will_take() {
        let pace = pace(50_000, 0.25, Duration::from_secs(10));
        assert_eq!(pace, "30 seconds left, 5,000 rows/s, 50,000 rows");
    }

    #[test]
    fn says_what_came_of_the_rows() {
        let counts = ImportCounts { read: 1_200, added: 1_199, rejected: 1, ..Default::default() };
        let expected = "1,200 rows: 1,199 added, 0 changed, 0 there already, 0 skipped, \
                        1 rejected, 0 taken in part";
        assert_eq!(sentence(&counts, false), expected);
        assert!(sentence(&counts, true).starts_with("1,200 rows: 1,199 to add, 0 to change"));
    }
}
