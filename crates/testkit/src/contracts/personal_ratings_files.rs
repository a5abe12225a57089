//! The contracts of `PersonalRatingsFiles`.

use std::io::Cursor;
use std::sync::Arc;

use reelmark_application::ports::{
    ImportFileError, ImportItem, OpenedRatings, PersonalFile, PersonalFormat, PersonalRatingsFiles,
};

use crate::builders::NOON;

/// What every contract is given.
type Files = Arc<dyn PersonalRatingsFiles>;

const LETTERBOXD: &str =
    "Date,Name,Year,Letterboxd URI,Rating\n2020-01-31,Up,2009,https://boxd.it/1,4.5\n";
const LETTERBOXD_IMPORT: &str = "imdbID,tmdbID,Title,Year,Rating10,WatchedDate,Review\ntt1049413,14160,Up,2009,9,2020-01-31,Ha\n";
const IMDB: &str = "Const,Your Rating,Date Rated,Title,URL,Title Type,Year\ntt1049413,9,2020-01-31,Up,,Movie,2009\n";
const FORMER_IMDB: &str = "\"position\",\"const\",\"created\",\"Title\",\"Title type\",\"You rated\",\"Year\"\n\"1\",\"tt1049413\",\"Fri Jan 31 00:00:00 2020\",\"Up\",\"Feature Film\",\"9\",\"2009\"\n";
const TRAKT: &str = r#"[{"rated_at":"2020-01-31T00:00:00.000Z","rating":9,"type":"movie",
    "movie":{"title":"Up","year":2009,"ids":{"trakt":1,"imdb":"tt1049413","tmdb":14160}}}]"#;
const MOVIELENS: &str =
    "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n68954,1049413,14160,4.5,4.0,Up (2009)\n";

fn open(files: &Files, content: impl Into<Vec<u8>>) -> Result<OpenedRatings, ImportFileError> {
    let content = Box::new(Cursor::new(content.into()));
    files.open(PersonalFile { name: "upload".into(), content, now: NOON })
}

pub async fn tells_the_format_by_the_content(files: Files) {
    let contents = [
        (LETTERBOXD, PersonalFormat::LetterboxdCsv),
        (LETTERBOXD_IMPORT, PersonalFormat::LetterboxdCsv),
        (IMDB, PersonalFormat::ImdbCsv),
        (FORMER_IMDB, PersonalFormat::ImdbCsv),
        (TRAKT, PersonalFormat::TraktJson),
        (MOVIELENS, PersonalFormat::MovieLensCsv),
    ];
    for (content, format) in contents {
        let opened = open(&files, content).unwrap();
        assert_eq!(opened.format, format);
        let items: Vec<_> = opened.rows.collect::<Result<_, _>>().unwrap();
        let [ImportItem::Row(row)] = items.as_slice() else { panic!("{format:?}: {items:?}") };
        assert_eq!(row.value.score.get(), 9, "{format:?}");
        assert_eq!(row.value.movie.titles()[0].as_str(), "Up", "{format:?}");
        assert_eq!(row.value.movie.release_year().unwrap().get(), 2009, "{format:?}");
        let day = row.value.rated_at.map(|at| at.get().date().to_string());
        let is_dated = format != PersonalFormat::MovieLensCsv;
        assert_eq!(day, is_dated.then(|| "2020-01-31".to_owned()), "{format:?}");
    }
}

pub async fn marks_and_line_ends_of_windows_are_no_part_of_the_text(files: Files) {
    for content in [LETTERBOXD, LETTERBOXD_IMPORT, IMDB, FORMER_IMDB, TRAKT, MOVIELENS] {
        let windows = content.replace('\n', "\r\n");
        let rows = |content: String| -> Vec<_> {
            let rows = open(&files, content).unwrap().rows;
            rows.map(|item| format!("{:?}", item.unwrap())).collect()
        };
        let expected = rows(content.to_owned());
        assert_eq!(rows(format!("\u{FEFF}{windows}")), expected);
        assert_eq!(expected.len(), 1, "{content}");
    }
}

pub async fn what_is_no_list_of_ratings_is_refused(files: Files) {
    let code = |content: Vec<u8>| match open(&files, content) {
        Err(error) => error.fault.code(),
        Ok(opened) => opened.rows.last().unwrap().unwrap_err().fault.code(),
    };
    assert_eq!(code(vec![]), "empty");
    assert_eq!(code(b"\x89PNG\r\n\x1A\n\0\0".to_vec()), "binary");
    assert_eq!(code(b"PK\x03\x04cut off".to_vec()), "truncated");
    assert_eq!(code(b"[]".to_vec()), "no_rows");
    assert_eq!(code(b"{}".to_vec()), "malformed");
    assert_eq!(code(TRAKT.replace("}}}]", "}}}").into()), "truncated");
    assert_eq!(code(LETTERBOXD.replace(',', "\t").into()), "delimiter");
    assert_eq!(code(b"Name,Year\nUp,2009\n".to_vec()), "unknown_format");
    assert_eq!(code([IMDB.as_bytes(), b"\"", &vec![b'x'; 2 << 20]].concat()), "row_too_long");
}

pub async fn scores_off_the_scale_are_named(files: Files) {
    for score in ["0", "11"] {
        let wrong = [
            IMDB.replace(",9,", &format!(",{score},")),
            LETTERBOXD.replace(",4.5", &format!(",{score}")),
            TRAKT.replace(":9,", &format!(":{score},")),
        ];
        for content in wrong {
            let items: Vec<_> = open(&files, content).unwrap().rows.collect();
            let [Ok(ImportItem::Rejected(problem))] = items.as_slice() else { panic!("{items:?}") };
            assert!(problem.fault.field().unwrap().to_lowercase().contains("rating"), "{problem}");
        }
    }
}

pub async fn a_cut_or_garbled_file_never_makes_it_panic(files: Files) {
    let mut state = 1usize;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for content in [LETTERBOXD, LETTERBOXD_IMPORT, IMDB, FORMER_IMDB, TRAKT, MOVIELENS] {
        for _ in 0..150 {
            let mut bytes = content.as_bytes().to_vec();
            let at = next(bytes.len());
            bytes[at] = [0xFF, b'"', b',', b'\n', b'\\', 0xE9, b'{'][next(7)];
            bytes.truncate(next(2 * content.len()).max(1));
            if let Ok(opened) = open(&files, bytes) {
                opened.rows.for_each(drop);
            }
        }
    }
}

/// Declares one test per contract of `PersonalRatingsFiles`.
///
/// `$fresh` is an `async fn() -> Arc<dyn PersonalRatingsFiles>`.
#[macro_export]
macro_rules! personal_ratings_files_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { personal_ratings_files, $fresh,
            tells_the_format_by_the_content,
            marks_and_line_ends_of_windows_are_no_part_of_the_text,
            what_is_no_list_of_ratings_is_refused,
            scores_off_the_scale_are_named,
            a_cut_or_garbled_file_never_makes_it_panic,
        }
    };
}
