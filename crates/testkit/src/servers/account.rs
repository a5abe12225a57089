use std::process::Command;

/// The account a server runs under when it must not run under ours.
#[derive(Clone, Copy)]
pub(super) struct Account {
    pub(super) user: u32,
    pub(super) group: u32,
}

impl Account {
    /// Postgres refuses to run as root, which is what tests in a container are.
    pub(super) fn to_replace_root() -> Option<Self> {
        if id(&["-u"])? != 0 {
            return None;
        }
        let account = Self::named("postgres").or_else(|| Self::named("nobody"));
        Some(account.expect("Postgres refuses to run as root: add a user named `postgres`"))
    }

    fn named(name: &str) -> Option<Self> {
        Some(Self { user: id(&["-u", name])?, group: id(&["-g", name])? })
    }
}

/// What the command `id` says; `None` when there is no such user.
fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().expect("`id` should be runnable");
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}
