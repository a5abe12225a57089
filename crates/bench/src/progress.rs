use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};

use crate::dataset::Shape;

/// A bar that fills while ratings are made.
pub fn of_ratings(shape: &Shape) -> Result<ProgressBar> {
    let template = "{elapsed_precise} {bar:40} {human_pos} of {human_len} {msg}, {eta} left";
    let Shape { ratings, users, movies } = shape;
    let message = format!("ratings of {movies} movies by {users} users");
    let style = ProgressStyle::with_template(template)?;
    Ok(ProgressBar::new(*ratings).with_style(style).with_message(message))
}
