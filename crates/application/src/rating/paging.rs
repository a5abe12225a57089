use reelmark_domain::{Cursor, CursorError, Rating};

use crate::ports::RatingPosition;

/// Where a list of ratings goes on.
pub(crate) fn position_after(
    list: &str,
    cursor: Option<&Cursor>,
) -> Result<Option<RatingPosition>, CursorError> {
    let Some(cursor) = cursor else {
        return Ok(None);
    };
    let [micros, id] = cursor.keys(list)?;
    Ok(Some(RatingPosition { updated_at_micros: Cursor::read(micros)?, id: Cursor::read(id)? }))
}

/// Marks the place behind `rating`; `id` names the user or movie that differs from row to row.
pub(crate) fn rating_cursor(list: &str, rating: &Rating, id: i64) -> Cursor {
    let micros = rating.updated_at().unix_timestamp_nanos() / 1000;
    Cursor::new(list, &[&micros.to_string(), &id.to_string()])
}
