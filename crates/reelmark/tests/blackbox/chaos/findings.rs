use std::sync::Mutex;

use super::settling::Settling;
use super::writers::Tally;

static FINDINGS: Mutex<Vec<Finding>> = Mutex::new(Vec::new());

/// What became of one drill.
#[derive(Clone, Debug)]
pub struct Finding {
    pub victim: &'static str,
    pub rounds: u32,
    pub tally: Tally,
    pub settling: Settling,
    /// What only this drill measures.
    pub remark: String,
}

impl Finding {
    /// To be shown at the end, whether or not it is what was hoped for.
    pub fn remember(&self) {
        FINDINGS.lock().unwrap().push(self.clone());
    }

    fn row(&self) -> String {
        let Self { victim, rounds, tally, settling, remark } = self;
        let Tally { acknowledged, unavailable, unanswered, surprises } = tally;
        let Settling { lost, phantoms, differing, equal_after, drained_after } = settling;
        let (equal, drained) = (equal_after.as_secs_f64(), drained_after.as_secs_f64());
        let surprises = surprises.len();
        format!(
            "| {victim} | {rounds} | {acknowledged} | {unavailable} | {unanswered} | {surprises} \
             | {lost} | {phantoms} | {differing} | {equal:.1} | {drained:.1} | {remark} |"
        )
    }
}

/// The table of all drills that were run, if any were.
pub fn print_findings() {
    let findings = FINDINGS.lock().unwrap();
    if findings.is_empty() {
        return;
    }
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    println!("The {build} binary; seconds are the worst of all rounds.\n");
    println!(
        "| victim | rounds | acknowledged | 503 | unanswered | surprises | lost | phantom \
         | summaries differing | calm to equal, s | calm to empty outbox, s | |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
    for finding in findings.iter() {
        println!("{}", finding.row());
    }
}
