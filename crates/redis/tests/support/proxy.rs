use std::future::pending;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// A way to a server that can be interrupted, as by a firewall: nothing is refused and nothing is
/// closed, but nothing arrives.
pub struct Proxy {
    port: u16,
    road: Arc<watch::Sender<Road>>,
    accepting: JoinHandle<()>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Road {
    /// How often connections got stuck. A connection that got stuck stays so for ever.
    accidents: u32,
    is_closed: bool,
    /// How long each answer takes.
    delay: Duration,
}

impl Proxy {
    pub async fn to(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let open = Road { accidents: 0, is_closed: false, delay: Duration::ZERO };
        let road = Arc::new(watch::Sender::new(open));
        let accepting = tokio::spawn(accept(listener, server, road.clone()));
        Self { port, road, accepting }
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Lets nothing through any more, on old connections and new ones.
    pub fn cut(&self) {
        self.road.send_modify(|road| {
            road.accidents += 1;
            road.is_closed = true;
        });
    }

    /// Lets new connections through again.
    pub fn heal(&self) {
        self.road.send_modify(|road| road.is_closed = false);
    }

    /// Lets nothing through on the connections that there are.
    pub fn freeze_connections(&self) {
        self.road.send_modify(|road| road.accidents += 1);
    }

    /// Lets answers take so much longer.
    pub fn delay_answers(&self, delay: Duration) {
        self.road.send_modify(|road| road.delay = delay);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, server: u16, road: Arc<watch::Sender<Road>>) {
    loop {
        let (client, _) = listener.accept().await.unwrap();
        tokio::spawn(forward(client, server, road.subscribe()));
    }
}

async fn forward(mut client: TcpStream, server: u16, road: watch::Receiver<Road>) {
    let start = *road.borrow();
    if start.is_closed {
        pending::<()>().await;
    }
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).await.unwrap();
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    tokio::select! {
        () = forward_questions(from_client, to_server) => return,
        () = forward_answers(from_server, to_client, road.clone()) => return,
        () = accident(road, start.accidents) => {}
    }
    pending::<()>().await;
}

async fn forward_questions(mut from: ReadHalf<'_>, mut to: WriteHalf<'_>) {
    drop(tokio::io::copy(&mut from, &mut to).await);
}

async fn forward_answers(
    mut from: ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    road: watch::Receiver<Road>,
) {
    let mut buffer = [0; 4096];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let delay = road.borrow().delay;
        sleep(delay).await;
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}

async fn accident(mut road: watch::Receiver<Road>, before: u32) {
    drop(road.wait_for(|road| road.accidents > before).await);
}
