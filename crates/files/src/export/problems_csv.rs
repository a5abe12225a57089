//! What was wrong with the rows of a file.

use reelmark_application::ports::{Cause, RowProblem};

pub(super) const HEADING: [&str; 3] = ["file", "line", "reason"];

pub(super) fn cells(problem: &RowProblem) -> Result<[String; 3], Cause> {
    let RowProblem { place, fault } = problem;
    Ok([place.file.to_string(), place.position.number().to_string(), fault.to_string()])
}
