use std::future::pending;
use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

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
}

impl Proxy {
    pub async fn to(server: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let open = Road { accidents: 0, is_closed: false };
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

async fn forward(mut client: TcpStream, server: u16, mut road: watch::Receiver<Road>) {
    let start = *road.borrow_and_update();
    if start.is_closed {
        pending::<()>().await;
    }
    let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, server)).await.unwrap();
    let accident = async {
        drop(road.wait_for(|road| road.accidents > start.accidents).await);
    };
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut server) => return,
        () = accident => {}
    }
    pending::<()>().await;
}
