//! How strongly each movie must attract for it to get its ratings.

use super::classes::{Class, classify};

/// Enough for the counts to be right within a thousandth.
const ROUNDS: usize = 80;

/// A weight for each movie, such that users who draw movies by weight until they have as many
/// different ones as they rate give each movie `counts` ratings on average.
///
/// Weights in proportion to the counts would not do: who rates thousands of movies draws the
/// popular ones again and again, which counts once, and so reaches far into the unpopular ones. A
/// user who draws for a time `t` meets a movie of weight `w` with the probability `1 − exp(−w·t)`.
/// The weights of all movies and the times of all users are corrected in turn until both sums are
/// right.
pub fn fit(counts: &[f64], activity: &[u32]) -> Vec<f64> {
    let (movies, class_of_movie) = classify(counts);
    let users = users(activity);
    let mut weights: Vec<f64> = movies.iter().map(|movie| movie.mean).collect();
    let total: f64 = counts.iter().sum();
    let mut times: Vec<f64> = users.iter().map(|user| user.mean / total).collect();
    for _ in 0..ROUNDS {
        correct(&mut times, &users, &weights, &movies);
        correct(&mut weights, &movies, &times, &users);
    }
    let correction = |class: usize| weights[class] / movies[class].mean;
    counts.iter().zip(class_of_movie).map(|(count, class)| count * correction(class)).collect()
}

fn users(activity: &[u32]) -> Vec<Class> {
    let mut descending: Vec<f64> = activity.iter().map(|count| f64::from(*count)).collect();
    descending.sort_by(|a, b| b.total_cmp(a));
    classify(&descending).0
}

/// Corrects one side by how far its ratings are off, the other side being what it is.
fn correct(strengths: &mut [f64], classes: &[Class], others: &[f64], other_classes: &[Class]) {
    for (strength, class) in strengths.iter_mut().zip(classes) {
        let pairs = others.iter().zip(other_classes);
        let expected: f64 =
            pairs.map(|(other, met)| -met.members * (-*strength * other).exp_m1()).sum();
        *strength *= class.mean / expected;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::activity;
    use crate::dataset::shape::Shape;

    #[test]
    fn the_popular_attract_more_strongly_than_in_proportion() {
        let shape = Shape::of(100_000);
        let counts = shape.expected_counts();
        let weights = fit(&counts, &activity::of(&shape, 1));

        let ratio = |of: &[f64]| of[0] / of[1_000];
        assert!(ratio(&weights) > 1.2 * ratio(&counts));
        assert!(weights.iter().all(|weight| weight.is_finite() && *weight > 0.0));
    }
}
