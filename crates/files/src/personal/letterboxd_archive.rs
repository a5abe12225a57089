//! The archive that Letterboxd hands out. `ratings.csv` has the latest score of every movie,
//! `reviews.csv` what was written, and `diary.csv` every time it was seen; `deleted/` and
//! `orphaned/` have what their owner took back.

use std::collections::{HashMap, HashSet};
use std::io::Cursor;
use std::sync::Arc;

use reelmark_application::ports::{
    FileFault, ImportFileError, ImportItem, ImportRows, ImportedRow, PersonalRating, ReadSeek,
    SkipReason, SkippedRow,
};
use reelmark_domain::{MovieReference, ReleaseYear, Review, TitleKey};
use time::OffsetDateTime;

use super::bounded::bounded;
use super::letterboxd_csv::{LogEntry, log};
use crate::input::{Archive, Text};
use crate::table::{Dialect, Table};

/// The tables, in the order of what to believe.
const TABLES: [&str; 3] = ["ratings.csv", "diary.csv", "reviews.csv"];

type Items = Vec<ImportItem<LogEntry>>;

/// The archive names movies by title and year alone.
type Key = (Option<TitleKey>, Option<ReleaseYear>);

pub(super) fn read(
    archive_name: &Arc<str>,
    content: Box<dyn ReadSeek>,
    now: OffsetDateTime,
) -> Result<ImportRows<PersonalRating>, ImportFileError> {
    let failed = |fault| ImportFileError { file: archive_name.clone(), position: None, fault };
    let mut archive = Archive::open(content).map_err(failed)?;
    let names = archive.names();
    let mut items = vec![];
    for name in TABLES.iter().filter_map(|table| shallowest(&names, table)) {
        items.push(entries(&mut archive, name, now)?);
    }
    if items.is_empty() {
        let expected = "ratings.csv, diary.csv, reviews.csv";
        return Err(failed(FileFault::NothingInside { expected }));
    }
    Ok(Box::new(merged(items).into_iter().map(Ok)))
}

/// The entry with this name at the top, or in the one folder that packing it again puts around
/// everything.
fn shallowest<'a>(names: &'a [String], table: &str) -> Option<&'a str> {
    let at_top = |name: &&String| name.as_str() == table;
    let in_folder = |name: &&String| {
        let folder = name.strip_suffix(table).and_then(|rest| rest.strip_suffix('/'));
        folder.is_some_and(|folder| !folder.contains('/') && !is_taken_back(folder))
    };
    let found = names.iter().find(at_top).or_else(|| names.iter().find(in_folder));
    found.map(String::as_str)
}

fn is_taken_back(folder: &str) -> bool {
    matches!(folder, "deleted" | "orphaned" | "likes" | "lists" | "__MACOSX")
}

fn entries(
    archive: &mut Archive,
    name: &str,
    now: OffsetDateTime,
) -> Result<Items, ImportFileError> {
    let file: Arc<str> = name.into();
    let failed = |fault| ImportFileError { file: file.clone(), position: None, fault };
    let bytes = archive.read(name).map_err(failed)?;
    let text = Text::open(Box::new(Cursor::new(bytes))).map_err(failed)?;
    let rows = log(Table::open(file.clone(), text, Dialect::Commas)?, now)?;
    let items: Result<Items, ImportFileError> = bounded(file.clone(), rows).collect();
    match items {
        // Who never wrote a review has a table of reviews without rows.
        Err(ImportFileError { fault: FileFault::NoRows, .. }) => Ok(vec![]),
        items => items,
    }
}

fn merged(tables: Vec<Items>) -> Vec<ImportItem<PersonalRating>> {
    let reviews = reviews(&tables);
    let mut rated = HashSet::new();
    let merge = |item| match item {
        ImportItem::Row(row) => merge_row(row, &reviews, &mut rated),
        ImportItem::Skipped(skipped) => ImportItem::Skipped(skipped),
        ImportItem::Rejected(problem) => ImportItem::Rejected(problem),
        ImportItem::Warning(problem) => ImportItem::Warning(problem),
    };
    tables.into_iter().flatten().map(merge).collect()
}

/// What was last written about each movie.
fn reviews(tables: &[Items]) -> HashMap<Key, Review> {
    let mut reviews = HashMap::new();
    for item in tables.iter().flatten() {
        if let ImportItem::Row(ImportedRow {
            value: LogEntry { movie, review: Some(review), .. },
            ..
        }) = item
        {
            reviews.insert(key(movie), review.clone());
        }
    }
    reviews
}

fn merge_row(
    row: ImportedRow<LogEntry>,
    reviews: &HashMap<Key, Review>,
    rated: &mut HashSet<Key>,
) -> ImportItem<PersonalRating> {
    let (place, key) = (row.place, key(&row.value.movie));
    let skipped = |place, reason| ImportItem::Skipped(SkippedRow { place, reason });
    if rated.contains(&key) {
        return skipped(place, SkipReason::Superseded);
    }
    let review = reviews.get(&key).cloned();
    match (LogEntry { review, ..row.value }).rating() {
        Some(value) => {
            rated.insert(key);
            ImportItem::Row(ImportedRow { place, value })
        }
        None => skipped(place, SkipReason::NotRated),
    }
}

fn key(movie: &MovieReference) -> Key {
    let title = movie.titles().first().map(|title| TitleKey::of(title.as_str()));
    (title, movie.release_year())
}
