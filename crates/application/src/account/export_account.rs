use reelmark_domain::{Caller, Session, User};
use thiserror::Error;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::{AccountExport, AccountPorts, AddedMovie, ExportedRating, MovieNames};
use crate::ports::{
    ExportReader, ListAddedMovies, ListRatings, RatingPosition, RepositoryError, TableWriter,
    TableWriterError,
};

/// How many rows are read at once.
const PAGE: usize = 500;

/// Why nothing is handed out.
#[derive(Debug, Error)]
pub enum ExportAccountError {
    /// The account was erased a moment ago.
    #[error("the account no longer exists")]
    AccountGone,
    #[error(transparent)]
    Table(#[from] TableWriterError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    ports: &AccountPorts,
    caller: Caller,
) -> Result<AccountExport, ExportAccountError> {
    let id = caller.user_id.get();
    let user = ports.users.find(id).await?.ok_or(ExportAccountError::AccountGone)?;
    let sessions = ports.sessions.list_of_user(id, ports.clock.now()).await?;
    let sessions = sessions.into_iter().map(Session::try_from).collect::<Result<_, _>>();
    Ok(AccountExport {
        user: User::try_from(user).map_err(RepositoryError::from)?,
        sessions: sessions.map_err(RepositoryError::from)?,
        ratings: all_ratings(&*ports.exports, id).await?,
        movies: all_movies(&*ports.exports, id).await?,
    })
}

async fn all_ratings(
    exports: &dyn ExportReader,
    of: i64,
) -> Result<Vec<ExportedRating>, RepositoryError> {
    let (mut all, mut after) = (vec![], None);
    loop {
        let page = exports.list_ratings(ListRatings { of, after, limit: PAGE }).await?;
        let is_last = page.len() < PAGE;
        after = page.last().map(|last| RatingPosition {
            updated_at_micros: micros(last.rating.updated_at),
            id: last.rating.movie_id,
        });
        for record in page {
            all.push(record.try_into()?);
        }
        if is_last {
            return Ok(all);
        }
    }
}

async fn all_movies(
    exports: &dyn ExportReader,
    added_by: i64,
) -> Result<Vec<AddedMovie>, RepositoryError> {
    let (mut all, mut after) = (vec![], None);
    loop {
        let list = ListAddedMovies { added_by, after, limit: PAGE };
        let page = exports.list_added_movies(list).await?;
        let is_last = page.len() < PAGE;
        after = page.last().map(|last| last.movie.id);
        for record in page {
            all.push(record.try_into()?);
        }
        if is_last {
            return Ok(all);
        }
    }
}

fn micros(time: OffsetDateTime) -> i64 {
    let micros = time.unix_timestamp_nanos().div_euclid(1000);
    i64::try_from(micros).unwrap_or(i64::MAX)
}

/// One value per line: `section,row,field,value`. Rows of a section are numbered from 1; a value
/// that isn't there has no line.
pub(super) fn as_csv(
    tables: &dyn TableWriter,
    export: &AccountExport,
) -> Result<String, ExportAccountError> {
    let mut lines = Lines::default();
    lines.user(&export.user);
    for (number, session) in export.sessions.iter().enumerate() {
        lines.session(number + 1, session);
    }
    for (number, rating) in export.ratings.iter().enumerate() {
        lines.rating(number + 1, rating);
    }
    for (number, added) in export.movies.iter().enumerate() {
        let mut row = lines.row("movies", number + 1);
        row.movie(&added.movie);
        row.add("created_at", rfc3339(added.created_at));
    }
    let head = ["section", "row", "field", "value"].map(str::to_owned);
    Ok(tables.csv(head.to_vec(), lines.0)?)
}

#[derive(Default)]
struct Lines(Vec<Vec<String>>);

/// The lines of one row of a section.
struct Row<'a> {
    lines: &'a mut Vec<Vec<String>>,
    section: &'static str,
    number: usize,
}

impl Lines {
    fn row(&mut self, section: &'static str, number: usize) -> Row<'_> {
        Row { lines: &mut self.0, section, number }
    }

    fn user(&mut self, user: &User) {
        let profile = user.profile();
        let mut row = self.row("account", 1);
        row.add("id", user.id());
        row.add("username", user.username());
        row.add("email", user.email());
        row.add("role", user.role());
        row.add("status", user.status());
        row.add("visibility", profile.visibility);
        row.add_if_any("display_name", profile.display_name.as_ref());
        row.add_if_any("bio", profile.bio.as_ref());
        row.add("created_at", rfc3339(user.created_at()));
    }

    fn session(&mut self, number: usize, session: &Session) {
        let mut row = self.row("sessions", number);
        row.add("id", session.id);
        row.add("device", &session.device);
        row.add("created_at", rfc3339(session.created_at));
        row.add("last_used_at", rfc3339(session.last_used_at));
    }

    fn rating(&mut self, number: usize, exported: &ExportedRating) {
        let rating = &exported.rating;
        let mut row = self.row("ratings", number);
        row.movie(&exported.movie);
        row.add("score", rating.score().get());
        row.add_if_any("review", rating.review());
        row.add("created_at", rfc3339(rating.created_at()));
        row.add("updated_at", rfc3339(rating.updated_at()));
    }
}

impl Row<'_> {
    fn movie(&mut self, movie: &MovieNames) {
        self.add("movie_id", movie.id);
        self.add("title", &movie.title);
        self.add_if_any("release_year", movie.release_year.map(|year| year.get()));
        self.add_if_any("imdb_id", movie.external_ids.imdb.as_ref());
        self.add_if_any("tmdb_id", movie.external_ids.tmdb.map(|id| id.get()));
        self.add_if_any("movielens_id", movie.external_ids.movielens.map(|id| id.get()));
    }

    fn add(&mut self, field: &str, value: impl ToString) {
        let (section, number) = (self.section.to_owned(), self.number.to_string());
        self.lines.push(vec![section, number, field.to_owned(), value.to_string()]);
    }

    fn add_if_any(&mut self, field: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.add(field, value);
        }
    }
}

fn rfc3339(time: OffsetDateTime) -> String {
    time.format(&Rfc3339).unwrap_or_default()
}
