//! What a finished report says, as clients see it.

use paperclip::actix::Apiv2Schema;
use reelmark_application::report::{
    ActiveRater, CatalogueReport, Comparison, MovieReport, RankedMovie, RatingNumbers,
    ReportResult, ReportedMovie, ScoredMovie, Tally, UserReport, YearInReview,
};
use serde::Serialize;

/// The result of a report, by its kind.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum ResultResponse {
    Movie(Box<MovieReportResponse>),
    User(Box<UserReportResponse>),
    Catalogue(Box<CatalogueReportResponse>),
}

/// Ratings in numbers.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct NumbersResponse {
    /// The number of ratings.
    count: u64,
    /// The arithmetic mean, 1 to 10.
    mean: Option<f64>,
    /// By how much scores stray from the mean, 0 to 4.5.
    standard_deviation: Option<f64>,
    /// How divided opinions are, 0 to 1: 0 when all agree, 1 when half love and half hate it.
    polarization: Option<f64>,
    /// How many ratings gave each score, 1 to 10 in order.
    histogram: Vec<u64>,
}

/// A group of ratings.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct TallyResponse {
    /// The month, day, genre or decade.
    key: String,
    /// The number of ratings.
    count: u64,
    /// Their mean, 1 to 10.
    mean: f64,
}

/// What it takes to name a movie.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ReportedMovieResponse {
    /// The movie's id.
    id: i64,
    /// The title.
    title: String,
    /// The year of the first release.
    release_year: Option<i32>,
}

/// What people think of a movie.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct MovieReportResponse {
    /// The movie.
    movie: ReportedMovieResponse,
    /// Its ratings.
    numbers: NumbersResponse,
    /// The mean drawn towards the catalogue's by few ratings.
    weighted_score: Option<f64>,
    /// The ratings last given in each month, such as `2026-03`; months without ratings are left
    /// out.
    by_month: Vec<TallyResponse>,
}

/// What a user thinks of movies.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct UserReportResponse {
    /// The user.
    username: String,
    /// Their ratings.
    numbers: NumbersResponse,
    /// By genre, most ratings first; a movie counts in each of its genres.
    by_genre: Vec<TallyResponse>,
    /// By decade of the release, such as `1970s`, with `unknown` at the end.
    by_decade: Vec<TallyResponse>,
    /// By month, such as `2026-03`.
    by_month: Vec<TallyResponse>,
    /// The ten scores furthest above the mean of five others or more.
    most_generous: Vec<ComparisonResponse>,
    /// The ten scores furthest below it.
    least_generous: Vec<ComparisonResponse>,
    /// Each year in review.
    years: Vec<YearResponse>,
}

/// A score beside the mean of everybody else's.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ComparisonResponse {
    /// The movie.
    movie: ReportedMovieResponse,
    /// Their score.
    score: i16,
    /// How many others rated the movie.
    others_count: u64,
    /// The others' mean.
    others_mean: f64,
    /// The score minus the others' mean.
    difference: f64,
}

/// A year of somebody's ratings.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct YearResponse {
    /// The year.
    year: i32,
    /// The number of ratings.
    count: u64,
    /// Their mean.
    mean: f64,
    /// The day of the first rating, such as `2026-03-01`.
    first_day: String,
    /// The day of the last rating.
    last_day: String,
    /// On how many days in a row something was rated.
    longest_streak_days: u64,
    /// The five movies rated highest.
    top_rated: Vec<ScoredMovieResponse>,
}

/// A movie with the score it got.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ScoredMovieResponse {
    /// The movie.
    movie: ReportedMovieResponse,
    /// The score, 1 to 10.
    score: i16,
}

/// The whole catalogue.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct CatalogueReportResponse {
    /// The number of movies.
    movies: u64,
    /// The number of accounts.
    users: u64,
    /// The number of ratings with a review.
    reviews: u64,
    /// All ratings, whatever the period.
    numbers: NumbersResponse,
    /// The ratings last given on each day of the period, or of the last 90 days.
    by_day: Vec<TallyResponse>,
    /// The ten movies with the highest weighted scores.
    top_rated: Vec<RankedMovieResponse>,
    /// The ten movies with the greatest standard deviations, of 20 ratings or more.
    most_divisive: Vec<RankedMovieResponse>,
    /// The ten users with the most ratings in the period.
    most_active: Vec<ActiveRaterResponse>,
    /// The number of movies without ratings.
    unrated: u64,
    /// The ten of them that were added last.
    unrated_sample: Vec<ReportedMovieResponse>,
}

