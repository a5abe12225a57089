//! The real ml-100k, where `make ml-100k` has brought it; nothing is read without it.

use std::fs::File;
use std::path::{Path, PathBuf};

use reelmark_application::ports::{CatalogueFile, CatalogueFiles, ImportItem, ImportRows};
use reelmark_files::ForeignCatalogueFiles;

use crate::support::NOW;

fn file(name: &str) -> Option<CatalogueFile> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path: PathBuf = workspace.join("target/ml-100k").join(name);
    let content = Box::new(File::open(path).ok()?);
    Some(CatalogueFile { name: name.into(), content, now: NOW })
}

/// All rows, and how many warnings there were.
fn all<T>(rows: ImportRows<T>) -> (Vec<T>, usize) {
    let (mut values, mut warnings) = (vec![], 0);
    for item in rows {
        match item {
            Ok(ImportItem::Row(row)) => values.push(row.value),
            Ok(ImportItem::Warning(_)) => warnings += 1,
            Ok(ImportItem::Rejected(problem)) => panic!("{problem}"),
            Ok(ImportItem::Skipped(skipped)) => panic!("{}", skipped.place),
            Err(error) => panic!("{error}"),
        }
    }
    (values, warnings)
}

#[test]
fn every_rating_is_read() {
    let Some(file) = file("ml-100k.inter") else { return };
    let (ratings, warnings) = all(ForeignCatalogueFiles.ratings(file).unwrap());
    let halves: u64 = ratings.iter().map(|rating| u64::from(rating.score.get())).sum();
    assert_eq!((ratings.len(), halves, warnings), (100_000, 2 * 352_986, 0));
}

#[test]
fn every_movie_is_read_with_its_article_in_front() {
    let Some(file) = file("ml-100k.item") else { return };
    let (movies, warnings) = all(ForeignCatalogueFiles.movies(file).unwrap());
    // Two years are words.
    assert_eq!((movies.len(), warnings), (1_682, 2));
    let titles = movies.iter().map(|movie| movie.facts.title.as_str());
    let inverted: Vec<_> = titles.filter(|title| title.ends_with(", The")).collect();
    assert!(inverted.is_empty(), "{inverted:?}");
}
