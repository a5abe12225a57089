//! Opens test data, and says in a line each what came of it.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use reelmark_application::ports::{
    CatalogueFile, CatalogueMovie, ImportFileError, ImportItem, ImportRows, OpenedRatings,
    PersonalFile, PersonalRating, PersonalRatingsFiles,
};
use reelmark_files::ForeignRatingsFiles;
use time::OffsetDateTime;
use time::macros::datetime;

pub const NOW: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

pub fn data(path: &str) -> Vec<u8> {
    std::fs::read(folder().join(path)).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data")
}

pub fn catalogue(path: &str) -> CatalogueFile {
    in_memory(path.rsplit('/').next().unwrap(), data(path))
}

pub fn in_memory(name: &str, bytes: Vec<u8>) -> CatalogueFile {
    CatalogueFile { name: name.into(), content: Box::new(Cursor::new(bytes)), now: NOW }
}

pub fn open(bytes: Vec<u8>) -> Result<OpenedRatings, ImportFileError> {
    let content = Box::new(Cursor::new(bytes));
    ForeignRatingsFiles.open(PersonalFile { name: "upload".into(), content, now: NOW })
}

pub fn personal(path: &str) -> Vec<String> {
    outline(open(data(path)).map(|opened| opened.rows), rating)
}

/// What came of a file: rows as `show` has them, and the rest as errors put it.
pub fn outline<T>(
    rows: Result<ImportRows<T>, ImportFileError>,
    show: impl Fn(&T) -> String,
) -> Vec<String> {
    let rows = match rows {
        Ok(rows) => rows,
        Err(error) => return vec![error.to_string()],
    };
    let said = rows.map(|item| match item {
        Ok(ImportItem::Row(row)) => show(&row.value),
        Ok(ImportItem::Skipped(skipped)) => format!("{}: {}", skipped.place, skipped.reason.name()),
        Ok(ImportItem::Rejected(problem)) => problem.to_string(),
        Ok(ImportItem::Warning(problem)) => format!("warning: {problem}"),
        Err(error) => error.to_string(),
    });
    said.collect()
}

/// `#1 The Matrix [Another title] (1999) Action/Sci-Fi`.
pub fn movie(movie: &CatalogueMovie) -> String {
    let facts = &movie.facts;
    let number = movie.number.map_or_else(String::new, |number| format!("#{number} "));
    let others = facts.alternative_titles.as_slice().iter().chain(&facts.original_title);
    let others: String = others.map(|title| format!(" [{title}]")).collect();
    let year = facts.release_year.map_or_else(String::new, |year| format!(" ({})", year.get()));
    let genres: Vec<_> = facts.genres.as_slice().iter().map(|genre| genre.as_str()).collect();
    format!("{number}{}{others}{year} {}", facts.title, genres.join("/")).trim_end().to_owned()
}

/// `Up (2009) tt1049413 14160: 9 on 2020-01-31, a review`.
pub fn rating(rating: &PersonalRating) -> String {
    let (movie, ids) = (&rating.movie, rating.movie.external_ids());
    let titles: Vec<_> = movie.titles().iter().map(|title| title.as_str()).collect();
    let mut text = titles.join(" / ");
    text.extend(movie.release_year().map(|year| format!(" ({})", year.get())));
    text.extend(ids.imdb.as_ref().map(|id| format!(" {id}")));
    text.extend(ids.tmdb.map(|id| format!(" {}", id.get())));
    text.extend([format!(": {}", rating.score.get())]);
    text.extend(rating.rated_at.map(|at| format!(" on {}", at.get().date())));
    text.extend(rating.review.as_ref().map(|review| format!(", {review}")));
    text
}
