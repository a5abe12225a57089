use paperclip::actix::Apiv2Schema;
use reelmark_application::account::{AccountExport, AddedMovie, ExportedRating, MovieNames};
use reelmark_domain::{Session, User};
use serde::Serialize;

use crate::timestamp::timestamp;

/// All that is held about somebody, but for the hashes of their password and tokens.
// It has no debug output, because an address stands in it.
#[derive(Serialize, Apiv2Schema)]
pub(super) struct AccountExportResponse {
    /// The account and its profile.
    account: ExportedAccountResponse,
    /// Where its owner is signed in, last used first.
    sessions: Vec<ExportedSessionResponse>,
    /// The ratings, latest first.
    ratings: Vec<ExportedRatingResponse>,
    /// The movies that its owner added.
    movies: Vec<ExportedMovieResponse>,
}

/// An account and its profile.
#[derive(Serialize, Apiv2Schema)]
pub(super) struct ExportedAccountResponse {
    /// The user's id.
    id: i64,
    /// The name its owner is found by.
    username: String,
    /// The address to sign in with.
    email: String,
    /// What its owner may do.
    role: &'static str,
    /// Whether it can be used.
    status: &'static str,
    /// Who sees the profile and the ratings.
    visibility: &'static str,
    /// The name to show.
    display_name: Option<String>,
    /// A few words about its owner.
    bio: Option<String>,
    /// When its owner signed up.
    created_at: String,
}

/// One sign-in on one device.
#[derive(Serialize, Apiv2Schema)]
pub(super) struct ExportedSessionResponse {
    /// The session's id.
    id: i64,
    /// The device.
    device: String,
    /// When it was begun.
    created_at: String,
    /// When its tokens were last renewed.
    last_used_at: String,
}

/// A rating.
#[derive(Serialize, Apiv2Schema)]
pub(super) struct ExportedRatingResponse {
    /// What was rated.
    movie: ExportedMovieNamesResponse,
    /// 1 to 10.
    score: u8,
    /// What was written about it.
    review: Option<String>,
    /// When it was first rated.
    created_at: String,
    /// When the rating was last written.
    updated_at: String,
}

/// A movie that somebody added.
#[derive(Serialize, Apiv2Schema)]
pub(super) struct ExportedMovieResponse {
    /// What was added.
    movie: ExportedMovieNamesResponse,
    /// When it was added.
    created_at: String,
}

/// What names a movie, here and elsewhere.
#[derive(Serialize, Apiv2Schema)]
pub(super) struct ExportedMovieNamesResponse {
    /// The movie's id.
    id: i64,
    /// The title.
    title: String,
    /// The year it was released in.
    release_year: Option<i32>,
    /// Its id at IMDb.
    imdb: Option<String>,
    /// Its id at The Movie Database.
    tmdb: Option<i64>,
    /// Its id in MovieLens.
    movielens: Option<i64>,
}

impl From<&AccountExport> for AccountExportResponse {
    fn from(export: &AccountExport) -> Self {
        Self {
            account: (&export.user).into(),
            sessions: export.sessions.iter().map(Into::into).collect(),
            ratings: export.ratings.iter().map(Into::into).collect(),
            movies: export.movies.iter().map(Into::into).collect(),
        }
    }
}

impl From<&User> for ExportedAccountResponse {
    fn from(user: &User) -> Self {
        let profile = user.profile();
        Self {
            id: user.id().get(),
            username: user.username().to_string(),
            email: user.email().to_string(),
            role: user.role().as_str(),
            status: user.status().as_str(),
            visibility: profile.visibility.as_str(),
            display_name: profile.display_name.as_ref().map(ToString::to_string),
            bio: profile.bio.as_ref().map(ToString::to_string),
            created_at: timestamp(user.created_at()),
        }
    }
}

impl From<&Session> for ExportedSessionResponse {
    fn from(session: &Session) -> Self {
        Self {
            id: session.id.get(),
            device: session.device.to_string(),
            created_at: timestamp(session.created_at),
            last_used_at: timestamp(session.last_used_at),
        }
    }
}

impl From<&ExportedRating> for ExportedRatingResponse {
    fn from(ExportedRating { rating, movie }: &ExportedRating) -> Self {
        Self {
            movie: movie.into(),
            score: rating.score().get(),
            review: rating.review().map(ToString::to_string),
            created_at: timestamp(rating.created_at()),
            updated_at: timestamp(rating.updated_at()),
        }
    }
}

impl From<&AddedMovie> for ExportedMovieResponse {
    fn from(added: &AddedMovie) -> Self {
        Self { movie: (&added.movie).into(), created_at: timestamp(added.created_at) }
    }
}

impl From<&MovieNames> for ExportedMovieNamesResponse {
    fn from(movie: &MovieNames) -> Self {
        Self {
            id: movie.id.get(),
            title: movie.title.to_string(),
            release_year: movie.release_year.map(|year| year.get()),
            imdb: movie.external_ids.imdb.as_ref().map(ToString::to_string),
            tmdb: movie.external_ids.tmdb.map(|id| id.get()),
            movielens: movie.external_ids.movielens.map(|id| id.get()),
        }
    }
}
