//! One command per file.

pub mod audit;
pub mod check_config;
pub mod healthcheck;
pub mod import;
pub mod keys;
pub mod migrate;
pub mod openapi;
pub mod queue;
pub mod serve;
pub mod user;
pub mod worker;
