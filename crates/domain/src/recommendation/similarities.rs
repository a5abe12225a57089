use std::ops::Range;

use super::taste_matrix::Cell;
use super::{Neighbour, NeighbourList, Recommender, Similarity, TasteMatrix, Weights};

/// Tells which movies are alike, by all that is known of who rated what.
///
/// A movie's neighbours are counted by going through all ratings of all its raters. So nothing is
/// kept per pair of movies: memory is the matrix, and 28 bytes per movie while it works.
#[derive(Clone, Debug)]
pub struct Similarities {
    matrix: TasteMatrix,
    recommender: Recommender,
    raters: Vec<Rater>,
    /// `Σ a x²` of each movie.
    norms: Vec<f32>,
}

#[derive(Clone, Copy, Debug)]
struct Rater {
    mean: f32,
    weight: f32,
}

/// What two movies have in common, for all movies beside one.
struct Shared {
    products: Vec<f32>,
    raters: Vec<u32>,
    /// The movies that have anything.
    found: Vec<u32>,
    /// Those of them that are alike, before the best are chosen.
    alike: Vec<Neighbour>,
}

impl Similarities {
    /// Gets ready to compare the movies of `matrix`.
    pub fn new(matrix: TasteMatrix, recommender: Recommender) -> Self {
        let rater = |user| Rater::of(matrix.of_user(user), &recommender);
        let raters: Vec<Rater> = (0..matrix.raters()).map(rater).collect();
        let norm = |movie| norm(matrix.of_movie(movie), &raters, recommender.weights);
        let norms = (0..matrix.movies().len()).map(norm).collect();
        Self { matrix, recommender, raters, norms }
    }

    /// What is compared.
    pub fn matrix(&self) -> &TasteMatrix {
        &self.matrix
    }

    /// The neighbours of the movies with these numbers; movies without any are left out.
    pub fn lists(&self, movies: Range<usize>) -> Vec<NeighbourList> {
        let mut shared = Shared::new(self.norms.len());
        let lists = movies.map(|movie| {
            self.share(movie, &mut shared);
            let neighbours = self.nearest(movie, &mut shared);
            NeighbourList { movie: self.matrix.movies()[movie], neighbours }
        });
        lists.filter(|list| !list.neighbours.is_empty()).collect()
    }

    /// Adds up what the raters of a movie think of all others.
    fn share(&self, movie: usize, shared: &mut Shared) {
        for seen in self.matrix.of_movie(movie) {
            let rater = self.raters[seen.row()];
            let own = rater.weight * rater.value(*seen, self.recommender.weights);
            for other in self.matrix.of_user(seen.row()) {
                let product = own * rater.value(*other, self.recommender.weights);
                shared.add(other.row(), product);
            }
        }
        shared.drop_movie(movie);
    }

    /// The greatest similarities, ties by id. Forgets what is shared on the way.
    fn nearest(&self, movie: usize, shared: &mut Shared) -> Vec<Neighbour> {
        while let Some(other) = shared.found.pop() {
            let other = other as usize;
            let (product, raters) = shared.take(other);
            if raters >= self.recommender.common_raters
                && let Some(similarity) = self.similarity(movie, other, product, raters)
            {
                let movie = self.matrix.movies()[other];
                shared.alike.push(Neighbour { movie, similarity });
            }
        }
        shared.take_best(self.recommender.neighbours)
    }

    fn similarity(&self, from: usize, to: usize, product: f32, raters: u32) -> Option<Similarity> {
        let Recommender { damping, shrinkage, .. } = self.recommender;
        let norm = self.norms[from].powf(1.0 - damping) * self.norms[to].powf(damping);
        let belief = raters as f32 / (raters as f32 + shrinkage);
        Similarity::round(product / norm * belief)
    }
}

impl Rater {
    fn of(cells: &[Cell], recommender: &Recommender) -> Self {
        let count = cells.len() as f32;
        let mean = cells.iter().map(|cell| cell.score()).sum::<f32>() / count;
        Self { mean, weight: count.powf(-recommender.activity_damping) }
    }

    fn value(self, cell: Cell, weights: Weights) -> f32 {
        match weights {
            Weights::Presence => 1.0,
            Weights::Centred => cell.score() - self.mean,
        }
    }
}

fn norm(cells: &[Cell], raters: &[Rater], weights: Weights) -> f32 {
    let part = |cell: &Cell| {
        let rater = raters[cell.row()];
        rater.weight * rater.value(*cell, weights).powi(2)
    };
    cells.iter().map(part).sum()
}

impl Shared {
    fn new(movies: usize) -> Self {
        Self { products: vec![0.0; movies], raters: vec![0; movies], found: vec![], alike: vec![] }
    }

    fn add(&mut self, movie: usize, product: f32) {
        if self.raters[movie] == 0 {
            self.found.push(movie as u32);
        }
        self.products[movie] += product;
        self.raters[movie] += 1;
    }

    /// A movie is not its own neighbour. It stays among those found, with nothing.
    fn drop_movie(&mut self, movie: usize) {
        self.take(movie);
    }

    /// Copied, so that what is kept takes no more room than it needs.
    fn take_best(&mut self, most: usize) -> Vec<Neighbour> {
        let order = |a: &Neighbour, b: &Neighbour| {
            b.similarity.cmp(&a.similarity).then(a.movie.cmp(&b.movie))
        };
        if self.alike.len() > most {
            self.alike.select_nth_unstable_by(most, order);
            self.alike.truncate(most);
        }
        self.alike.sort_unstable_by(order);
        let best = self.alike.to_vec();
        self.alike.clear();
        best
    }

    fn take(&mut self, movie: usize) -> (f32, u32) {
        let taken = (self.products[movie], self.raters[movie]);
        (self.products[movie], self.raters[movie]) = (0.0, 0);
        taken
    }
}

#[cfg(test)]
mod tests;
