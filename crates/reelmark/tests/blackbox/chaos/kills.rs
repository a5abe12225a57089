use std::time::Duration;

use super::findings::Finding;
use super::number;
use super::settling::Settling;
use super::site::{Site, Victim};
use super::writers::{Progress, Tally, Writers};
use crate::support::patience::poll;

const DEFAULT_ROUNDS: u32 = 10;

/// Sixteen of them keep a small machine busy, and leave it some time for the others.
const BETWEEN_TWO_RATINGS: Duration = Duration::from_millis(50);

/// Enough that some are under way at any time, and different in each round, so that the victims
/// are not always met at the same point.
const RATINGS_BEFORE_A_KILL: u64 = 100;
const RATINGS_AFTERWARDS: u64 = 50;
const RATED_WITHIN: Duration = Duration::from_secs(60);

/// How soon all summaries agree with the ratings once nobody rates any more.
pub const EQUAL_WITHIN: Duration = Duration::from_secs(5);
/// How soon whatever has piled up is worked off.
pub const DRAINED_WITHIN: Duration = Duration::from_secs(30);

pub fn killing_the_api_loses_nothing() {
    let finding = drill(&Site::full(), Victim::Api, "api");
    assert_eq!(finding.tally.unavailable, 0, "the store was there all the time");
}

pub fn killing_a_worker_loses_nothing() {
    assert_nobody_noticed(&drill(&Site::full(), Victim::Worker, "worker"));
}

pub fn killing_postgres_loses_nothing() {
    let finding = drill(&Site::full(), Victim::Postgres, "PostgreSQL");
    assert_eq!(finding.tally.unanswered, 0, "it should say that it is unavailable");
}

pub fn killing_the_broker_loses_nothing() {
    assert_nobody_noticed(&drill(&Site::full(), Victim::Broker, "RabbitMQ"));
}

pub fn killing_the_one_process_loses_nothing() {
    drill(&Site::embedded(), Victim::Api, "the one process (embedded)");
}

/// Every rating was taken.
pub fn assert_nobody_noticed(finding: &Finding) {
    let Tally { unavailable, unanswered, .. } = finding.tally;
    assert_eq!((unavailable, unanswered), (0, 0), "every rating should be taken");
}

fn drill(site: &Site, victim: Victim, name: &'static str) -> Finding {
    let rounds = number("CHAOS_ROUNDS", DEFAULT_ROUNDS);
    let mut writers = Writers::sign_up(site);
    let (mut tally, mut settling) = (Tally::default(), Settling::default());
    for round in 1..=rounds {
        writers.refresh_tokens(site);
        let kill = |progress: &Progress| {
            rated(progress, RATINGS_BEFORE_A_KILL + u64::from(round * 37 % 100));
            site.kill(victim);
            site.start_again(victim);
            rated(progress, RATINGS_AFTERWARDS)
        };
        let ((), news) = writers.write(site, BETWEEN_TWO_RATINGS, kill);
        let settled = writers.settle(site);
        println!("{name}, round {round} of {rounds}: {} ratings, {settled:?}", news.acknowledged);
        tally += news;
        settling = settling.and(settled);
    }
    let finding = Finding { victim: name, rounds, tally, settling, remark: String::new() };
    finding.remember();
    assert_sound(site, &finding, EQUAL_WITHIN);
    finding
}

/// Waits until so many more were acknowledged.
fn rated(progress: &Progress, count: u64) {
    let enough = progress.acknowledged() + count;
    let rated = poll(RATED_WITHIN, || (progress.acknowledged() >= enough).then_some(()));
    assert!(rated.is_some(), "{count} ratings should not take {RATED_WITHIN:?}");
}

/// What every drill demands.
pub fn assert_sound(site: &Site, finding: &Finding, equal_within: Duration) {
    let Finding { tally, settling, .. } = finding;
    assert!(tally.surprises.is_empty(), "unexpected answers: {}", tally.surprises[0]);
    let Settling { lost, phantoms, differing, equal_after, drained_after } = *settling;
    assert_eq!((lost, phantoms, differing), (0, 0, 0), "(lost, phantoms, differing summaries)");
    assert!(equal_after <= equal_within, "summaries agree after {equal_after:?} only");
    assert!(drained_after <= DRAINED_WITHIN, "the outbox is empty after {drained_after:?} only");
    site.assert_workers_run();
    let audit = site.launch().run(&["audit"]);
    assert!(audit.succeeded, "the audit found something: {}{}", audit.stdout, audit.stderr);
}
