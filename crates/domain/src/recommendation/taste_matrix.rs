use std::collections::HashMap;

use crate::{MovieId, Score};

use super::Taste;

/// A row's number and a score, in four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell(u32);

impl Cell {
    const SCORE_BITS: u32 = 4;
    /// The greatest number of rows: 268 million.
    const ROWS: usize = 1 << (u32::BITS - Self::SCORE_BITS);

    fn new(row: u32, score: Score) -> Self {
        Self((row << Self::SCORE_BITS) | u32::from(score.get()))
    }

    pub(super) fn row(self) -> usize {
        (self.0 >> Self::SCORE_BITS) as usize
    }

    pub(super) fn score(self) -> f32 {
        (self.0 & ((1 << Self::SCORE_BITS) - 1)) as f32
    }

    fn facing(self, row: u32) -> Self {
        Self((row << Self::SCORE_BITS) | (self.0 & ((1 << Self::SCORE_BITS) - 1)))
    }
}

/// Rows of cells, one behind the other.
#[derive(Clone, Debug, Default)]
struct Rows {
    /// Where each row ends.
    ends: Vec<u32>,
    cells: Vec<Cell>,
}

impl Rows {
    fn row(&self, row: usize) -> &[Cell] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.cells[start as usize..self.ends[row] as usize]
    }
}

/// Who rated what, by rater and by movie, in eight bytes per rating.
#[derive(Clone, Debug, Default)]
pub struct TasteMatrix {
    movies: Vec<MovieId>,
    by_user: Rows,
    by_movie: Rows,
}

/// Collects tastes, up to a number of ratings.
#[derive(Clone, Debug)]
pub struct TasteMatrixBuilder {
    known: HashMap<MovieId, u32>,
    movies: Vec<MovieId>,
    by_user: Rows,
    most: usize,
}

impl TasteMatrixBuilder {
    /// Makes room for `most` ratings, 4 billion at most.
    pub fn new(most: usize) -> Self {
        let most = most.min(u32::MAX as usize);
        let by_user = Rows { ends: vec![], cells: Vec::with_capacity(most) };
        Self { known: HashMap::new(), movies: vec![], by_user, most }
    }

    /// Adds somebody's taste; says whether there was room for it.
    pub fn add(&mut self, taste: &Taste) -> bool {
        let opinions = taste.opinions();
        let has_room = self.by_user.cells.len() + opinions.len() <= self.most
            && self.by_user.ends.len() < Cell::ROWS
            && self.movies.len() + opinions.len() <= Cell::ROWS;
        if has_room && !opinions.is_empty() {
            for opinion in opinions {
                let movie = self.number(opinion.movie);
                self.by_user.cells.push(Cell::new(movie, opinion.score));
            }
            self.by_user.ends.push(self.by_user.cells.len() as u32);
        }
        has_room
    }

    /// How many ratings there are.
    pub fn ratings(&self) -> usize {
        self.by_user.cells.len()
    }

    /// Turns the ratings over, so that those of a movie are found, too.
    pub fn build(self) -> TasteMatrix {
        let by_movie = turned(&self.by_user, self.movies.len());
        TasteMatrix { movies: self.movies, by_user: self.by_user, by_movie }
    }

    fn number(&mut self, movie: MovieId) -> u32 {
        let next = self.movies.len() as u32;
        *self.known.entry(movie).or_insert_with(|| {
            self.movies.push(movie);
            next
        })
    }
}

/// The cells by column; those of a column in the order of the rows.
fn turned(rows: &Rows, columns: usize) -> Rows {
    let mut next = vec![0_u32; columns + 1];
    for cell in &rows.cells {
        next[cell.row() + 1] += 1;
    }
    for column in 0..columns {
        next[column + 1] += next[column];
    }
    let mut cells = vec![Cell(0); rows.cells.len()];
    for row in 0..rows.ends.len() {
        for cell in rows.row(row) {
            let place = &mut next[cell.row()];
            cells[*place as usize] = cell.facing(row as u32);
            *place += 1;
        }
    }
    // Each start has moved to the end of its column by now.
    next.truncate(columns);
    Rows { ends: next, cells }
}

impl TasteMatrix {
    /// The movies that somebody rated, in the order of their numbers.
    pub fn movies(&self) -> &[MovieId] {
        &self.movies
    }

    /// How many people rated something.
    pub fn raters(&self) -> usize {
        self.by_user.ends.len()
    }

    /// How many people rated the movie of this number.
    pub fn raters_of(&self, movie: usize) -> usize {
        self.of_movie(movie).len()
    }

    /// What this rater rated: numbers of movies.
    pub(super) fn of_user(&self, user: usize) -> &[Cell] {
        self.by_user.row(user)
    }

    /// Who rated this movie: numbers of raters.
    pub(super) fn of_movie(&self, movie: usize) -> &[Cell] {
        self.by_movie.row(movie)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recommendation::Opinion;
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    fn taste(opinions: &[(i64, i64)]) -> Taste {
        let opinion = |(movie, score): &(i64, i64)| Opinion {
            movie: MovieId::parse(*movie).unwrap(),
            score: Score::parse(*score).unwrap(),
        };
        Taste::new(opinions.iter().map(opinion).collect())
    }

    fn matrix(tastes: &[Vec<(i64, i64)>]) -> TasteMatrix {
        let mut builder = TasteMatrixBuilder::new(1_000);
        assert!(tastes.iter().all(|opinions| builder.add(&taste(opinions))));
        builder.build()
    }

    proptest! {
        #[test]
        fn both_sides_hold_the_same_ratings(
            tastes in vec(btree_map(1_i64..20, 1_i64..=10, 1..10), 0..20),
        ) {
            let tastes: Vec<Vec<_>> = tastes.into_iter().map(Vec::from_iter).collect();
            let matrix = matrix(&tastes);
            let mut turned = vec![];
            for (number, movie) in matrix.movies().iter().enumerate() {
                for cell in matrix.of_movie(number) {
                    turned.push((cell.row(), movie.get(), cell.score() as i64));
                }
            }
            turned.sort_unstable();
            let all = tastes.iter().enumerate();
            let all = all.flat_map(|(user, row)| row.iter().map(move |(m, s)| (user, *m, *s)));
            prop_assert_eq!(turned, Vec::from_iter(all));
        }
    }

    #[test]
    fn takes_no_more_than_there_is_room_for() {
        let mut builder = TasteMatrixBuilder::new(3);
        assert!(builder.add(&taste(&[(1, 5), (2, 6)])));
        assert!(!builder.add(&taste(&[(1, 5), (2, 6)])));
        assert!(builder.add(&taste(&[(3, 7)])));
        assert_eq!((builder.ratings(), builder.build().raters()), (3, 2));
    }

    #[test]
    fn who_rated_nothing_takes_no_row() {
        assert_eq!(matrix(&[vec![], vec![(1, 5)], vec![]]).raters(), 1);
    }
}
