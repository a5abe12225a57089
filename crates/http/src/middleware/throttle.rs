use actix_web::dev::ServiceRequest;
use actix_web::{HttpMessage, HttpRequest};
use reelmark_application::throttling::Meter;

use super::guard::Answer;
use crate::extract::{Throttling, limits_of};
use crate::problem::ApiError;
use crate::throttling;

/// Enforces what limits an operation for each client network, and tells with every answer, good or
/// bad, what the client has left of all that was counted on the way.
pub(super) async fn throttle(
    request: ServiceRequest,
    next: impl AsyncFnOnce(ServiceRequest) -> Answer,
) -> Answer {
    let meter = Meter::default();
    request.extensions_mut().insert(meter.clone());
    let mut response = match admit(request.request()).await {
        Ok(()) => next(request).await?,
        Err(error) => request.error_response(error),
    };
    throttling::write(&meter.readings(), response.headers_mut());
    Ok(response)
}

async fn admit(request: &HttpRequest) -> Result<(), ApiError> {
    if limits_of(request).network.is_empty() {
        return Ok(());
    }
    Throttling::of(request)?.admit_network().await
}

#[cfg(test)]
mod tests {
    use crate::testing::{Answer, Api, samples};
    use reelmark_application::movie::{ListMoviesError, ViewMovieError};
    use reelmark_application::ports::{Allowance, Demand, MockRateLimiter};
    use reelmark_application::throttling::Throttle;
    use serde_json::json;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    const SEARCH: &str = "/api/v1/movies?query=up";

    /// An API that refuses the keys that begin so, and what its limiter was asked.
    fn refusing(prefix: &'static str) -> (Api, Arc<Mutex<Vec<String>>>) {
        let asked = Arc::new(Mutex::new(vec![]));
        let log = asked.clone();
        let mut limiter = MockRateLimiter::new();
        limiter.expect_admit().returning(move |demands| {
            log.lock().unwrap().extend(demands.iter().map(|demand| demand.key.clone()));
            let allow = |demand: &Demand| {
                let wait = Duration::from_millis(1_500);
                let retry_after = demand.key.starts_with(prefix).then_some(wait);
                Allowance { remaining: 0, reset: wait, retry_after }
            };
            Ok(demands.iter().map(allow).collect())
        });
        let mut api = Api::new();
        api.throttle = Throttle::new(Arc::new(limiter));
        (api, asked)
    }

    fn assert_refused(answer: &Answer, policy: &str) {
        answer.fails(429, "too_many_requests");
        assert_eq!(answer.header("retry-after"), "2");
        assert!(answer.header("ratelimit-policy").contains(policy));
        assert!(answer.header("ratelimit").contains(&format!("\"{policy}\";r=0;t=2")));
    }

    #[actix_web::test]
    async fn searches_are_counted_for_the_clients_network() {
        let (api, asked) = refusing("searches-ip:2001:db8:0:1::");
        let answer = api.get(SEARCH).from_peer("2001:db8:0:1::7").send().await;
        assert_refused(&answer, "searches-ip");
        assert_eq!(*asked.lock().unwrap(), ["searches-ip:2001:db8:0:1::"]);
    }

    #[actix_web::test]
    async fn every_answer_tells_what_is_left() {
        let (mut api, _) = refusing("nothing");
        let error = ListMoviesError::RelevanceWithoutQuery;
        api.movies.expect_list_movies().return_once(|_| Err(error));
        let answer = api.get(SEARCH).send().await;
        answer.fails(422, "validation_failed");
        assert_eq!(answer.header("ratelimit-policy"), "\"searches-ip\";q=60;w=6");
        assert_eq!(answer.header("ratelimit"), "\"searches-ip\";r=0;t=2");
    }

    #[actix_web::test]
    async fn writes_are_counted_for_the_user_and_the_network_in_one_step() {
        let (api, asked) = refusing("writes-user:");
        let call = api.put("/api/v1/movies/42/rating", json!({"score": 8}));
        let answer = call.as_member().from_peer("192.0.2.7").send().await;
        assert_refused(&answer, "writes-user");
        let user = samples::caller(reelmark_domain::Role::Member).user_id;
        assert_eq!(
            *asked.lock().unwrap(),
            [format!("writes-user:{user}"), "writes-ip:192.0.2.7".into()]
        );
    }

    #[actix_web::test]
    async fn sign_ups_are_counted_unless_they_break_a_rule() {
        let (api, asked) = refusing("sign-up-ip:");
        api.post("/api/v1/users", json!({})).send().await.fails(422, "validation_failed");
        assert!(asked.lock().unwrap().iter().all(|key| !key.starts_with("sign-up-ip")));
        let (api, _) = refusing("sign-up-ip:192.0.2.7");
        let account = json!({"username": "ada", "email": "ada@example.org", "password": "nine lives of a cat"});
        let answer = api.post("/api/v1/users", account).from_peer("192.0.2.7").send().await;
        assert_refused(&answer, "sign-up-ip");
    }

    #[actix_web::test]
    async fn a_trusted_proxy_is_believed_and_nobody_else() {
        for (peer, key) in
            [("10.0.0.1", "searches-ip:192.0.2.1"), ("10.0.0.2", "searches-ip:10.0.0.2")]
        {
            let (mut api, asked) = refusing("searches-ip");
            api.config.trusted_proxies = ["10.0.0.1/32".parse().unwrap()].into_iter().collect();
            let call = api.get(SEARCH).from_peer(peer).header("X-Forwarded-For", "192.0.2.1");
            assert_refused(&call.send().await, "searches-ip");
            assert_eq!(*asked.lock().unwrap(), [key]);
        }
    }

    #[actix_web::test]
    async fn other_reads_are_not_counted() {
        let (mut api, asked) = refusing("");
        let error = ViewMovieError::MovieNotFound;
        api.movies.expect_view_movie().return_once(|_| Err(error));
        let answer = api.get("/api/v1/movies/42").send().await;
        assert_eq!((answer.status, answer.header("ratelimit")), (404, ""));
        assert!(asked.lock().unwrap().is_empty());
    }
}
