use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::Method;
use reelmark_application::account::MockAccountUseCases;
use reelmark_application::audit::MockAuditUseCases;
use reelmark_application::auth::{AuthenticateError, MockAuthUseCases};
use reelmark_application::health::MockHealthUseCases;
use reelmark_application::idempotency::{IdempotencyUseCases, MockIdempotencyUseCases};
use reelmark_application::movie::MockMovieUseCases;
use reelmark_application::ports::{MockClock, MockIdGenerator, TokenError};
use reelmark_application::rating::MockRatingUseCases;
use reelmark_application::recommendation::MockRecommendationUseCases;
use reelmark_application::report::MockReportUseCases;
use reelmark_application::throttling::Throttle;
use reelmark_application::user::MockUserUseCases;
use reelmark_domain::{Caller, Role};
use serde_json::Value;

use super::{Call, samples};
use crate::app::{HttpConfig, UseCases};
use crate::middleware::{Admission, Draining};
use crate::trusted_proxies::TrustedProxies;

/// The id that requests get when they bring none.
pub(crate) const GENERATED_ID: &str = "generated-id";

/// The app before its first request. Tests arm the mocks they are about.
pub(crate) struct Api {
    pub(crate) accounts: MockAccountUseCases,
    pub(crate) auth: MockAuthUseCases,
    pub(crate) users: MockUserUseCases,
    pub(crate) movies: MockMovieUseCases,
    pub(crate) ratings: MockRatingUseCases,
    pub(crate) recommendations: MockRecommendationUseCases,
    pub(crate) audit: MockAuditUseCases,
    pub(crate) idempotency: MockIdempotencyUseCases,
    /// Stands in for the mock where something has to wait.
    pub(crate) slow_idempotency: Option<Arc<dyn IdempotencyUseCases>>,
    pub(crate) reports: MockReportUseCases,
    pub(crate) health: MockHealthUseCases,
    pub(crate) config: HttpConfig,
    pub(crate) draining: Draining,
    pub(crate) admission: Admission,
    pub(crate) throttle: Throttle,
}

impl Api {
    /// It knows the tokens `member`, `curator` and `admin`, and that `expired` has expired.
    pub(crate) fn new() -> Self {
        let mut auth = MockAuthUseCases::new();
        auth.expect_authenticate().returning(authenticate);
        Self {
            accounts: MockAccountUseCases::new(),
            auth,
            users: MockUserUseCases::new(),
            movies: MockMovieUseCases::new(),
            ratings: MockRatingUseCases::new(),
            recommendations: MockRecommendationUseCases::new(),
            audit: MockAuditUseCases::new(),
            idempotency: MockIdempotencyUseCases::new(),
            slow_idempotency: None,
            reports: MockReportUseCases::new(),
            health: MockHealthUseCases::new(),
            config: config(),
            draining: Draining::default(),
            admission: Admission::default(),
            throttle: Throttle::off(),
        }
    }

    pub(crate) fn get(self, path: &str) -> Call {
        Call::new(self, Method::GET, path)
    }

    pub(crate) fn delete(self, path: &str) -> Call {
        Call::new(self, Method::DELETE, path)
    }

    pub(crate) fn post(self, path: &str, body: Value) -> Call {
        Call::new(self, Method::POST, path).json(&body)
    }

    pub(crate) fn put(self, path: &str, body: Value) -> Call {
        Call::new(self, Method::PUT, path).json(&body)
    }

    pub(crate) fn patch(self, path: &str, body: Value) -> Call {
        Call::new(self, Method::PATCH, path).json(&body)
    }

    /// Any method, without a body.
    pub(crate) fn call(self, method: &str, path: &str) -> Call {
        Call::new(self, method.parse().unwrap(), path)
    }

    /// Listens on a port of its own until the test's runtime ends.
    pub(crate) fn serve(self) -> SocketAddr {
        let (config, use_cases, draining) = self.into_parts();
        let bound = crate::server::bind(config, use_cases, draining).unwrap();
        actix_web::rt::spawn(bound.server);
        bound.addresses[0]
    }

    pub(super) fn into_parts(self) -> (HttpConfig, UseCases, Draining) {
        let mut clock = MockClock::new();
        clock.expect_now().return_const(samples::NOON);
        let mut ids = MockIdGenerator::new();
        ids.expect_new_id().return_const(GENERATED_ID);
        let use_cases = UseCases {
            accounts: Arc::new(self.accounts),
            auth: Arc::new(self.auth),
            users: Arc::new(self.users),
            movies: Arc::new(self.movies),
            ratings: Arc::new(self.ratings),
            recommendations: Arc::new(self.recommendations),
            audit: Arc::new(self.audit),
            idempotency: self.slow_idempotency.unwrap_or_else(|| Arc::new(self.idempotency)),
            reports: Arc::new(self.reports),
            health: Arc::new(self.health),
            clock: Arc::new(clock),
            ids: Arc::new(ids),
            throttle: self.throttle,
            metrics: Arc::new(|| "reelmark_up 1\n".to_owned()),
        };
        (self.config, use_cases, self.draining)
    }
}

fn config() -> HttpConfig {
    HttpConfig {
        bind_address: "127.0.0.1:0".to_owned(),
        cors_origins: vec!["https://friend.example".to_owned()],
        trusted_proxies: TrustedProxies::default(),
        request_deadline: Duration::from_secs(5),
        workers: Some(1),
    }
}

fn authenticate(token: &str) -> Result<Caller, AuthenticateError> {
    match (Role::parse(token), token) {
        (Ok(role), _) => Ok(samples::caller(role)),
        (_, "expired") => Err(TokenError::Expired.into()),
        _ => Err(TokenError::Invalid.into()),
    }
}
