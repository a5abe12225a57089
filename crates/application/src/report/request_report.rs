use reelmark_domain::{Action, Caller, Forbidden, MovieId, ReportKind, ReportPeriod, Username};
use thiserror::Error;

use super::Report;
use crate::ports::{
    Clock, InsertReport, MovieReader, ReportRepository, RepositoryError, UserReader,
};

/// How many reports somebody may have that are not finished.
pub const MAX_UNFINISHED: i64 = 20;

/// Somebody wants a report.
#[derive(Clone, Debug)]
pub struct RequestReport {
    pub caller: Caller,
    pub subject: ReportSubject,
    pub period: ReportPeriod,
}

/// What a report is to be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportSubject {
    Movie(MovieId),
    /// The user of this name, or whoever asks.
    User(Option<Username>),
    Catalogue,
}

/// Why no report is made.
#[derive(Debug, Error)]
pub enum RequestReportError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("there is no such movie")]
    MovieNotFound,
    #[error("there is no such user")]
    UserNotFound,
    #[error("{MAX_UNFINISHED} reports are not finished yet")]
    TooManyReports,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl ReportSubject {
    fn kind(&self) -> ReportKind {
        match self {
            Self::Movie(_) => ReportKind::Movie,
            Self::User(_) => ReportKind::User,
            Self::Catalogue => ReportKind::Catalogue,
        }
    }
}

pub(super) async fn run(
    reports: &dyn ReportRepository,
    movies: &dyn MovieReader,
    users: &dyn UserReader,
    clock: &dyn Clock,
    command: RequestReport,
) -> Result<Report, RequestReportError> {
    let RequestReport { caller, subject, period } = command;
    let kind = subject.kind().to_string();
    let subject = match subject {
        ReportSubject::Movie(id) => Some(known_movie(movies, id).await?),
        ReportSubject::User(name) => Some(allowed_user(users, caller, name).await?),
        ReportSubject::Catalogue => {
            caller.authorize(Action::ReportOnCatalogue)?;
            None
        }
    };
    let insert = InsertReport {
        owner_id: caller.user_id.get(),
        kind,
        subject,
        from: period.from(),
        to: period.to(),
        at: clock.now(),
        most_unfinished: MAX_UNFINISHED,
    };
    let stored = reports.request(insert).await?.ok_or(RequestReportError::TooManyReports)?;
    Ok(Report::try_from(stored)?)
}

async fn known_movie(movies: &dyn MovieReader, id: MovieId) -> Result<String, RequestReportError> {
    let movie = movies.find(id.get()).await?.ok_or(RequestReportError::MovieNotFound)?;
    Ok(movie.movie.id.to_string())
}

