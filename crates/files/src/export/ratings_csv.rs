//! All ratings of the instance.

use reelmark_application::ports::Cause;
use reelmark_domain::Rating;
use time::format_description::well_known::Rfc3339;

use super::csv_sink::text;

pub(super) const HEADING: [&str; 6] =
    ["user_id", "movie_id", "score", "review", "created_at", "updated_at"];

pub(super) fn cells(rating: &Rating) -> Result<[String; 6], Cause> {
    Ok([
        rating.user_id().to_string(),
        rating.movie_id().to_string(),
        rating.score().get().to_string(),
        text(rating.review()),
        rating.created_at().format(&Rfc3339)?,
        rating.updated_at().format(&Rfc3339)?,
    ])
}
