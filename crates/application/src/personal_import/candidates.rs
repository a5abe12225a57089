use std::collections::HashMap;

use reelmark_domain::{
    ExternalIds, ImdbId, MatchCandidate, MatchOutcome, MovieId, MovieLensId, MovieReference,
    ReleaseYear, Title, TitleKey, TmdbId, ValueError, match_movie,
};

use super::ImportCandidate;
use crate::ports::{
    CandidateQuery, CorruptRecord, MovieCandidateRecord, MovieReader, RepositoryError,
};

/// The movies that some references may mean, found by what may tell one of them.
#[derive(Default)]
pub(crate) struct Candidates {
    all: Vec<MatchCandidate>,
    by_clue: HashMap<Clue, Vec<usize>>,
}

/// What a reference and a movie may have in common.
#[derive(PartialEq, Eq, Hash)]
enum Clue {
    Title(String),
    Imdb(String),
    Tmdb(i64),
    MovieLens(i64),
}

impl Candidates {
    /// Looks up all that these references may mean.
    pub(crate) async fn of(
        movies: &dyn MovieReader,
        references: &[&MovieReference],
    ) -> Result<Self, RepositoryError> {
        let wanted: Vec<CandidateQuery> = references.iter().map(|one| query(one)).collect();
        if wanted.is_empty() {
            return Ok(Self::default());
        }
        let mut found = Self::default();
        for record in movies.list_candidates(wanted).await? {
            found.add(candidate(record)?);
        }
        Ok(found)
    }

    fn add(&mut self, candidate: MatchCandidate) {
        let place = self.all.len();
        for clue in clues(&candidate.titles, &candidate.external_ids) {
            self.by_clue.entry(clue).or_default().push(place);
        }
        self.all.push(candidate);
    }

    /// Which movie a reference means.
    pub(crate) fn match_movie(&self, reference: &MovieReference) -> MatchOutcome {
        let clues = clues(reference.titles(), reference.external_ids());
        let places = clues.iter().filter_map(|clue| self.by_clue.get(clue)).flatten();
        let mut places: Vec<usize> = places.copied().collect();
        places.sort_unstable();
        places.dedup();
        let likely: Vec<_> = places.iter().filter_map(|place| self.all.get(*place)).collect();
        match_movie(reference, &likely.into_iter().cloned().collect::<Vec<_>>())
    }

    /// What people are shown of a movie.
    pub(super) fn named(&self, id: MovieId) -> Option<ImportCandidate> {
        let movie = self.all.iter().find(|movie| movie.id == id)?;
        Some(ImportCandidate {
            id: id.get(),
            title: movie.titles.first().map(ToString::to_string).unwrap_or_default(),
            release_year: movie.release_year.map(ReleaseYear::get),
        })
    }
}

fn clues(titles: &[Title], ids: &ExternalIds) -> Vec<Clue> {
    let key = |title: &Title| Clue::Title(TitleKey::of(title.as_str()).as_str().to_owned());
    let mut clues: Vec<Clue> = titles.iter().map(key).collect();
    clues.extend(ids.imdb.as_ref().map(|id| Clue::Imdb(id.as_str().to_owned())));
    clues.extend(ids.tmdb.map(|id| Clue::Tmdb(id.get())));
    clues.extend(ids.movielens.map(|id| Clue::MovieLens(id.get())));
    clues
}

fn query(reference: &MovieReference) -> CandidateQuery {
    let ids = reference.external_ids();
    let key = |title: &Title| TitleKey::of(title.as_str()).as_str().to_owned();
    CandidateQuery {
        title_keys: reference.titles().iter().map(key).collect(),
        year: reference.release_year().map(ReleaseYear::get),
        imdb: ids.imdb.as_ref().map(|id| id.as_str().to_owned()),
        tmdb: ids.tmdb.map(TmdbId::get),
        movielens: ids.movielens.map(MovieLensId::get),
    }
}

fn candidate(record: MovieCandidateRecord) -> Result<MatchCandidate, CorruptRecord> {
    let row = record.id;
    let corrupt =
        |column| move |source: ValueError| CorruptRecord { table: "movies", column, row, source };
    let titles = record.titles.iter().map(|title| Title::parse(title));
    let year = record.release_year.map(|year| ReleaseYear::from_stored(year.into()));
    let imdb = record.imdb_id.map(|id| ImdbId::parse(&id)).transpose();
    let tmdb = record.tmdb_id.map(TmdbId::parse).transpose();
    let movielens = record.movielens_id.map(MovieLensId::parse).transpose();
    Ok(MatchCandidate {
        id: MovieId::parse(row).map_err(corrupt("id"))?,
        titles: titles.collect::<Result<_, _>>().map_err(corrupt("title"))?,
        release_year: year.transpose().map_err(corrupt("release_year"))?,
        external_ids: ExternalIds {
            imdb: imdb.map_err(corrupt("imdb_id"))?,
            tmdb: tmdb.map_err(corrupt("tmdb_id"))?,
            movielens: movielens.map_err(corrupt("movielens_id"))?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockMovieReader;
    use crate::testing::candidate_record;

    fn reference(title: &str, year: i64, imdb: Option<&str>) -> MovieReference {
        let titles = vec![Title::parse(title).unwrap()];
        let imdb = imdb.map(|id| ImdbId::parse(id).unwrap());
        let ids = ExternalIds { imdb, ..ExternalIds::default() };
        MovieReference::new(titles, ReleaseYear::from_stored(year).ok(), ids).unwrap()
    }

    #[tokio::test]
    async fn asks_for_all_references_at_once_and_tells_them_apart() {
        let (heat, up) = (reference("Heat", 1995, None), reference("UP!", 2010, None));
        let by_id = reference("Hitze", 1995, Some("tt0113277"));
        let mut movies = MockMovieReader::new();
        let is_all = |wanted: &Vec<CandidateQuery>| {
            let keys: Vec<_> = wanted.iter().map(|one| one.title_keys.concat()).collect();
            keys == ["heat", "up", "hitze"] && wanted[2].imdb.as_deref() == Some("tt0113277")
        };
        movies.expect_list_candidates().withf(is_all).once().returning(|_| {
            let heat = MovieCandidateRecord {
                imdb_id: Some("tt0113277".into()),
                ..candidate_record(1, "Heat", 1995)
            };
            Ok(vec![heat, candidate_record(2, "Up", 2009), candidate_record(3, "Heat", 1986)])
        });
        let found = Candidates::of(&movies, &[&heat, &up, &by_id]).await.unwrap();
        let matched = |reference| match found.match_movie(reference) {
            MatchOutcome::Matched(found) => Some((found.id.get(), found.confidence().level())),
            _ => None,
        };
        assert_eq!(matched(&heat), Some((1, "high")));
        assert_eq!(matched(&up), Some((2, "medium")));
        assert_eq!(matched(&by_id), Some((1, "high")));
        assert_eq!(matched(&reference("Alien", 1979, None)), None);
    }
}
