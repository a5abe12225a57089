use paperclip::actix::Apiv2Schema;
use reelmark_application::movie::{Chart, ListChart};
use reelmark_domain::{Genre, ReleaseYear};
use serde::Deserialize;
use serde_json::json;

use super::list_movies::year_rules;
use crate::openapi::{Rule, page_rules};
use crate::problem::{ApiError, FieldErrors};
use crate::respond::PageQuery;

/// What every chart can be narrowed to.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChartQuery {
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

impl ChartQuery {
    /// The same of one chart, checked.
    pub(super) fn of(self, chart: Chart) -> Result<ListChart, ApiError> {
        let mut errors = FieldErrors::default();
        let paging = PageQuery { limit: self.limit, cursor: self.cursor, count: self.count };
        let paging = paging.check(&mut errors);
        let query = ListChart {
            chart,
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

/// What the document says of a chart.
pub(super) fn chart_rules(operation: &'static str) -> Vec<Rule> {
    let mut rules = page_rules(operation);
    rules.extend(year_rules(operation));
    let genre = json!({"maxLength": Genre::MAX, "example": "Drama"});
    rules.push(Rule::parameter(operation, "genre", genre));
    rules
}
