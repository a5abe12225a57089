use std::io::{self, Write};

use anyhow::Result;
use clap::Args;

use crate::load::Tokens;

#[derive(Args, Debug)]
pub struct TokensArgs {
    /// For how many users, from the first on
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    users: u32,
}

pub fn run(args: &TokensArgs) -> Result<()> {
    let tokens = Tokens::new()?;
    let mut output = io::stdout().lock();
    for user in 1..=args.users {
        writeln!(output, "{}", tokens.of_user(user)?)?;
    }
    Ok(())
}
