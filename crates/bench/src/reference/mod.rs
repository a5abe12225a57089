//! Bare actix-web servers to compare the service with. Each has one worker thread per core, as the
//! service has.

mod cached;
mod canned;
mod queried;

pub use self::cached::run as cached;
pub use self::canned::run as canned;
pub use self::queried::run as queried;

use std::io::{self, Write};
use std::path::Path;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONNECTION, CONTENT_LENGTH, DATE, HeaderName, HeaderValue};
use actix_web::web::{Bytes, ServiceConfig};
use actix_web::{App, HttpResponse, HttpServer};
use anyhow::{Context, Result};

use crate::http::Answer;

/// An answer of the service, ready to be given again and again.
#[derive(Clone)]
struct Canned {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Bytes,
}

impl Canned {
    /// Reads an answer that was kept as it came over the wire. What the server adds by itself is
    /// left out.
    fn read(file: &Path) -> Result<Self> {
        let raw = std::fs::read(file).with_context(|| format!("{} is missing", file.display()))?;
        let Answer { status, headers, body } = Answer::parse(&raw)?;
        let headers = headers
            .into_iter()
            .map(|(name, value)| Ok((HeaderName::try_from(name)?, HeaderValue::try_from(value)?)));
        let mut headers: Vec<(HeaderName, HeaderValue)> = headers.collect::<Result<_>>()?;
        headers.retain(|(name, _)| ![CONTENT_LENGTH, CONNECTION, DATE].contains(name));
        Ok(Self { status: StatusCode::from_u16(status)?, headers, body: body.into() })
    }

    /// The same answer with this body.
    fn with_body(&self, body: Bytes) -> HttpResponse {
        let mut answer = HttpResponse::new(self.status);
        for (name, value) in &self.headers {
            answer.headers_mut().append(name.clone(), value.clone());
        }
        answer.set_body(actix_web::body::BoxBody::new(body))
    }

    fn response(&self) -> HttpResponse {
        self.with_body(self.body.clone())
    }
}

/// Serves until the process is killed.
fn serve(routes: impl Fn(&mut ServiceConfig) + Clone + Send + 'static) -> Result<()> {
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || App::new().configure(routes.clone()));
        let server = server.bind("127.0.0.1:0")?;
        for address in server.addrs() {
            writeln!(io::stdout(), "A reference is listening on http://{address}")?;
        }
        Ok(server.run().await?)
    })
}
