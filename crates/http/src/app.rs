use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, Error};
use paperclip::actix::OpenApiExt;
use paperclip::actix::web::ServiceConfig;
use reelmark_application::account::AccountUseCases;
use reelmark_application::audit::AuditUseCases;
use reelmark_application::auth::AuthUseCases;
use reelmark_application::health::HealthUseCases;
use reelmark_application::idempotency::IdempotencyUseCases;
use reelmark_application::movie::MovieUseCases;
use reelmark_application::ports::{Clock, IdGenerator};
use reelmark_application::rating::RatingUseCases;
use reelmark_application::recommendation::RecommendationUseCases;
use reelmark_application::report::ReportUseCases;
use reelmark_application::throttling::Throttle;
use reelmark_application::user::UserUseCases;

use crate::extract::{IDEMPOTENCY_KEY, Seats};
use crate::middleware::{
    Admission, Draining, IDEMPOTENCY_REPLAYED, RequestDeadline, Tally, X_REQUEST_ID, envelope,
};
use crate::openapi::{OperationErrors, Rule};
use crate::throttling::{RATE_LIMIT, RATE_LIMIT_POLICY};
use crate::trusted_proxies::TrustedProxies;
use crate::{
    account, audit, auth, health, movie, openapi, pages, rating, recommendation, report, user,
};

/// How the API is served.
#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// Where to listen, such as `127.0.0.1:8080`.
    pub bind_address: String,
    /// The origins whose pages may call the API.
    pub cors_origins: Vec<String>,
    /// How long a request may take, from its head to its answer.
    pub request_deadline: Duration,
    /// Whose word counts when they say for whom they forward a request.
    pub trusted_proxies: TrustedProxies,
    /// The number of worker threads; one per core without.
    pub workers: Option<usize>,
}

/// The inbound ports that the handlers call.
#[derive(Clone)]
pub struct UseCases {
    pub accounts: Arc<dyn AccountUseCases>,
    pub auth: Arc<dyn AuthUseCases>,
    pub users: Arc<dyn UserUseCases>,
    pub movies: Arc<dyn MovieUseCases>,
    pub ratings: Arc<dyn RatingUseCases>,
    pub recommendations: Arc<dyn RecommendationUseCases>,
    pub audit: Arc<dyn AuditUseCases>,
    pub idempotency: Arc<dyn IdempotencyUseCases>,
    pub reports: Arc<dyn ReportUseCases>,
    pub health: Arc<dyn HealthUseCases>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdGenerator>,
    pub throttle: Throttle,
    /// Writes the metrics in Prometheus' text format.
    pub metrics: Arc<RenderMetrics>,
}

/// Writes the metrics in Prometheus' text format.
pub type RenderMetrics = dyn Fn() -> String + Send + Sync;

/// Puts the service together: routes inside, middleware around them.
pub(crate) fn app(
    config: HttpConfig,
    use_cases: UseCases,
    draining: Draining,
    seats: Seats,
    admission: Admission,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(use_cases.accounts)
        .app_data(use_cases.auth)
        .app_data(use_cases.users)
        .app_data(use_cases.movies)
        .app_data(use_cases.ratings)
        .app_data(use_cases.recommendations)
        .app_data(use_cases.audit)
        .app_data(use_cases.idempotency)
        .app_data(use_cases.reports)
        .app_data(use_cases.health)
        .app_data(use_cases.clock)
        .app_data(use_cases.ids)
        .app_data(use_cases.throttle)
        .app_data(config.trusted_proxies)
        .app_data(use_cases.metrics)
        .app_data(draining)
        .app_data(seats)
        .app_data(Tally::default())
        .app_data(admission)
        .app_data(Data::new(openapi::Served::default()))
        .app_data(Data::new(RequestDeadline(config.request_deadline)))
        .wrap_api()
        .service(paperclip::actix::web::scope("/api/v1").configure(routes))
        .build()
        .configure(health::routes)
        .default_service(actix_web::web::to(pages::page))
        .wrap(cors(&config.cors_origins))
        .wrap(from_fn(envelope))
}

/// The routes of the API, below `/api/v1`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    account::routes(config);
    auth::routes(config);
    user::routes(config);
    movie::routes(config);
    rating::routes(config);
    recommendation::routes(config);
    audit::routes(config);
    report::routes(config);
    openapi::routes(config);
}

/// What the operations answer with besides what all answer with.
pub(crate) const OPERATION_ERRORS: &[&[OperationErrors]] = &[
    account::ERRORS,
    auth::ERRORS,
    user::ERRORS,
    movie::ERRORS,
    rating::ERRORS,
    recommendation::ERRORS,
    audit::ERRORS,
    report::ERRORS,
];

/// The rules that the document states.
pub(crate) fn rules() -> Vec<Rule> {
    let people = [account::rules(), auth::rules(), user::rules(), audit::rules()];
    let people = people.concat();
    let numbers = [rating::rules(), recommendation::rules(), report::rules()].concat();
    [people, movie::rules(), numbers].concat()
}

/// Lets the pages of these origins, and no others, call the API.
fn cors(origins: &[String]) -> Cors {
    let allowed = [
        header::AUTHORIZATION,
        header::CONTENT_TYPE,
        header::IF_MATCH,
        header::IF_NONE_MATCH,
        IDEMPOTENCY_KEY,
        X_REQUEST_ID,
    ];
    let exposed = [
        header::ETAG,
        header::LINK,
        header::LOCATION,
        header::RETRY_AFTER,
        IDEMPOTENCY_REPLAYED,
        RATE_LIMIT,
        RATE_LIMIT_POLICY,
        X_REQUEST_ID,
    ];
    let methods = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    let cors = Cors::default()
        .allowed_methods(methods)
        .allowed_headers(allowed)
        .expose_headers(exposed)
        .max_age(3600);
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Answer, Api};

    const FRIEND: &str = "https://friend.example";

    async fn preflight(origin: &str, method: &str, headers: &str) -> Answer {
        Api::new()
            .call("OPTIONS", "/api/v1/users/me")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", method)
            .header("Access-Control-Request-Headers", headers)
            .send()
            .await
    }

    #[actix_web::test]
    async fn pages_of_a_listed_origin_may_call() {
        let answer =
            preflight(FRIEND, "PATCH", "authorization, content-type, if-match, idempotency-key")
                .await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("access-control-allow-origin"), FRIEND);
        assert!(answer.header("access-control-allow-methods").contains("PATCH"));
        let answer = Api::new().get("/nowhere").header("Origin", FRIEND).send().await;
        answer.fails(404, "not_found");
        assert_eq!(answer.header("access-control-allow-origin"), FRIEND);
        let exposed = answer.header("access-control-expose-headers").to_lowercase();
        assert!(
            ["etag", "link", "location", "retry-after", "ratelimit", "x-request-id"]
                .iter()
                .all(|name| exposed.contains(name))
        );
    }

    #[actix_web::test]
    async fn pages_of_no_other_origin_may() {
        for origin in ["https://foe.example", "http://friend.example", "null"] {
            let answer = preflight(origin, "PATCH", "authorization").await;
            assert_eq!(answer.problem()["status"], 400);
            assert_eq!(answer.header("access-control-allow-origin"), "");
            let answer = Api::new().get("/health/live").header("Origin", origin).send().await;
            assert_eq!(answer.header("access-control-allow-origin"), "");
        }
        preflight(FRIEND, "PATCH", "x-secret").await.fails(400, "malformed_request");
    }
}
