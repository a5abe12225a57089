use actix_web::{HttpRequest, HttpResponse};
use reelmark_application::health::{DependencyHealth, HealthUseCases, Readiness};
use serde::Serialize;

use crate::extract::Uses;
use crate::middleware::Draining;

/// Whether load balancers should send requests here. It names what is down but never why.
#[derive(Serialize)]
struct ReadinessResponse {
    status: &'static str,
    dependencies: Vec<DependencyResponse>,
}

#[derive(Serialize)]
struct DependencyResponse {
    name: &'static str,
    status: &'static str,
    required: bool,
}

/// 200 while the service can do its work and means to go on, else 503.
pub(super) async fn ready(health: Uses<dyn HealthUseCases>, request: HttpRequest) -> HttpResponse {
    let readiness = health.check_readiness().await;
    let is_draining = request.app_data::<Draining>().is_some_and(Draining::is_draining);
    let mut response = if readiness.is_ready() && !is_draining {
        HttpResponse::Ok()
    } else {
        HttpResponse::ServiceUnavailable()
    };
    response.json(ReadinessResponse::new(&readiness, is_draining))
}

impl ReadinessResponse {
    fn new(readiness: &Readiness, is_draining: bool) -> Self {
        let status = match (is_draining, readiness.is_ready()) {
            (true, _) => "draining",
            (false, true) => "ready",
            (false, false) => "not_ready",
        };
        let dependencies = readiness.dependencies.iter().map(DependencyResponse::from).collect();
        Self { status, dependencies }
    }
}

impl From<&DependencyHealth> for DependencyResponse {
    fn from(dependency: &DependencyHealth) -> Self {
        Self {
            name: dependency.name,
            status: if dependency.is_up { "up" } else { "down" },
            required: dependency.is_required,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Api;
    use serde_json::json;

    fn with_store(is_up: bool) -> Api {
        let mut api = Api::new();
        let store = DependencyHealth { name: "store", is_required: true, is_up };
        let cache = DependencyHealth { name: "cache", is_required: false, is_up: false };
        let readiness = Readiness { dependencies: vec![store, cache] };
        api.health.expect_check_readiness().return_const(readiness);
        api
    }

    #[actix_web::test]
    async fn is_ready_without_an_optional_dependency() {
        let answer = with_store(true).get("/health/ready").send().await;
        let expected = json!({"status": "ready", "dependencies": [
            {"name": "store", "status": "up", "required": true},
            {"name": "cache", "status": "down", "required": false},
        ]});
        assert_eq!((answer.status, answer.json()), (200, expected));
    }

    #[actix_web::test]
    async fn is_not_ready_without_a_required_dependency() {
        let answer = with_store(false).get("/health/ready").send().await;
        assert_eq!((answer.status, &answer.json()["status"]), (503, &json!("not_ready")));
        assert_eq!(answer.json()["dependencies"][0]["status"], "down");
    }

    #[actix_web::test]
    async fn is_not_ready_while_draining() {
        let api = with_store(true);
        api.draining.begin();
        let answer = api.get("/health/ready").send().await;
        assert_eq!((answer.status, &answer.json()["status"]), (503, &json!("draining")));
    }
}
