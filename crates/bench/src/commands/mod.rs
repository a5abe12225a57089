//! One file per command.

mod data_args;
pub mod generate;
pub mod load;
pub mod reference;
pub mod run;
pub mod tokens;
