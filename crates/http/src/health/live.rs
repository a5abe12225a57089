use actix_web::web::Json;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct LivenessResponse {
    status: &'static str,
}

/// Says that the process answers. It asks nobody else, because starting this process anew doesn't
/// mend a broken dependency.
pub(super) async fn live() -> Json<LivenessResponse> {
    Json(LivenessResponse { status: "up" })
}

#[cfg(test)]
mod tests {
    use crate::testing::Api;
    use serde_json::json;

    #[actix_web::test]
    async fn is_up_whatever_else_is_down() {
        let answer = Api::new().get("/health/live").send().await;
        assert_eq!((answer.status, answer.json()), (200, json!({"status": "up"})));
    }

    #[actix_web::test]
    async fn can_only_be_asked() {
        let answer = Api::new().call("POST", "/health/live").send().await;
        answer.fails(405, "method_not_allowed");
        assert_eq!(answer.header("allow"), "GET, HEAD");
    }
}
