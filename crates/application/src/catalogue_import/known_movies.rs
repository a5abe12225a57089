//! The movies that rows are compared with: those of the store, and those that rows before have
//! added.

use std::collections::HashMap;

use reelmark_domain::{ExternalIds, MovieLensId, TmdbId};

use crate::ports::{ImportedMovieRecord, RowFault, UniqueKey};

/// What an id or a number leads to: a place in the list of known movies.
pub(super) type Place = usize;

/// A movie that rows may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KnownMovie {
    pub stored_as: Stored,
    pub number: Option<i64>,
    pub imdb: Option<String>,
    pub tmdb: Option<i64>,
    pub movielens: Option<i64>,
}

/// Whether a movie is in the store already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stored {
    /// With this id.
    As(i64),
    /// It will be added, in this place of the chunk.
    Not(usize),
}

impl Default for Stored {
    fn default() -> Self {
        Self::Not(0)
    }
}

/// What a row says of which movie it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub number: Option<i64>,
    pub imdb: Option<String>,
    pub tmdb: Option<i64>,
    pub movielens: Option<i64>,
    /// The title's search key and the year, looked at when there is nothing else.
    pub title: (String, Option<i32>),
}

impl Wanted {
    pub fn new(number: Option<i64>, ids: &ExternalIds, title: (String, Option<i32>)) -> Self {
        Self {
            number,
            imdb: ids.imdb.as_ref().map(|id| id.as_str().to_owned()),
            tmdb: ids.tmdb.map(TmdbId::get),
            movielens: ids.movielens.map(MovieLensId::get),
            title,
        }
    }

    pub fn has_any_id(&self) -> bool {
        self.number.is_some()
            || self.imdb.is_some()
            || self.tmdb.is_some()
            || self.movielens.is_some()
    }
}

/// Finds movies by all they are known by.
#[derive(Default)]
pub(super) struct KnownMovies {
    movies: Vec<KnownMovie>,
    by_number: HashMap<i64, Place>,
    by_imdb: HashMap<String, Place>,
    by_tmdb: HashMap<i64, Place>,
    by_movielens: HashMap<i64, Place>,
    by_title: HashMap<(String, Option<i32>), Vec<Place>>,
}

impl KnownMovies {
    pub fn of(records: Vec<ImportedMovieRecord>) -> Self {
        let mut known = Self::default();
        for record in records {
            let movie = KnownMovie {
                stored_as: Stored::As(record.id),
                number: record.number,
                imdb: record.imdb_id,
                tmdb: record.tmdb_id,
                movielens: record.movielens_id,
            };
            known.add(movie, (record.title_key, record.release_year));
        }
        known
    }

    pub fn add(&mut self, movie: KnownMovie, title: (String, Option<i32>)) {
        self.movies.push(movie);
        self.by_title.entry(title).or_default().push(self.movies.len() - 1);
        self.index(self.movies.len() - 1);
    }

    pub fn get(&self, place: Place) -> &KnownMovie {
        &self.movies[place]
    }

    /// The movie that is meant. A number of the set goes before an id, MovieLens' id before IMDb's,
    /// and that before TMDB's; what contradicts a stronger one names another movie. A row without
    /// any of these means the one movie of the same title and year.
    pub fn find(&self, wanted: &Wanted) -> Result<Option<Place>, RowFault> {
        if !wanted.has_any_id() {
            return self.find_by_title(wanted);
        }
        let number = wanted.number.and_then(|number| self.by_number.get(&number));
        let movielens = wanted.movielens.and_then(|id| self.by_movielens.get(&id));
        let imdb = wanted.imdb.as_ref().and_then(|id| self.by_imdb.get(id));
        let tmdb = wanted.tmdb.and_then(|id| self.by_tmdb.get(&id));
        let fits = |place: &&Place| agree(self.get(**place).number, wanted.number);
        let is_of_movielens =
            |place: &&Place| fits(place) && agree(self.get(**place).movielens, wanted.movielens);
        let is_of_imdb = |place: &&Place| {
            let same = agree(self.get(**place).imdb.as_ref(), wanted.imdb.as_ref());
            is_of_movielens(place) && same
        };
        let found = number
            .or(movielens.filter(fits))
            .or(imdb.filter(is_of_movielens))
            .or(tmdb.filter(is_of_imdb));
        Ok(found.copied())
    }

