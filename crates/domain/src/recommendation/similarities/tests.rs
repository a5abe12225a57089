use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::*;
use crate::recommendation::{Opinion, Taste, TasteMatrixBuilder};
use crate::{MovieId, Score};

/// The scores that each rater gave, by movie.
type Tastes = Vec<BTreeMap<i64, i64>>;

/// Without anything that bends the cosine.
const PLAIN: Recommender = Recommender {
    weights: Weights::Presence,
    shrinkage: 0.0,
    damping: 0.5,
    activity_damping: 0.0,
    neighbours: 50,
    common_raters: 1,
    liking: 0.0,
    recency: 0.0,
};

fn compare(tastes: &Tastes, recommender: Recommender) -> Similarities {
    let mut builder = TasteMatrixBuilder::new(10_000);
    for scores in tastes {
        let opinion = |(movie, score): (&i64, &i64)| Opinion {
            movie: MovieId::parse(*movie).unwrap(),
            score: Score::parse(*score).unwrap(),
        };
        assert!(builder.add(&Taste::new(scores.iter().map(opinion).collect())));
    }
    Similarities::new(builder.build(), recommender)
}

/// The neighbours of each movie, by id.
fn lists(tastes: &Tastes, recommender: Recommender) -> BTreeMap<i64, Vec<(i64, f64)>> {
    let similarities = compare(tastes, recommender);
    let all = similarities.lists(0..similarities.matrix().movies().len());
    let pair = |neighbour: &Neighbour| (neighbour.movie.get(), neighbour.similarity.get());
    all.iter().map(|list| (list.movie.get(), list.neighbours.iter().map(pair).collect())).collect()
}

/// Raters who rated these movies, all with the same score.
fn rated(movies: &[&[i64]]) -> Tastes {
    movies.iter().map(|movies| movies.iter().map(|movie| (*movie, 7)).collect()).collect()
}

#[test]
fn movies_are_alike_when_the_same_people_rated_them() {
    let tastes = rated(&[&[1, 2], &[1, 2], &[1, 3], &[3]]);
    // 2 of √(3·2), and 1 of √(3·2).
    assert_eq!(lists(&tastes, PLAIN)[&1], [(2, 0.8165), (3, 0.4082)]);
    assert_eq!(lists(&tastes, PLAIN)[&2], [(1, 0.8165)]);
}

#[test]
fn few_common_raters_are_believed_less() {
    let tastes = rated(&[&[1, 2], &[1, 2], &[3, 4]]);
    let shrunk = Recommender { shrinkage: 2.0, ..PLAIN };
    assert_eq!(lists(&tastes, shrunk)[&1], [(2, 0.5)]);
    assert_eq!(lists(&tastes, shrunk)[&3], [(4, 0.3333)]);
}

#[test]
fn two_who_agree_are_too_few_where_three_are_asked_for() {
    let three = Recommender { common_raters: 3, ..PLAIN };
    assert!(lists(&rated(&[&[1, 2], &[1, 2]]), three).is_empty());
    assert_eq!(lists(&rated(&[&[1, 2], &[1, 2], &[1, 2]]), three)[&1], [(2, 1.0)]);
}

#[test]
fn damping_prefers_the_less_popular_of_two_neighbours() {
    let tastes = rated(&[&[1, 2, 3], &[1, 2, 3], &[1, 3], &[3], &[3], &[3]]);
    let first = |damping| lists(&tastes, Recommender { damping, ..PLAIN })[&1][0].0;
    assert_eq!((first(0.0), first(1.0)), (3, 2));
}

#[test]
fn who_rated_everything_says_less() {
    let tastes = rated(&[&[1, 2], &[1, 3, 4, 5, 6, 7, 8]]);
    let damped = Recommender { activity_damping: 1.0, ..PLAIN };
    let similarity = |list: &[(i64, f64)], movie| list.iter().find(|n| n.0 == movie).unwrap().1;
    let list = &lists(&tastes, damped)[&1];
    assert!(similarity(list, 2) > similarity(list, 3), "{list:?}");
}

