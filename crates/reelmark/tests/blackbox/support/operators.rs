//! What operators do at the command line.

use super::{Member, TestApp, secrets};

/// The name of the admin that there is on every stack.
const ADMIN: &str = "admin";

/// The admin. The embedded default makes one and prints the password; on the full stack an
/// operator does.
pub fn admin(app: &TestApp) -> Member {
    let password = printed_password(&app.process().stdout());
    let password = password.unwrap_or_else(|| create_admin(app));
    secrets::remember(&password);
    Member::sign_in(app, ADMIN, &password)
}

/// The password of the first admin, when it was printed.
pub fn printed_password(stdout: &str) -> Option<String> {
    let mut lines = stdout.lines();
    let sentence = "Sign in as admin with the password ";
    lines.find_map(|line| line.strip_prefix(sentence)).map(str::to_owned)
}

fn create_admin(app: &TestApp) -> String {
    let password = secrets::password_of(ADMIN);
    let email = secrets::email_of(ADMIN);
    let create =
        ["user", "create", ADMIN, "--email", &email, "--role", "admin", "--password-stdin"];
    let made = app.launch().run_with_input(&create, &format!("{password}\n"));
    assert!(made.succeeded, "there should be an admin: {}", made.stderr);
    password
}
