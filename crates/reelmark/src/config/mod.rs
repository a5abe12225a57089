//! The settings: one section per file, each checking itself. Every setting is an environment
//! variable and a flag of the same name. What can't be used stops the start, all of it in one go.

mod cache;
mod environment;
mod log;
mod mail;
mod problems;
mod queue;
mod security;
mod server;
mod settings;
mod store;
mod value;

pub use cache::{CacheArgs, CacheConfig};
pub use log::{LogArgs, LogConfig, LogFormat};
pub use mail::{MailArgs, MailConfig, MailRoute};
pub use problems::{Problem, Problems};
pub use queue::{QueueArgs, QueueConfig};
pub use security::{ONLY_KEY, SecurityArgs, SecurityConfig, TokenKeys};
pub use server::{ServerArgs, ServerConfig};
pub use settings::{Config, Settings};
pub use store::{Database, StoreArgs, StoreConfig};
