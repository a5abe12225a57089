//! What scenarios are told with: a running service, its members, and what it answers.

pub mod answer;
pub mod app;
pub mod browser;
pub mod call;
pub mod catalogue;
pub mod document;
pub mod launch;
pub mod mailbox;
pub mod member;
pub mod operators;
pub mod patience;
pub mod process;
pub mod race;
pub mod raw;
pub mod scenario;
pub mod scratch;
pub mod secrets;
pub mod seen;
pub mod stack;
pub mod tokens;
pub mod unique;

pub use answer::Answer;
pub use app::TestApp;
pub use catalogue::Movie;
pub use launch::Launch;
pub use member::Member;
pub use patience::{eventually, wait_for};
pub use race::at_once;
pub use stack::Stack;
pub use unique::{unique, unique_name};
