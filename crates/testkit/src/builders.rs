//! Valid values to start a test from. Each test names what it is about and leaves the rest.

use reelmark_application::ports::{
    InsertMovie, InsertUser, ListRatings, MovieFilter, MovieSort, OpenSession, PutRating,
    RotateToken, SearchTerms, UpdateMovie, UserRecord,
};
use reelmark_domain::{
    AccountStatus, AlternativeTitles, Countries, Country, Directors, EmailAddress, ExternalIds,
    Genre, Genres, ImdbId, Language, MovieFacts, MovieLensId, PersonName, ReleaseYear, Role,
    Runtime, Secret, Session, Synopsis, Title, TmdbId, Username, sought_key,
};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};

/// When things happen unless a test says otherwise, to the microsecond that a store must keep.
pub const NOON: OffsetDateTime = datetime!(2026-03-01 12:00:00.123456 UTC);

/// So many minutes after [`NOON`].
#[must_use]
pub fn minute(n: i64) -> OffsetDateTime {
    NOON + Duration::minutes(n)
}

/// A request for a member's account; the e-mail address is made from the username.
#[must_use]
pub fn insert_user(username: &str) -> InsertUser {
    let username = Username::parse(username).unwrap();
    let email = EmailAddress::parse(&format!("{username}@example.org")).unwrap();
    InsertUser {
        username: username.to_string(),
        username_key: username.key(),
        email: email.to_string(),
        password_hash: format!("hash of {username}"),
        role: Role::Member.to_string(),
        status: AccountStatus::Active.to_string(),
        at: NOON,
    }
}

/// A request to open a session of a user of [`insert_user`] at [`NOON`] with this refresh token.
#[must_use]
pub fn open_session(user: &UserRecord, token: &str) -> OpenSession {
    OpenSession {
        user_id: user.id,
        password_hash: format!("hash of {}", user.username),
        device: "curl on Linux".into(),
        token_hash: digest(token),
        at: NOON,
        expires_at: NOON + Session::MAX_AGE,
    }
}

/// A request to trade in a refresh token.
#[must_use]
pub fn rotate_token(token: &str, successor: &str, at: OffsetDateTime) -> RotateToken {
    RotateToken { token_hash: digest(token), successor_hash: digest(successor), at }
}

/// What a store keeps of a refresh token.
#[must_use]
pub fn digest(token: &str) -> String {
    Secret::parse(format!("refresh token {token}")).unwrap().digest()
}

/// A request to rate at [`NOON`], without a review.
#[must_use]
pub fn put_rating(user_id: i64, movie_id: i64, score: i16) -> PutRating {
    PutRating { user_id, movie_id, score, review: None, at: NOON }
}

/// A request for the first 1,000 ratings of a movie or a user.
#[must_use]
pub fn ratings_of(of: i64) -> ListRatings {
    ListRatings { of, after: None, limit: 1_000 }
}

/// A filter that every movie passes; the list holds up to 1,000.
#[must_use]
pub fn all_movies(sort: MovieSort) -> MovieFilter {
    MovieFilter {
        search: None,
        genre_key: None,
        year_from: None,
        year_to: None,
        min_ratings: 0,
        sort,
        after: None,
        limit: 1_000,
    }
}

/// A filter for the movies that match `text`, best match first.
#[must_use]
pub fn movies_like(text: &str) -> MovieFilter {
    MovieFilter { search: Some(search_terms(text)), ..all_movies(MovieSort::Relevance) }
}

/// What somebody typed, prepared for a store.
#[must_use]
pub fn search_terms(text: &str) -> SearchTerms {
    SearchTerms { key: sought_key(text) }
}

/// A movie with nothing but this title.
#[must_use]
pub fn movie(title: &str) -> MovieBuilder {
    MovieBuilder {
        facts: MovieFacts {
            title: Title::parse(title).unwrap(),
            original_title: None,
            alternative_titles: AlternativeTitles::default(),
            release_year: None,
            runtime: None,
            original_language: None,
            countries: Countries::default(),
            genres: Genres::default(),
            directors: Directors::default(),
            synopsis: None,
            external_ids: ExternalIds::default(),
        },
        added_by: None,
        at: NOON,
    }
}

