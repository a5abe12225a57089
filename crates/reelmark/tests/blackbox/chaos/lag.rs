use std::thread;
use std::time::{Duration, Instant};

use super::findings::Finding;
use super::kills::{DRAINED_WITHIN, assert_nobody_noticed, assert_sound};
use super::site::Site;
use super::writers::{Progress, Tally, Writers};
use crate::support::catalogue::{histogram, histogram_of};
use crate::support::patience::poll_every;
use crate::support::{Member, Movie, TestApp, at_once};

const PEAK_FOR: Duration = Duration::from_secs(10);
const HALF_FOR: Duration = Duration::from_secs(20);
const PROBES: usize = 4;

/// Often enough to tell milliseconds, rarely enough not to be the load itself.
const BETWEEN_TWO_LOOKS: Duration = Duration::from_millis(10);
const BETWEEN_TWO_PROBES: Duration = Duration::from_millis(50);
const GIVEN_UP_AFTER: Duration = Duration::from_secs(60);

/// 99 of 100 ratings are counted within.
const LAG: Duration = Duration::from_secs(1);

pub fn summaries_follow_within_a_second_at_half_the_peak() {
    let site = Site::full();
    let mut writers = Writers::sign_up(&site);
    let (peak, mut tally) = rate_for(&mut writers, &site, Duration::ZERO, PEAK_FOR, |_| ());
    let after_peak = writers.settle(&site);

    writers.refresh_tokens(&site);
    let pause = Duration::from_secs_f64(2.0 * writers.everybody.len() as f64 / peak);
    let app = site.app();
    let probes: Vec<Probe> = (0..PROBES).map(|_| Probe::sign_up(&app)).collect();
    let mut lags = Vec::new();
    let (half, at_half) = rate_for(&mut writers, &site, pause, HALF_FOR, |until| {
        lags = at_once(PROBES, |number| probes[number].measure(&app, until)).concat();
    });
    tally += at_half;
    let settling = after_peak.and(writers.settle(&site));

    lags.sort();
    let (p50, p99) = (percentile(&lags, 50), percentile(&lags, 99));
    let remark = format!(
        "peak {peak:.0}/s, then {half:.0}/s: p50 {p50:.0?}, p99 {p99:.0?} of {} probes",
        lags.len()
    );
    let finding = Finding { victim: "nobody (lag)", rounds: 1, tally, settling, remark };
    finding.remember();
    assert!(p99 <= LAG, "1 of 100 summaries lags by {p99:?}");
    assert_nobody_noticed(&finding);
    assert_sound(&site, &finding, DRAINED_WITHIN);
}

/// The ratings per second of all writers, and what became of them.
fn rate_for(
    writers: &mut Writers,
    site: &Site,
    pause: Duration,
    time: Duration,
    meanwhile: impl FnOnce(Instant),
) -> (f64, Tally) {
    let begin = Instant::now();
    let wait = |progress: &Progress| {
        meanwhile(begin + time);
        thread::sleep((begin + time).saturating_duration_since(Instant::now()));
        progress.acknowledged() as f64 / begin.elapsed().as_secs_f64()
    };
    writers.write(site, pause, wait)
}

/// Somebody with a movie of their own, so that its summary shows their last rating alone.
struct Probe {
    member: Member,
    movie: Movie,
}

impl Probe {
    fn sign_up(app: &TestApp) -> Self {
        let member = app.sign_up("probe");
        let movie = member.add_movie_titled("Up");
        Self { member, movie }
    }

    /// From the answer to a rating until the summary counts it, again and again.
    fn measure(&self, app: &TestApp, until: Instant) -> Vec<Duration> {
        let mut lags = Vec::new();
        for score in (1..=10).cycle() {
            if Instant::now() >= until {
                break;
            }
            self.member.rate(&self.movie, score);
            let rated = Instant::now();
            let expected = histogram_of(&[score]);
            let is_counted = || (histogram(&app.summary(&self.movie)) == expected).then_some(());
            let counted = poll_every(BETWEEN_TWO_LOOKS, GIVEN_UP_AFTER, is_counted);
            assert!(counted.is_some(), "a rating is not counted after {GIVEN_UP_AFTER:?}");
            lags.push(rated.elapsed());
            thread::sleep(BETWEEN_TWO_PROBES);
        }
        lags
    }
}

/// Of sorted values, by the nearest rank.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(Duration::MAX)
}
