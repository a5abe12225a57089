use std::io::IsTerminal;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use reelmark_application::ports::{ComparedTotals, SummaryDrift};
use reelmark_application::summary_audit::SummaryAuditUseCases;
use tokio::time::sleep;

use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::{operator, wiring};

/// How many movies are recounted in one statement; those with the most ratings take the longest.
const STEP: usize = 50;

/// What differs gets so many more looks, so far apart, for messages to arrive in between. That is
/// several times as long as a summary lags behind under load.
const LOOKS: usize = 5;
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

const FAILED: &str = "could not compare the summaries with the ratings";

#[derive(Args, Debug)]
pub struct AuditArgs {
    /// Mend what differs
    #[arg(long)]
    repair: bool,
    #[command(flatten)]
    settings: Settings,
}

/// Fails when something differs that was not mended, so that scripts notice.
pub fn run(args: &AuditArgs) -> Result<(), Failure> {
    let config = args.settings.check().or_fail("could not open the store")?;
    let io = wiring::io_runtime()?;
    io.block_on(async {
        let audit = wiring::open_audit(&config, io.handle()).await?;
        let left = match args.repair {
            true => repair(&*audit).await?,
            false => inspect(&*audit).await?,
        };
        match left {
            0 => Ok(()),
            _ => Err(Failure::new(format!("{left} differences were found"))),
        }
    })
}

/// Says what differs; returns how many differences there are.
async fn inspect(audit: &dyn SummaryAuditUseCases) -> Result<usize, Failure> {
    let (drifts, totals) = differences(audit).await?;
    Ok(drifts.len() + usize::from(differ(totals)))
}

/// Says what differs and mends it; returns how many differences could not be mended.
async fn repair(audit: &dyn SummaryAuditUseCases) -> Result<usize, Failure> {
    const FAILED: &str = "could not mend a summary";
    let (drifts, _) = differences(audit).await?;
    let mut left = 0;
    for drift in &drifts {
        if !audit.repair_drift(*drift).await.or_fail(FAILED)? {
            operator::say(format_args!("Movie {} changed meanwhile.", drift.movie_id));
            left += 1;
        }
    }
    if differ(audit.compare_totals().await.or_fail(FAILED)?) {
        audit.repair_totals().await.or_fail(FAILED)?;
    }
    operator::say(format_args!("{} summaries were mended.", drifts.len() - left));
    Ok(left)
}

async fn differences(
    audit: &dyn SummaryAuditUseCases,
) -> Result<(Vec<SummaryDrift>, ComparedTotals), Failure> {
    let (compared, suspects) = compare_all(audit).await?;
    let drifts = confirm(audit, suspects).await?;
    for drift in &drifts {
        let SummaryDrift { movie_id, stored, counted } = drift;
        operator::say(format_args!(
            "Movie {movie_id}: the ratings are {counted:?}, the summary says {stored:?}."
        ));
    }
    let totals = audit.compare_totals().await.or_fail(FAILED)?;
    if differ(totals) {
        let ComparedTotals { stored, counted } = totals;
        operator::say(format_args!(
            "Totals (count, sum): the summaries add up to {counted:?}, the totals say {stored:?}."
        ));
    }
    let found = drifts.len();
    operator::say(format_args!("{compared} summaries were compared, {found} of them differ."));
    Ok((drifts, totals))
}

/// Recounts all movies; returns how many there are and which of them differ at first sight.
async fn compare_all(
    audit: &dyn SummaryAuditUseCases,
) -> Result<(usize, Vec<SummaryDrift>), Failure> {
    let progress = progress();
    let (mut after, mut compared, mut suspects) = (0, 0, Vec::new());
    loop {
        let step = audit.compare_summaries(after, STEP).await.or_fail(FAILED)?;
        suspects.extend(step.drifts);
        compared += step.compared;
        progress.set_position(compared as u64);
        match step.last {
            Some(last) => after = last,
            None => break,
        }
    }
    progress.finish_and_clear();
    Ok((compared, suspects))
}

async fn confirm(
    audit: &dyn SummaryAuditUseCases,
    mut suspects: Vec<SummaryDrift>,
) -> Result<Vec<SummaryDrift>, Failure> {
    for _ in 0..LOOKS {
        if suspects.is_empty() {
            break;
        }
        sleep(BETWEEN_LOOKS).await;
        suspects = audit.confirm_drifts(suspects).await.or_fail(FAILED)?;
    }
    Ok(suspects)
}

fn differ(totals: ComparedTotals) -> bool {
    totals.stored != totals.counted
}

/// Nobody watches a bar in a log file.
fn progress() -> ProgressBar {
    let target = match std::io::stderr().is_terminal() {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let style = ProgressStyle::with_template("{spinner} {pos} movies recounted, {per_sec}");
    let bar = ProgressBar::with_draw_target(None, target);
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reelmark_application::ports::ComparedSummaries;
    use reelmark_application::summary_audit::MockSummaryAuditUseCases;

    const DRIFT: SummaryDrift = SummaryDrift { movie_id: 1, stored: [0; 10], counted: [1; 10] };

    /// An audit of one movie that differs, for good or until the message arrives.
    fn audit(differs_for_good: bool) -> MockSummaryAuditUseCases {
        let mut audit = MockSummaryAuditUseCases::new();
        audit.expect_compare_summaries().returning(|after, _| {
            Ok(match after {
                0 => ComparedSummaries { compared: 1, last: Some(1), drifts: vec![DRIFT] },
                _ => ComparedSummaries::default(),
            })
        });
        audit
            .expect_confirm_drifts()
            .returning(move |suspects| Ok(if differs_for_good { suspects } else { vec![] }));
        audit.expect_compare_totals().returning(|| Ok(ComparedTotals::default()));
        audit
    }

    #[tokio::test(start_paused = true)]
    async fn counts_what_differs_for_good() {
        assert_eq!(inspect(&audit(true)).await.unwrap(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn forgives_what_only_waits_for_its_message() {
        assert_eq!(inspect(&audit(false)).await.unwrap(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn mends_what_differs() {
        let mut audit = audit(true);
        audit.expect_repair_drift().withf(|drift| *drift == DRIFT).once().returning(|_| Ok(true));
        assert_eq!(repair(&audit).await.unwrap(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn tells_what_could_not_be_mended() {
        let mut audit = audit(true);
        audit.expect_repair_drift().returning(|_| Ok(false));
        assert_eq!(repair(&audit).await.unwrap(), 1);
    }
}
