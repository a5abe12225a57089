use async_trait::async_trait;
use reelmark_domain::sought_key;
use serde::{Deserialize, Serialize};

use super::{MovieDetailsRecord, RepositoryError};

/// How many movies of one title key are candidates, at most.
pub const CANDIDATES_OF_KEY: usize = 20;

/// For how many movies of a file candidates are looked up at once, at most.
pub const CANDIDATE_QUERIES: usize = 500;

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
    /// The [`sought_key`] of the text, not empty.
    pub key: String,
}

impl SearchTerms {
    /// Of a text; nothing when it has neither letter nor digit.
    pub fn of(text: &str) -> Option<Self> {
        Some(sought_key(text)).filter(|key| !key.is_empty()).map(|key| Self { key })
    }
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
    /// The keys of genres of which every movie must have all.
    pub genre_keys: Vec<String>,
    pub year_from: Option<i32>,
    pub year_to: Option<i32>,
    pub runtime_from: Option<i32>,
    pub runtime_to: Option<i32>,
    /// The code of the original language.
    pub language: Option<String>,
    /// The code of a country that every movie must come from.
    pub country: Option<String>,
    pub min_ratings: i64,
    /// The least [trend](reelmark_domain::trend_weight).
    pub min_trend: Option<f64>,
    pub rated: Option<RatedFilter>,
    pub sort: MovieSort,
    /// The list starts behind this place. Its kind fits `sort`.
    pub after: Option<MoviePosition>,
    /// The greatest number of movies to return.
    pub limit: usize,
}

/// Whether a user must have rated every movie, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatedFilter {
    pub user_id: i64,
    pub has_rated: bool,
}

impl MovieFilter {
    /// The first movies of all in this order.
    pub fn all(sort: MovieSort, limit: usize) -> Self {
        Self {
            search: None,
            genre_keys: Vec::new(),
            year_from: None,
            year_to: None,
            runtime_from: None,
            runtime_to: None,
            language: None,
            country: None,
            min_ratings: 0,
            min_trend: None,
            rated: None,
            sort,
            after: None,
            limit,
        }
    }

    /// Whether there is a filter besides the search.
    pub fn is_narrowed(&self) -> bool {
        let all = Self::all(self.sort, self.limit);
        *self != Self { search: self.search.clone(), after: self.after.clone(), ..all }
    }
}

/// A movie of a list and its place there.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedMovieRecord {
    pub details: MovieDetailsRecord,
    pub position: MoviePosition,
}

/// A movie that somebody may be about to type.
#[derive(Clone, Debug, PartialEq)]
pub struct SuggestionRecord {
    pub id: i64,
    pub title: String,
    pub original_title: Option<String>,
    pub release_year: Option<i32>,
    pub rating_count: i64,
    /// 0 without ratings.
    pub weighted_score: f64,
}

/// A genre and how many movies have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GenreRecord {
    /// As the first movie that has it spells it.
    pub name: String,
    pub movie_count: i64,
}

/// How many genres are listed, at most.
pub const GENRES: usize = 500;

/// What the movie of a file may be found by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CandidateQuery {
    /// The keys of its titles, as [`TitleKey`](reelmark_domain::TitleKey) makes them.
    pub title_keys: Vec<String>,
    /// When it came out; without a year no title is looked up.
    pub year: Option<i32>,
    pub imdb: Option<String>,
    pub tmdb: Option<i64>,
    pub movielens: Option<i64>,
}

/// A movie that may be one of a file, as far as it takes to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieCandidateRecord {
    pub id: i64,
    /// The title, the original one and the others.
    pub titles: Vec<String>,
    pub release_year: Option<i32>,
    pub imdb_id: Option<String>,
    pub tmdb_id: Option<i64>,
    pub movielens_id: Option<i64>,
}

/// Reads movies together with their rating summaries. May be a little behind the repository.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait MovieReader: Send + Sync {
    /// One movie.
    async fn find(&self, id: i64) -> Result<Option<MovieDetailsRecord>, RepositoryError>;

    /// The movies that pass all filters, in order, strictly behind `after`.
    ///
    /// Which movies match search terms, and in which tier, is told by
    /// [`TitleSearch::matches`](reelmark_domain::TitleSearch::matches) of all search keys. They are
    /// looked up as [`TitleSearch::probes`](reelmark_domain::TitleSearch::probes) says; where that
    /// leads to more movies than [`SEARCH_BOUNDS`](reelmark_domain::SEARCH_BOUNDS), only those pass
    /// that it puts first, and the other filters choose before it does. Relevance sorts ascending
    /// by
    /// 1. tier: 0 a title key equals the search key, 1 starts with it, 2 has it at the start of a
    ///    word, 3 contains it, 4 resembles it; the best of all titles counts;
    /// 2. the number of search trigrams that the best title lacks;
    /// 3. the number of ratings, most first;
    /// 4. the length of the title key in characters;
    /// 5. id.
    async fn list(&self, filter: MovieFilter) -> Result<Vec<ListedMovieRecord>, RepositoryError>;

    /// How many movies pass the filters, whatever `after` and `limit` say.
    async fn count(&self, filter: MovieFilter) -> Result<u64, RepositoryError>;

    /// Movies that somebody may be about to type: those with a title that
    /// [completes](reelmark_domain::TypedTitle::is_completed_by) what was typed, as far as
    /// [`TypedTitle::probes`](reelmark_domain::TypedTitle::probes) and
    /// [`SUGGEST_BOUNDS`](reelmark_domain::SUGGEST_BOUNDS) lead to them, the more popular first.
    /// Those of which a whole title was typed come first, then those with the most ratings, with
    /// the shortest title key, by id.
    async fn suggest(
        &self,
        typed: SearchTerms,
        limit: usize,
    ) -> Result<Vec<SuggestionRecord>, RepositoryError>;

    /// The [`GENRES`] that most movies have, by their keys.
    async fn list_genres(&self) -> Result<Vec<GenreRecord>, RepositoryError>;

    /// The movies that may be one of `wanted`, of which there are at most [`CANDIDATE_QUERIES`],
    /// each once and by id: those with one of the external ids, and those that have a title with
    /// one of the keys and came out in that year, the year before or the year after. Where more
    /// than [`CANDIDATES_OF_KEY`] share key and years, only the first of them by id.
    async fn list_candidates(
        &self,
        wanted: Vec<CandidateQuery>,
    ) -> Result<Vec<MovieCandidateRecord>, RepositoryError>;
}
