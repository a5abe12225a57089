use reelmark_domain::{MovieId, ReleaseYear, Title, ValueError};

use crate::ports::{CorruptRecord, MovieReader, RepositoryError, SearchTerms, SuggestionRecord};

/// Somebody is typing a title.
#[derive(Clone, Debug)]
pub struct SuggestMovies {
    /// What is there so far.
    pub text: String,
    /// The greatest number of suggestions.
    pub limit: usize,
}

impl SuggestMovies {
    /// The greatest number of suggestions that can be asked for.
    pub const MAX: usize = 10;
    /// The greatest number unless asked for another.
    pub const DEFAULT: usize = 8;
}

/// A movie that somebody may be about to type.
#[derive(Clone, Debug, PartialEq)]
pub struct MovieSuggestion {
    pub id: MovieId,
    pub title: Title,
    pub original_title: Option<Title>,
    pub release_year: Option<ReleaseYear>,
    /// The number of ratings.
    pub count: u64,
    /// Nothing without ratings.
    pub weighted_score: Option<f64>,
}

/// Nothing is suggested for a text without letters and digits.
pub(super) async fn run(
    movies: &dyn MovieReader,
    query: SuggestMovies,
) -> Result<Vec<MovieSuggestion>, RepositoryError> {
    let Some(typed) = SearchTerms::of(&query.text) else {
        return Ok(vec![]);
    };
    let found = movies.suggest(typed, query.limit).await?;
    let found = found.into_iter().map(MovieSuggestion::try_from);
    found.collect::<Result<_, _>>().map_err(RepositoryError::from)
}

impl TryFrom<SuggestionRecord> for MovieSuggestion {
    type Error = CorruptRecord;

    fn try_from(record: SuggestionRecord) -> Result<Self, CorruptRecord> {
        let row = record.id;
        let corrupt = |column| {
            move |source: ValueError| CorruptRecord { table: "movies", column, row, source }
        };
        let original_title = record.original_title.as_deref().map(Title::parse).transpose();
        let release_year = record.release_year.map(i64::from).map(ReleaseYear::from_stored);
        let count = u64::try_from(record.rating_count).unwrap_or(0);
        Ok(Self {
            id: MovieId::parse(row).map_err(corrupt("id"))?,
            title: Title::parse(&record.title).map_err(corrupt("title"))?,
            original_title: original_title.map_err(corrupt("original_title"))?,
            release_year: release_year.transpose().map_err(corrupt("release_year"))?,
            count,
            weighted_score: (count > 0).then_some(record.weighted_score),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockMovieReader;

    fn record(rating_count: i64) -> SuggestionRecord {
        SuggestionRecord {
            id: 42,
            title: "Stalker".into(),
            original_title: Some("Сталкер".into()),
            release_year: Some(1979),
            rating_count,
            weighted_score: if rating_count == 0 { 0.0 } else { 7.5 },
        }
    }

    async fn suggested(text: &str, movies: MockMovieReader) -> Vec<MovieSuggestion> {
        run(&movies, SuggestMovies { text: text.into(), limit: 3 }).await.unwrap()
    }

    #[tokio::test]
    async fn an_unrated_movie_has_no_score() {
        let mut movies = MockMovieReader::new();
        let is_expected = |typed: &SearchTerms, limit: &usize| typed.key == "stal" && *limit == 3;
        movies.expect_suggest().withf(is_expected).returning(|_, _| Ok(vec![record(2), record(0)]));
        let found = suggested("Stal", movies).await;
        let scores: Vec<_> = found.iter().map(|found| found.weighted_score).collect();
        assert_eq!(scores, [Some(7.5), None]);
    }

    #[tokio::test]
    async fn nothing_is_suggested_for_punctuation() {
        assert_eq!(suggested(" ?! ", MockMovieReader::new()).await, []);
    }
}
