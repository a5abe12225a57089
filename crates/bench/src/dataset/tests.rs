use std::collections::HashSet;
use std::fs;

use super::shape::{POPULARITY_AND_MEAN, SCORE_FREQUENCIES};
use super::*;

const RATINGS: u64 = 300_000;

fn counts_and_sums(dataset: &Dataset) -> Vec<(f64, f64)> {
    let mut movies = vec![(0.0, 0.0); dataset.shape().movies as usize + 1];
    for rating in dataset.ratings() {
        let (count, sum) = &mut movies[rating.movie as usize];
        *count += 1.0;
        *sum += f64::from(rating.score);
    }
    movies
}

#[test]
fn has_as_many_ratings_as_asked_for_and_none_twice() {
    let dataset = Dataset::new(50_000, 1);
    let pairs: Vec<(u32, u32)> = dataset.ratings().map(|r| (r.user, r.movie)).collect();
    assert_eq!(pairs.len(), 50_000);
    assert!(pairs.is_sorted(), "by user, then by movie");
    assert_eq!(pairs.iter().collect::<HashSet<_>>().len(), 50_000);
}

#[test]
fn the_popularity_of_movies_follows_the_knots() {
    let dataset = Dataset::new(RATINGS, 1);
    let movies = counts_and_sums(&dataset);
    let expected = dataset.shape().expected_counts();
    let of_ranks = |ranks: std::ops::Range<usize>| {
        let movies = dataset.by_popularity()[ranks.clone()].iter().map(|m| movies[*m as usize].0);
        movies.sum::<f64>() / expected[ranks].iter().sum::<f64>()
    };
    for ranks in [0..10, 10..100, 100..1_000, 1_000..5_000, 5_000..15_000] {
        let ratio = of_ranks(ranks.clone());
        assert!((ratio - 1.0).abs() < 0.05, "{ranks:?}: {ratio}");
    }
}

#[test]
fn scores_are_as_frequent_as_in_movielens() {
    let mut frequencies = [0.0; 10];
    Dataset::new(RATINGS, 1).ratings().for_each(|r| frequencies[r.score as usize - 1] += 1.0);
    for (frequency, full) in frequencies.iter().zip(SCORE_FREQUENCIES) {
        let expected = f64::from(full) * RATINGS as f64 / FULL_RATINGS as f64;
        assert!((frequency / expected - 1.0).abs() < 0.1, "{frequency} instead of {expected}");
    }
}

#[test]
fn popular_movies_are_liked_better() {
    let movies = counts_and_sums(&Dataset::new(RATINGS, 1));
    let telling = movies.iter().filter(|(count, _)| *count >= 50.0);
    let points: Vec<(f64, f64)> = telling.map(|(n, sum)| (n.ln(), sum / n)).collect();
    let correlation = correlation(&points);
    assert!((correlation - POPULARITY_AND_MEAN).abs() < 0.08, "{correlation}");
}

#[test]
fn titles_are_made_of_several_scripts_and_few_are_alike() {
    let movies: Vec<Movie> = Dataset::new(100_000, 1).movies().collect();
    let titles: HashSet<&str> = movies.iter().map(|movie| movie.title.as_str()).collect();
    assert!(titles.len() * 100 > movies.len() * 85, "{} of {}", titles.len(), movies.len());
    for letter in ['ж', 'λ', 'の', '的', '한', 'é'] {
        assert!(titles.iter().any(|title| title.contains(letter)), "{letter}");
    }
    assert!(titles.iter().all(|title| (1..=60).contains(&title.chars().count())));
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_one_others() {
    let folder = tempfile::tempdir().unwrap();
    let written = |seed: u64, name: &str| {
        let folder = folder.path().join(name);
        write(&Dataset::new(5_000, seed), &folder, |_| ()).unwrap();
        ["movies.csv", "ratings.csv"].map(|file| fs::read_to_string(folder.join(file)).unwrap())
    };
    let [movies, ratings] = written(1, "a");
    assert_eq!([movies.clone(), ratings.clone()], written(1, "b"));
    let others = written(2, "c");
    assert!(movies != others[0] && ratings != others[1]);
    assert!(movies.starts_with("movieId,title,genres\n1,"));
    assert!(movies.contains(", The ("));
    assert!(ratings.starts_with("userId,movieId,rating,timestamp\n1,"));
    assert_eq!(ratings.lines().count(), 5_001);
}

fn correlation(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let sum =
        |of: &dyn Fn(f64, f64) -> f64| points.iter().map(|(a, b)| of(a - x, b - y)).sum::<f64>();
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}
