//! One command per file.

pub mod audit;
pub mod check_config;
pub mod evaluate;
pub mod healthcheck;
pub mod keys;
pub mod migrate;
pub mod openapi;
pub mod queue;
pub mod serve;
pub mod user;
pub mod worker;