/// A movie in a ranking.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct RankedMovieResponse {
    /// The movie.
    movie: ReportedMovieResponse,
    /// The number of ratings.
    count: u64,
    /// Their mean.
    mean: f64,
    /// The mean drawn towards the catalogue's by few ratings.
    weighted_score: Option<f64>,
    /// By how much scores stray from the mean, 0 to 4.5.
    standard_deviation: f64,
    /// How divided opinions are, 0 to 1.
    polarization: f64,
}

/// Somebody who rates a lot.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ActiveRaterResponse {
    /// The name; null for a private profile.
    username: Option<String>,
    /// The number of ratings.
    count: u64,
    /// Their mean.
    mean: f64,
}

impl From<&ReportResult> for ResultResponse {
    fn from(result: &ReportResult) -> Self {
        match result {
            ReportResult::Movie(movie) => Self::Movie(Box::new(movie.into())),
            ReportResult::User(user) => Self::User(Box::new(user.into())),
            ReportResult::Catalogue(catalogue) => Self::Catalogue(Box::new(catalogue.into())),
        }
    }
}

impl From<&MovieReport> for MovieReportResponse {
    fn from(report: &MovieReport) -> Self {
        Self {
            movie: (&report.movie).into(),
            numbers: (&report.numbers).into(),
            weighted_score: report.weighted_score,
            by_month: all(&report.by_month),
        }
    }
}

impl From<&UserReport> for UserReportResponse {
    fn from(report: &UserReport) -> Self {
        Self {
            username: report.username.clone(),
            numbers: (&report.numbers).into(),
            by_genre: all(&report.by_genre),
            by_decade: all(&report.by_decade),
            by_month: all(&report.by_month),
            most_generous: all(&report.most_generous),
            least_generous: all(&report.least_generous),
            years: all(&report.years),
        }
    }
}

impl From<&CatalogueReport> for CatalogueReportResponse {
    fn from(report: &CatalogueReport) -> Self {
        Self {
            movies: report.movies,
            users: report.users,
            reviews: report.reviews,
            numbers: (&report.numbers).into(),
            by_day: all(&report.by_day),
            top_rated: all(&report.top_rated),
            most_divisive: all(&report.most_divisive),
            most_active: all(&report.most_active),
            unrated: report.unrated,
            unrated_sample: all(&report.unrated_sample),
        }
    }
}

impl From<&RatingNumbers> for NumbersResponse {
    fn from(numbers: &RatingNumbers) -> Self {
        Self {
            count: numbers.count,
            mean: numbers.mean,
            standard_deviation: numbers.standard_deviation,
            polarization: numbers.polarization,
            histogram: numbers.histogram.to_vec(),
        }
    }
}

impl From<&Tally> for TallyResponse {
    fn from(tally: &Tally) -> Self {
        Self { key: tally.key.clone(), count: tally.count, mean: tally.mean }
    }
}

impl From<&ReportedMovie> for ReportedMovieResponse {
    fn from(movie: &ReportedMovie) -> Self {
        Self { id: movie.id, title: movie.title.clone(), release_year: movie.release_year }
    }
}

impl From<&Comparison> for ComparisonResponse {
    fn from(compared: &Comparison) -> Self {
        Self {
            movie: (&compared.movie).into(),
            score: compared.score,
            others_count: compared.others_count,
            others_mean: compared.others_mean,
            difference: compared.difference,
        }
    }
}

impl From<&YearInReview> for YearResponse {
    fn from(year: &YearInReview) -> Self {
        Self {
            year: year.year,
            count: year.count,
            mean: year.mean,
            first_day: year.first_day.clone(),
            last_day: year.last_day.clone(),
            longest_streak_days: year.longest_streak_days as u64,
            top_rated: all(&year.top_rated),
        }
    }
}

impl From<&ScoredMovie> for ScoredMovieResponse {
    fn from(scored: &ScoredMovie) -> Self {
        Self { movie: (&scored.movie).into(), score: scored.score }
    }
}

impl From<&RankedMovie> for RankedMovieResponse {
    fn from(ranked: &RankedMovie) -> Self {
        Self {
            movie: (&ranked.movie).into(),
            count: ranked.count,
            mean: ranked.mean,
            weighted_score: ranked.weighted_score,
            standard_deviation: ranked.standard_deviation,
            polarization: ranked.polarization,
        }
    }
}

impl From<&ActiveRater> for ActiveRaterResponse {
    fn from(rater: &ActiveRater) -> Self {
        Self { username: rater.username.clone(), count: rater.count, mean: rater.mean }
    }
}

fn all<'a, A, B: From<&'a A>>(items: &'a [A]) -> Vec<B> {
    items.iter().map(B::from).collect()
}
