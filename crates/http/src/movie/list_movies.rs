use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::movie::{ListMovies, ListMoviesError, MovieUseCases};
use reelmark_application::ports::MovieSort;
use reelmark_domain::{Genre, ReleaseYear, Title, ValueError};
use serde::Deserialize;
use serde_json::json;

use super::presenter::ShownMoviePage;
use crate::extract::{Query, Uses};
use crate::openapi::{OperationErrors, Rule, page_rules};
use crate::problem::{ApiError, FieldErrors};
use crate::respond::{Listed, PageQuery};

pub(super) const ERRORS: OperationErrors = OperationErrors("listMovies", &[]);

const SORTS: [(&str, MovieSort); 6] = [
    ("relevance", MovieSort::Relevance),
    ("title", MovieSort::Title),
    ("release_year", MovieSort::ReleaseYear),
    ("weighted_score", MovieSort::WeightedScore),
    ("rating_count", MovieSort::RatingCount),
    ("added", MovieSort::Added),
];

#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListMoviesQuery {
    /// A title or a part of one; case, accents and small typos don't matter.
    query: Option<String>,
    /// A genre that every movie must have.
    genre: Option<String>,
    /// The first release year.
    year_from: Option<i64>,
    /// The last release year.
    year_to: Option<i64>,
    /// The least number of ratings.
    min_ratings: Option<i64>,
    /// The order. Best match first for a search and by title otherwise, unless asked.
    sort: Option<String>,
    /// How many movies a page holds.
    limit: Option<i64>,
    /// Where the page starts: `next_cursor` of the page before.
    cursor: Option<String>,
    /// `exact` to have all matches counted.
    count: Option<String>,
}

/// List and search movies
///
/// A page of the catalogue: all movies that pass every filter. Titles sort from A to Z; years,
/// scores, numbers of ratings and times sort from the greatest.
#[api_v2_operation(tags(Movies), operation_id = "listMovies")]
pub(super) async fn list_movies(
    movies: Uses<dyn MovieUseCases>,
    query: Query<ListMoviesQuery>,
) -> Result<Listed<ShownMoviePage>, ApiError> {
    let page = movies.list_movies(query.0.into_query()?).await?;
    Ok(Listed(ShownMoviePage::new(page)))
}

impl ListMoviesQuery {
    fn into_query(self) -> Result<ListMovies, ApiError> {
        let mut errors = FieldErrors::default();
        let paging = PageQuery { limit: self.limit, cursor: self.cursor, count: self.count };
        let paging = paging.check(&mut errors);
        let query = ListMovies {
            query: errors.optional("query", self.query, search_text).flatten(),
            genre: errors.optional("genre", self.genre.as_deref(), Genre::parse),
            year_from: errors.optional("year_from", self.year_from, ReleaseYear::from_stored),
            year_to: errors.optional("year_to", self.year_to, ReleaseYear::from_stored),
            min_ratings: errors.optional("min_ratings", self.min_ratings, count).unwrap_or(0),
            sort: errors.optional("sort", self.sort.as_deref(), sort),
            limit: paging.limit,
            cursor: paging.cursor,
            with_total: paging.with_total,
        };
        errors.finish(Some(query))
    }
}

/// Nothing but blanks is no search, as when somebody clears a search box.
fn search_text(raw: String) -> Result<Option<String>, ValueError> {
    match raw.chars().count() {
        actual if actual > Title::MAX => Err(ValueError::TooLong { max: Title::MAX, actual }),
        _ => Ok(Some(raw).filter(|text| !text.trim().is_empty())),
    }
}

fn count(raw: i64) -> Result<u32, ValueError> {
    let max = i64::from(u32::MAX);
    u32::try_from(raw).map_err(|_| ValueError::OutOfRange { min: 0, max, actual: raw })
}

fn sort(raw: &str) -> Result<MovieSort, ValueError> {
    let known = SORTS.iter().find(|(name, _)| *name == raw).map(|(_, sort)| *sort);
    let expected = "one of relevance, title, release_year, weighted_score, rating_count, added";
    known.ok_or(ValueError::Malformed { expected })
}

impl From<ListMoviesError> for ApiError {
    fn from(error: ListMoviesError) -> Self {
        match error {
            ListMoviesError::RelevanceWithoutQuery => {
                Self::field("sort", "needs_query", "must not be relevance without a query")
            }
            ListMoviesError::Cursor(error) => error.into(),
            ListMoviesError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let operation = "listMovies";
    let names = SORTS.map(|(name, _)| name);
    let mut rules = page_rules(operation);
    rules.extend(year_rules(operation));
    rules.extend([
        Rule::parameter(operation, "query", json!({"maxLength": Title::MAX, "example": "amelie"})),
        Rule::parameter(operation, "genre", json!({"maxLength": Genre::MAX, "example": "Drama"})),
        Rule::parameter(
            operation,
            "min_ratings",
            json!({"minimum": 0, "maximum": u32::MAX, "example": 10}),
        ),
        Rule::parameter(operation, "sort", json!({"enum": names, "example": "weighted_score"})),
    ]);
    rules
}

/// What the document says of a range of years.
pub(super) fn year_rules(operation: &'static str) -> [Rule; 2] {
    let range = |example| json!({"minimum": ReleaseYear::MIN, "maximum": 9999, "example": example});
    [
        Rule::parameter(operation, "year_from", range(1950)),
        Rule::parameter(operation, "year_to", range(1959)),
    ]
}
