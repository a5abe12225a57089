//! The contracts of `CatalogueFiles`.

use std::io::Cursor;
use std::sync::Arc;

use reelmark_application::ports::{
    CatalogueFile, CatalogueFiles, ImportFileError, ImportItem, ImportRows,
};

use crate::builders::NOON;

/// What every contract is given.
type Files = Arc<dyn CatalogueFiles>;

const RATINGS: &str = "userId,movieId,rating,timestamp\n";

fn file(name: &str, content: impl Into<Vec<u8>>) -> CatalogueFile {
    let content = Box::new(Cursor::new(content.into()));
    CatalogueFile { name: name.into(), content, now: NOON }
}

/// What a file comes to, in short: rows by the line they are on, and problems by their text.
fn outline<T>(rows: Result<ImportRows<T>, ImportFileError>) -> Vec<String> {
    let rows = match rows {
        Ok(rows) => rows,
        Err(error) => return vec![error.to_string()],
    };
    let said = rows.map(|item| match item {
        Ok(ImportItem::Row(row)) => row.place.to_string(),
        Ok(ImportItem::Skipped(skipped)) => format!("skipped {}", skipped.place),
        Ok(ImportItem::Rejected(problem) | ImportItem::Warning(problem)) => problem.to_string(),
        Err(error) => error.to_string(),
    });
    said.collect()
}

fn ratings(files: &Files, content: impl Into<Vec<u8>>) -> Vec<String> {
    outline(files.ratings(file("ratings.csv", content)))
}

pub async fn a_wrong_row_is_named_and_spoils_no_other(files: Files) {
    let rows = "1,2,4.5,964982703\n1,2,11,964982703\n1,3,4.0,9999999999\n1,99999999999999999999,1,1\n2,3\n3,4,0.5,0";
    let said = ratings(&files, format!("{RATINGS}{rows}"));
    let expected = [
        "ratings.csv, line 2",
        "ratings.csv, line 3, rating: must be stars from 0.5 to 5 in steps of 0.5",
        "ratings.csv, line 4, timestamp: must not lie in the future",
        "ratings.csv, line 5, movieId: must be a whole number of at most 64 bits",
        "ratings.csv, line 6, must have 4 fields, has 2",
        "ratings.csv, line 7",
    ];
    assert_eq!(said, expected);
}

pub async fn a_file_of_another_kind_is_named(files: Files) {
    let said = |content: &[u8]| ratings(&files, content).join("; ");
    assert_eq!(said(b""), "ratings.csv: the file is empty");
    assert_eq!(said(RATINGS.as_bytes()), "ratings.csv: the file has a heading and no rows");
    assert_eq!(said(b"\x7FELF\x02\0\0\0"), "ratings.csv: the file is binary, and no text");
    let semicolons = said(RATINGS.replace(',', ";").as_bytes());
    let expected = "the fields are separated by semicolons, and must be by commas";
    assert_eq!(semicolons, format!("ratings.csv: {expected}"));
    let other = said(b"a,b\n1,2\n");
    assert!(other.contains("of no format that is known") && other.contains("a,b"), "{other}");
}

pub async fn a_row_that_never_ends_ends_the_file(files: Files) {
    let endless = format!("{RATINGS}1,2,3,4\n\"{}", "x".repeat(10 << 20));
    let said = ratings(&files, endless);
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[0], "ratings.csv, line 2");
    assert!(said[1].contains("longer than"), "{}", said[1]);
}

pub async fn text_of_windows_is_read_with_a_warning(files: Files) {
    let text =
        b"movieId,title,genres\r\n1,Am\xE9lie (2001),Comedy\r\n2,Caf\xE9 (2010),Drama".to_vec();
    let rows: Vec<_> = files.movies(file("movies.csv", text)).unwrap().collect();
    let titles = rows.iter().filter_map(|item| match item {
        Ok(ImportItem::Row(row)) => Some(row.value.facts.title.to_string()),
        _ => None,
    });
    assert_eq!(titles.collect::<Vec<_>>(), ["Amélie", "Café"]);
    let warnings = rows.iter().filter(|item| matches!(item, Ok(ImportItem::Warning(_))));
    assert_eq!(warnings.count(), 1);
}

pub async fn no_garbage_makes_it_panic(files: Files) {
    let heads = [
        "",
        "userId,movieId,rating,timestamp\n",
        "movieId,title,genres\n",
        "movieId,imdbId,tmdbId\n",
        "tconst\ttitleType\tprimaryTitle\n",
        "tconst\taverageRating\tnumVotes\n",
        "title\n",
        "\u{1F}\u{8B}",
    ];
    let mut state = 1u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    for round in 0..400usize {
        let tail: Vec<u8> =
            (0..round % 200).map(|_| noise() & if round % 2 == 0 { 0xFF } else { 0x3F }).collect();
        let content = [heads[round % heads.len()].as_bytes(), &tail].concat();
        outline(files.ratings(file("a", content.clone())));
        outline(files.movies(file("a", content.clone())));
        outline(files.links(file("a", content.clone())));
        outline(files.title_ratings(file("a", content)));
    }
}

/// Declares one test per contract of `CatalogueFiles`.
///
/// `$fresh` is an `async fn() -> Arc<dyn CatalogueFiles>`.
#[macro_export]
macro_rules! catalogue_files_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { catalogue_files, $fresh,
            a_wrong_row_is_named_and_spoils_no_other,
            a_file_of_another_kind_is_named,
            a_row_that_never_ends_ends_the_file,
            text_of_windows_is_read_with_a_warning,
            no_garbage_makes_it_panic,
        }
    };
}
