use reelmark_domain::Genre;

use crate::ports::{CorruptRecord, MovieReader, RepositoryError};

/// A genre and how many movies have it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GenreCount {
    pub genre: Genre,
    pub movies: u64,
}

pub(super) async fn run(movies: &dyn MovieReader) -> Result<Vec<GenreCount>, RepositoryError> {
    let genres = movies.list_genres().await?.into_iter().zip(1..).map(|(record, row)| {
        let corrupt = |source| CorruptRecord { table: "movie_genres", column: "name", row, source };
        let genre = Genre::parse(&record.name).map_err(corrupt)?;
        Ok(GenreCount { genre, movies: u64::try_from(record.movie_count).unwrap_or(0) })
    });
    genres.collect::<Result<_, CorruptRecord>>().map_err(RepositoryError::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{GenreRecord, MockMovieReader};

    async fn listed(name: &str) -> Result<Vec<GenreCount>, RepositoryError> {
        let record = GenreRecord { name: name.into(), movie_count: 7 };
        let mut movies = MockMovieReader::new();
        movies.expect_list_genres().returning(move || Ok(vec![record.clone()]));
        run(&movies).await
    }

    #[tokio::test]
    async fn lists_genres_with_their_numbers_of_movies() {
        let genre = Genre::parse("Drama").unwrap();
        assert_eq!(listed("Drama").await.unwrap(), [GenreCount { genre, movies: 7 }]);
    }

    #[tokio::test]
    async fn takes_an_impossible_name_for_damage() {
        assert!(matches!(listed("\0").await, Err(RepositoryError::Corrupt(_))));
    }
}
