use paperclip::actix::api_v2_operation;
use reelmark_application::movie::{Chart, MovieUseCases};

use super::chart::{ChartQuery, chart_rules};
use super::presenter::ShownMoviePage;
use crate::extract::{Query, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::ApiError;
use crate::respond::Listed;

const OPERATION: &str = "listTrending";

pub(super) const ERRORS: OperationErrors = OperationErrors(OPERATION, &[]);

/// Show the movies that are rated a lot these days
///
/// A page of the movies that have ratings, most ratings of late first: a rating counts half as much
/// for every week that has passed since it was given. Movies have left it when they have less than
/// one rating of twelve weeks ago.
#[api_v2_operation(tags(Charts), operation_id = "listTrending")]
pub(super) async fn list_trending(
    movies: Uses<dyn MovieUseCases>,
    query: Query<ChartQuery>,
) -> Result<Listed<ShownMoviePage>, ApiError> {
    let page = movies.list_chart(query.0.of(Chart::Trending)?).await?;
    Ok(Listed(ShownMoviePage::new(page)))
}

pub(super) fn rules() -> Vec<Rule> {
    chart_rules(OPERATION)
}
