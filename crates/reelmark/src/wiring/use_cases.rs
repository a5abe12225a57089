use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;
use reelmark_application::account::{AccountPorts, AccountService};
use reelmark_application::audit::{AuditRecorder, AuditService};
use reelmark_application::auth::{AuthPorts, AuthService};
use reelmark_application::background::{BackgroundService, MailRoom, Reporting};
use reelmark_application::caching::{
    CachedMovieReader, CachedNeighbours, CachedSuggestions, MovieViews,
};
use reelmark_application::health::HealthService;
use reelmark_application::housekeeping::HousekeepingService;
use reelmark_application::idempotency::IdempotencyService;
use reelmark_application::movie::MovieService;
use reelmark_application::personal_import::{
    Importing, PersonalImportService, PersonalImportUseCases,
};
use reelmark_application::ports::{Clock, HealthProbe, MovieReader, PasswordHasher};
use reelmark_application::rating::RatingService;
use reelmark_application::recommendation::{
    NeighbourPorts, NeighbourService, RecommendationService,
};
use reelmark_application::report::ReportService;
use reelmark_application::summary_audit::{SummaryAuditService, SummaryAuditUseCases};
use reelmark_application::user::{UserService, UserUseCases};
use reelmark_files::{
    CsvTables, EmbeddedStarterCatalogue, FileReportWriter, ForeignRatingsFiles, PortableExportFiles,
};
use reelmark_http::{Operations, UseCases};
use reelmark_worker::Worker;

use super::app::Engines;
use super::security::Security;
use super::store::Store;

/// What requests can ask for.
pub fn of_requests(engines: &Engines, security: &Security, metrics: PrometheusHandle) -> UseCases {
    let Engines { store, clock, .. } = engines;
    let movies = cached_movies(engines);
    let views = Arc::new(movie_views(engines, movies.clone()));
    UseCases {
        accounts: Arc::new(accounts(engines, security)),
        auth: Arc::new(auth(engines, security)),
        users: Arc::new(users_who_sign_up(engines, security)),
        movies: Arc::new(catalogue(engines, views.clone())),
        ratings: Arc::new(ratings(engines, views.clone())),
        recommendations: Arc::new(recommendations(engines, views)),
        reports: Arc::new(reports(engines, movies)),
        imports: personal_imports(store, clock.clone()),
        audit: Arc::new(AuditService::new(store.audit_reader.clone())),
        idempotency: Arc::new(idempotency(engines)),
        health: Arc::new(HealthService::new(probes(engines))),
        clock: clock.clone(),
        ids: engines.ids.clone(),
        throttle: security.throttle.clone(),
        metrics: Arc::new(move || metrics.render()),
    }
}

/// What operators can ask a process that answers no requests.
pub fn operations(engines: &Engines, metrics: PrometheusHandle) -> Operations {
    Operations {
        health: Arc::new(HealthService::new(probes(engines))),
        ids: engines.ids.clone(),
        metrics: Arc::new(move || metrics.render()),
    }
}

/// What happens without a request.
pub fn worker(engines: Engines) -> Worker {
    let housekeeping = housekeeping(&engines);
    let audit = audit(&engines.store, engines.clock.clone());
    let importing = importing(&engines.store);
    let neighbours = Arc::new(neighbours(&engines));
    let mail_room = MailRoom {
        users: engines.store.user_reader,
        codes: engines.store.codes,
        mailer: engines.mailer,
        secrets: engines.secrets,
    };
    let (repository, reader) = (engines.store.reports, engines.store.report_reader);
    let background = BackgroundService {
        outbox: engines.store.outbox,
        dead_letters: engines.store.dead_letters,
        publishers: engines.queue.publishers,
        summaries: engines.store.summaries,
        cache: engines.cache.cache,
        reporting: Reporting { repository, reader },
        importing,
        clock: engines.clock.clone(),
        mail_room,
    };
    let (consumers, clock) = (engines.queue.consumers, engines.clock);
    let worker = Worker::new(Arc::new(background), Arc::new(housekeeping), audit, consumers, clock)
        .with_neighbours(neighbours);
    match engines.queue.dead_letters {
        Some(queue) => worker.with_dead_letters(queue),
        None => worker,
    }
}

/// What can be done with accounts.
pub fn users(
    store: &Store,
    hasher: Arc<dyn PasswordHasher>,
    clock: Arc<dyn Clock>,
) -> Arc<dyn UserUseCases> {
    Arc::new(user_service(store, hasher, clock))
}

fn users_who_sign_up(engines: &Engines, security: &Security) -> UserService {
    let Engines { store, clock, .. } = engines;
    let users = user_service(store, security.hasher.clone(), clock.clone());
    if security.with_activation { users.requiring_activation() } else { users }
}

fn user_service(
    store: &Store,
    hasher: Arc<dyn PasswordHasher>,
    clock: Arc<dyn Clock>,
) -> UserService {
    UserService::new(
        store.users.clone(),
        store.user_reader.clone(),
        store.rating_reader.clone(),
        hasher,
        clock.clone(),
        recorder(store, clock),
    )
}

