use serde::{Deserialize, Serialize};

/// What a report says. It is stored as JSON, and so kept readable by later versions: members are
/// added with a default and never renamed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReportResult {
    Movie(MovieReport),
    User(UserReport),
    Catalogue(CatalogueReport),
}

/// Ratings in numbers; without ratings all but the counts are empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RatingNumbers {
    pub count: u64,
    /// 1 to 10.
    pub mean: Option<f64>,
    /// 0 to 4.5.
    pub standard_deviation: Option<f64>,
    /// 0 to 1.
    pub polarization: Option<f64>,
    /// How many ratings gave each score, 1 to 10 in order.
    pub histogram: [u64; 10],
}

/// The ratings of one month, one day, one genre or one decade in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// `2026-03`, `2026-03-01`, a genre's name, `1970s`, or `unknown`.
    pub key: String,
    pub count: u64,
    pub mean: f64,
}

/// What it takes to name a movie.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedMovie {
    pub id: i64,
    pub title: String,
    pub release_year: Option<i32>,
}

/// What people think of one movie.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MovieReport {
    pub movie: ReportedMovie,
    pub numbers: RatingNumbers,
    /// The mean drawn towards the catalogue's by few ratings; nothing without ratings.
    pub weighted_score: Option<f64>,
    pub by_month: Vec<Tally>,
}

/// What one user thinks of movies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserReport {
    pub username: String,
    pub numbers: RatingNumbers,
    pub by_genre: Vec<Tally>,
    pub by_decade: Vec<Tally>,
    pub by_month: Vec<Tally>,
    /// Where their score is furthest above everybody else's mean.
    pub most_generous: Vec<Comparison>,
    /// Where it is furthest below.
    pub least_generous: Vec<Comparison>,
    pub years: Vec<YearInReview>,
}

/// A score beside the mean of everybody else's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub movie: ReportedMovie,
    pub score: i16,
    pub others_count: u64,
    pub others_mean: f64,
    /// The score minus the others' mean.
    pub difference: f64,
}

/// One year of somebody's ratings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YearInReview {
    pub year: i32,
    pub count: u64,
    pub mean: f64,
    /// `2026-03-01`.
    pub first_day: String,
    pub last_day: String,
    /// On how many days in a row they rated something.
    pub longest_streak_days: usize,
    /// The movies they rated highest.
    pub top_rated: Vec<ScoredMovie>,
}

/// A movie with the score it got.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoredMovie {
    pub movie: ReportedMovie,
    pub score: i16,
}

/// The whole catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CatalogueReport {
    pub movies: u64,
    pub users: u64,
    pub reviews: u64,
    /// All ratings, whatever the period.
    pub numbers: RatingNumbers,
    /// The ratings of the period.
    pub by_day: Vec<Tally>,
    pub top_rated: Vec<RankedMovie>,
    pub most_divisive: Vec<RankedMovie>,
    /// Who rated most in the period.
    pub most_active: Vec<ActiveRater>,
    pub unrated: u64,
    pub unrated_sample: Vec<ReportedMovie>,
}

/// A movie in a ranking, with what it may be ranked by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RankedMovie {
    pub movie: ReportedMovie,
    pub count: u64,
    pub mean: f64,
    pub weighted_score: Option<f64>,
    pub standard_deviation: f64,
    pub polarization: f64,
}

/// Somebody who rates a lot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActiveRater {
    /// Nothing for a private profile.
    pub username: Option<String>,
    pub count: u64,
    pub mean: f64,
}
