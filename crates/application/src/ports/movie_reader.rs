use async_trait::async_trait;

use super::{MovieDetailsRecord, RepositoryError};

/// The order of a list of movies. Ties are broken by id in the same direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MovieSort {
    /// By title key, ascending.
    Title,
    /// By release year, newest first; movies without a year count as year 0.
    ReleaseYear,
    /// By weighted score, greatest first; unrated movies count as 0.
    WeightedScore,
    /// By number of ratings, greatest first.
    RatingCount,
    /// By [trend](reelmark_domain::trend_weight), greatest first.
    Trend,
    /// By the time they were added, latest first.
    Added,
    /// Best match first; only together with search terms. See [`MovieReader::list`].
    Relevance,
}

/// What people typed to find a movie, prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTerms {
    /// The search key of the text, not empty.
    pub key: String,
    /// The trigrams of the key.
    pub trigrams: Vec<String>,
}

/// The place of one movie in a list: the values of its sort keys.
#[derive(Clone, Debug, PartialEq)]
pub enum MoviePosition {
    /// Title key and id.
    Title(String, i64),
    /// The number that is sorted by, and the id. Release year, weighted score, number of ratings,
    /// trend, or microseconds since 1970.
    Number(f64, i64),
    /// Tier, missing trigrams, minus the number of ratings, length of the title key, id.
    Relevance([i64; 5]),
}

/// Which movies a list holds, in which order, from where.
#[derive(Clone, Debug, PartialEq)]
pub struct MovieFilter {
    pub search: Option<SearchTerms>,
    /// The key of a genre that every movie must have.
    pub genre_key: Option<String>,
    pub year_from: Option<i32>,
    pub year_to: Option<i32>,
    pub min_ratings: i64,
    pub sort: MovieSort,
    /// The list starts behind this place. Its kind fits `sort`.
    pub after: Option<MoviePosition>,
    /// The greatest number of movies to return.
    pub limit: usize,
}

/// A movie of a list and its place there.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedMovieRecord {
    pub details: MovieDetailsRecord,
    pub position: MoviePosition,
}

/// Reads movies together with their rating summaries. May be a little behind the repository.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait MovieReader: Send + Sync {
    /// One movie.
    async fn find(&self, id: i64) -> Result<Option<MovieDetailsRecord>, RepositoryError>;

    /// The movies that pass all filters, in order, strictly behind `after`.
    ///
    /// A movie matches search terms when one of its title keys contains the search key, or when it
    /// shares at least [`min_shared_trigrams`] of the search trigrams. Relevance sorts ascending by
    /// 1. tier: 0 a title key equals the search key, 1 starts with it, 2 has it at the start of a
    ///    word, 3 contains it, 4 resembles it; the better of title and original title counts;
    /// 2. the number of search trigrams that the movie lacks;
    /// 3. the number of ratings, most first;
    /// 4. the length of the title key in characters;
    /// 5. id.
    async fn list(&self, filter: MovieFilter) -> Result<Vec<ListedMovieRecord>, RepositoryError>;

    /// How many movies pass the filters, whatever `after` and `limit` say.
    async fn count(&self, filter: MovieFilter) -> Result<u64, RepositoryError>;
}

/// How many of `searched` trigrams a movie must share to resemble the search terms: two in five,
/// rounded up, which forgives one typo in a word of five letters.
pub fn min_shared_trigrams(searched: usize) -> usize {
    (searched * 2).div_ceil(5).max(1)
}
