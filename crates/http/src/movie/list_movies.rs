use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::movie::{ListMovies, ListMoviesError, MovieUseCases, RatedBy};
use reelmark_application::ports::MovieSort;
use reelmark_domain::{Country, Genre, Language, ReleaseYear, Runtime, Title, ValueError};
use serde::Deserialize;
use serde_json::json;

use super::presenter::ShownMoviePage;
use crate::extract::{Query, Uses, Visitor};
use crate::openapi::{OperationErrors, Rule, page_rules};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::{Listed, PageQuery, PrivateIf};

pub(super) const ERRORS: OperationErrors =
    OperationErrors("listMovies", &[ErrorCode::Unauthenticated]);

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
    /// A genre that every movie must have; given several times, all of them.
    genre: Option<Vec<String>>,
    /// The first release year.
    year_from: Option<i64>,
    /// The last release year.
    year_to: Option<i64>,
    /// The least length in minutes.
    runtime_from: Option<i64>,
    /// The greatest length in minutes.
    runtime_to: Option<i64>,
    /// The original language, by its code of ISO 639.
    language: Option<String>,
    /// A country that every movie must come from, by its code of ISO 3166-1.
    country: Option<String>,
    /// The least number of ratings.
    min_ratings: Option<i64>,
    /// Whether you have rated the movies; needs a token.
    rated_by_me: Option<bool>,
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
    visitor: Visitor,
    query: Query<ListMoviesQuery>,
) -> Result<PrivateIf<Listed<ShownMoviePage>>, ApiError> {
    let rated_by_me = query.0.rated_by_me;
    let mut query = query.0.into_query()?;
    if let Some(has_rated) = rated_by_me {
        let user_id = visitor.signed_in().await?.user_id;
        query.rated_by = Some(RatedBy { user_id, has_rated });
    }
    let page = movies.list_movies(query).await?;
    Ok(PrivateIf(rated_by_me.is_some(), Listed(ShownMoviePage::new(page))))
}

impl ListMoviesQuery {
    fn into_query(self) -> Result<ListMovies, ApiError> {
        let mut errors = FieldErrors::default();
        let paging = PageQuery { limit: self.limit, cursor: self.cursor, count: self.count };
        let paging = paging.check(&mut errors);
        let query = ListMovies {
            query: errors.optional("query", self.query, search_text).flatten(),
            genres: genres(self.genre.unwrap_or_default(), &mut errors),
            year_from: errors.optional("year_from", self.year_from, ReleaseYear::from_stored),
            year_to: errors.optional("year_to", self.year_to, ReleaseYear::from_stored),
            runtime_from: errors.optional("runtime_from", self.runtime_from, Runtime::parse),
            runtime_to: errors.optional("runtime_to", self.runtime_to, Runtime::parse),
            language: errors.optional("language", self.language.as_deref(), Language::parse),
            country: errors.optional("country", self.country.as_deref(), Country::parse),
            min_ratings: errors.optional("min_ratings", self.min_ratings, count).unwrap_or(0),
            rated_by: None,
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

fn genres(names: Vec<String>, errors: &mut FieldErrors) -> Vec<Genre> {
    let enough = match (ListMovies::MAX_GENRES, names.len()) {
        (max, actual) if actual > max => Err(ValueError::TooMany { max, actual }),
        _ => Ok(names),
    };
    let names = errors.optional("genre", Some(()), |()| enough).unwrap_or_default();
    let genres = names.iter().map(|name| errors.optional("genre", Some(&**name), Genre::parse));
    genres.collect::<Option<_>>().unwrap_or_default()
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
    let runtime = |example| json!({"minimum": 1, "maximum": Runtime::MAX, "example": example});
    let mut rules = page_rules(operation);
    rules.extend(year_rules(operation));
    rules.extend([
        Rule::parameter(operation, "query", json!({"maxLength": Title::MAX, "example": "amelie"})),
        Rule::parameter(
            operation,
            "genre",
            json!({"maxItems": ListMovies::MAX_GENRES, "example": ["Drama"],
                "items": {"type": "string", "minLength": 1, "maxLength": Genre::MAX}}),
        ),
        Rule::parameter(operation, "runtime_from", runtime(90)),
        Rule::parameter(operation, "runtime_to", runtime(120)),
        Rule::parameter(
            operation,
            "language",
            json!({"pattern": "^[A-Za-z]{2,3}$", "example": "fr"}),
        ),
        Rule::parameter(operation, "country", json!({"pattern": "^[A-Za-z]{2}$", "example": "FR"})),
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

#[cfg(test)]
mod tests {
    use crate::testing::Api;
    use reelmark_application::caching::Shown;
    use reelmark_domain::Page;
    use std::sync::Arc;

    fn api(is_expected: fn(&super::ListMovies) -> bool) -> Api {
        let mut api = Api::new();
        api.movies.expect_list_movies().withf(is_expected).returning(|_| {
            Ok(Arc::new(Shown::new(Page { items: vec![], next: None, total: None })))
        });
        api
    }

    #[actix_web::test]
    async fn what_somebody_rated_is_for_them_alone() {
        let rated = |query: &super::ListMovies| {
            query.rated_by.is_some_and(|rated| rated.user_id.get() == 7 && !rated.has_rated)
        };
        let call = api(rated).get("/api/v1/movies?rated_by_me=false").as_member();
        let answer = call.send().await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        let answer = Api::new().get("/api/v1/movies?rated_by_me=true").send().await;
        assert_eq!(answer.status, 401);
    }

    #[actix_web::test]
    async fn who_looks_at_all_movies_need_not_be_anybody() {
        let all = |query: &super::ListMovies| query.rated_by.is_none();
        let answer = api(all).get("/api/v1/movies").send().await;
        assert_eq!((answer.status, answer.header("cache-control")), (200, "no-cache"));
    }

    #[actix_web::test]
    async fn genres_may_be_given_several_times() {
        let both = |query: &super::ListMovies| {
            query.genres.iter().map(|genre| genre.as_str()).eq(["Drama", "Film noir"])
        };
        let answer = api(both).get("/api/v1/movies?genre=Drama&genre=Film+noir").send().await;
        assert_eq!(answer.status, 200);
        let six = "genre=a&genre=b&genre=c&genre=d&genre=e&genre=f";
        let answer = Api::new().get(&format!("/api/v1/movies?{six}")).send().await;
        assert_eq!(answer.problem()["errors"][0]["code"], "too_many");
    }
}
