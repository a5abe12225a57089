//! One command per file.

pub mod audit;
pub mod backup;
pub mod check_config;
pub mod evaluate;
pub mod export;
pub mod healthcheck;
pub mod import;
pub mod keys;
pub mod migrate;
pub mod openapi;
pub mod queue;
pub mod restore;
pub mod serve;
pub mod user;
pub mod worker;