/// Names the caller, or somebody else if the caller may ask about them. Who may not doesn't learn
/// whether there is such a user.
async fn allowed_user(
    users: &dyn UserReader,
    caller: Caller,
    name: Option<Username>,
) -> Result<String, RequestReportError> {
    let found = match name {
        None => users.find(caller.user_id.get()).await?,
        Some(name) => users.find_by_username(name.key()).await?,
    };
    let own = found.as_ref().is_some_and(|user| user.id == caller.user_id.get());
    if !own {
        caller.authorize(Action::ReportOnOthers)?;
    }
    found.map(|user| user.username).ok_or(RequestReportError::UserNotFound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{
        MockMovieReader, MockReportRepository, MockUserReader, ReportRecord, UserRecord,
    };
    use crate::testing::{
        NOW, caller, clock, details_record, movie_id, report_record, user_record, username,
    };
    use reelmark_domain::Role;
    use time::macros::date;

    fn command(role: Role, subject: ReportSubject) -> RequestReport {
        let period = ReportPeriod::new(Some(date!(2026 - 01 - 01)), None).unwrap();
        RequestReport { caller: caller(role), subject, period }
    }

    fn movies(is_known: bool) -> MockMovieReader {
        let mut movies = MockMovieReader::new();
        movies.expect_find().returning(move |_| Ok(is_known.then(details_record)));
        movies
    }

    /// Knows one user, with this id and name.
    fn users(id: i64, username: &'static str) -> MockUserReader {
        let user = move || UserRecord { id, username: username.into(), ..user_record() };
        let mut users = MockUserReader::new();
        users.expect_find().returning(move |wanted| Ok((wanted == id).then(user)));
        let key = username.to_lowercase();
        users.expect_find_by_username().returning(move |wanted| Ok((wanted == key).then(user)));
        users
    }

    /// Stores what it gets, provided its subject is this one.
    fn storing(kind: &'static str, subject: Option<&'static str>) -> MockReportRepository {
        let is_ours = move |insert: &InsertReport| {
            (insert.owner_id, insert.at, insert.most_unfinished) == (7, NOW, 20)
                && insert.kind == kind
                && insert.subject.as_deref() == subject
                && (insert.from, insert.to) == (Some(date!(2026 - 01 - 01)), None)
        };
        let mut reports = MockReportRepository::new();
        reports.expect_request().withf(is_ours).returning(|insert| {
            let InsertReport { kind, subject, .. } = insert;
            Ok(Some(ReportRecord { kind, subject, ..report_record() }))
        });
        reports
    }

    async fn request(
        reports: MockReportRepository,
        (movies, users): (MockMovieReader, MockUserReader),
        command: RequestReport,
    ) -> Result<Report, RequestReportError> {
        run(&reports, &movies, &users, &clock(), command).await
    }

    #[tokio::test]
    async fn anybody_may_ask_about_a_movie() {
        let ports = (movies(true), MockUserReader::new());
        let command = command(Role::Member, ReportSubject::Movie(movie_id()));
        let report = request(storing("movie", Some("42")), ports, command).await.unwrap();
        assert_eq!((report.kind, report.subject.as_deref()), (ReportKind::Movie, Some("42")));
    }

    #[tokio::test]
    async fn anybody_may_ask_about_themself_by_name_or_without() {
        for subject in [None, Some(username())] {
            let ports = (movies(true), users(7, "Ada"));
            let command = command(Role::Member, ReportSubject::User(subject));
            assert!(request(storing("user", Some("Ada")), ports, command).await.is_ok());
        }
    }

    #[tokio::test]
    async fn an_admin_alone_may_ask_about_others_and_the_catalogue() {
        let bob = || ReportSubject::User(Username::parse("bob").ok());
        let ports = || (movies(true), users(8, "bob"));
        let asked = command(Role::Admin, bob());
        assert!(request(storing("user", Some("bob")), ports(), asked).await.is_ok());
        let asked = command(Role::Admin, ReportSubject::Catalogue);
        assert!(request(storing("catalogue", None), ports(), asked).await.is_ok());
        for subject in [bob(), ReportSubject::Catalogue] {
            let asked = command(Role::Curator, subject);
            let refused = request(MockReportRepository::new(), ports(), asked).await;
            assert!(matches!(refused, Err(RequestReportError::Forbidden(_))));
        }
    }

    #[tokio::test]
    async fn only_who_may_ask_learns_that_there_is_no_such_user() {
        let nobody = || ReportSubject::User(Username::parse("nobody").ok());
        let ports = || (movies(true), users(8, "bob"));
        let by_admin = command(Role::Admin, nobody());
        let refused = request(MockReportRepository::new(), ports(), by_admin).await;
        assert!(matches!(refused, Err(RequestReportError::UserNotFound)));
        let by_member = command(Role::Member, nobody());
        let refused = request(MockReportRepository::new(), ports(), by_member).await;
        assert!(matches!(refused, Err(RequestReportError::Forbidden(_))));
    }

    #[tokio::test]
    async fn a_movie_that_is_not_there_gets_no_report() {
        let ports = (movies(false), MockUserReader::new());
        let command = command(Role::Member, ReportSubject::Movie(movie_id()));
        let refused = request(MockReportRepository::new(), ports, command).await;
        assert!(matches!(refused, Err(RequestReportError::MovieNotFound)));
    }

    #[tokio::test]
    async fn says_when_there_are_too_many() {
        let mut reports = MockReportRepository::new();
        reports.expect_request().returning(|_| Ok(None));
        let command = command(Role::Member, ReportSubject::Movie(movie_id()));
        let refused = request(reports, (movies(true), MockUserReader::new()), command).await;
        assert!(matches!(refused, Err(RequestReportError::TooManyReports)));
    }
}
