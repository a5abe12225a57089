//! The programs under test, and the servers they stand on.

mod embedded;
mod full;
mod served;

pub use self::embedded::Embedded;
pub use self::full::Full;
pub use self::served::Served;
