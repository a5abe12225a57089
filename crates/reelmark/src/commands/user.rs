use std::fmt::Display;
use std::io;

use clap::{Args, Subcommand};
use reelmark_application::user::{
    ChangeRole, ChangeRoleError, ChangeStatus, ChangeStatusError, ChangedBy, RegisterUser,
    UserUseCases,
};
use reelmark_domain::{AccountStatus, EmailAddress, PlainPassword, Role, Username};
use reelmark_security::generate_password;

use crate::config::Settings;
use crate::failure::{Failure, OrFail};
use crate::{operator, wiring};

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Make an account; its password is generated and printed unless it is given
    Create(CreateArgs),
    /// Give somebody a role
    SetRole(SetRoleArgs),
    /// Close an account: nobody can sign in with it, and whoever is signed in is signed out
    Disable(NameArgs),
    /// Open a closed account, or one whose e-mail address was not confirmed yet
    Enable(NameArgs),
}

#[derive(Args, Debug)]
pub struct CreateArgs {
    /// The username
    name: String,
    /// The e-mail address
    #[arg(long)]
    email: String,
    /// What the account may do: member, curator or admin
    #[arg(long, default_value = "member")]
    role: String,
    /// Read the password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Args, Debug)]
pub struct SetRoleArgs {
    /// The username
    name: String,
    /// What the account may do from now on: member, curator or admin
    role: String,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Args, Debug)]
pub struct NameArgs {
    /// The username
    name: String,
    #[command(flatten)]
    settings: Settings,
}

pub fn run(command: UserCommand) -> Result<(), Failure> {
    match command {
        UserCommand::Create(args) => create(&args),
        UserCommand::SetRole(args) => set_role(&args),
        UserCommand::Disable(args) => set_status(&args, AccountStatus::Disabled),
        UserCommand::Enable(args) => set_status(&args, AccountStatus::Active),
    }
}

fn create(args: &CreateArgs) -> Result<(), Failure> {
    let role = Role::parse(&args.role).or_fail("the role can't be used")?;
    let (password, generated) = password(args.password_stdin)?;
    let account = RegisterUser {
        username: username(&args.name)?,
        email: EmailAddress::parse(&args.email).or_fail("the e-mail address can't be used")?,
        password,
        origin: None,
    };
    with_accounts(&args.settings, async |users| {
        let username = account.username.clone();
        let made = users.register_user(account).await;
        made.or_fail("could not make the account")?;
        grant(users, username, role).await
    })?;
    operator::say(format_args!("{} has an account as {role}.", args.name));
    if let Some(password) = generated {
        operator::say(format_args!("Password: {password}"));
    }
    Ok(())
}

fn set_role(args: &SetRoleArgs) -> Result<(), Failure> {
    let role = Role::parse(&args.role).or_fail("the role can't be used")?;
    let username = username(&args.name)?;
    with_accounts(&args.settings, async |users| grant(users, username, role).await)?;
    operator::say(format_args!("{} is {role} now.", args.name));
    Ok(())
}

fn set_status(args: &NameArgs, status: AccountStatus) -> Result<(), Failure> {
    let change = ChangeStatus { username: username(&args.name)?, status };
    with_accounts(&args.settings, async |users| match users.change_status(change).await {
        Ok(_) => Ok(()),
        Err(ChangeStatusError::UserNotFound) => Err(Failure::new("there is no such user")),
        Err(error) => Err(error).or_fail("could not change the account"),
    })?;
    operator::say(format_args!("The account {} is {status} now.", args.name));
    Ok(())
}

/// Runs `work` on the accounts of the configured store.
fn with_accounts(
    settings: &Settings,
    work: impl AsyncFnOnce(&dyn UserUseCases) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let config = settings.check().or_fail("could not open the store")?;
    let io = wiring::io_runtime()?;
    io.block_on(async {
        let users = wiring::open_accounts(&config, io.handle()).await?;
        work(&*users).await
    })
}

async fn grant(users: &dyn UserUseCases, username: Username, role: Role) -> Result<(), Failure> {
    let change = ChangeRole { by: ChangedBy::Operator, username, role, origin: None };
    match users.change_role(change).await {
        Ok(_) => Ok(()),
        Err(ChangeRoleError::UserNotFound) => Err(Failure::new("there is no such user")),
        Err(error) => Err(error).or_fail("could not give the role"),
    }
}

fn username(raw: &str) -> Result<Username, Failure> {
    Username::parse(raw).or_fail("the username can't be used")
}

/// The password, and its text when nobody knows it yet.
fn password(from_stdin: bool) -> Result<(PlainPassword, Option<impl Display>), Failure> {
    let text = if from_stdin { first_line()? } else { generate_password() };
    let password = PlainPassword::parse(&text).or_fail("the password can't be used")?;
    Ok((password, (!from_stdin).then_some(text)))
}

fn first_line() -> Result<String, Failure> {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line);
    read.or_fail("could not read the password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