    fn find_by_title(&self, wanted: &Wanted) -> Result<Option<Place>, RowFault> {
        match self.by_title.get(&wanted.title).map_or(&[][..], Vec::as_slice) {
            [] => Ok(None),
            [one] => Ok(Some(*one)),
            _ => Err(RowFault::Ambiguous),
        }
    }

    /// Takes ids away from `wanted` that belong to another movie than the one in `place`, or of
    /// which that one has another.
    pub fn settle(&self, place: Option<Place>, wanted: &mut Wanted) -> Vec<RowFault> {
        let own = place.map(|place| self.get(place));
        let mut faults = Vec::new();
        let mut keep = |key, holder: Option<&Place>, differs: bool| {
            let taken = holder.is_some_and(|holder| Some(*holder) != place);
            match (taken, differs) {
                (true, _) => faults.push(RowFault::TakenId { key }),
                (_, true) => faults.push(RowFault::OtherId { key }),
                _ => return true,
            }
            false
        };
        if let Some(id) = wanted.movielens {
            let differs = own.is_some_and(|own| !agree(own.movielens, Some(id)));
            let kept = keep(UniqueKey::MovieLensId, self.by_movielens.get(&id), differs);
            wanted.movielens = kept.then_some(id);
        }
        if let Some(id) = wanted.imdb.take() {
            let differs = own.is_some_and(|own| !agree(own.imdb.as_ref(), Some(&id)));
            let kept = keep(UniqueKey::ImdbId, self.by_imdb.get(&id), differs);
            wanted.imdb = kept.then_some(id);
        }
        if let Some(id) = wanted.tmdb {
            let differs = own.is_some_and(|own| !agree(own.tmdb, Some(id)));
            let kept = keep(UniqueKey::TmdbId, self.by_tmdb.get(&id), differs);
            wanted.tmdb = kept.then_some(id);
        }
        faults
    }

    /// Gives the movie in `place` what it lacks of what is `settled`; returns what it got.
    pub fn complete(&mut self, place: Place, settled: &Wanted) -> KnownMovie {
        let movie = &mut self.movies[place];
        let got = KnownMovie {
            stored_as: movie.stored_as,
            number: lacking(&mut movie.number, settled.number),
            imdb: lacking(&mut movie.imdb, settled.imdb.clone()),
            tmdb: lacking(&mut movie.tmdb, settled.tmdb),
            movielens: lacking(&mut movie.movielens, settled.movielens),
        };
        self.index(place);
        got
    }

    fn index(&mut self, place: Place) {
        let movie = &self.movies[place];
        self.by_number.extend(movie.number.map(|number| (number, place)));
        self.by_imdb.extend(movie.imdb.clone().map(|id| (id, place)));
        self.by_tmdb.extend(movie.tmdb.map(|id| (id, place)));
        self.by_movielens.extend(movie.movielens.map(|id| (id, place)));
    }
}

