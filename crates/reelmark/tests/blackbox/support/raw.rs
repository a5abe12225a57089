//! Bytes on a socket, for what no HTTP client would send.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::{Answer, TestApp};

/// Longer than the service waits for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection that says what it is told to, byte by byte.
pub struct RawConnection {
    app: TestApp,
    stream: TcpStream,
    said: String,
}

impl RawConnection {
    pub fn open(app: &TestApp) -> Self {
        let stream = app.connect();
        stream.set_read_timeout(Some(PATIENCE)).expect("sockets have timeouts");
        stream.set_nodelay(true).expect("sockets can be told not to wait");
        Self { app: app.clone(), stream, said: String::new() }
    }

    /// Sends bytes. A service that has closed the connection already has its answer on the way.
    pub fn say(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        self.said.push_str(&String::from_utf8_lossy(bytes.as_ref()));
        drop(self.stream.write_all(bytes.as_ref()));
        self
    }

    /// Sends a byte every now and then until the service has had enough, or for too long.
    pub fn trickle(&mut self, byte: u8) -> Duration {
        let began = Instant::now();
        self.stream.set_read_timeout(Some(Duration::from_millis(250))).unwrap();
        while began.elapsed() < PATIENCE && self.hears_nothing() {
            self.say([byte]);
        }
        self.stream.set_read_timeout(Some(PATIENCE)).unwrap();
        began.elapsed()
    }

    fn hears_nothing(&self) -> bool {
        match self.stream.peek(&mut [0]) {
            Ok(_) => false,
            Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        }
    }

    /// The answer, up to where the service closes the connection.
    #[track_caller]
    pub fn answer(&mut self) -> Answer {
        let heard = self.everything();
        let asked = self.said.lines().next().unwrap_or("").to_owned();
        let answer = parse(&self.app, asked.clone(), &heard);
        let text = String::from_utf8_lossy(&heard);
        answer.unwrap_or_else(|| panic!("{asked} got no answer but {text:?}"))
    }

    /// All that comes until the service closes the connection.
    pub fn everything(&mut self) -> Vec<u8> {
        let mut heard = Vec::new();
        // A connection that is reset has said what it had to say before.
        drop(self.stream.read_to_end(&mut heard));
        heard
    }
}

/// The first answer in what was heard.
fn parse(app: &TestApp, asked: String, heard: &[u8]) -> Option<Answer> {
    let end = heard.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&heard[..end]);
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: HeaderMap = lines.filter_map(header).collect();
    let length = headers.get("content-length")?.to_str().ok()?.parse().ok()?;
    let body = heard.get(end + 4..)?.get(..length)?.to_vec();
    Some(Answer { asked, status, headers, body, process: app.process().clone() })
}

fn header(line: &str) -> Option<(HeaderName, HeaderValue)> {
    let (name, value) = line.split_once(':')?;
    Some((name.parse().ok()?, value.trim().parse().ok()?))
}
