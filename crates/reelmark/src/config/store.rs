use std::path::{Path, PathBuf};

use clap::Args;
use secrecy::{ExposeSecret, SecretString};

use super::value::{choice, given_secret, number, or_default};
use super::{Problem, Problems};

const DATA_DIR: &str = "./data";
const DATABASE_FILE: &str = "reelmark.sqlite3";
const DATABASE_CONNECTIONS: &str = "16";
const STARTER_CATALOGUE: &str = "on";

/// Where things are kept, as typed.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Store")]
pub struct StoreArgs {
    /// Folder for what this process keeps in files; made when it isn't there
    #[arg(long, env, value_name = "FOLDER", default_value = DATA_DIR)]
    data_dir: String,

    /// Where accounts, movies and ratings are kept: sqlite://FILE or
    /// postgres://USER:PASSWORD@HOST:PORT/DATABASE [default: a SQLite file in the data folder]
    #[arg(long, env, value_name = "URL", hide_env_values = true)]
    database_url: Option<SecretString>,

    /// Most connections to PostgreSQL that this process opens
    #[arg(long, env, value_name = "NUMBER", default_value = DATABASE_CONNECTIONS)]
    database_connections: String,

    /// Whether an empty store is filled with well-known movies: on or off
    #[arg(long, env, value_name = "ON|OFF", default_value = STARTER_CATALOGUE)]
    starter_catalogue: String,
}

/// Where things are kept.
#[derive(Clone, Debug)]
pub struct StoreConfig {
    pub data_dir: PathBuf,
    pub database: Database,
    pub with_starter_catalogue: bool,
}

/// Which engine keeps accounts, movies and ratings.
#[derive(Clone, Debug)]
pub enum Database {
    Sqlite { file: PathBuf },
    Postgres { url: SecretString, connections: usize },
}

impl StoreArgs {
    /// The folder for what this process keeps in files.
    pub fn data_dir(&self) -> PathBuf {
        PathBuf::from(or_default(&self.data_dir, DATA_DIR))
    }

    pub fn check(&self, problems: &mut Problems) -> Option<StoreConfig> {
        let data_dir = self.data_dir();
        let connections = or_default(&self.database_connections, DATABASE_CONNECTIONS);
        let connections = problems.keep(number("DATABASE_CONNECTIONS", connections, 1..=1000));
        let database = match given_secret(&self.database_url) {
            None => Some(Database::Sqlite { file: data_dir.join(DATABASE_FILE) }),
            Some(url) => problems.keep(database(url, connections.unwrap_or(1))),
        };
        let starter = or_default(&self.starter_catalogue, STARTER_CATALOGUE);
        let on_or_off = [("on", true), ("off", false)];
        let starter = problems.keep(choice("STARTER_CATALOGUE", starter, &on_or_off));
        connections?;
        Some(StoreConfig { data_dir, database: database?, with_starter_catalogue: starter? })
    }
}

/// What follows the scheme may hold a password and is never repeated.
fn database(url: &SecretString, connections: usize) -> Result<Database, Problem> {
    const RULE: &str = "must be an address that begins with sqlite:// or postgres://";
    match url.expose_secret().split_once("://") {
        Some(("sqlite", file)) => sqlite(file),
        Some(("postgres" | "postgresql", _)) => {
            Ok(Database::Postgres { url: url.clone(), connections })
        }
        Some((scheme, _)) if scheme.bytes().all(|b| b.is_ascii_lowercase()) => {
            let complaint = format_args!("{RULE}, found {scheme}://…");
            Err(Problem::of_secret("DATABASE_URL", complaint))
        }
        _ => Err(Problem::of_secret("DATABASE_URL", RULE)),
    }
}

fn sqlite(file: &str) -> Result<Database, Problem> {
    let is_file = !file.is_empty() && !file.ends_with('/') && !file.contains(['?', '#', '\0']);
    if is_file {
        let file = Path::new(file).to_owned();
        Ok(Database::Sqlite { file })
    } else {
        let rule = "sqlite:// and the path of a file, without options";
        let found = format!("sqlite://{file}");
        Err(Problem::new("DATABASE_URL", rule, found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<Database, Problem> {
        database(&url.into(), 16)
    }

    fn file(url: &str) -> String {
        match read(url).unwrap() {
            Database::Sqlite { file } => file.display().to_string(),
            Database::Postgres { .. } => panic!("{url} is no file"),
        }
    }

    #[test]
    fn a_sqlite_url_names_a_file_from_here_or_from_the_root() {
        assert_eq!(file("sqlite://movies.db"), "movies.db");
        assert_eq!(file("sqlite://./data/movies.db"), "./data/movies.db");
        assert_eq!(file("sqlite:///var/lib/movies.db"), "/var/lib/movies.db");
        for url in ["sqlite://", "sqlite:///var/lib/", "sqlite://a.db?mode=rwc"] {
            assert!(read(url).is_err(), "{url}");
        }
    }

    #[test]
    fn takes_both_spellings_of_postgres() {
        for url in ["postgres://localhost/a", "postgresql://localhost/a"] {
            assert!(matches!(read(url), Ok(Database::Postgres { .. })), "{url}");
        }
    }

    #[test]
    fn refuses_other_engines_without_repeating_a_password() {
        for url in ["mysql://ann:hunter2@localhost/a", "ann:hunter2@localhost/a"] {
            let problem = format!("{:?}", read(url).unwrap_err());
            assert!(problem.contains("DATABASE_URL"), "{problem}");
            assert!(!problem.contains("hunter2"), "{problem}");
        }
    }
}
