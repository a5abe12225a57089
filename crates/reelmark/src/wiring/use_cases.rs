use std::sync::Arc;

use metrics_exporter_prometheus::PrometheusHandle;
use reelmark_application::auth::AuthService;
use reelmark_application::background::BackgroundService;
use reelmark_application::caching::CachedMovieReader;
use reelmark_application::health::HealthService;
use reelmark_application::movie::MovieService;
use reelmark_application::ports::{Clock, HealthProbe, MovieReader, PasswordHasher};
use reelmark_application::rating::RatingService;
use reelmark_application::user::{UserService, UserUseCases};
use reelmark_files::EmbeddedStarterCatalogue;
use reelmark_http::UseCases;
use reelmark_worker::Worker;

use super::app::Engines;
use super::security::Security;
use super::store::Store;

/// What requests can ask for.
pub fn of_requests(engines: &Engines, security: &Security, metrics: PrometheusHandle) -> UseCases {
    let Engines { store, clock, .. } = engines;
    let movies = cached_movies(engines);
    UseCases {
        auth: Arc::new(auth(store, security)),
        users: users(store, security.hasher.clone(), clock.clone()),
        movies: Arc::new(catalogue(engines, movies.clone())),
        ratings: Arc::new(ratings(engines, movies)),
        health: Arc::new(HealthService::new(probes(engines))),
        clock: clock.clone(),
        ids: engines.ids.clone(),
        metrics: Arc::new(move || metrics.render()),
    }
}

/// What happens without a request.
pub fn worker(engines: Engines) -> Worker {
    let background = BackgroundService::new(
        engines.store.outbox,
        engines.store.dead_letters,
        engines.queue.publishers,
        engines.store.summaries,
        engines.cache.cache,
        engines.clock.clone(),
    );
    let worker = Worker::new(Arc::new(background), engines.queue.consumers, engines.clock);
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
    Arc::new(UserService::new(
        store.users.clone(),
        store.user_reader.clone(),
        store.rating_reader.clone(),
        hasher,
        clock,
    ))
}

fn auth(store: &Store, security: &Security) -> AuthService {
    AuthService::new(
        store.user_reader.clone(),
        security.hasher.clone(),
        security.issuer.clone(),
        security.verifier.clone(),
    )
}

fn catalogue(engines: &Engines, movies: Arc<dyn MovieReader>) -> MovieService {
    MovieService::new(
        engines.store.movies.clone(),
        movies,
        engines.cache.cache.clone(),
        engines.clock.clone(),
        Arc::new(EmbeddedStarterCatalogue),
    )
}

fn ratings(Engines { store, clock, .. }: &Engines, movies: Arc<dyn MovieReader>) -> RatingService {
    RatingService::new(store.ratings.clone(), store.rating_reader.clone(), movies, clock.clone())
}

fn cached_movies(Engines { store, cache, .. }: &Engines) -> Arc<dyn MovieReader> {
    let (store, cache) = (store.movie_reader.clone(), cache.cache.clone());
    Arc::new(CachedMovieReader::new(store, cache))
}

fn probes(Engines { store, cache, queue, .. }: &Engines) -> Vec<Arc<dyn HealthProbe>> {
    let mut probes = vec![store.probe.clone()];
    probes.extend(cache.probe.clone());
    probes.extend(queue.probe.clone());
    probes
}
