use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServiceRequest;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::guard::Answer;
use crate::problem::{ApiError, ErrorCode};

/// How many requests one process has under way. Pools and queues have bounds of their own; this one
/// turns a flood away before anything was spent on it, so that those who were admitted are served.
const PLACES: usize = 1024;

/// How long a request keeps its place. One that takes longer waits for its client, and a few clients
/// who send their bodies slowly must not take all places.
const HELD: Duration = Duration::from_secs(1);

/// How many files are in the memory of one process while they are handed in.
const UPLOADS: usize = 8;

/// The places of this process for requests that are under way.
#[derive(Clone)]
pub(crate) struct Admission {
    places: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
}

/// A place for a file, free again once it is dropped.
pub(crate) struct UploadPlace {
    _permit: OwnedSemaphorePermit,
}

impl Default for Admission {
    fn default() -> Self {
        Self::of(PLACES)
    }
}

impl Admission {
    pub(crate) fn of(places: usize) -> Self {
        let uploads = Arc::new(Semaphore::new(UPLOADS));
        Self { places: Arc::new(Semaphore::new(places)), uploads }
    }

    /// Takes a place for a file, unless all are taken.
    pub(crate) fn take_upload(&self) -> Option<UploadPlace> {
        let _permit = self.uploads.clone().try_acquire_owned().ok()?;
        Some(UploadPlace { _permit })
    }
}

/// Turns a request away at once when too many are under way. It guards resources, so that who asks
/// about the health of the process is answered all the same. A stream counts until it begins.
pub(super) async fn admit(
    request: ServiceRequest,
    next: impl AsyncFnOnce(ServiceRequest) -> Answer,
) -> Answer {
    let Some(Admission { places, .. }) = request.app_data().cloned() else {
        return next(request).await;
    };
    let Ok(place) = places.try_acquire() else {
        return Ok(request.error_response(ApiError::new(ErrorCode::Overloaded)));
    };
    let mut answer = pin!(next(request));
    let in_time = timeout(HELD, &mut answer).await;
    drop(place);
    match in_time {
        Ok(answer) => answer,
        Err(_) => answer.await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Api;
    use actix_web::body::BoxBody;
    use actix_web::dev::ServiceResponse;
    use actix_web::middleware::{Next, from_fn};
    use actix_web::test::{TestRequest, call_service, init_service};
    use actix_web::{App, Error, HttpResponse, web};

    async fn admitted(
        request: ServiceRequest,
        next: Next<BoxBody>,
    ) -> Result<ServiceResponse, Error> {
        admit(request, async move |request| next.call(request).await).await
    }

    #[actix_web::test]
    async fn whoever_finds_no_place_is_turned_away_and_told_when_to_come_back() {
        let mut api = Api::new();
        api.admission = Admission::of(0);
        let answer = api.get("/api/v1/movies/42").send().await;
        answer.fails(503, "overloaded");
        assert_eq!(answer.header("retry-after"), "1");
    }

    #[actix_web::test]
    async fn who_asks_about_the_health_is_always_answered() {
        for path in ["/health/live", "/metrics"] {
            let mut api = Api::new();
            api.admission = Admission::of(0);
            assert_eq!(api.get(path).send().await.status, 200);
        }
    }

    #[actix_web::test]
    async fn who_takes_long_gives_the_place_to_others() {
        let slow = || async {
            tokio::time::sleep(HELD * 2).await;
            "done"
        };
        let app = App::new()
            .app_data(Admission::of(1))
            .route("/slow", web::get().to(slow))
            .default_service(web::to(HttpResponse::Ok))
            .wrap(from_fn(admitted));
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

    #[test]
    fn there_is_room_for_so_many_files_and_again_when_one_is_done_with() {
        let admission = Admission::default();
        let mut taken: Vec<_> = (0..UPLOADS).map(|_| admission.take_upload().unwrap()).collect();
        assert!(admission.take_upload().is_none());
        taken.pop();
        assert!(admission.take_upload().is_some());
    }

    #[actix_web::test]
    async fn a_place_is_free_again_after_the_answer() {
        let app = App::new()
            .app_data(Admission::of(1))
            .default_service(web::to(HttpResponse::Ok))
            .wrap(from_fn(admitted));
        let app = init_service(app).await;
        for _ in 0..3 {
            let answer = call_service(&app, TestRequest::get().uri("/").to_request()).await;
            assert_eq!(answer.status().as_u16(), 200);
        }
    }
}
