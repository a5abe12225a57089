use async_trait::async_trait;

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
    /// The search key of the text, not empty.
    pub key: String,
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

impl MovieFilter {
    /// Whether there is a filter besides the search.
    pub fn is_narrowed(&self) -> bool {
        let has_years = self.year_from.is_some() || self.year_to.is_some();
        self.genre_key.is_some() || has_years || self.min_ratings > 0
    }
}

/// A movie of a list and its place there.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedMovieRecord {
    pub details: MovieDetailsRecord,
    pub position: MoviePosition,
}

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
    /// [`TitleSearch::matches`](reelmark_domain::TitleSearch::matches) of both title keys. They are
    /// looked up as [`TitleSearch::probes`](reelmark_domain::TitleSearch::probes) says; where that
    /// leads to more movies than [`SEARCH_BOUNDS`](reelmark_domain::SEARCH_BOUNDS), only those pass
    /// that it puts first, and the other filters choose before it does. Relevance sorts ascending
    /// by
    /// 1. tier: 0 a title key equals the search key, 1 starts with it, 2 has it at the start of a
    ///    word, 3 contains it, 4 resembles it; the better of title and original title counts;
    /// 2. the number of search trigrams that the movie lacks;
    /// 3. the number of ratings, most first;
    /// 4. the length of the title key in characters;
    /// 5. id.
    async fn list(&self, filter: MovieFilter) -> Result<Vec<ListedMovieRecord>, RepositoryError>;

    /// How many movies pass the filters, whatever `after` and `limit` say.
    async fn count(&self, filter: MovieFilter) -> Result<u64, RepositoryError>;

    /// The movies that may be one of `wanted`, of which there are at most [`CANDIDATE_QUERIES`],
    /// each once and by id: those with one of the external ids, and those that have a title with
    /// one of the keys and came out in that year, the year before or the year after. Where more
    /// than [`CANDIDATES_OF_KEY`] share key and years, only the first of them by id.
    async fn list_candidates(
        &self,
        wanted: Vec<CandidateQuery>,
    ) -> Result<Vec<MovieCandidateRecord>, RepositoryError>;
}
