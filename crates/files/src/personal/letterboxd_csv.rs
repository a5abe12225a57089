//! The tables of Letterboxd's archive, and the one that Letterboxd reads.

use reelmark_application::ports::{
    ImportFileError, ImportRows, PersonalFormat, PersonalRating, RowFault, SkipReason,
};
use reelmark_domain::{ImdbId, MovieReference, RatedAt, Review, Score, ValueError};
use time::OffsetDateTime;

use super::adapter::Read;
use super::written_day::day;
use crate::cells::bare;
use crate::table::{Column, Dialect, Form, Made, Row, Table, at};
use crate::values::{ids, title, tmdb_id, year};

const KNOWN: (PersonalFormat, Read) = (PersonalFormat::LetterboxdCsv, read);

const fn form(columns: &'static [&'static str]) -> Form<(PersonalFormat, Read)> {
    Form { format: KNOWN, dialect: Dialect::Commas, columns }
}

/// `ratings.csv`.
pub(super) const RATINGS: Form<(PersonalFormat, Read)> = form(&["name", "letterboxduri", "rating"]);

/// `diary.csv` and `reviews.csv`, when what they link to was taken out.
pub(super) const LOG: Form<(PersonalFormat, Read)> = form(&["name", "watcheddate", "rating"]);

/// What Letterboxd reads, with scores.
pub(super) const TEN_POINTS: Form<(PersonalFormat, Read)> = form(&["title", "rating10"]);

/// What Letterboxd reads, with stars.
pub(super) const FIVE_STARS: Form<(PersonalFormat, Read)> =
    form(&["title", "watcheddate", "rating"]);

/// One row of any of them.
#[derive(Clone, Debug)]
pub(super) struct LogEntry {
    pub movie: MovieReference,
    pub score: Option<Score>,
    pub review: Option<Review>,
    pub rated_at: Option<RatedAt>,
}

struct Columns {
    title: Column,
    year: Option<Column>,
    imdb: Option<Column>,
    tmdb: Option<Column>,
    points: Option<Column>,
    stars: Option<Column>,
    day: Option<Column>,
    review: Option<Column>,
}

impl Columns {
    fn of(table: &Table) -> Result<Self, ImportFileError> {
        let title = table.any_column(&["name", "title"])?;
        Ok(Self {
            title: title.map_or_else(|| table.column("name"), Ok)?,
            year: table.any_column(&["year"])?,
            imdb: table.any_column(&["imdbid"])?,
            tmdb: table.any_column(&["tmdbid"])?,
            points: table.any_column(&["rating10"])?,
            stars: table.any_column(&["rating"])?,
            day: table.any_column(&["date", "watcheddate"])?,
            review: table.any_column(&["review"])?,
        })
    }
}

fn read(table: Table, now: OffsetDateTime) -> Result<ImportRows<PersonalRating>, ImportFileError> {
    let columns = Columns::of(&table)?;
    Ok(table.rows(move |row| {
        Ok(match entry(row, &columns, now)? {
            (entry, None) => entry.rating().map_or(NOT_RATED, Made::Value),
            (entry, Some(fault)) => {
                entry.rating().map_or(NOT_RATED, |rating| Made::Short(rating, fault))
            }
        })
    }))
}

const NOT_RATED: Made<PersonalRating> = Made::Nothing(SkipReason::NotRated);

/// The rows with those that aren't rated, since a review may stand apart from its rating.
pub(super) fn log(
    table: Table,
    now: OffsetDateTime,
) -> Result<ImportRows<LogEntry>, ImportFileError> {
    let columns = Columns::of(&table)?;
    Ok(table.rows(move |row| {
        Ok(match entry(row, &columns, now)? {
            (entry, None) => Made::Value(entry),
            (entry, Some(fault)) => Made::Short(entry, fault),
        })
    }))
}

impl LogEntry {
    /// The rating, if it is one.
    pub fn rating(self) -> Option<PersonalRating> {
        let Self { movie, score, review, rated_at } = self;
        Some(PersonalRating { movie, score: score?, review, rated_at })
    }
}

/// An entry, without its review when that can't be kept.
fn entry(
    row: &Row<'_>,
    columns: &Columns,
    now: OffsetDateTime,
) -> Result<(LogEntry, Option<RowFault>), RowFault> {
    let points = row.optional(&columns.points, Score::from_points)?;
    let stars = row.optional(&columns.stars, Score::from_stars)?;
    let movie = movie(row, columns, now)?;
    let rated_at = row.optional(&columns.day, day(now))?;
    let review = row.optional(&columns.review, review);
    let (review, fault) = review.map_or_else(|fault| (None, Some(fault)), |review| (review, None));
    Ok((LogEntry { movie, score: points.or(stars), review, rated_at }, fault))
}

fn review(raw: &str) -> Result<Review, ValueError> {
    Review::parse(bare(raw))
}

fn movie(
    row: &Row<'_>,
    columns: &Columns,
    now: OffsetDateTime,
) -> Result<MovieReference, RowFault> {
    let titles = row.optional(&Some(columns.title.clone()), |raw| title(bare(raw)))?;
    let imdb = row.optional(&columns.imdb, ImdbId::parse)?;
    let ids = ids(imdb, row.optional(&columns.tmdb, tmdb_id)?);
    let year = row.optional(&columns.year, year(now))?;
    let reference = MovieReference::new(titles.into_iter().collect(), year, ids);
    reference.map_err(|error| at(&columns.title, error))
}