#[test]
fn centred_scores_tell_agreement_from_disagreement() {
    let agreeing = [(1, 9), (2, 9), (3, 2)];
    let tastes: Tastes = vec![agreeing.into_iter().collect(); 3];
    let centred = Recommender { weights: Weights::Centred, ..PLAIN };
    assert_eq!(lists(&tastes, centred)[&1], [(2, 1.0)]);
}

#[test]
fn ties_go_by_id() {
    let tastes = rated(&[&[5, 4, 3, 2, 1]]);
    let two = Recommender { neighbours: 2, ..PLAIN };
    assert_eq!(lists(&tastes, two)[&3], [(1, 1.0), (2, 1.0)]);
}

/// The same by the formula, pair by pair.
fn by_formula(tastes: &Tastes, of: i64, recommender: Recommender) -> Vec<(i64, f32)> {
    let weight = |taste: &BTreeMap<_, _>| (taste.len() as f32).powf(-recommender.activity_damping);
    let sum = |has: &dyn Fn(&BTreeMap<i64, i64>) -> bool| -> f32 {
        tastes.iter().filter(|taste| has(taste)).map(weight).sum()
    };
    let others = (1..15).filter(|other| *other != of);
    let similarity = |other: i64| {
        let both = |taste: &BTreeMap<_, _>| taste.contains_key(&of) && taste.contains_key(&other);
        let count = tastes.iter().filter(|taste| both(taste)).count() as f32;
        let own = sum(&|taste| taste.contains_key(&of)).powf(1.0 - recommender.damping);
        let theirs = sum(&|taste| taste.contains_key(&other)).powf(recommender.damping);
        let belief = count / (count + recommender.shrinkage);
        (count >= recommender.common_raters as f32)
            .then(|| (other, sum(&both) / own / theirs * belief))
    };
    others.filter_map(similarity).collect()
}

proptest! {
    #[test]
    fn is_what_the_formula_says(
        tastes in vec(btree_map(1_i64..15, 1_i64..=10, 1..8), 0..30),
        shrinkage in 0.0_f32..20.0,
        damping in 0.0_f32..=1.0,
        activity_damping in 0.0_f32..=1.0,
        common_raters in 1_u32..4,
    ) {
        let recommender =
            Recommender { shrinkage, damping, activity_damping, common_raters, ..PLAIN };
        let lists = lists(&tastes, recommender);
        for of in 1..15 {
            let none = vec![];
            let list = lists.get(&of).unwrap_or(&none);
            prop_assert!(list.is_sorted_by(|a, b| a.1 > b.1 || a.1 == b.1 && a.0 < b.0));
            let expected = by_formula(&tastes, of, recommender);
            prop_assert_eq!(list.len(), expected.len());
            for (other, similarity) in expected {
                let found = list.iter().find(|n| n.0 == other).map(|n| n.1).unwrap_or_default();
                prop_assert!((found - f64::from(similarity.min(1.0))).abs() < 0.001);
            }
        }
    }

    #[test]
    fn parts_make_up_the_whole(
        tastes in vec(btree_map(1_i64..15, 1_i64..=10, 1..8), 0..20),
        cut in 0_usize..15,
    ) {
        let similarities = compare(&tastes, PLAIN);
        let movies = similarities.matrix().movies().len();
        let cut = cut.min(movies);
        let mut parts = similarities.lists(0..cut);
        parts.extend(similarities.lists(cut..movies));
        prop_assert_eq!(parts, similarities.lists(0..movies));
    }

    #[test]
    fn keeps_the_best(
        tastes in vec(btree_map(1_i64..15, 1_i64..=10, 1..8), 0..20),
        neighbours in 1_usize..5,
    ) {
        let all = lists(&tastes, PLAIN);
        for (movie, few) in lists(&tastes, Recommender { neighbours, ..PLAIN }) {
            prop_assert_eq!(&few[..], &all[&movie][..few.len()]);
            prop_assert_eq!(few.len(), all[&movie].len().min(neighbours));
        }
    }
}
