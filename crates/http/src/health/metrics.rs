use actix_web::HttpResponse;

use crate::app::RenderMetrics;
use crate::extract::Uses;

/// Prometheus' text format, version 0.0.4.
pub(super) async fn metrics(render: Uses<RenderMetrics>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(render())
}

#[cfg(test)]
mod tests {
    use crate::testing::Api;

    #[actix_web::test]
    async fn speaks_the_format_of_prometheus() {
        let answer = Api::new().get("/metrics").send().await;
        assert_eq!((answer.status, answer.text()), (200, "reelmark_up 1\n"));
        assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    }
}
