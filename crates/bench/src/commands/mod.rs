//! One file per command.

mod data_args;
pub mod generate;
pub mod load;
pub mod tokens;