/// Makes the requests that store a movie.
#[derive(Clone, Debug)]
pub struct MovieBuilder {
    facts: MovieFacts,
    added_by: Option<i64>,
    at: OffsetDateTime,
}

impl MovieBuilder {
    /// Sets the original title.
    #[must_use]
    pub fn original_title(mut self, title: &str) -> Self {
        self.facts.original_title = Some(Title::parse(title).unwrap());
        self
    }

    /// Sets the other titles.
    #[must_use]
    pub fn alternative_titles(mut self, titles: &[&str]) -> Self {
        let titles = titles.iter().map(|title| Title::parse(title).unwrap());
        self.facts.alternative_titles = AlternativeTitles::new(titles.collect()).unwrap();
        self
    }

    /// Sets the original language.
    #[must_use]
    pub fn language(mut self, code: &str) -> Self {
        self.facts.original_language = Some(Language::parse(code).unwrap());
        self
    }

    /// Sets the countries.
    #[must_use]
    pub fn countries(mut self, codes: &[&str]) -> Self {
        let countries = codes.iter().map(|code| Country::parse(code).unwrap());
        self.facts.countries = Countries::new(countries.collect()).unwrap();
        self
    }

    /// Sets the release year.
    #[must_use]
    pub fn year(mut self, year: i64) -> Self {
        self.facts.release_year = Some(ReleaseYear::from_stored(year).unwrap());
        self
    }

    /// Sets the runtime in minutes.
    #[must_use]
    pub fn runtime(mut self, minutes: i64) -> Self {
        self.facts.runtime = Some(Runtime::parse(minutes).unwrap());
        self
    }

    /// Sets the genres.
    #[must_use]
    pub fn genres(mut self, names: &[&str]) -> Self {
        let genres = names.iter().map(|name| Genre::parse(name).unwrap());
        self.facts.genres = Genres::new(genres.collect()).unwrap();
        self
    }

    /// Sets the directors.
    #[must_use]
    pub fn directors(mut self, names: &[&str]) -> Self {
        let directors = names.iter().map(|name| PersonName::parse(name).unwrap());
        self.facts.directors = Directors::new(directors.collect()).unwrap();
        self
    }

    /// Sets the synopsis.
    #[must_use]
    pub fn synopsis(mut self, text: &str) -> Self {
        self.facts.synopsis = Some(Synopsis::parse(text).unwrap());
        self
    }

    /// Sets the id at IMDb.
    #[must_use]
    pub fn imdb(mut self, id: &str) -> Self {
        self.facts.external_ids.imdb = Some(ImdbId::parse(id).unwrap());
        self
    }

    /// Sets the id at The Movie Database.
    #[must_use]
    pub fn tmdb(mut self, id: i64) -> Self {
        self.facts.external_ids.tmdb = Some(TmdbId::parse(id).unwrap());
        self
    }

    /// Sets the id in MovieLens.
    #[must_use]
    pub fn movielens(mut self, id: i64) -> Self {
        self.facts.external_ids.movielens = Some(MovieLensId::parse(id).unwrap());
        self
    }

    /// Sets who adds it.
    #[must_use]
    pub fn added_by(mut self, user_id: i64) -> Self {
        self.added_by = Some(user_id);
        self
    }

    /// Sets when it is added or edited.
    #[must_use]
    pub fn at(mut self, at: OffsetDateTime) -> Self {
        self.at = at;
        self
    }

    /// The request to store it.
    #[must_use]
    pub fn insert(&self) -> InsertMovie {
        InsertMovie::new(&self.facts, self.added_by, self.at)
    }

    /// The request to store these facts in place of those of movie `id`.
    #[must_use]
    pub fn update(&self, id: i64, expected_version: i64) -> UpdateMovie {
        UpdateMovie {
            id,
            expected_version,
            facts: (&self.facts).into(),
            index: (&self.facts).into(),
            at: self.at,
        }
    }
}
