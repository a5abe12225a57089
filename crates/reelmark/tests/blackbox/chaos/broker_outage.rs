use std::thread;
use std::time::Duration;

use super::findings::Finding;
use super::kills::{DRAINED_WITHIN, assert_nobody_noticed, assert_sound};
use super::number;
use super::site::{Site, Victim};
use super::writers::Writers;

const DEFAULT_SECONDS: u64 = 60;
const BETWEEN_TWO_RATINGS: Duration = Duration::from_millis(50);

pub fn ratings_are_taken_all_the_time_the_broker_is_away() {
    let seconds = number("CHAOS_BROKER_DOWN_SECONDS", DEFAULT_SECONDS);
    let site = Site::full();
    let mut writers = Writers::sign_up(&site);
    let (piled_up, tally) = writers.write(&site, BETWEEN_TWO_RATINGS, |_| {
        site.kill(Victim::Broker);
        thread::sleep(Duration::from_secs(seconds));
        let piled_up = site.outbox().unwrap_or_default();
        site.start_again(Victim::Broker);
        piled_up
    });
    let settling = writers.settle(&site);
    let remark = format!("{seconds} s away, {piled_up} messages piled up");
    let finding = Finding { victim: "RabbitMQ stopped", rounds: 1, tally, settling, remark };
    finding.remember();
    assert!(piled_up > 0, "nothing can have been published without a broker");
    assert_nobody_noticed(&finding);
    assert_sound(&site, &finding, DRAINED_WITHIN);
}
