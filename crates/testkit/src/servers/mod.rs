//! Throw-away real servers, so that adapters are proven against the engine they are written for.
//!
//! Each server lives in its own new directory under the system's temporary directory and listens
//! on its own free port of 127.0.0.1. It is stopped, and its directory deleted, when its owner is
//! dropped and when the test process ends in any way at all, `kill -9` included.
//!
//! ```no_run
//! use reelmark_testkit::servers::EphemeralPostgres;
//!
//! let database_url = EphemeralPostgres::shared().create_database();
//! ```

mod account;
mod free_port;
mod patience;
mod postgres;
mod process_tree;
mod programs;
mod rabbitmq;
mod redis;
mod smtp_peer;
mod supervised;

pub use postgres::EphemeralPostgres;
pub use rabbitmq::EphemeralRabbitMq;
pub use redis::EphemeralRedis;
pub use smtp_peer::SmtpPeer;
