//! Variables that look like settings and aren't: a typo must not pass in silence.

use strsim::damerau_levenshtein;

use super::{Problem, Problems};

/// All variables that begin like this are meant for us.
const OUR_PREFIXES: [&str; 3] = ["REELMARK_", "JWT_", "BCRYPT_"];

/// Settings of a later version.
const LATER: [&str; 1] = ["DATABASE_REPLICA_URL"];

/// Adds a problem for each of `variables` that is probably meant to be one of the `known` settings.
pub fn check(variables: &[String], known: &[String], problems: &mut Problems) {
    for variable in variables {
        if is_mistaken(variable, known) {
            problems.add(Problem::unknown(format!(
                "{variable} is no setting of Reelmark; did you mean {}?",
                nearest(variable, known)
            )));
        }
    }
}

/// Which of `variables` are settings that do nothing yet.
pub fn not_yet_supported(variables: &[String]) -> Vec<&'static str> {
    let is_set = |later: &&str| variables.iter().any(|variable| variable == later);
    LATER.into_iter().filter(is_set).collect()
}

fn is_mistaken(variable: &str, known: &[String]) -> bool {
    if LATER.contains(&variable) || known.iter().any(|name| name == variable) {
        return false;
    }
    let is_ours = OUR_PREFIXES.iter().any(|ours| variable.starts_with(ours));
    is_ours && !is_of_kubernetes(variable) || is_typo(variable, known)
}

fn is_typo(variable: &str, known: &[String]) -> bool {
    let mut names = known.iter().map(String::as_str).chain(LATER);
    names.any(|name| damerau_levenshtein(variable, name) == 1)
}

/// Kubernetes tells every container the addresses of all services, so one that is named `reelmark`
/// brings `REELMARK_PORT`, `REELMARK_SERVICE_HOST`, `REELMARK_PORT_8080_TCP_ADDR` and the like.
fn is_of_kubernetes(variable: &str) -> bool {
    let is_part_of_port = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    variable.ends_with("_PORT")
        || variable.contains("_SERVICE_HOST")
        || variable.contains("_SERVICE_PORT")
        || variable.split_once("_PORT_").is_some_and(|(_, rest)| is_part_of_port(rest))
}

fn nearest<'a>(variable: &str, known: &'a [String]) -> &'a str {
    let nearest = known.iter().min_by_key(|name| damerau_levenshtein(variable, name));
    nearest.map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(variables: &[&str]) -> String {
        let known = ["BIND_ADDRESS", "DATABASE_URL", "REDIS_URL", "JWT_SECRET", "JWT_KEYS"];
        let mut problems = Problems::default();
        check(&owned(variables), &owned(&known), &mut problems);
        problems.to_string()
    }

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn is_clean(variables: &[&str]) -> bool {
        let mut problems = Problems::default();
        check(&owned(variables), &owned(&["BIND_ADDRESS", "REDIS_URL"]), &mut problems);
        problems.is_empty()
    }

    #[test]
    fn finds_a_typo_and_names_what_was_meant() {
        for typo in ["DATABSE_URL", "DATABASE_ULR", "DATABASE_URLS", "DATABASE-URL"] {
            let expected = format!("{typo} is no setting of Reelmark; did you mean DATABASE_URL?");
            assert_eq!(problems(&[typo]), expected);
        }
    }

    #[test]
    fn finds_unknown_names_with_a_prefix_of_ours() {
        assert!(problems(&["JWT_SECRET_KEY"]).contains("JWT_SECRET?"));
        assert!(problems(&["REELMARK_BIND_ADDRESS"]).contains("BIND_ADDRESS?"));
        assert!(problems(&["BCRYPT_ROUNDS"]).contains("BCRYPT_ROUNDS is no setting"));
    }

    #[test]
    fn leaves_alone_what_others_put_there() {
        assert!(is_clean(&["PATH", "HOME", "REDIS_PORT", "DATABASE_HOST", "REDIS_URL"]));
        assert!(is_clean(&[
            "REELMARK_PORT",
            "REELMARK_SERVICE_HOST",
            "REELMARK_SERVICE_PORT_HTTP"
        ]));
        assert!(is_clean(&["REELMARK_PORT_8080_TCP", "REELMARK_API_PORT_80_TCP_ADDR"]));
    }

    #[test]
    fn knows_settings_of_later_versions() {
        assert!(is_clean(&["DATABASE_REPLICA_URL"]));
        assert!(!is_clean(&["DATABASE_REPLCIA_URL"]));
        let later = owned(&["HOME", "DATABASE_REPLICA_URL"]);
        assert_eq!(not_yet_supported(&later), ["DATABASE_REPLICA_URL"]);
    }
}
