use std::io::{self, BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, ToSocketAddrs};
use std::time::Duration;

use crate::config::{Problems, ServerArgs};
use crate::failure::{Failure, OrFail};
use crate::operator;

const PATIENCE: Duration = Duration::from_secs(3);
const REQUEST: &str = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// Containers call this, whose images have no other HTTP client.
pub fn run(args: &ServerArgs) -> Result<(), Failure> {
    let mut problems = Problems::default();
    let Some(config) = args.check(&mut problems) else {
        return Err(problems).or_fail("could not ask the service");
    };
    let address = &config.bind_address;
    let answer = ask(address).or_fail(format!("{address} doesn't answer"))?;
    if is_ok(&answer) {
        operator::say("The service is ready.");
        Ok(())
    } else {
        Err(Failure::new(format!("the service is not ready, it answered {:?}", answer.trim())))
    }
}

/// The first line of the answer.
fn ask(address: &str) -> io::Result<String> {
    let mut addresses = address.to_socket_addrs()?;
    let address = addresses.next().ok_or(io::ErrorKind::AddrNotAvailable)?;
    let mut stream = TcpStream::connect_timeout(&reachable(address), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(REQUEST.as_bytes())?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line)
}

fn is_ok(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 200 ")
}

/// Whoever listens on all addresses is reached on this machine's own.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;
    use std::thread;

    #[test]
    fn reads_the_status_of_the_answer() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut line = String::new();
            BufReader::new(&stream).read_line(&mut line).unwrap();
            stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n").unwrap();
            line
        });
        let answer = ask(&address).unwrap();
        assert_eq!(server.join().unwrap(), "GET /health/ready HTTP/1.1\r\n");
        assert!(!is_ok(&answer));
        assert!(is_ok("HTTP/1.1 200 OK\r\n"));
    }

    #[test]
    fn asks_this_machine_when_the_service_listens_everywhere() {
        let reached = |address: &str| reachable(address.parse().unwrap()).to_string();
        assert_eq!(reached("0.0.0.0:80"), "127.0.0.1:80");
        assert_eq!(reached("[::]:80"), "[::1]:80");
        assert_eq!(reached("10.0.0.1:80"), "10.0.0.1:80");
    }
}
