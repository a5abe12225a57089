use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use super::Api;

/// What a real server sends to these bytes until it closes the connection.
pub(crate) async fn exchange(api: Api, request: impl Into<String>) -> String {
    let (address, request) = (api.serve(), request.into());
    let exchange = move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    actix_web::rt::task::spawn_blocking(exchange).await.unwrap()
}

/// What a real server sends to somebody who posts one byte after the other, until it closes the
/// connection.
pub(crate) async fn trickle(api: Api, path: &str, framing: &str) -> String {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n{framing}\r\n\r\n"
    );
    let part = if framing.ends_with("chunked") { "1\r\n \r\n" } else { " " };
    let address = api.serve();
    actix_web::rt::task::spawn_blocking(move || drip(address, &head, part)).await.unwrap()
}

fn drip(address: SocketAddr, head: &str, part: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    let (started, mut answer) = (Instant::now(), vec![]);
    loop {
        assert!(started.elapsed() < Duration::from_secs(20), "the connection stayed open");
        let is_open = stream.write_all(part.as_bytes()).is_ok();
        let mut buffer = [0; 4096];
        match stream.read(&mut buffer) {
            Ok(length) if length > 0 => answer.extend_from_slice(&buffer[..length]),
            Err(_) if is_open => {}
            _ => return String::from_utf8(answer).unwrap(),
        }
    }
}
