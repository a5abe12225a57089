//! What every adapter of a port must keep, one suite per port, run against the real engine.
//!
//! A contract is a `pub async fn` whose name is the sentence it proves. The list at the end of its
//! file makes it a test of every adapter. The adapters of the store run all of them with one line
//! in `tests/contracts.rs`:
//!
//! ```text
//! async fn fresh_stores() -> reelmark_testkit::contracts::Stores { … }
//!
//! reelmark_testkit::store_contracts!(fresh_stores);
//! ```
//!
//! To add one, write it and put its name on the list; a unit test here names those left out.

pub mod account_code_repository;
pub mod account_repository;
pub mod audit_trail;
pub mod cache;
pub mod cache_readers;
pub mod catalogue_files;
pub mod dead_letters;
pub mod export_files;
pub mod export_reader;
pub mod id_generator;
pub mod idempotency_keys;
pub mod mailer;
pub mod message_queue;
pub mod movie_candidates;
pub mod movie_reader;
pub mod movie_reader_filters;
pub mod movie_reader_search;
pub mod movie_repository;
pub mod movie_repository_remove;
pub mod movie_repository_update;
pub mod movie_trends;
pub mod neighbour_reader;
pub mod neighbour_repository;
pub mod outbox;
pub mod password_hasher;
pub mod personal_ratings_files;
pub mod processed_messages;
pub mod rate_limiter;
pub mod rating_reader;
pub mod rating_repository;
pub mod rating_repository_batches;
pub mod rating_repository_races;
pub mod rating_summary_repository;
pub mod rating_summary_rescore;
pub mod report_reader;
pub mod report_repository;
pub mod report_writer;
pub mod secret_generator;
pub mod session_reader;
pub mod session_repository;
pub mod session_rotation;
pub mod starter_catalogue;
pub mod summaries_follow_ratings;
pub mod summary_auditor;
pub mod table_writer;
pub mod taste_reader;
pub mod tokens;
pub mod user_reader;
pub mod user_repository;

mod declare;
mod forged_claims;
mod forged_headers;
mod forged_tokens;
mod races;
mod refusals;
mod search_model;
mod stores;
mod texts;
mod token_forger;

pub use declare::in_time;
pub use stores::Stores;
