use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A mail server that takes every mail, keeps it, and answers recipients as it is told. It speaks
/// just enough SMTP (RFC 5321) for a client that doesn't pipeline.
///
/// Its thread ends with the process.
#[derive(Clone)]
pub struct SmtpPeer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    mails: Vec<String>,
    to_recipients: Option<String>,
}

impl SmtpPeer {
    /// Listens on a free port of 127.0.0.1.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let peer = Self { address: listener.local_addr().unwrap(), state: Arc::default() };
        let state = peer.state.clone();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let state = state.clone();
                thread::spawn(move || converse(connection, &state));
            }
        });
        peer
    }

    /// Where it is: `smtp://127.0.0.1:…`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// The mails it has taken, as they were sent, without the dots that SMTP adds.
    #[must_use]
    pub fn mails(&self) -> Vec<String> {
        self.state.lock().unwrap().mails.clone()
    }

    /// Answers every recipient from now on with this line; `None` takes them all.
    pub fn answer_recipients(&self, line: Option<&str>) {
        self.state.lock().unwrap().to_recipients = line.map(str::to_owned);
    }
}

/// A client that goes away in the middle ends its thread.
fn converse(connection: TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut lines = BufReader::new(connection.try_clone().ok()?).lines().map_while(Result::ok);
    let say = |line: &str| (&connection).write_all(format!("{line}\r\n").as_bytes()).ok();
    say("220 peer")?;
    while let Some(line) = lines.next() {
        let verb = line.get(..4).unwrap_or_default().to_uppercase();
        match verb.as_str() {
            "EHLO" => say("250-peer\r\n250 8BITMIME")?,
            "RCPT" => {
                let told = state.lock().unwrap().to_recipients.clone();
                say(told.as_deref().unwrap_or("250 ok"))?;
            }
            "DATA" => {
                say("354 go on")?;
                let text = lines.by_ref().take_while(|line| line != ".");
                let text = text.map(|line| line.strip_prefix('.').unwrap_or(&line).to_owned());
                let mail = text.collect::<Vec<_>>().join("\r\n");
                state.lock().unwrap().mails.push(mail);
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok")?,
        }
    }
    Some(())
}
