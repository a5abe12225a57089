use std::collections::{HashMap, HashSet};

use super::{Neighbour, Recommender, Taste};
use crate::MovieId;

/// A movie that somebody has not rated and may like.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The movie.
    pub movie: MovieId,
    /// How much speaks for it; only comparable with others for the same person.
    pub strength: f32,
    /// By how much it may be liked above one's mean, in points: what one thinks of the movies it is
    /// like, drawn towards zero while these are few.
    pub above_mean: f32,
    /// The movies that speak for it most, at most [`Suggestion::REASONS`], none of them disliked.
    pub because: Vec<MovieId>,
}

impl Suggestion {
    /// How many reasons are named.
    pub const REASONS: usize = 3;
}

/// What is known about a movie so far.
#[derive(Default)]
struct Candidate {
    strength: f32,
    similarities: f32,
    above_mean: f32,
    reasons: Vec<(f32, MovieId)>,
}

/// So much similarity must be there for half of what it says about a score to be believed.
const SCORE_SHRINKAGE: f32 = 0.2;

/// The neighbours of what somebody rated, without what they rated, most promising first, ties by
/// id. Each rated movie shares out the same amount among its neighbours, as Deshpande and Karypis
/// do, or those with great similarities would drown the others.
pub fn suggest<'a>(
    taste: &Taste,
    neighbours: impl Fn(MovieId) -> &'a [Neighbour],
    recommender: &Recommender,
) -> Vec<Suggestion> {
    let mean = taste.mean().unwrap_or_default();
    let rated: HashSet<MovieId> = taste.opinions().iter().map(|opinion| opinion.movie).collect();
    let mut candidates = HashMap::<MovieId, Candidate>::new();
    for (place, opinion) in taste.opinions().iter().enumerate() {
        let above = f32::from(opinion.score.get()) - mean;
        let list = neighbours(opinion.movie);
        let weight = recommender.weight(above, place) / total(list);
        for neighbour in list.iter().filter(|neighbour| !rated.contains(&neighbour.movie)) {
            let candidate = candidates.entry(neighbour.movie).or_default();
            candidate.add(opinion.movie, neighbour.similarity.weight(), weight, above);
        }
    }
    let mut suggestions: Vec<Suggestion> =
        candidates.into_iter().map(|(movie, candidate)| candidate.suggest(movie)).collect();
    suggestions.retain(|suggestion| suggestion.strength > 0.0);
    suggestions
        .sort_unstable_by(|a, b| b.strength.total_cmp(&a.strength).then(a.movie.cmp(&b.movie)));
    suggestions
}

fn total(list: &[Neighbour]) -> f32 {
    list.iter().map(|neighbour| neighbour.similarity.weight()).sum()
}

impl Candidate {
    fn add(&mut self, reason: MovieId, similarity: f32, weight: f32, above: f32) {
        self.strength += similarity * weight;
        self.similarities += similarity;
        self.above_mean += similarity * above;
        if above >= 0.0 {
            self.reasons.push((similarity * weight, reason));
        }
    }

