use std::io::{Cursor, Write};

use reelmark_application::ports::PersonalFormat;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::{data, open, outline, personal, rating};

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn archive(root: &str) -> Vec<u8> {
    let named = |path: &str| (format!("{root}{path}"), data(&format!("letterboxd/{path}")));
    let mut files: Vec<_> = ["diary.csv", "ratings.csv", "reviews.csv"].map(named).into();
    let taken_back = data("letterboxd/deleted-reviews.csv");
    files.push((format!("{root}deleted/reviews.csv"), taken_back.clone()));
    files.push((format!("{root}orphaned/diary.csv"), taken_back));
    files.push((format!("{root}profile.csv"), b"Username\nsomebody\n".to_vec()));
    let files: Vec<_> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zipped(&files)
}

fn read(bytes: Vec<u8>) -> Vec<String> {
    outline(open(bytes).map(|opened| opened.rows), rating)
}

const REVIEW: &str = "Sad, then \"fun\".\n\nTwo paragraphs.";

#[test]
fn an_archive_gives_the_latest_scores_with_their_reviews() {
    for root in ["", "letterboxd-somebody-2020/"] {
        let bytes = archive(root);
        assert_eq!(open(bytes.clone()).unwrap().format, PersonalFormat::LetterboxdArchive);
        let expected = [
            format!("Up (2009): 9 on 2020-01-31, {REVIEW}"),
            "Amélie (2001): 10 on 2020-02-01".into(),
            "Good, the Bad and the Ugly (1966): 1 on 2020-02-02".into(),
            format!("{root}diary.csv, line 2: superseded"),
            "Emma. (2020): 7 on 2020-02-03".into(),
            format!("{root}diary.csv, line 4: not_rated"),
            format!("{root}reviews.csv, line 2: superseded"),
            format!("{root}reviews.csv, line 5: not_rated"),
        ];
        assert_eq!(read(bytes), expected);
    }
}

#[test]
fn an_archive_without_reviews_has_ratings_all_the_same() {
    let heading = data("letterboxd/reviews.csv");
    let heading = heading.split_inclusive(|byte| *byte == b'\n').next().unwrap();
    let ratings = data("letterboxd/ratings.csv");
    let read = read(zipped(&[("ratings.csv", &ratings), ("reviews.csv", heading)]));
    assert_eq!(read.len(), 3, "{read:?}");
}

#[test]
fn each_table_is_read_alone_too() {
    assert_eq!(personal("letterboxd/ratings.csv").len(), 3);
    let diary = personal("letterboxd/diary.csv");
    assert_eq!(diary[0], "Up (2009): 8 on 2020-01-30");
    assert_eq!(diary[2], "upload, line 4: not_rated");
    let reviews = personal("letterboxd/reviews.csv");
    assert_eq!(reviews[0], format!("Up (2009): 8 on 2020-01-30, {REVIEW}"));
}

#[test]
fn a_review_that_is_too_long_never_costs_the_rating() {
    let review = "x".repeat(5001);
    let text = format!("Title,Rating10,Review,WatchedDate\nUp,9,{review},2020-01-31\n");
    let read = read(text.into());
    let warning = "warning: upload, line 2, Review: must have at most 5000 characters, has 5001";
    assert_eq!(read, [warning, "Up: 9 on 2020-01-31"]);
}

#[test]
fn an_archive_of_something_else_is_refused() {
    let ratings = data("letterboxd/ratings.csv");
    let others: [&[(&str, &[u8])]; 4] = [
        &[],
        &[("photo.jpg", b"\xFF\xD8")],
        &[("deleted/ratings.csv", &ratings), ("a/b/ratings.csv", &ratings)],
        &[("orphaned/ratings.csv", &ratings), ("__MACOSX/ratings.csv", &ratings)],
    ];
    for files in others {
        let error = open(zipped(files)).map(|_| ()).unwrap_err();
        assert_eq!(error.fault.code(), "nothing_inside", "{error}");
    }
}

#[test]
fn a_broken_table_names_itself() {
    let read = read(zipped(&[("ratings.csv", b"\x89PNG\0\0")]));
    assert_eq!(read, ["ratings.csv: the file is binary, and no text"]);
}
