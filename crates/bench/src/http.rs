//! As much of an HTTP client as the benchmarks need.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

const PATIENCE: Duration = Duration::from_secs(30);

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Reads an answer as it came over the wire.
    pub fn parse(raw: &[u8]) -> Result<Self> {
        let end = raw.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.context("the answer has no end of its head")?;
        let head = std::str::from_utf8(&raw[..end])?;
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers = lines.filter_map(|line| line.split_once(": "));
        Ok(Self {
            status: status.context("the answer has no status")?,
            headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
            body: raw[end + 4..].to_vec(),
        })
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }

    /// A member of a JSON object that holds a text, if its value needs no unescaping.
    pub fn text_member(&self, name: &str) -> Option<String> {
        let body = String::from_utf8_lossy(&self.body);
        let (_, rest) = body.split_once(&format!("\"{name}\":\""))?;
        Some(rest.split_once('"')?.0.to_owned())
    }
}

/// Gets a path; returns the answer as it came over the wire.
pub fn get(address: SocketAddr, path: &str, headers: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n")?;
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw)?;
    Ok(raw)
}

/// Gets a path, which has to be there.
pub fn get_ok(address: SocketAddr, path: &str) -> Result<Answer> {
    let answer = Answer::parse(&get(address, path, "")?)?;
    let body = || String::from_utf8_lossy(&answer.body).into_owned();
    ensure!(answer.status == 200, "{path} answered {}: {}", answer.status, body());
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_an_answer_apart() {
        let raw = b"HTTP/1.1 200 OK\r\nETag: \"1\"\r\n\r\n{\"next_cursor\":\"abc\",\"n\":1}";
        let answer = Answer::parse(raw).unwrap();
        assert_eq!((answer.status, answer.header("etag")), (200, Some("\"1\"")));
        assert_eq!(answer.text_member("next_cursor").as_deref(), Some("abc"));
        assert_eq!(answer.text_member("n"), None);
    }
}
