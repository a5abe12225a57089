use async_trait::async_trait;
use time::OffsetDateTime;

use super::RepositoryError;

/// Which ratings count: those last given from the one time on and before the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RatingSpan {
    pub from: Option<OffsetDateTime>,
    pub to: Option<OffsetDateTime>,
}

/// What it takes to name a movie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedMovieRecord {
    pub id: i64,
    pub title: String,
    pub release_year: Option<i32>,
}

/// Some ratings added up: those of one month, one day, one genre …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TallyRecord {
    /// `2026-03`, `2026-03-01`, a genre's name, or the first year of a decade.
    pub key: Option<String>,
    pub count: i64,
    pub sum: i64,
}

/// What a report about a movie is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieNumbersRecord {
    pub movie: ReportedMovieRecord,
    /// How many of the ratings gave each score, 1 to 10 in order.
    pub histogram: [i64; 10],
    /// The number of all ratings of all movies that have been counted in, and their sum.
    pub catalogue: (i64, i64),
    /// By month, in order; months without ratings are left out.
    pub by_month: Vec<TallyRecord>,
}

/// A score beside those that everybody else gave the same movie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRatingRecord {
    pub movie: ReportedMovieRecord,
    pub score: i16,
    /// How many ratings by others have been counted in.
    pub others_count: i64,
    /// Their sum.
    pub others_sum: i64,
}

/// One of the movies that somebody rated highest in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearsBestRecord {
    pub year: i32,
    pub movie: ReportedMovieRecord,
    pub score: i16,
}

/// What a report about a user is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserNumbersRecord {
    pub username: String,
    /// How many of the ratings gave each score, 1 to 10 in order.
    pub histogram: [i64; 10],
    /// The 50 most rated genres, most ratings first, ties by the genre's key. A movie counts in
    /// each of its genres.
    pub by_genre: Vec<TallyRecord>,
    /// By the first year of the decade, in order; movies without a year have no key and come last.
    pub by_decade: Vec<TallyRecord>,
    /// By day, in order; days without ratings are left out.
    pub by_day: Vec<TallyRecord>,
    /// Where the score is furthest above the mean of at least [`LEAST_OTHERS`] others, furthest
    /// first, ties by movie id.
    pub most_generous: Vec<ComparedRatingRecord>,
    /// Where it is furthest below, furthest first, ties by movie id.
    pub least_generous: Vec<ComparedRatingRecord>,
    /// Up to [`YEARS_BEST`] movies per year, in the order of years; within one by score and then
    /// time, highest and latest first, ties by movie id.
    pub years_best: Vec<YearsBestRecord>,
}

/// How many others it takes to be compared with them.
pub const LEAST_OTHERS: i64 = 5;

/// How many movies a year in review names.
pub const YEARS_BEST: i64 = 5;

/// A movie with its summary.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedMovieRecord {
    pub movie: ReportedMovieRecord,
    pub histogram: [i64; 10],
    pub catalogue_mean: Option<f64>,
}

/// Somebody who rates a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveRaterRecord {
    /// `None` for a private profile.
    pub username: Option<String>,
    pub count: i64,
    pub sum: i64,
}

/// What a report about the catalogue is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct CatalogueNumbersRecord {
    pub movies: i64,
    pub users: i64,
    pub reviews: i64,
    /// How many of all ratings that have been counted in gave each score, 1 to 10 in order.
    pub histogram: [i64; 10],
    /// The ratings of the span by day, in order; days without ratings are left out.
    pub by_day: Vec<TallyRecord>,
    /// By weighted score, highest first, ties by movie id.
    pub top_rated: Vec<RankedMovieRecord>,
    /// By standard deviation among movies with at least [`LEAST_DIVISIVE`] ratings, greatest
    /// first, ties by movie id.
    pub most_divisive: Vec<RankedMovieRecord>,
    /// By the number of ratings in the span, most first, ties by user id.
    pub most_active: Vec<ActiveRaterRecord>,
    /// How many movies no rating has been counted in for.
    pub unrated: i64,
    /// Those of them that were added last, by id descending.
    pub unrated_sample: Vec<ReportedMovieRecord>,
}

/// How many ratings it takes to divide people.
pub const LEAST_DIVISIVE: i64 = 20;

/// Reads the numbers that reports are made of. They may take a while.
///
/// MUST show the state of one moment in each answer, and the same numbers and order on every
/// engine: sums are whole numbers, and means are left to the domain. Months and days are those of
/// UTC. Rankings and samples have up to ten rows unless they say otherwise.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ReportReader: Send + Sync {
    /// About one movie; `None` when there is none with this id.
    async fn movie(
        &self,
        movie_id: i64,
        span: RatingSpan,
    ) -> Result<Option<MovieNumbersRecord>, RepositoryError>;

    /// About the user with this username key; `None` when there is none.
    async fn user(
        &self,
        username_key: String,
        span: RatingSpan,
    ) -> Result<Option<UserNumbersRecord>, RepositoryError>;

    /// About everything.
    async fn catalogue(&self, span: RatingSpan) -> Result<CatalogueNumbersRecord, RepositoryError>;
}
