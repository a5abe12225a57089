use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::Server;

use crate::app::{HttpConfig, UseCases, app};
use crate::extract::Seats;
use crate::middleware::{Admission, Draining};

/// A server that listens already and answers once `server` is awaited.
pub struct BoundServer {
    /// Where it listens; tells the port when the system chose it.
    pub addresses: Vec<SocketAddr>,
    /// The server; stop it through its handle.
    pub server: Server,
}

/// Listens on the configured address. Signals are left to the caller.
///
/// # Errors
/// When the address can't be used.
pub fn bind(
    config: HttpConfig,
    use_cases: UseCases,
    draining: Draining,
) -> io::Result<BoundServer> {
    let address = config.bind_address.clone();
    let workers = config.workers;
    let seats = Seats::default();
    let admission = Admission::default();
    let build = move || {
        let (seats, admission) = (seats.clone(), admission.clone());
        app(config.clone(), use_cases.clone(), draining.clone(), seats, admission)
    };
    let mut server = HttpServer::new(build)
        .client_request_timeout(Duration::from_secs(5))
        .keep_alive(Duration::from_secs(75))
        .shutdown_timeout(30)
        .disable_signals();
    if let Some(workers) = workers {
        server = server.workers(workers);
    }
    let server = server.bind(address)?;
    Ok(BoundServer { addresses: server.addrs(), server: server.run() })
}
