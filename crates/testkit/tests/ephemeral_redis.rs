#![expect(clippy::expect_used, reason = "these are tests")]

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use reelmark_testkit::servers::EphemeralRedis;

const TIME_TO_ANSWER: Duration = Duration::from_secs(10);
const TIME_TO_BE_SURE_OF_SILENCE: Duration = Duration::from_millis(300);

#[test]
fn answers_commands() {
    let redis = EphemeralRedis::shared();

    assert_eq!(redis.command(&["PING"]), "PONG");
    assert_eq!(redis.command(&["SET", "title", "Up & away"]), "OK");
    assert_eq!(redis.command(&["GET", "title"]), "Up & away");
}

#[test]
fn its_url_names_its_port() {
    let redis = EphemeralRedis::shared();

    assert_eq!(redis.url(), format!("redis://127.0.0.1:{}/", redis.port()));
}

#[test]
fn two_servers_know_nothing_of_each_other() {
    let (one, other) = (EphemeralRedis::start(), EphemeralRedis::start());

    one.command(&["SET", "title", "Up"]);

    assert_eq!(other.command(&["EXISTS", "title"]), "0");
}

#[test]
fn flushing_deletes_every_key() {
    let redis = EphemeralRedis::start();
    redis.command(&["SET", "title", "Up"]);

    redis.flush();

    assert_eq!(redis.command(&["DBSIZE"]), "0");
}

#[test]
fn answers_nothing_while_paused() {
    let redis = EphemeralRedis::start();
    let mut connection = connect(&redis);
    redis.pause();

    connection.write_all(b"PING\r\n").expect("a paused server should still be connected");
    let silence = read(&mut connection, TIME_TO_BE_SURE_OF_SILENCE);
    redis.resume();
    let answer = read(&mut connection, TIME_TO_ANSWER);

    let silence = silence.map_err(|error| error.kind());
    assert_eq!(silence, Err(io::ErrorKind::WouldBlock));
    assert_eq!(answer.expect("a resumed server should answer"), "+PONG\r\n");
}

#[test]
fn a_crash_cuts_connections_and_closes_the_port() {
    let redis = EphemeralRedis::start();
    let mut connection = connect(&redis);

    redis.crash();

    assert!(read(&mut connection, TIME_TO_ANSWER).is_ok_and(|answer| answer.is_empty()));
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, redis.port())).is_err());
}

#[test]
fn comes_back_empty_on_the_same_port_after_a_crash() {
    let redis = EphemeralRedis::start();
    let url = redis.url();
    redis.command(&["SET", "title", "Up"]);
    redis.crash();

    redis.restart();

    assert_eq!(redis.url(), url);
    assert_eq!(redis.command(&["DBSIZE"]), "0");
}

#[test]
fn can_be_restarted_while_it_runs_or_is_paused() {
    let redis = EphemeralRedis::start();

    redis.restart();
    redis.pause();
    redis.restart();

    assert_eq!(redis.command(&["PING"]), "PONG");
}

fn connect(redis: &EphemeralRedis) -> TcpStream {
    let mut connection =
        TcpStream::connect((Ipv4Addr::LOCALHOST, redis.port())).expect("Redis should listen");
    connection.write_all(b"PING\r\n").expect("Redis should be connected");
    let answer = read(&mut connection, TIME_TO_ANSWER).expect("Redis should answer");
    assert_eq!(answer, "+PONG\r\n");
    connection
}

/// What arrives next; nothing when the connection has ended.
fn read(connection: &mut TcpStream, limit: Duration) -> io::Result<String> {
    connection.set_read_timeout(Some(limit))?;
    let mut buffer = [0; 64];
    let length = connection.read(&mut buffer)?;
    Ok(String::from_utf8_lossy(&buffer[..length]).into_owned())
}
