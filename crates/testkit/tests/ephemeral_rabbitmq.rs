use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use reelmark_testkit::servers::EphemeralRabbitMq;

const TIME_TO_ANSWER: Duration = Duration::from_secs(20);
const TIME_TO_BE_SURE_OF_SILENCE: Duration = Duration::from_millis(300);
const GREETING: &[u8] = b"AMQP\0\0\x09\x01";

/// One broker for all of it, because starting one takes seconds.
#[test]
fn can_be_paused_crashed_and_restarted_on_the_same_port_and_files() {
    let broker = EphemeralRabbitMq::start();
    let url = broker.url();
    assert!(url.contains(&format!("127.0.0.1:{}", broker.port())), "{url}");
    assert!(greets(&broker, TIME_TO_ANSWER).expect("it should answer"));

    broker.pause();
    let silence = greets(&broker, TIME_TO_BE_SURE_OF_SILENCE).map_err(|error| error.kind());
    assert_eq!(silence, Err(io::ErrorKind::WouldBlock));
    broker.resume();
    assert!(greets(&broker, TIME_TO_ANSWER).expect("it should answer again"));

    broker.crash();
    assert!(greets(&broker, TIME_TO_ANSWER).is_err(), "nobody should listen");

    broker.restart();
    assert_eq!(broker.url(), url);
    assert!(greets(&broker, TIME_TO_ANSWER).expect("it should be back"));
    let log = std::fs::read_to_string(broker.directory().join("server.log"));
    let log = log.expect("there should be a log");
    let created = log.matches("Created user 'guest'").count();
    assert_eq!(created, 1, "it should have found its files again");
}

/// Whether the broker says what a broker of AMQP 0-9-1 says first.
fn greets(broker: &EphemeralRabbitMq, limit: Duration) -> io::Result<bool> {
    let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, broker.port()))?;
    connection.set_read_timeout(Some(limit))?;
    connection.write_all(GREETING)?;
    let mut head = [0; 11];
    connection.read_exact(&mut head)?;
    Ok(head[..3] == [1, 0, 0] && head[7..] == [0, 10, 0, 10])
}