fn agree<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// Puts a value where there is none, and returns it then.
fn lacking<T: Clone>(place: &mut Option<T>, value: Option<T>) -> Option<T> {
    if place.is_some() {
        return None;
    }
    place.clone_from(&value);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: i64, imdb: Option<&str>, tmdb: Option<i64>) -> ImportedMovieRecord {
        ImportedMovieRecord {
            id,
            number: None,
            title_key: "emma".into(),
            release_year: Some(1996),
            imdb_id: imdb.map(str::to_owned),
            tmdb_id: tmdb,
            movielens_id: None,
        }
    }

    fn wanted(imdb: Option<&str>, tmdb: Option<i64>) -> Wanted {
        let title = ("emma".to_owned(), Some(1996));
        Wanted { imdb: imdb.map(str::to_owned), tmdb, title, ..Wanted::default() }
    }

    #[test]
    fn an_id_leads_to_its_movie_unless_a_stronger_one_contradicts() {
        let known = KnownMovies::of(vec![
            record(1, Some("tt1"), Some(10)),
            record(2, Some("tt2"), None),
            record(3, None, Some(30)),
        ]);
        let find = |wanted| known.find(&wanted).unwrap();
        assert_eq!(find(wanted(Some("tt2"), Some(10))), Some(1));
        assert_eq!(find(wanted(None, Some(10))), Some(0));
        assert_eq!(find(wanted(Some("tt9"), Some(10))), None);
        assert_eq!(find(wanted(Some("tt9"), Some(30))), Some(2));
        assert_eq!(find(Wanted { movielens: Some(7), ..wanted(Some("tt1"), None) }), Some(0));
    }

    #[test]
    fn a_number_goes_before_all_ids() {
        let numbered = ImportedMovieRecord { number: Some(5), ..record(1, Some("tt1"), None) };
        let known = KnownMovies::of(vec![numbered, record(2, Some("tt2"), None)]);
        let find = |number| {
            known.find(&Wanted { number: Some(number), ..wanted(Some("tt2"), None) }).unwrap()
        };
        assert_eq!(find(5), Some(0));
        assert_eq!(find(6), Some(1));
        let other = Wanted { number: Some(6), ..wanted(Some("tt1"), None) };
        assert_eq!(known.find(&other).unwrap(), None);
    }

    #[test]
    fn a_title_leads_to_its_movie_when_there_is_one_and_nothing_better() {
        let one = KnownMovies::of(vec![record(1, Some("tt1"), None)]);
        assert_eq!(one.find(&wanted(None, None)), Ok(Some(0)));
        let other_year = Wanted { title: ("emma".into(), None), ..wanted(None, None) };
        assert_eq!(one.find(&other_year), Ok(None));
        assert_eq!(one.find(&wanted(Some("tt9"), None)), Ok(None));
        let two = KnownMovies::of(vec![record(1, None, None), record(2, None, None)]);
        assert_eq!(two.find(&wanted(None, None)), Err(RowFault::Ambiguous));
    }

    #[test]
    fn ids_of_others_and_ids_that_differ_are_left_out() {
        let known =
            KnownMovies::of(vec![record(1, Some("tt1"), Some(10)), record(2, None, Some(20))]);
        let mut new = wanted(Some("tt1"), Some(99));
        assert_eq!(known.settle(None, &mut new), [RowFault::TakenId { key: UniqueKey::ImdbId }]);
        assert_eq!((new.imdb, new.tmdb), (None, Some(99)));
        let mut same = wanted(Some("tt1"), Some(99));
        assert_eq!(
            known.settle(Some(0), &mut same),
            [RowFault::OtherId { key: UniqueKey::TmdbId }]
        );
        let mut twin = wanted(Some("tt1"), Some(20));
        assert_eq!(
            known.settle(Some(0), &mut twin),
            [RowFault::TakenId { key: UniqueKey::TmdbId }]
        );
    }

    #[test]
    fn a_movie_gets_what_it_lacks_and_is_found_by_it() {
        let mut known = KnownMovies::of(vec![record(1, Some("tt1"), None)]);
        let settled = Wanted { number: Some(5), movielens: Some(7), ..wanted(Some("tt1"), None) };
        let got = known.complete(0, &settled);
        assert_eq!((got.number, got.movielens, got.imdb), (Some(5), Some(7), None));
        assert_eq!(known.find(&Wanted { movielens: Some(7), ..Wanted::default() }), Ok(Some(0)));
        let again = known.complete(0, &settled);
        assert_eq!((again.number, again.movielens), (None, None));
    }
}
