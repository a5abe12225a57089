use reelmark_domain::{
    ExternalIds, ImdbId, MovieId, MovieLensId, Rating, ReleaseYear, Session, Title, TmdbId, User,
    ValueError,
};
use time::OffsetDateTime;

use crate::ports::{
    AddedMovieRecord, CorruptRecord, ExportedRatingRecord, MovieNamesRecord, RepositoryError,
};

/// All that is held about somebody, but for the hashes of their password and tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountExport {
    pub user: User,
    pub sessions: Vec<Session>,
    pub ratings: Vec<ExportedRating>,
    pub movies: Vec<AddedMovie>,
}

/// A rating with all that names its movie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedRating {
    pub rating: Rating,
    pub movie: MovieNames,
}

/// A movie that they added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedMovie {
    pub movie: MovieNames,
    pub created_at: OffsetDateTime,
}

/// What names a movie, here and elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieNames {
    pub id: MovieId,
    pub title: Title,
    pub release_year: Option<ReleaseYear>,
    pub external_ids: ExternalIds,
}

impl TryFrom<ExportedRatingRecord> for ExportedRating {
    type Error = RepositoryError;

    fn try_from(record: ExportedRatingRecord) -> Result<Self, RepositoryError> {
        Ok(Self { rating: record.rating.try_into()?, movie: record.movie.try_into()? })
    }
}

impl TryFrom<AddedMovieRecord> for AddedMovie {
    type Error = RepositoryError;

    fn try_from(record: AddedMovieRecord) -> Result<Self, RepositoryError> {
        Ok(Self { movie: record.movie.try_into()?, created_at: record.created_at })
    }
}

impl TryFrom<MovieNamesRecord> for MovieNames {
    type Error = CorruptRecord;

    fn try_from(record: MovieNamesRecord) -> Result<Self, CorruptRecord> {
        let row = record.id;
        let corrupt = |column| {
            move |source: ValueError| CorruptRecord { table: "movies", column, row, source }
        };
        let year = record.release_year.map(|year| ReleaseYear::from_stored(year.into()));
        Ok(Self {
            id: MovieId::parse(row).map_err(corrupt("id"))?,
            title: Title::parse(&record.title).map_err(corrupt("title"))?,
            release_year: year.transpose().map_err(corrupt("release_year"))?,
            external_ids: ExternalIds {
                imdb: record
                    .imdb_id
                    .map(|id| ImdbId::parse(&id))
                    .transpose()
                    .map_err(corrupt("imdb_id"))?,
                tmdb: record.tmdb_id.map(TmdbId::parse).transpose().map_err(corrupt("tmdb_id"))?,
                movielens: record
                    .movielens_id
                    .map(MovieLensId::parse)
                    .transpose()
                    .map_err(corrupt("movielens_id"))?,
            },
        })
    }
}
