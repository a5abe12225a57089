use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::problem::{ApiError, ErrorCode};

/// How many requests one process has under way. Pools and queues have bounds of their own; this one
/// turns a flood away before anything was spent on it, so that those who were admitted are served.
const PLACES: usize = 1024;

/// How long a request keeps its place. One that takes longer waits for its client, and a few clients
/// who send their bodies slowly must not take all places.
const HELD: Duration = Duration::from_secs(1);

/// The places of this process for requests that are under way.
#[derive(Clone)]
pub(crate) struct Admission(Arc<Semaphore>);

impl Default for Admission {
    fn default() -> Self {
        Self::of(PLACES)
    }
}

impl Admission {
    fn of(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places)))
    }
}

/// Turns a request away at once when too many are under way. Who asks about the health of the
/// process is answered all the same. A stream counts until it begins.
pub(crate) async fn admit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let places = request.app_data::<Admission>().map(|admission| admission.0.clone());
    let Some(places) = places.filter(|_| !is_about_health(request.path())) else {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    };
    let Ok(place) = places.try_acquire() else {
        return Ok(request.error_response(ApiError::new(ErrorCode::Overloaded)));
    };
    let mut answer = pin!(next.call(request));
    let in_time = timeout(HELD, &mut answer).await;
    drop(place);
    let answer = match in_time {
        Ok(answer) => answer,
        Err(_) => answer.await,
    };
    answer.map(ServiceResponse::map_into_boxed_body)
}

fn is_about_health(path: &str) -> bool {
    path == "/metrics" || path.starts_with("/health/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::RETRY_AFTER;
    use actix_web::middleware::from_fn;
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, HttpResponse, web};

    async fn answer(places: usize, path: &str) -> (u16, bool) {
        let app = App::new()
            .app_data(Admission::of(places))
            .default_service(web::to(HttpResponse::Ok))
            .wrap(from_fn(admit));
        let app = init_service(app).await;
        let answer = call_service(&app, TestRequest::get().uri(path).to_request()).await;
        (answer.status().as_u16(), answer.headers().contains_key(RETRY_AFTER))
    }

    #[actix_web::test]
    async fn whoever_finds_no_place_is_turned_away_and_told_when_to_come_back() {
        assert_eq!(answer(1, "/api/v1/movies/42").await, (200, false));
        assert_eq!(answer(0, "/api/v1/movies/42").await, (503, true));
    }

    #[actix_web::test]
    async fn who_asks_about_the_health_is_always_answered() {
        for path in ["/health/live", "/health/ready", "/metrics"] {
            assert_eq!(answer(0, path).await, (200, false));
        }
    }

    #[actix_web::test]
    async fn who_takes_long_gives_the_place_to_others() {
        let slow = || async {
            tokio::time::sleep(HELD * 2).await;
            HttpResponse::Ok()
        };
        let app = App::new()
            .app_data(Admission::of(1))
            .route("/slow", web::get().to(slow))
            .default_service(web::to(HttpResponse::Ok))
            .wrap(from_fn(admit));
        let app = init_service(app).await;
        let call = |path| call_service(&app, TestRequest::get().uri(path).to_request());
        let others = async {
            tokio::time::sleep(HELD / 2).await;
            let early = call("/").await.status();
            tokio::time::sleep(HELD).await;
            (early.as_u16(), call("/").await.status().as_u16())
        };

        let (slow, others) = tokio::join!(call("/slow"), others);

        assert_eq!((slow.status().as_u16(), others), (200, (503, 200)));
    }

    #[actix_web::test]
    async fn a_place_is_free_again_after_the_answer() {
        let app = App::new()
            .app_data(Admission::of(1))
            .default_service(web::to(HttpResponse::Ok))
            .wrap(from_fn(admit));
        let app = init_service(app).await;
        for _ in 0..3 {
            let answer = call_service(&app, TestRequest::get().uri("/").to_request()).await;
            assert_eq!(answer.status().as_u16(), 200);
        }
    }
}
