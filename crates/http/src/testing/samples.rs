//! Things to answer with. Each test says what it is about and leaves the rest.

use std::time::Duration;

use reelmark_application::auth::Tokens;
use reelmark_application::personal_import::PersonalImport;
use reelmark_application::ports::{AccessToken, ImportCounts, MovieDetails, RepositoryError};
use reelmark_application::report::{
    MovieReport, RatingNumbers, Report, ReportResult, ReportedMovie, Tally,
};
use reelmark_application::user::UserProfile;
use reelmark_domain::{
    AccountStatus, AlternativeTitles, Caller, CatalogueMean, Countries, Country, Directors,
    DisplayName, EmailAddress, ExternalIds, Genre, Genres, Histogram, ImportId, ImportStatus,
    Language, Movie, MovieFacts, MovieId, Profile, Rating, RatingSummary, ReleaseYear, ReportId,
    ReportKind, ReportPeriod, ReportStatus, Review, Role, Score, Secret, SessionId, Title, User,
    UserId, Username, Visibility,
};
use time::OffsetDateTime;
use time::macros::datetime;

pub(crate) const NOON: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);
pub(crate) const ONE: OffsetDateTime = datetime!(2026-03-01 13:00 UTC);

/// What a driver says that nobody else is to see.
pub(crate) const SECRET_CAUSE: &str = "connection to 10.0.0.7:5432 refused for user reelmark";

pub(crate) fn unavailable() -> RepositoryError {
    RepositoryError::Unavailable(SECRET_CAUSE.into())
}

pub(crate) fn user_id() -> UserId {
    UserId::parse(7).unwrap()
}

pub(crate) fn movie_id() -> MovieId {
    MovieId::parse(42).unwrap()
}

pub(crate) fn caller(role: Role) -> Caller {
    Caller { user_id: user_id(), session_id: session_id(), role }
}

pub(crate) fn session_id() -> SessionId {
    SessionId::parse(70).unwrap()
}

pub(crate) fn tokens() -> Tokens {
    let access = AccessToken { token: "t.o.k".into(), expires_in: Duration::from_secs(600) };
    Tokens { access, refresh: Secret::parse("a refresh token".into()).unwrap() }
}

/// `Ada_L`, a member at version 3.
pub(crate) fn user() -> User {
    let names =
        (Username::parse("Ada_L").unwrap(), EmailAddress::parse("ada@example.org").unwrap());
    let profile = Profile {
        display_name: DisplayName::parse("Ada Lovelace").ok(),
        bio: None,
        visibility: Visibility::Public,
    };
    User::new(user_id(), names, (Role::Member, AccountStatus::Active), profile, 3, NOON)
}

/// The scores 5, 8 and 8.
pub(crate) fn histogram() -> Histogram {
    Histogram::of([5, 8, 8].map(|score| Score::parse(score).unwrap()))
}

pub(crate) fn profile() -> UserProfile {
    UserProfile { user: user(), histogram: histogram() }
}

/// Ada's rating of the sample movie: 8, at version 2.
pub(crate) fn rating() -> Rating {
    let review = Review::parse("Slow, and not a minute too long.").ok();
    Rating::new((user_id(), movie_id()), Score::parse(8).unwrap(), review, 2, NOON, ONE)
}

/// The sample movie's summary at version 9.
pub(crate) fn summary() -> RatingSummary {
    RatingSummary::new(movie_id(), histogram(), CatalogueMean::parse(6.5).ok(), 9, ONE)
}

/// A report about the sample movie, queued.
pub(crate) fn queued_report() -> Report {
    Report {
        id: ReportId::parse(5).unwrap(),
        owner_id: user_id(),
        kind: ReportKind::Movie,
        subject: Some("42".to_owned()),
        period: ReportPeriod::default(),
        status: ReportStatus::Queued,
        requested_at: NOON,
        finished_at: None,
        failure: None,
        result: None,
    }
}

/// The same when it is done.
pub(crate) fn done_report() -> Report {
    let numbers = RatingNumbers {
        count: 3,
        mean: Some(7.0),
        standard_deviation: Some(1.5),
        polarization: Some(0.25),
        histogram: histogram().buckets(),
    };
    let result = ReportResult::Movie(MovieReport {
        movie: ReportedMovie { id: 42, title: "Stalker".to_owned(), release_year: Some(1979) },
        numbers,
        weighted_score: Some(6.5),
        by_month: vec![Tally { key: "2026-03".to_owned(), count: 3, mean: 7.0 }],
    });
    let (status, finished_at) = (ReportStatus::Done, Some(ONE));
    Report { status, finished_at, result: Some(result), ..queued_report() }
}

/// An import of Ada's, queued.
pub(crate) fn queued_import() -> PersonalImport {
    PersonalImport {
        id: ImportId::parse(5).unwrap(),
        status: ImportStatus::Queued,
        dry_run: false,
        file_name: "ratings.csv".to_owned(),
        format: None,
        counts: ImportCounts::default(),
        created_at: NOON,
        finished_at: None,
        problem: None,
    }
}

/// "Stalker" at version 4.
pub(crate) fn movie() -> MovieDetails {
    let facts = MovieFacts {
        title: Title::parse("Stalker").unwrap(),
        original_title: Title::parse("Сталкер").ok(),
        alternative_titles: AlternativeTitles::new(vec![Title::parse("Szép Zóna").unwrap()])
            .unwrap(),
        release_year: ReleaseYear::from_stored(1979).ok(),
        runtime: None,
        original_language: Language::parse("ru").ok(),
        countries: Countries::new(vec![Country::parse("RU").unwrap()]).unwrap(),
        genres: Genres::new(vec![Genre::parse("Drama").unwrap()]).unwrap(),
        directors: Directors::default(),
        synopsis: None,
        external_ids: ExternalIds::default(),
    };
    MovieDetails {
        movie: Movie::new(movie_id(), facts, 4, Some(user_id()), NOON, ONE),
        summary: summary(),
    }
}
