//! Puts a data set into a store, much faster than through the API.

mod accounts;
mod facts;
mod postgres;
mod set_aside;
mod sqlite;
mod tally;
#[cfg(test)]
mod tests;

pub use self::accounts::{JWT_SECRET, Tokens};
pub use self::postgres::{connect, copy_ratings, load as postgres};
pub use self::sqlite::load as sqlite;
