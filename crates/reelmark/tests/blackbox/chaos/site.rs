use std::sync::{Mutex, RwLock};
use std::time::Duration;

use reelmark_testkit::servers::{EphemeralPostgres, EphemeralRabbitMq, EphemeralRedis};

use crate::support::patience::poll;
use crate::support::process::Process;
use crate::support::{Launch, Stack, TestApp};

const WORKERS: usize = 2;

/// A crashed Postgres reads its log before it takes connections again.
const READY_AGAIN_WITHIN: Duration = Duration::from_secs(60);

/// A service with all it stands on, every part of which can be killed and started again.
pub struct Site {
    launch: Launch,
    /// Of the full stack.
    servers: Option<Servers>,
    app: RwLock<TestApp>,
    workers: Mutex<Vec<Process>>,
}

struct Servers {
    postgres: EphemeralPostgres,
    _redis: EphemeralRedis,
    broker: EphemeralRabbitMq,
    database: String,
}

/// What is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Victim {
    /// What answers requests, and on the embedded stack does everything.
    Api,
    Worker,
    Postgres,
    Broker,
}

impl Site {
    /// One process that serves, two that work, on servers of their own.
    pub fn full() -> Self {
        let (postgres, redis) = (EphemeralPostgres::start_durable(), EphemeralRedis::start());
        let broker = EphemeralRabbitMq::start();
        let database = postgres.create_database();
        let launch = Launch::full(&database, &redis.url(), &broker.url());
        let launch = launch
            .with("STARTER_CATALOGUE", "off")
            // As many as there are for everybody who sets nothing.
            .without("DATABASE_CONNECTIONS")
            .without_worker();
        let app = RwLock::new(launch.start());
        let workers = (0..WORKERS).map(|_| launch.start_worker()).collect();
        let servers = Some(Servers { postgres, _redis: redis, broker, database });
        Self { launch, servers, app, workers: Mutex::new(workers) }
    }

    pub fn embedded() -> Self {
        let launch = Stack::Embedded.launch();
        let app = RwLock::new(launch.start());
        Self { launch, servers: None, app, workers: Mutex::new(Vec::new()) }
    }

    /// What answers requests now.
    pub fn app(&self) -> TestApp {
        self.app.read().unwrap().clone()
    }

    pub fn launch(&self) -> &Launch {
        &self.launch
    }

    /// SIGKILL. Of the workers it takes the one that has run for longest.
    pub fn kill(&self, victim: Victim) {
        match victim {
            Victim::Api => self.app().process().kill(),
            Victim::Worker => self.workers.lock().unwrap().remove(0).kill(),
            Victim::Postgres => self.servers().postgres.crash(),
            Victim::Broker => self.servers().broker.crash(),
        }
    }

    /// Starts what was killed, and waits until it is ready.
    pub fn start_again(&self, victim: Victim) {
        match victim {
            Victim::Api => {
                let app = self.launch.start();
                *self.app.write().unwrap() = app;
            }
            Victim::Worker => self.workers.lock().unwrap().push(self.launch.start_worker()),
            Victim::Postgres => self.servers().postgres.restart(),
            Victim::Broker => self.servers().broker.restart(),
        }
        let is_ready = || (self.app().at_root("/health/ready").status == 200).then_some(());
        poll(READY_AGAIN_WITHIN, is_ready).expect("the service should be ready again");
    }

    /// Messages that nobody has published yet, where that can be seen from outside.
    pub fn outbox(&self) -> Option<u64> {
        let Servers { postgres, database, .. } = self.servers.as_ref()?;
        let count = postgres.query(database, "SELECT count(*) FROM outbox_messages");
        Some(count.trim().parse().expect("a count is a number"))
    }

    /// Whether those who work behind the scenes still do.
    pub fn assert_workers_run(&self) {
        for worker in self.workers.lock().unwrap().iter() {
            assert!(worker.status().is_none(), "a worker ended by itself:\n{}", worker.log());
        }
    }

    fn servers(&self) -> &Servers {
        self.servers.as_ref().expect("this stack should have servers")
    }
}
