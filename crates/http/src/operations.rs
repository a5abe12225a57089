use std::io;
use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer};
use reelmark_application::health::HealthUseCases;
use reelmark_application::ports::IdGenerator;

use crate::app::{RenderMetrics, UseCases};
use crate::health;
use crate::middleware::{Draining, Tally, envelope};
use crate::pages;
use crate::server::BoundServer;

/// What operators ask a process, beside its API or instead of one.
#[derive(Clone)]
pub struct Operations {
    pub health: Arc<dyn HealthUseCases>,
    pub ids: Arc<dyn IdGenerator>,
    /// Writes the metrics in Prometheus' text format.
    pub metrics: Arc<RenderMetrics>,
}

/// Listens on `address` for `/health` and `/metrics` alone, with a thread of its own, so that no
/// flood of requests to the API keeps them waiting. Signals are left to the caller.
///
/// # Errors
/// When the address can't be used.
pub fn bind_operations(
    address: &str,
    operations: Operations,
    draining: Draining,
) -> io::Result<BoundServer> {
    let build = move || {
        let Operations { health, ids, metrics } = operations.clone();
        App::new()
            .app_data(health)
            .app_data(ids)
            .app_data(metrics)
            .app_data(draining.clone())
            .app_data(Tally::default())
            .configure(health::routes)
            .default_service(actix_web::web::to(pages::nothing))
            .wrap(from_fn(envelope))
    };
    let server = HttpServer::new(build).workers(1).disable_signals().bind(address)?;
    Ok(BoundServer { addresses: server.addrs(), server: server.run() })
}

impl From<&UseCases> for Operations {
    fn from(use_cases: &UseCases) -> Self {
        let UseCases { health, ids, metrics, .. } = use_cases;
        Self { health: health.clone(), ids: ids.clone(), metrics: metrics.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reelmark_application::health::MockHealthUseCases;
    use reelmark_application::ports::MockIdGenerator;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    async fn get(path: &str) -> String {
        let mut ids = MockIdGenerator::new();
        ids.expect_new_id().return_const("id");
        let operations = Operations {
            health: Arc::new(MockHealthUseCases::new()),
            ids: Arc::new(ids),
            metrics: Arc::new(|| "reelmark_up 1\n".to_owned()),
        };
        let bound = bind_operations("127.0.0.1:0", operations, Draining::default()).unwrap();
        let address = bound.addresses[0];
        actix_web::rt::spawn(bound.server);
        let request = format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
        let exchange = move || {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(request.as_bytes()).unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            answer
        };
        actix_web::rt::task::spawn_blocking(exchange).await.unwrap()
    }

    #[actix_web::test]
    async fn tells_operators_what_they_ask_and_nobody_else_anything() {
        assert!(get("/health/live").await.starts_with("HTTP/1.1 200 "));
        assert!(get("/metrics").await.ends_with("reelmark_up 1\n"));
        for path in ["/", "/docs", "/api/v1/movies"] {
            let answer = get(path).await;
            assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
            assert!(answer.contains("\"code\":\"not_found\""), "{answer}");
        }
    }
}
