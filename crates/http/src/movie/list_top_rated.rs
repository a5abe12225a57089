use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::movie::{ListTopRated, MovieUseCases};
use reelmark_domain::{Genre, ReleaseYear};
use serde::Deserialize;
use serde_json::json;

use super::list_movies::year_rules;
use super::presenter::MoviePage;
use crate::extract::{Query, Uses};
use crate::openapi::{OperationErrors, Rule, page_rules};
use crate::problem::{ApiError, FieldErrors};
use crate::respond::{Listed, PageQuery};

pub(super) const ERRORS: OperationErrors = OperationErrors("listTopRated", &[]);

#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListTopRatedQuery {
    /// A genre that every movie must have.
    genre: Option<String>,
    /// The first release year.
    year_from: Option<i64>,
    /// The last release year.
    year_to: Option<i64>,
    /// How many movies a page holds.
    limit: Option<i64>,
    /// Where the page starts: `next_cursor` of the page before.
    cursor: Option<String>,
    /// `exact` to have all matches counted.
    count: Option<String>,
}

/// Show the top rated movies
///
/// A page of the movies that have ratings, greatest weighted score first.
#[api_v2_operation(tags(Charts), operation_id = "listTopRated")]
pub(super) async fn list_top_rated(
    movies: Uses<dyn MovieUseCases>,
    query: Query<ListTopRatedQuery>,
) -> Result<Listed<MoviePage>, ApiError> {
    let page = movies.list_top_rated(query.0.into_query()?).await?;
    Ok(Listed(page.into()))
}

impl ListTopRatedQuery {
    fn into_query(self) -> Result<ListTopRated, ApiError> {
        let mut errors = FieldErrors::default();
        let paging = PageQuery { limit: self.limit, cursor: self.cursor, count: self.count };
        let paging = paging.check(&mut errors);
        let query = ListTopRated {
            genre: errors.optional("genre", self.genre.as_deref(), Genre::parse),
            year_from: errors.optional("year_from", self.year_from, ReleaseYear::from_stored),
            year_to: errors.optional("year_to", self.year_to, ReleaseYear::from_stored),
            limit: paging.limit,
            cursor: paging.cursor,
            with_total: paging.with_total,
        };
        errors.finish(Some(query))
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let operation = "listTopRated";
    let mut rules = page_rules(operation);
    rules.extend(year_rules(operation));
    rules.push(Rule::parameter(
        operation,
        "genre",
        json!({"maxLength": Genre::MAX, "example": "Drama"}),
    ));
    rules
}