    fn suggest(mut self, movie: MovieId) -> Suggestion {
        self.reasons.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.reasons.truncate(Suggestion::REASONS);
        Suggestion {
            movie,
            strength: self.strength,
            above_mean: self.above_mean / (self.similarities + SCORE_SHRINKAGE),
            because: self.reasons.into_iter().map(|(_, reason)| reason).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Score;
    use crate::recommendation::{Opinion, Similarity};
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    type Lists = HashMap<MovieId, Vec<Neighbour>>;

    fn id(raw: i64) -> MovieId {
        MovieId::parse(raw).unwrap()
    }

    fn taste(opinions: impl IntoIterator<Item = (i64, i64)>) -> Taste {
        let opinion =
            |(movie, score)| Opinion { movie: id(movie), score: Score::parse(score).unwrap() };
        Taste::new(opinions.into_iter().map(opinion).collect())
    }

    /// Each with the movies like it, and how much in percent.
    fn lists(lists: &[(i64, &[(i64, i64)])]) -> Lists {
        let neighbour = |(movie, percent): &(i64, i64)| Neighbour {
            movie: id(*movie),
            similarity: Similarity::from_steps(percent * 100).unwrap(),
        };
        let list = |(movie, list): &(i64, &[(i64, i64)])| {
            (id(*movie), list.iter().map(neighbour).collect())
        };
        lists.iter().map(list).collect()
    }

    fn suggest_from(taste: &Taste, lists: &Lists) -> Vec<Suggestion> {
        let of = |movie| lists.get(&movie).map_or(&[][..], Vec::as_slice);
        suggest(taste, of, &Recommender::default())
    }

    fn movies(suggestions: &[Suggestion]) -> Vec<i64> {
        suggestions.iter().map(|suggestion| suggestion.movie.get()).collect()
    }

    #[test]
    fn what_is_like_more_of_the_liked_movies_comes_first() {
        let lists = lists(&[(1, &[(10, 40), (11, 50)]), (2, &[(10, 40)]), (3, &[(12, 45)])]);
        let suggestions = suggest_from(&taste([(1, 8), (2, 8), (3, 8)]), &lists);
        assert_eq!(movies(&suggestions), [10, 11, 12]);
        assert_eq!(suggestions[0].because, [id(2), id(1)]);
    }

    #[test]
    fn what_is_like_a_disliked_movie_comes_last_and_names_it_not() {
        let lists = lists(&[(1, &[(10, 40)]), (2, &[(11, 40)])]);
        let suggestions = suggest_from(&taste([(1, 2), (2, 9)]), &lists);
        assert_eq!(movies(&suggestions), [11, 10]);
        assert_eq!(suggestions[1].because, []);
        assert!(suggestions[0].above_mean > 0.0 && suggestions[1].above_mean < 0.0);
    }

    #[test]
    fn names_the_three_that_say_most() {
        let (little, much): (&[_], &[_]) = (&[(10, 5), (11, 95)], &[(10, 95), (11, 5)]);
        let lists = lists(&[(1, little), (2, much), (3, much), (4, much)]);
        let suggestions = suggest_from(&taste([(1, 7), (2, 7), (3, 7), (4, 7)]), &lists);
        assert_eq!(
            (movies(&suggestions)[0], &suggestions[0].because),
            (10, &vec![id(2), id(3), id(4)])
        );
    }

    #[test]
    fn what_was_rated_last_counts_most() {
        let lists = lists(&[(1, &[(10, 40)]), (2, &[(11, 40)])]);
        assert_eq!(movies(&suggest_from(&taste([(1, 7), (2, 7)]), &lists)), [10, 11]);
        assert_eq!(movies(&suggest_from(&taste([(2, 7), (1, 7)]), &lists)), [11, 10]);
    }

    #[test]
    fn a_movie_with_many_neighbours_says_no_more_than_another() {
        let lists = lists(&[(1, &[(10, 90), (11, 90), (12, 90)]), (2, &[(13, 10)])]);
        assert_eq!(movies(&suggest_from(&taste([(1, 7), (2, 7)]), &lists))[0], 13);
    }

    #[test]
    fn nothing_is_known_about_somebody_without_ratings() {
        assert_eq!(suggest_from(&Taste::default(), &Lists::new()), []);
    }

    proptest! {
        #[test]
        fn never_suggests_what_was_rated_nor_names_what_was_not(
            opinions in btree_map(1_i64..15, 1_i64..=10, 0..10),
            raw in btree_map(1_i64..15, vec((1_i64..15, 1_i64..=100), 0..8), 0..15),
        ) {
            let raw: Vec<_> = raw.iter().map(|(movie, list)| (*movie, list.as_slice())).collect();
            let taste = taste(opinions.clone());
            for suggestion in suggest_from(&taste, &lists(&raw)) {
                prop_assert!(!opinions.contains_key(&suggestion.movie.get()));
                prop_assert!(suggestion.because.iter().all(|m| opinions.contains_key(&m.get())));
                prop_assert!(suggestion.above_mean.abs() < 9.0);
            }
        }
    }
}
