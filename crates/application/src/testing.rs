//! Values that the tests of several use cases start from.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use reelmark_domain::{
    Caller, EmailAddress, MovieFacts, MovieId, PlainPassword, Role, SessionId, Title, User, UserId,
    Username,
};
use time::OffsetDateTime;

use crate::Origin;
use crate::audit::AuditRecorder;
use crate::caching::{MovieViews, NearCopies};
use crate::ports::{
    CacheError, Cause, CredentialsRecord, InsertAuditEvent, MockAuditTrail, MockCache, MockClock,
    MockMovieReader, MockUserReader, MovieDetailsRecord, MovieFactsRecord, MovieRecord,
    RatingRecord, RatingSummaryRecord, ReportRecord, RepositoryError, UserRecord,
};

pub(crate) const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

pub(crate) fn clock() -> MockClock {
    let mut clock = MockClock::new();
    clock.expect_now().return_const(NOW);
    clock
}

pub(crate) fn origin() -> Origin {
    Origin { address: IpAddr::from([192, 0, 2, 7]), user_agent: None }
}

pub(crate) fn user() -> User {
    user_record().try_into().unwrap()
}

/// A recorder, and what it has recorded.
pub(crate) fn audit() -> (AuditRecorder, Arc<Mutex<Vec<InsertAuditEvent>>>) {
    let events = Arc::<Mutex<Vec<InsertAuditEvent>>>::default();
    let mut trail = MockAuditTrail::new();
    let heard = events.clone();
    trail.expect_record().returning(move |event| {
        heard.lock().unwrap().push(event);
        Ok(())
    });
    (AuditRecorder::new(Arc::new(trail), Arc::new(clock())), events)
}

/// The one event that was recorded.
pub(crate) fn only_event(events: &Mutex<Vec<InsertAuditEvent>>) -> InsertAuditEvent {
    let events = events.lock().unwrap();
    assert_eq!(events.len(), 1, "{events:?}");
    events[0].clone()
}

pub(crate) fn caller(role: Role) -> Caller {
    let session_id = SessionId::parse(70).unwrap();
    Caller { user_id: UserId::parse(7).unwrap(), session_id, role }
}

pub(crate) fn movie_id() -> MovieId {
    MovieId::parse(42).unwrap()
}

pub(crate) fn username() -> Username {
    Username::parse("Ada").unwrap()
}

pub(crate) fn email() -> EmailAddress {
    EmailAddress::parse("ada@example.org").unwrap()
}

pub(crate) fn password() -> PlainPassword {
    PlainPassword::parse("correct horse battery").unwrap()
}

pub(crate) fn facts(title: &str) -> MovieFacts {
    MovieFacts {
        title: Title::parse(title).unwrap(),
        original_title: None,
        alternative_titles: Default::default(),
        release_year: None,
        runtime: None,
        original_language: None,
        countries: Default::default(),
        genres: Default::default(),
        directors: Default::default(),
        synopsis: None,
        external_ids: Default::default(),
    }
}

pub(crate) fn user_record() -> UserRecord {
    UserRecord {
        id: 7,
        username: "Ada".into(),
        email: "ada@example.org".into(),
        role: "member".into(),
        status: "active".into(),
        display_name: Some("Ada L.".into()),
        bio: None,
        visibility: "public".into(),
        version: 3,
        created_at: NOW,
    }
}

/// Knows [`user_record`] and that its hash is `hash`.
pub(crate) fn known_user() -> MockUserReader {
    let mut users = MockUserReader::new();
    users.expect_find().returning(|_| Ok(Some(user_record())));
    users.expect_find_credentials().returning(|_| {
        Ok(Some(CredentialsRecord { user: user_record(), password_hash: "hash".into() }))
    });
    users
}

pub(crate) fn movie_record() -> MovieRecord {
    let facts = MovieFactsRecord { title: "Stalker".into(), ..MovieFactsRecord::default() };
    MovieRecord { id: 42, facts, version: 5, added_by: None, created_at: NOW, updated_at: NOW }
}

pub(crate) fn details_record() -> MovieDetailsRecord {
    let summary = RatingSummaryRecord {
        movie_id: 42,
        histogram: [0, 0, 0, 0, 0, 0, 1, 1, 0, 0],
        catalogue_mean: Some(7.0),
        version: 2,
        computed_at: NOW,
    };
    MovieDetailsRecord { movie: movie_record(), summary }
}

/// A movie of this id, with its id in its title.
pub(crate) fn details_of(id: i64) -> MovieDetailsRecord {
    let mut details = details_record();
    (details.movie.id, details.summary.movie_id) = (id, id);
    details.movie.facts.title = format!("Movie {id}");
    details
}

/// A cache that can't be reached.
pub(crate) fn no_cache() -> MockCache {
    let mut cache = MockCache::new();
    cache.expect_lookup().returning(|_| Err(CacheError("down".into())));
    cache
}

/// What is shown of a store that nobody has read from yet.
pub(crate) fn views_of(store: MockMovieReader) -> MovieViews {
    let (store, copies) = (Arc::new(store), NearCopies::new(Arc::new(clock())));
    MovieViews::new(store.clone(), store, Arc::new(copies))
}

pub(crate) fn rating_record(score: i16) -> RatingRecord {
    RatingRecord {
        user_id: 7,
        movie_id: 42,
        score,
        review: None,
        version: 1,
        created_at: NOW,
        updated_at: NOW,
    }
}

/// A report about movie 42 that user 7 asked for, queued.
pub(crate) fn report_record() -> ReportRecord {
    ReportRecord {
        id: 5,
        owner_id: 7,
        kind: "movie".into(),
        subject: Some("42".into()),
        from: None,
        to: None,
        status: "queued".into(),
        requested_at: NOW,
        started_at: None,
        finished_at: None,
        failure: None,
        result: None,
    }
}

/// The same when it is done.
pub(crate) fn done_report_record() -> ReportRecord {
    let result = r#"{"kind":"movie","movie":{"id":42,"title":"Up","release_year":null},
        "numbers":{"count":0,"mean":null,"standard_deviation":null,"polarization":null,
        "histogram":[0,0,0,0,0,0,0,0,0,0]},"weighted_score":null,"by_month":[]}"#;
    ReportRecord {
        status: "done".into(),
        finished_at: Some(NOW),
        result: Some(result.into()),
        ..report_record()
    }
}

pub(crate) fn unavailable() -> RepositoryError {
    RepositoryError::Unavailable(Cause::from("down"))
}
