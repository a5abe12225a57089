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

fn all<T>(rows: ImportRows<T>) -> Vec<T> {
    let value = |item| match item {
        Ok(ImportItem::Row(row)) => row.value,
        Ok(ImportItem::Rejected(problem) | ImportItem::Warning(problem)) => panic!("{problem}"),
        Ok(ImportItem::Skipped(skipped)) => panic!("{}", skipped.place),
        Err(error) => panic!("{error}"),
    };
    rows.map(value).collect()
}

#[test]
fn every_rating_is_read() {
    let Some(file) = file("ml-100k.inter") else { return };
    let ratings = all(ForeignCatalogueFiles.ratings(file).unwrap());
    let halves: u64 = ratings.iter().map(|rating| u64::from(rating.score.get())).sum();
    assert_eq!((ratings.len(), halves), (100_000, 2 * 352_986));
}

#[test]
fn every_movie_is_read_with_its_article_in_front() {
    let Some(file) = file("ml-100k.item") else { return };
    let movies = all(ForeignCatalogueFiles.movies(file).unwrap());
    assert_eq!(movies.len(), 1_682);
    let titles = movies.iter().map(|movie| movie.facts.title.as_str());
    let inverted: Vec<_> = titles.filter(|title| title.ends_with(", The")).collect();
    assert!(inverted.is_empty(), "{inverted:?}");
}
