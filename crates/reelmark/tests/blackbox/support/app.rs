//! A running service, and helper verbs for what clients do with it.

use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use reqwest::blocking::Client;
use serde_json::{Value, json};

use super::call::Call;
use super::patience::poll;
use super::process::Process;
use super::{Answer, Launch, Member, member, operators, wait_for};

/// Longer than the service lets any request take.
const CLIENT_PATIENCE: Duration = Duration::from_secs(30);

/// The first start fills the catalogue, which takes a while on a busy machine.
const STARTS_WITHIN: Duration = Duration::from_secs(90);

/// A running service. Clones are the same service, and the last one stops it.
#[derive(Clone)]
pub struct TestApp(Arc<Inner>);

struct Inner {
    launch: Launch,
    process: Arc<Process>,
    /// What works behind the scenes, when that is another process.
    worker: Option<Process>,
    address: SocketAddr,
    client: Client,
    admin: OnceLock<Member>,
    curator: OnceLock<Member>,
    crowd: Mutex<Vec<Member>>,
}

impl TestApp {
    /// The service in `process`, once it has said where it listens and that it is ready.
    pub fn wait_for(launch: Launch, process: Process) -> Self {
        let address = poll(STARTS_WITHIN, || {
            let ended = process.status();
            assert!(ended.is_none(), "it did not start: {}{}", process.stdout(), process.log());
            address_in(&process.stdout())
        });
        let address = address.unwrap_or_else(|| panic!("it starts too slowly: {}", process.log()));
        let worker = launch.start_own_worker();
        let app = Self(Arc::new(Inner {
            launch,
            worker,
            process: Arc::new(process),
            address,
            client: new_client(),
            admin: OnceLock::new(),
            curator: OnceLock::new(),
            crowd: Mutex::new(Vec::new()),
        }));
        app.wait_until_ready();
        app
    }

    pub fn wait_until_ready(&self) {
        wait_for("readiness", || (self.at_root("/health/ready").status == 200).then_some(()));
    }

    pub fn launch(&self) -> &Launch {
        &self.0.launch
    }

    pub fn process(&self) -> &Arc<Process> {
        &self.0.process
    }

    /// The process that works behind the scenes, when that is another one.
    pub fn worker(&self) -> Option<&Process> {
        self.0.worker.as_ref()
    }

    /// What all of it has logged so far.
    pub fn logs(&self) -> String {
        let worker = self.worker().map(Process::log).unwrap_or_default();
        format!("{}{worker}", self.process().log())
    }

    pub fn client(&self) -> &Client {
        &self.0.client
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.0.address)
    }

    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(self.0.address).expect("the service should listen")
    }

    /// A request to a path below `/api/v1`.
    pub fn call(&self, method: &str, path: &str) -> Call {
        Call::new(self, method, &format!("/api/v1{path}"))
    }

    /// Gets a path below `/api/v1` without signing in.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send()
    }

    /// Posts to a path below `/api/v1` without signing in.
    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path).json(body).send()
    }

    /// Gets a path below the root.
    #[track_caller]
    pub fn at_root(&self, path: &str) -> Answer {
        Call::new(self, "GET", path).send()
    }

    /// Signs up somebody new whose name begins with `name`, and signs them in.
    #[track_caller]
    pub fn sign_up(&self, name: &str) -> Member {
        member::sign_up(self, name)
    }

    /// Somebody who is signed in, shared by scenarios that don't care who it is.
    pub fn somebody(&self) -> Member {
        self.crowd(1).remove(0)
    }

    /// So many different members, shared by scenarios that rate movies of their own.
    pub fn crowd(&self, size: usize) -> Vec<Member> {
        let mut crowd = self.0.crowd.lock().unwrap();
        while crowd.len() < size {
            crowd.push(self.sign_up("crowd"));
        }
        crowd[..size].to_vec()
    }

    pub fn admin(&self) -> Member {
        self.0.admin.get_or_init(|| operators::admin(self)).clone()
    }

    /// Somebody whom the admin has made a curator.
    pub fn curator(&self) -> Member {
        let appoint = || {
            let curator = self.sign_up("curator");
            let path = format!("/users/{}/role", curator.username);
            self.admin().put(&path, &json!({"role": "curator"})).expect(200);
            curator
        };
        self.0.curator.get_or_init(appoint).clone()
    }

    /// Asks it to stop, and waits until it has.
    pub fn stop(&self) {
        self.process().signal("TERM");
        let ended = self.process().wait();
        assert!(ended.succeeded, "it should stop cleanly:\n{}", ended.stderr);
        let Some(worker) = self.worker().filter(|worker| worker.status().is_none()) else {
            return;
        };
        worker.signal("TERM");
        let ended = worker.wait();
        assert!(ended.succeeded, "its worker should stop cleanly:\n{}", ended.stderr);
    }

    /// SIGKILL to all of it, which nothing can prepare for.
    pub fn kill(&self) {
        self.process().kill();
        self.worker().into_iter().for_each(Process::kill);
    }
}

/// A client of its own, with connections that nobody shares.
pub fn new_client() -> Client {
    let client = Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(CLIENT_PATIENCE);
    client.build().expect("a client needs nothing")
}

/// Where the service says it listens.
fn address_in(stdout: &str) -> Option<SocketAddr> {
    let mut lines = stdout.lines();
    let address = lines.find_map(|line| line.strip_prefix("Reelmark is listening on http://"))?;
    Some(address.parse().expect("it should be an address"))
}
