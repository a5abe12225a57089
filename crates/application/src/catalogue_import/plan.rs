//! What becomes of a chunk of rows about movies.

use reelmark_domain::{MovieFacts, ReleaseYear, search_key};
use time::OffsetDateTime;

use super::known_movies::{KnownMovie, KnownMovies, Stored, Wanted};
use super::links::Link;
use super::{ImportCounts, Links};
use crate::ports::{
    CatalogueMovie, FindImportedMovies, ImportMovie, ImportedMovieRecord, ImportedRow, InsertMovie,
    MergeIds, MovieChunk, RowFault, RowProblem, UniqueKey,
};

/// A row, with the ids that the links give it.
pub(super) struct LinkedRow<'a> {
    row: &'a ImportedRow<CatalogueMovie>,
    link: Option<&'a Link>,
    facts: MovieFacts,
}

/// What is stored, and what is said about it.
#[derive(Debug)]
pub(super) struct Plan {
    pub chunk: MovieChunk,
    pub counts: ImportCounts,
    pub problems: Vec<RowProblem>,
}

pub(super) fn linked<'a>(
    rows: &'a [ImportedRow<CatalogueMovie>],
    links: &'a Links,
) -> Vec<LinkedRow<'a>> {
    rows.iter().map(|row| LinkedRow::new(row, links)).collect()
}

/// The movies that the rows have to be compared with.
pub(super) fn wanted(set: Option<i64>, rows: &[LinkedRow<'_>]) -> FindImportedMovies {
    let mut all = FindImportedMovies { set, ..FindImportedMovies::default() };
    for wanted in rows.iter().map(LinkedRow::wanted) {
        if !wanted.has_any_id() {
            all.title_keys.push(wanted.title.0);
            continue;
        }
        all.numbers.extend(wanted.number);
        all.imdb.extend(wanted.imdb);
        all.tmdb.extend(wanted.tmdb);
        all.movielens.extend(wanted.movielens);
    }
    all
}

impl Plan {
    pub fn of(
        set: i64,
        rows: &[LinkedRow<'_>],
        known: Vec<ImportedMovieRecord>,
        at: OffsetDateTime,
    ) -> Self {
        let chunk = MovieChunk { set, movies: vec![], numbers: vec![], ids: vec![], at };
        let counts = ImportCounts::default();
        let mut plan = Self { chunk, counts, problems: Vec::new() };
        let mut known = KnownMovies::of(known);
        for row in rows {
            plan.take(row, &mut known);
        }
        plan
    }

    fn take(&mut self, row: &LinkedRow<'_>, known: &mut KnownMovies) {
        let mut wanted = row.wanted();
        let place = match known.find(&wanted) {
            Ok(place) => place,
            Err(fault) => {
                self.counts.rejected += 1;
                return self.problems.push(row.problem(fault));
            }
        };
        let faults = known.settle(place, &mut wanted);
        self.counts.warnings += faults.len() as u64;
        self.problems.extend(faults.into_iter().map(|fault| row.problem(fault)));
        match place {
            Some(place) => self.complete(known.complete(place, &wanted)),
            None => self.add(row, wanted, known),
        }
    }

    /// A movie that is known gets what it lacks.
    fn complete(&mut self, got: KnownMovie) {
        let gets_ids = got.imdb.is_some() || got.tmdb.is_some() || got.movielens.is_some();
        match got.stored_as {
            Stored::Not(index) => {
                let ImportMovie { number, movie } = &mut self.chunk.movies[index];
                *number = number.or(got.number);
                let facts = &mut movie.facts;
                facts.imdb_id = facts.imdb_id.take().or(got.imdb);
                facts.tmdb_id = facts.tmdb_id.or(got.tmdb);
                facts.movielens_id = facts.movielens_id.or(got.movielens);
                self.counts.unchanged += 1;
            }
            Stored::As(movie_id) => {
                self.chunk.numbers.extend(got.number.map(|number| (number, movie_id)));
                if gets_ids {
                    let (imdb_id, tmdb_id) = (got.imdb, got.tmdb);
                    let movielens_id = got.movielens;
                    self.chunk.ids.push(MergeIds { movie_id, imdb_id, tmdb_id, movielens_id });
                    self.counts.changed += 1;
                } else {
                    self.counts.unchanged += 1;
                }
            }
        }
    }

    fn add(&mut self, row: &LinkedRow<'_>, settled: Wanted, known: &mut KnownMovies) {
        let mut movie = InsertMovie::new(&row.facts, None, self.chunk.at);
        movie.facts.imdb_id.clone_from(&settled.imdb);
        movie.facts.tmdb_id = settled.tmdb;
        movie.facts.movielens_id = settled.movielens;
        let added = KnownMovie {
            stored_as: Stored::Not(self.chunk.movies.len()),
            number: settled.number,
            imdb: settled.imdb,
            tmdb: settled.tmdb,
            movielens: settled.movielens,
        };
        known.add(added, settled.title);
        self.chunk.movies.push(ImportMovie { number: settled.number, movie });
        self.counts.added += 1;
    }
}

impl<'a> LinkedRow<'a> {
    fn new(row: &'a ImportedRow<CatalogueMovie>, links: &'a Links) -> Self {
        let mut facts = row.value.facts.clone();
        let link = links.of(&facts.external_ids);
        if let Some(link) = link {
            let ids = &mut facts.external_ids;
            ids.imdb = ids.imdb.take().or_else(|| link.imdb.clone());
            ids.tmdb = ids.tmdb.or(link.tmdb);
        }
        Self { row, link, facts }
    }

    fn wanted(&self) -> Wanted {
        let year = self.facts.release_year.map(ReleaseYear::get);
        let title = (search_key(self.facts.title.as_str()), year);
        Wanted::new(self.row.value.number, &self.facts.external_ids, title)
    }

    /// Ids mostly come from the links, whose place then says more.
    fn problem(&self, fault: RowFault) -> RowProblem {
        let own = &self.row.value.facts.external_ids;
        let is_own = match &fault {
            RowFault::TakenId { key } | RowFault::OtherId { key } => match key {
                UniqueKey::ImdbId => own.imdb.is_some(),
                UniqueKey::TmdbId => own.tmdb.is_some(),
                _ => true,
            },
            _ => true,
        };
        let place = match self.link {
            Some(link) if !is_own => link.place.clone(),
            _ => self.row.place.clone(),
        };
        RowProblem { place, fault }
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
