use std::time::{Duration, Instant};

use super::ledger::{Fit, Rating};
use super::site::Site;
use super::writers::Writers;
use crate::support::catalogue::{histogram, histogram_of};
use crate::support::patience::poll;
use crate::support::{Member, Movie};

/// Far beyond what is allowed, so that the time it did take can be told.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(120);

/// What the books say once nobody writes any more.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settling {
    pub lost: usize,
    pub phantoms: usize,
    /// Summaries that never came to agree with the ratings.
    pub differing: usize,
    /// From the last rating until all summaries agreed with the ratings.
    pub equal_after: Duration,
    /// From the last rating until nothing was left to publish either.
    pub drained_after: Duration,
}

impl Settling {
    /// The worst of both.
    pub fn and(self, other: Self) -> Self {
        Self {
            lost: self.lost + other.lost,
            phantoms: self.phantoms + other.phantoms,
            differing: self.differing.max(other.differing),
            equal_after: self.equal_after.max(other.equal_after),
            drained_after: self.drained_after.max(other.drained_after),
        }
    }
}

impl Writers {
    /// Compares every rating with what its author knows, and waits until the summaries follow.
    pub fn settle(&mut self, site: &Site) -> Settling {
        let calm = Instant::now();
        let mut settling = Settling::default();
        let found = self.compare_ratings(site, &mut settling);
        let scores = |ratings: &[Option<Rating>]| -> Vec<i64> {
            ratings.iter().flatten().map(|rating| rating.score).collect()
        };
        let expected: Vec<Vec<i64>> = found.iter().map(|ratings| scores(ratings)).collect();
        let differing = || differing(site, &self.movies, &expected);
        poll(GIVEN_UP_AFTER, || (differing() == 0).then_some(()));
        settling.equal_after = calm.elapsed();
        poll(GIVEN_UP_AFTER, || site.outbox().is_none_or(|left| left == 0).then_some(()));
        settling.drained_after = calm.elapsed();
        settling.differing = differing();
        settling.phantoms += self.unknown_in_lists(site, &expected);
        settling
    }

    /// The ratings of each movie in the order of their authors.
    fn compare_ratings(
        &mut self,
        site: &Site,
        settling: &mut Settling,
    ) -> Vec<Vec<Option<Rating>>> {
        let mut found = vec![Vec::new(); self.movies.len()];
        for writer in &mut self.everybody {
            let member = writer.member.at(&site.app());
            for ((movie, entry), found) in
                self.movies.iter().zip(&mut writer.entries).zip(&mut found)
            {
                let rating = own_rating(&member, movie);
                let known = entry.possible().to_vec();
                let fit = entry.compare(rating);
                match fit {
                    Fit::Kept => {}
                    Fit::Lost => settling.lost += 1,
                    Fit::Phantom => settling.phantoms += 1,
                }
                if fit != Fit::Kept {
                    let (who, what) = (&member.username, movie.id);
                    println!("{fit:?}: {who}, movie {what}: {rating:?} instead of {known:?}");
                }
                found.push(rating);
            }
        }
        found
    }

    /// How many ratings the public lists have more, or other, than their authors see.
    fn unknown_in_lists(&self, site: &Site, expected: &[Vec<i64>]) -> usize {
        let surplus = |(movie, scores): (&Movie, &Vec<i64>)| {
            let listed = site.app().all_pages(&format!("{}?limit=100", movie.ratings()));
            let mut listed: Vec<i64> =
                listed.iter().filter_map(|rating| rating["score"].as_i64()).collect();
            for score in scores {
                if let Some(place) = listed.iter().position(|listed| listed == score) {
                    listed.swap_remove(place);
                }
            }
            listed.len()
        };
        self.movies.iter().zip(expected).map(surplus).sum()
    }
}

fn own_rating(member: &Member, movie: &Movie) -> Option<Rating> {
    let answer = member.get(&movie.rating());
    match answer.status {
        404 => None,
        _ => {
            let rating = answer.json(200);
            let read = Rating::from_json(&rating);
            // What no writer could have written compares as unknown to all.
            read.or(Some(Rating { score: rating["score"].as_i64().unwrap_or(0), number: 0 }))
        }
    }
}

fn differing(site: &Site, movies: &[Movie], expected: &[Vec<i64>]) -> usize {
    let app = site.app();
    let differs = |(movie, scores): &(&Movie, &Vec<i64>)| {
        histogram(&app.summary(movie)) != histogram_of(scores)
    };
    movies.iter().zip(expected).filter(differs).count()
}
