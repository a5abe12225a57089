use csv::Writer;
use reelmark_application::ports::Cause;

use super::outline::{Cell, Outline};

/// One row per number: programs find what they look for by section, row and column.
pub(super) fn write(outline: &Outline) -> Result<String, Cause> {
    let mut writer = Writer::from_writer(vec![]);
    writer.write_record(["section", "row", "column", "value"])?;
    for section in &outline.sections {
        for row in &section.rows {
            let Some((name, cells)) = row.split_first() else { continue };
            for ((column, _), cell) in section.columns[1..].iter().zip(cells) {
                let record = [section.name, &plain(name), column, &plain(cell)];
                writer.write_record(record)?;
            }
        }
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Name(name) => (*name).to_owned(),
        Cell::Whole(whole) => whole.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Missing => String::new(),
    }
}

/// A spreadsheet takes a text that begins like this for a formula and runs it, whoever wrote it
/// (OWASP, "CSV Injection"). Behind an apostrophe it stays a text.
fn harmless(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::{outline, samples};
    use super::*;
    use reelmark_application::report::ReportResult;

    fn csv(result: &ReportResult) -> Vec<Vec<String>> {
        let text = write(&outline(result)).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), vec!["section", "row", "column", "value"]);
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn has(rows: &[Vec<String>], row: [&str; 4]) -> bool {
        rows.iter().any(|found| found == &row)
    }

    #[test]
    fn every_number_has_a_row_of_its_own() {
        let rows = csv(&samples::movie_result("Up"));
        assert!(has(&rows, ["summary", "ratings", "value", "3"]));
        assert!(has(&rows, ["summary", "mean", "value", "7"]));
        assert!(has(&rows, ["summary", "title", "value", "Up"]));
        assert!(has(&rows, ["histogram", "8", "count", "2"]));
        assert!(has(&rows, ["by_month", "2026-03", "mean", "7"]));
    }

    #[test]
    fn what_is_missing_is_empty() {
        let rows = csv(&samples::unrated_movie_result());
        assert!(has(&rows, ["summary", "mean", "value", ""]));
    }

    #[test]
    fn texts_that_look_like_formulas_are_disarmed_and_numbers_are_not() {
        let rows = csv(&samples::user_result("=cmd|' /C calc'!A0"));
        assert!(has(&rows, ["most_generous", "1", "title", "'=cmd|' /C calc'!A0"]));
        assert!(has(&rows, ["least_generous", "1", "difference", "-2.5"]));
        for text in ["+1", "-1", "@SUM(A1)", "\tx", "＝1"] {
            assert!(harmless(text).starts_with('\''), "{text}");
        }
        assert_eq!(harmless("8½, \"Otto\""), "8½, \"Otto\"");
    }

    #[test]
    fn a_private_member_is_not_named() {
        let rows = csv(&samples::catalogue_result());
        assert!(has(&rows, ["most_active", "1", "username", "private member"]));
        assert!(has(&rows, ["most_active", "2", "username", "Ada"]));
    }
}