fn accounts(engines: &Engines, security: &Security) -> AccountService {
    let Engines { store, cache, clock, .. } = engines;
    AccountService::new(AccountPorts {
        accounts: store.accounts.clone(),
        codes: store.codes.clone(),
        users: store.user_reader.clone(),
        sessions: store.session_reader.clone(),
        exports: store.exports.clone(),
        export_files: Arc::new(PortableExportFiles),
        outbox: store.outbox.clone(),
        hasher: security.hasher.clone(),
        cache: cache.cache.clone(),
        tables: Arc::new(CsvTables),
        audit: recorder(store, clock.clone()),
        clock: clock.clone(),
        throttle: security.throttle.clone(),
    })
}

/// How summaries are compared with the ratings.
pub fn audit(store: &Store, clock: Arc<dyn Clock>) -> Arc<dyn SummaryAuditUseCases> {
    Arc::new(SummaryAuditService::new(store.auditor.clone(), clock))
}

/// How files of ratings are imported.
pub fn personal_imports(store: &Store, clock: Arc<dyn Clock>) -> Arc<dyn PersonalImportUseCases> {
    let users = store.user_reader.clone();
    Arc::new(PersonalImportService::new(importing(store), users, clock))
}

fn importing(store: &Store) -> Importing {
    Importing {
        imports: store.imports.clone(),
        files: Arc::new(ForeignRatingsFiles),
        movies: store.movie_reader.clone(),
    }
}

fn recorder(store: &Store, clock: Arc<dyn Clock>) -> Arc<AuditRecorder> {
    Arc::new(AuditRecorder::new(store.audit_trail.clone(), clock))
}

fn auth(engines: &Engines, security: &Security) -> AuthService {
    let Engines { store, secrets, clock, .. } = engines;
    AuthService::new(AuthPorts {
        users: store.user_reader.clone(),
        accounts: store.users.clone(),
        sessions: store.sessions.clone(),
        session_reader: store.session_reader.clone(),
        hasher: security.hasher.clone(),
        secrets: secrets.clone(),
        issuer: security.issuer.clone(),
        verifier: security.verifier.clone(),
        audit: recorder(store, clock.clone()),
        clock: clock.clone(),
        throttle: security.throttle.clone(),
    })
}

fn idempotency(Engines { store, clock, .. }: &Engines) -> IdempotencyService {
    IdempotencyService::new(store.idempotency_keys.clone(), clock.clone())
}

fn housekeeping(Engines { store, clock, .. }: &Engines) -> HousekeepingService {
    HousekeepingService {
        idempotency_keys: store.idempotency_keys.clone(),
        summaries: store.summaries.clone(),
        audit_trail: store.audit_trail.clone(),
        reports: store.reports.clone(),
        imports: store.imports.clone(),
        sessions: store.sessions.clone(),
        codes: store.codes.clone(),
        clock: clock.clone(),
    }
}

fn catalogue(engines: &Engines, movies: Arc<MovieViews>) -> MovieService {
    MovieService::new(
        engines.store.movies.clone(),
        movies,
        engines.cache.cache.clone(),
        engines.clock.clone(),
        Arc::new(EmbeddedStarterCatalogue),
    )
}

fn ratings(Engines { store, clock, .. }: &Engines, movies: Arc<MovieViews>) -> RatingService {
    let (repository, reader) = (store.ratings.clone(), store.rating_reader.clone());
    RatingService::new(repository, reader, movies, store.movie_reader.clone(), clock.clone())
}

fn recommendations(engines: &Engines, movies: Arc<MovieViews>) -> RecommendationService {
    let Engines { store, cache, clock, .. } = engines;
    let (reader, cache) = (store.neighbour_reader.clone(), cache.cache.clone());
    let neighbours = CachedNeighbours::new(reader.clone(), cache.clone());
    let suggestions = CachedSuggestions::new(store.tastes.clone(), reader, cache);
    RecommendationService::new(movies, neighbours, suggestions, clock.clone())
}

fn neighbours(Engines { store, clock, .. }: &Engines) -> NeighbourService {
    NeighbourService::new(NeighbourPorts {
        neighbours: store.neighbours.clone(),
        tastes: store.all_tastes.clone(),
        clock: clock.clone(),
    })
}

fn reports(Engines { store, clock, .. }: &Engines, movies: Arc<dyn MovieReader>) -> ReportService {
    ReportService::new(
        store.reports.clone(),
        movies,
        store.user_reader.clone(),
        Arc::new(FileReportWriter),
        clock.clone(),
    )
}

fn cached_movies(Engines { store, cache, .. }: &Engines) -> Arc<dyn MovieReader> {
    let (store, cache) = (store.movie_reader.clone(), cache.cache.clone());
    Arc::new(CachedMovieReader::new(store, cache))
}

fn movie_views(engines: &Engines, cached: Arc<dyn MovieReader>) -> MovieViews {
    let Engines { store, cache, .. } = engines;
    MovieViews::new(store.movie_reader.clone(), cached, cache.copies.clone())
}

fn probes(Engines { store, cache, queue, .. }: &Engines) -> Vec<Arc<dyn HealthProbe>> {
    let mut probes = vec![store.probe.clone()];
    probes.extend(cache.probe.clone());
    probes.extend(queue.probe.clone());
    probes
}
