//! Where the servers' own programs are.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

const POSTGRES_PROGRAMS: [&str; 3] = ["initdb", "postgres", "psql"];

/// A program on the PATH.
///
/// Panics, naming the Debian package to install, when it is not there.
pub(super) fn on_the_path(program: &str, package: &str) -> PathBuf {
    path_directories()
        .map(|directory| directory.join(program))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| panic!("{}", missing(program, package)))
}

/// The directory that holds all Postgres programs, which Debian keeps off the PATH.
///
/// Panics, naming the Debian package to install, when there is none.
pub(super) fn postgres_directory() -> PathBuf {
    path_directories()
        .chain(directory_named_by_pg_config())
        .chain(debian_directories())
        .find(|directory| has_all_postgres_programs(directory))
        .unwrap_or_else(|| panic!("{}", missing("a Postgres server", "postgresql")))
}

/// The program that starts a RabbitMQ broker. Debian hides it behind one of the same name, on the
/// PATH, that insists on running as the machine's own broker.
///
/// Panics, naming the Debian package to install, when there is none.
pub(super) fn rabbitmq_server() -> PathBuf {
    const PACKAGE: &str = "rabbitmq-server";
    let debian = PathBuf::from("/usr/lib/rabbitmq/bin/rabbitmq-server");
    if debian.is_file() { debian } else { on_the_path(PACKAGE, PACKAGE) }
}

/// What the program printed, without the final newline.
///
/// Panics with what it complained about when it fails.
pub(super) fn output_of(command: &mut Command) -> String {
    let Output { status, stdout, stderr } =
        command.output().unwrap_or_else(|error| panic!("{command:?} cannot be run: {error}"));
    let complaint = String::from_utf8_lossy(&stderr);
    assert!(status.success(), "{command:?} failed with {status}: {complaint}");
    String::from_utf8_lossy(&stdout).trim_end_matches('\n').to_owned()
}

/// Keeps the developer's own `PGPORT`, `PGOPTIONS` and the like away from a throw-away server.
pub(super) fn forget_postgres_environment(command: &mut Command) {
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
        command.env_remove(name);
    }
}

fn missing(what: &str, package: &str) -> String {
    format!(
        "{what} is not installed: run `make test`, which installs what is missing, \
         or install the Debian package `{package}`"
    )
}

fn path_directories() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).collect::<Vec<_>>().into_iter()
}

fn directory_named_by_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()))
}

/// `/usr/lib/postgresql/15/bin` and the like, the newest version first.
fn debian_directories() -> Vec<PathBuf> {
    let mut versions: Vec<u32> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect();
    versions.sort_unstable();
    let newest_first = versions.into_iter().rev();
    newest_first.map(|version| format!("/usr/lib/postgresql/{version}/bin").into()).collect()
}

fn has_all_postgres_programs(directory: &Path) -> bool {
    POSTGRES_PROGRAMS.iter().all(|program| directory.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "install the Debian package `redis-server`")]
    fn names_the_package_of_a_missing_program() {
        on_the_path("no-such-server", "redis-server");
    }

    #[test]
    #[should_panic(expected = "No such file or directory")]
    fn passes_on_the_complaint_of_a_failed_program() {
        output_of(Command::new("ls").arg("/no/such/file").env("LC_ALL", "C"));
    }
}
