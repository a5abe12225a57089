//! The contracts of `ExportFiles`.

use std::sync::Arc;

use reelmark_application::account::{ExportedRating, MovieNames};
use reelmark_application::ports::{
    ExportFiles, PersonalExportFormat, Place, Position, RowFault, RowProblem, RowSink,
};
use reelmark_domain::{
    ExternalIds, ImdbId, MovieId, Rating, ReleaseYear, Review, Score, Title, TmdbId, UserId,
};
use serde_json::Value;
use time::Duration;

use crate::SharedBuffer;
use crate::builders::NOON;

/// What every contract is given.
type Files = Arc<dyn ExportFiles>;

fn rating(title: &str, review: Option<&str>) -> ExportedRating {
    let ids = (UserId::parse(7).unwrap(), MovieId::parse(42).unwrap());
    let review = review.map(|review| Review::parse(review).unwrap());
    let movie = MovieNames {
        id: ids.1,
        title: Title::parse(title).unwrap(),
        release_year: Some(ReleaseYear::from_stored(2009).unwrap()),
        external_ids: ExternalIds {
            imdb: Some(ImdbId::parse("tt1049413").unwrap()),
            tmdb: Some(TmdbId::parse(14160).unwrap()),
            movielens: None,
        },
    };
    let long_before = NOON - Duration::days(400);
    let rating = Rating::new(ids, Score::parse(9).unwrap(), review, 2, long_before, NOON);
    ExportedRating { rating, movie }
}

fn written<T: Send + 'static>(
    mut sink: Box<dyn RowSink<T>>,
    target: &SharedBuffer,
    rows: &[T],
) -> String {
    rows.iter().for_each(|row| sink.write(row).unwrap());
    sink.finish().unwrap();
    target.text()
}

fn personal(files: &Files, format: PersonalExportFormat, rows: &[ExportedRating]) -> String {
    let target = SharedBuffer::default();
    let sink = files.personal(format, Box::new(target.clone())).unwrap();
    written(sink, &target, rows)
}

pub async fn letterboxd_gets_the_columns_it_reads(files: Files) {
    let text = personal(&files, PersonalExportFormat::LetterboxdCsv, &[rating("Up", Some("a, b"))]);
    let expected = "imdbID,tmdbID,Title,Year,Rating10,WatchedDate,Review\n\
                    tt1049413,14160,Up,2009,9,2026-03-01,\"a, b\"\n";
    assert_eq!(text, expected);
}

pub async fn imdb_gets_its_own_columns(files: Files) {
    let text = personal(&files, PersonalExportFormat::ImdbCsv, &[rating("Up", None)]);
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with("Const,Your Rating,Date Rated,Title,"));
    assert!(lines.next().unwrap().starts_with("tt1049413,9,2026-03-01,Up,"));
}

pub async fn trakt_gets_an_array_of_entries(files: Files) {
    let rows = [rating("Up", None), rating("\"Up\"", None)];
    let text = personal(&files, PersonalExportFormat::TraktJson, &rows);
    let entries: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(entries[0]["rating"], 9);
    assert_eq!(entries[0]["rated_at"], "2026-03-01T12:00:00.123456Z");
    assert_eq!(entries[1]["movie"]["title"], "\"Up\"");
    assert_eq!(entries[1]["movie"]["ids"]["imdb"], "tt1049413");
}

pub async fn no_cell_is_a_formula(files: Files) {
    let hostile = [rating("=1+1", Some("@SUM(A1)"))];
    for format in [PersonalExportFormat::LetterboxdCsv, PersonalExportFormat::ImdbCsv] {
        let text = personal(&files, format, &hostile);
        assert!(text.contains(",'=1+1,") && !text.contains(",@"), "{text}");
    }
    let target = SharedBuffer::default();
    let sink = files.ratings(Box::new(target.clone())).unwrap();
    let text = written(sink, &target, &[hostile[0].rating.clone()]);
    assert!(text.contains(",'@SUM(A1),"), "{text}");
}

pub async fn problems_are_listed_by_file_and_line(files: Files) {
    let place = Place { file: "ratings, old.csv".into(), position: Position::Line(3) };
    let problem = RowProblem { place, fault: RowFault::UnknownMovie { number: 7 } };
    let target = SharedBuffer::default();
    let text = written(files.problems(Box::new(target.clone())).unwrap(), &target, &[problem]);
    let expected = "file,line,reason\n\"ratings, old.csv\",3,no movie has the number 7\n";
    assert_eq!(text, expected);
}

pub async fn a_file_without_rows_has_its_heading(files: Files) {
    let target = SharedBuffer::default();
    let heading = written(files.ratings(Box::new(target.clone())).unwrap(), &target, &[]);
    assert_eq!(heading, "user_id,movie_id,score,review,created_at,updated_at\n");
    let target = SharedBuffer::default();
    let heading = written(files.movies(Box::new(target.clone())).unwrap(), &target, &[]);
    assert!(heading.starts_with("id,imdb_id,") && heading.lines().count() == 1, "{heading}");
    assert_eq!(personal(&files, PersonalExportFormat::TraktJson, &[]).trim(), "[]");
}

/// Declares one test per contract of `ExportFiles`.
///
/// `$fresh` is an `async fn() -> Arc<dyn ExportFiles>`.
#[macro_export]
macro_rules! export_files_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { export_files, $fresh,
            letterboxd_gets_the_columns_it_reads,
            imdb_gets_its_own_columns,
            trakt_gets_an_array_of_entries,
            no_cell_is_a_formula,
            problems_are_listed_by_file_and_line,
            a_file_without_rows_has_its_heading,
        }
    };
}
