use paperclip::actix::api_v2_operation;
use reelmark_application::movie::{Chart, MovieUseCases};

use super::chart::{ChartQuery, chart_rules};
use super::presenter::ShownMoviePage;
use crate::extract::{Query, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::ApiError;
use crate::respond::Listed;

const OPERATION: &str = "listMostRated";

pub(super) const ERRORS: OperationErrors = OperationErrors(OPERATION, &[]);

/// Show the most rated movies
///
/// A page of the movies that have ratings, most ratings first.
#[api_v2_operation(tags(Charts), operation_id = "listMostRated")]
pub(super) async fn list_most_rated(
    movies: Uses<dyn MovieUseCases>,
    query: Query<ChartQuery>,
) -> Result<Listed<ShownMoviePage>, ApiError> {
    let page = movies.list_chart(query.0.of(Chart::MostRated)?).await?;
    Ok(Listed(ShownMoviePage::new(page)))
}

pub(super) fn rules() -> Vec<Rule> {
    chart_rules(OPERATION)
}
