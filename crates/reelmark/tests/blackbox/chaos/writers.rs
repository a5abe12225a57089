use std::ops::AddAssign;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::ledger::{Entry, Rating};
use super::site::Site;
use crate::sessions::refreshed;
use crate::support::race::RaisedAtLast;
use crate::support::{Answer, Member, Movie};

const WRITERS: usize = 16;
const MOVIES: usize = 8;

/// So that nobody spins while there is nobody to answer.
const AFTER_A_FAILURE: Duration = Duration::from_millis(50);

/// Everybody who rates, and what they rate.
pub struct Writers {
    pub movies: Vec<Movie>,
    pub everybody: Vec<Writer>,
}

pub struct Writer {
    pub member: Member,
    /// One entry per movie.
    pub entries: Vec<Entry>,
    sent: u64,
}

/// What became of the requests.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub acknowledged: u64,
    /// 503, after which nobody knows whether it was done.
    pub unavailable: u64,
    /// The connection was lost, or there was none.
    pub unanswered: u64,
    /// Answers that nothing explains.
    pub surprises: Vec<String>,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.acknowledged += other.acknowledged;
        self.unavailable += other.unavailable;
        self.unanswered += other.unanswered;
        self.surprises.extend(other.surprises);
    }
}

/// How it goes while they write.
#[derive(Default)]
pub struct Progress {
    is_over: AtomicBool,
    acknowledged: AtomicU64,
}

impl Progress {
    pub fn acknowledged(&self) -> u64 {
        self.acknowledged.load(Ordering::Relaxed)
    }
}

impl Writers {
    pub fn sign_up(site: &Site) -> Self {
        let app = site.app();
        let new = || Writer {
            member: app.sign_up("writer"),
            entries: vec![Entry::new(); MOVIES],
            sent: 0,
        };
        let everybody: Vec<Writer> = (0..WRITERS).map(|_| new()).collect();
        let first = &everybody[0].member;
        let movies = (0..MOVIES).map(|_| first.add_movie_titled("Up")).collect();
        Self { movies, everybody }
    }

    /// New tokens for everybody, since these live for ten minutes.
    pub fn refresh_tokens(&mut self, site: &Site) {
        for writer in &mut self.everybody {
            writer.member = refreshed(&writer.member.at(&site.app()));
        }
    }

    /// All of them rate, each with such a pause between two ratings, until `meanwhile` is over.
    pub fn write<T>(
        &mut self,
        site: &Site,
        pause: Duration,
        meanwhile: impl FnOnce(&Progress) -> T,
    ) -> (T, Tally) {
        let (movies, progress) = (&self.movies, &Progress::default());
        thread::scope(|scope| {
            let start = |(place, writer)| {
                scope.spawn(move || {
                    Self::write_until_over(writer, place, site, movies, pause, progress)
                })
            };
            let threads: Vec<_> = self.everybody.iter_mut().enumerate().map(start).collect();
            let result = {
                let _over = RaisedAtLast(&progress.is_over);
                meanwhile(progress)
            };
            let mut tally = Tally::default();
            for thread in threads {
                tally += thread.join().expect("a writer should not panic");
            }
            (result, tally)
        })
    }

    fn write_until_over(
        writer: &mut Writer,
        place: usize,
        site: &Site,
        movies: &[Movie],
        pause: Duration,
        progress: &Progress,
    ) -> Tally {
        let mut tally = Tally::default();
        let mut next = Instant::now();
        while !progress.is_over.load(Ordering::Relaxed) {
            writer.rate_once(place, site, movies, progress, &mut tally);
            next = (next + pause).max(Instant::now() - pause);
            thread::sleep(next.saturating_duration_since(Instant::now()));
        }
        tally
    }
}

impl Writer {
    fn rate_once(
        &mut self,
        place: usize,
        site: &Site,
        movies: &[Movie],
        progress: &Progress,
        tally: &mut Tally,
    ) {
        self.sent += 1;
        let which = (place + self.sent as usize) % movies.len();
        let rating = self.next_rating();
        let (app, entry) = (site.app(), &mut self.entries[which]);
        entry.sends(rating);
        let path = movies[which].rating();
        let call = match rating {
            Some(rating) => {
                let body = json!({"score": rating.score, "review": rating.review()});
                self.member.at(&app).call("PUT", &path).json(&body)
            }
            None => self.member.at(&app).call("DELETE", &path),
        };
        match call.try_send() {
            Ok(answer) if is_done(&answer, rating) => {
                entry.acknowledged(rating);
                tally.acknowledged += 1;
                progress.acknowledged.fetch_add(1, Ordering::Relaxed);
                return;
            }
            Ok(answer) => {
                entry.unanswered(rating);
                match answer.status {
                    503 => tally.unavailable += 1,
                    _ => tally.surprises.push(answer.describe()),
                }
            }
            Err(error) => {
                // Nothing was sent where there was no connection.
                if !error.is_connect() {
                    entry.unanswered(rating);
                }
                tally.unanswered += 1;
            }
        }
        thread::sleep(AFTER_A_FAILURE);
    }

    /// Every sixth time the rating is taken back.
    fn next_rating(&self) -> Option<Rating> {
        let number = self.sent;
        let score = (number * 7 % 10 + 1) as i64;
        (!number.is_multiple_of(6)).then_some(Rating { score, number })
    }
}

/// What is not there needs no removing, so that 404 is as good an answer.
fn is_done(answer: &Answer, rating: Option<Rating>) -> bool {
    match rating {
        Some(_) => matches!(answer.status, 200 | 201),
        None => matches!(answer.status, 204 | 404),
    }
}
