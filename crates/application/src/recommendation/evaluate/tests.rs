use super::*;
use reelmark_domain::Score;
use time::{Duration, OffsetDateTime};

fn film(raw: i64) -> MovieId {
    MovieId::parse(raw).unwrap()
}

fn rated(rater: i64, movie: i64, score: i64, second: i64) -> RatedFilm {
    let at = OffsetDateTime::UNIX_EPOCH + Duration::seconds(second);
    RatedFilm { rater, movie: film(movie), score: Score::parse(score).unwrap(), at }
}

/// Two crowds, each of which rates movies of its own in turns, beginning with another; movie 100 is
/// rated by everybody first of all.
fn two_crowds() -> Vec<RatedFilm> {
    let one = |rater: i64| {
        let (first, offset) = (1 + rater % 2 * 10, rater / 2);
        let own = (0..8).map(move |n| rated(rater, first + (n + offset) % 9, 8, n + 1));
        own.chain([rated(rater, 100, 5, 0)])
    };
    (1..=40).flat_map(one).collect()
}

#[test]
fn neighbours_find_what_a_crowd_of_its_own_rates_better_than_popularity_and_chance() {
    let tastes = tastes_of(two_crowds(), 1);
    let found = evaluate(&tastes, Recommender::default(), 1);
    assert_eq!((found.ratings, found.movies, found.raters), (360, 19, 40));
    let gains = [found.neighbours, found.popular, found.random];
    let [neighbours, popular, random] = gains.map(|quality| quality.ranking.ndcg_at_10());
    assert!(neighbours > popular && neighbours > random, "{neighbours} {popular} {random}");
    assert!(neighbours > 0.6, "the last of a crowd's nine movies is among two: {neighbours}");
    assert_eq!(found.neighbours.ranking.recall_at_20(), 1.0);
}

#[test]
fn gives_the_same_for_the_same_seed() {
    let tastes = || tastes_of(two_crowds(), 7);
    let evaluate = |seed| evaluate(&tastes(), Recommender::default(), seed);
    assert_eq!(evaluate(7), evaluate(7));
    assert_ne!(evaluate(7).random, evaluate(8).random);
}

#[test]
fn nothing_comes_of_nothing() {
    let found = evaluate(&[], Recommender::default(), 1);
    assert_eq!((found.raters, found.neighbours.ranking.ndcg_at_10()), (0, 0.0));
}

#[test]
fn the_latest_rating_comes_first_and_ties_follow_the_seed() {
    let ratings = [rated(1, 1, 5, 10), rated(1, 2, 6, 20), rated(2, 3, 7, 0)];
    let tastes = tastes_of(ratings, 1);
    let movies = |taste: &Taste| -> Vec<i64> {
        taste.opinions().iter().map(|opinion| opinion.movie.get()).collect()
    };
    assert_eq!(tastes.iter().map(movies).collect::<Vec<_>>(), [vec![2, 1], vec![3]]);
    let page = (1..=20).map(|movie| rated(1, movie, 5, 0));
    let order = |seed| movies(&tastes_of(page.clone(), seed)[0]);
    assert_eq!(order(1), order(1));
    assert_ne!(order(1), order(2));
}
