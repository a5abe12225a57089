use std::sync::Arc;

use reelmark_domain::{MovieId, ReportFailure, ReportKind, ReportPeriod, Username};
use time::{Duration, OffsetDateTime};

use crate::messages::Message;
use crate::ports::{
    Cause, Clock, Delivery, MAX_ATTEMPTS, RatingSpan, ReportClaim, ReportHold, ReportReader,
    ReportRecord, ReportRepository, RepositoryError, Verdict,
};
use crate::report::{Report, ReportResult, catalogue_report, movie_report, user_report};

/// How long a report is left to whoever makes it, before another may take it over.
const LEASE: Duration = Duration::minutes(10);

/// After how long a report is given up whose numbers the store never has the time for.
const PATIENCE: Duration = Duration::hours(1);

/// How far a report about the catalogue looks back when nobody says from when on.
const CATALOGUE_DAYS: Duration = Duration::days(90);

/// What it takes to make reports.
pub struct Reporting {
    pub repository: Arc<dyn ReportRepository>,
    pub reader: Arc<dyn ReportReader>,
}

pub(super) async fn run(
    reporting: &Reporting,
    clock: &dyn Clock,
    deliveries: Vec<Delivery>,
) -> Vec<(u64, Verdict)> {
    let mut verdicts = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        verdicts.push((delivery.receipt, work_on(reporting, clock, &delivery).await));
    }
    verdicts
}

/// A message that comes again finds its report finished, or in somebody's hands, and changes
/// nothing.
async fn work_on(reporting: &Reporting, clock: &dyn Clock, delivery: &Delivery) -> Verdict {
    let id = match Message::decode(&delivery.message) {
        Ok(Message::ReportRequested(requested)) => requested.report,
        Ok(_) => return Verdict::Refuse { reason: "it asks for no report".to_owned() },
        Err(error) => return Verdict::Refuse { reason: error.to_string() },
    };
    match reporting.repository.start(id, clock.now(), LEASE).await {
        Ok(ReportClaim::Taken(record)) => make(reporting, clock, *record, delivery.attempt).await,
        Ok(ReportClaim::Busy) => Verdict::Postpone,
        Ok(ReportClaim::Over) => Verdict::Done,
        Err(error) => verdict(Err(error)),
    }
}

async fn make(
    Reporting { repository, reader }: &Reporting,
    clock: &dyn Clock,
    record: ReportRecord,
    attempt: u32,
) -> Verdict {
    let hold = ReportHold { id: record.id, started_at: record.started_at.unwrap_or(clock.now()) };
    let waited = clock.now() - record.requested_at;
    let error = match compose(&**reader, record).await {
        Ok(Some(json)) => return verdict(repository.finish(hold, json, clock.now()).await),
        Ok(None) => {
            let gone = ReportFailure::SubjectGone.to_string();
            return verdict(repository.fail(hold, gone, clock.now()).await);
        }
        Err(error) => error,
    };
    log::error!(report = hold.id, attempt, error:err = error; "could not make a report");
    let failure = match &error {
        RepositoryError::Unavailable(_) if waited < PATIENCE => None,
        RepositoryError::Unavailable(_) => Some(ReportFailure::TookTooLong),
        _ if attempt < MAX_ATTEMPTS => None,
        _ => Some(ReportFailure::Internal),
    };
    let settled = match failure {
        None => repository.release(hold).await,
        Some(failure) => repository.fail(hold, failure.to_string(), clock.now()).await,
    };
    match (failure, settled) {
        (Some(ReportFailure::TookTooLong), Ok(_)) => Verdict::Done,
        _ => verdict(Err(error)),
    }
}

/// A claim that was lost meanwhile is somebody else's business.
fn verdict(stored: Result<bool, RepositoryError>) -> Verdict {
    match stored {
        Ok(_) => Verdict::Done,
        Err(RepositoryError::Unavailable(_)) => Verdict::Postpone,
        Err(error) => Verdict::Retry { reason: error.to_string() },
    }
}

/// The result as JSON; `None` when what it is to be about is gone.
async fn compose(
    reader: &dyn ReportReader,
    record: ReportRecord,
) -> Result<Option<String>, RepositoryError> {
    let report = Report::try_from(record)?;
    let result = match report.kind {
        ReportKind::Movie => of_movie(reader, &report).await?,
        ReportKind::User => of_user(reader, &report).await?,
        ReportKind::Catalogue => Some(of_catalogue(reader, &report).await?),
    };
    let json = result.map(|result| serde_json::to_string(&result)).transpose();
    json.map_err(|error| RepositoryError::Corrupt(Box::new(error)))
}

async fn of_movie(
    reader: &dyn ReportReader,
    report: &Report,
) -> Result<Option<ReportResult>, RepositoryError> {
    let id = report.subject.as_deref().unwrap_or_default().parse().map_err(unreadable)?;
    let id = MovieId::parse(id).map_err(unreadable)?;
    let Some(numbers) = reader.movie(id.get(), span(&report.period)).await? else {
        return Ok(None);
    };
    Ok(Some(ReportResult::Movie(movie_report(numbers)?)))
}

async fn of_user(
    reader: &dyn ReportReader,
    report: &Report,
) -> Result<Option<ReportResult>, RepositoryError> {
    let name = report.subject.as_deref().unwrap_or_default();
    let key = Username::parse(name).map_err(unreadable)?.key();
    let Some(numbers) = reader.user(key, span(&report.period)).await? else {
        return Ok(None);
    };
    Ok(Some(ReportResult::User(user_report(numbers)?)))
}

async fn of_catalogue(
    reader: &dyn ReportReader,
    report: &Report,
) -> Result<ReportResult, RepositoryError> {
    let mut span = span(&report.period);
    let end = span.to.unwrap_or(report.requested_at);
    span.from = span.from.or_else(|| end.checked_sub(CATALOGUE_DAYS).map(midnight));
    Ok(ReportResult::Catalogue(catalogue_report(reader.catalogue(span).await?)?))
}

fn span(period: &ReportPeriod) -> RatingSpan {
    RatingSpan { from: period.begin(), to: period.end() }
}

/// The day counts as a whole.
fn midnight(time: OffsetDateTime) -> OffsetDateTime {
    time.replace_time(time::Time::MIDNIGHT)
}

fn unreadable(cause: impl Into<Cause>) -> RepositoryError {
    RepositoryError::Corrupt(cause.into())
}

#[cfg(test)]
mod tests;
