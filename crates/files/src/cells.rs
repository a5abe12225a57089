//! Cells that no spreadsheet runs.

use std::borrow::Cow;

/// What makes spreadsheets take a cell for a formula.
const BEGINS_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Puts an apostrophe in front of what a spreadsheet would run; it tells that the rest is text
/// (OWASP, "CSV injection"). A cell that has one there already gets another, so that [`bare`]
/// knows which ones to take away.
pub(crate) fn harmless(cell: &str) -> Cow<'_, str> {
    if would_run(cell.trim_start_matches('\'')) { format!("'{cell}").into() } else { cell.into() }
}

/// Takes away what [`harmless`] put there.
pub(crate) fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if would_run(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn would_run(cell: &str) -> bool {
    cell.starts_with(BEGINS_FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_cell_is_run_and_every_cell_comes_back(cell in "['=+@\t-]{0,4}\\PC{0,9}") {
            let written = harmless(&cell);
            prop_assert!(!would_run(&written));
            prop_assert_eq!(bare(&written), &cell);
        }
    }
}
