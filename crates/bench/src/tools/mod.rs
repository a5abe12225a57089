//! The load generators, which are other people's programs.

mod h2load;
mod pgbench;
mod program;
mod wrk;

pub use self::h2load::{H2load, OpenLoad};
pub use self::pgbench::Pgbench;
pub use self::program::{first_line, output_of};
pub use self::wrk::{Wrk, in_turns};
