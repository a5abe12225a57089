use std::time::Duration;

/// How long one contract may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Declares one test per contract of the suite `contracts::$suite`, in a module of that name.
///
/// `$fresh` is an `async fn` that makes what the contracts take, anew for each test.
#[macro_export]
macro_rules! contract_tests {
    ($suite:ident, $fresh:ident, $($contract:ident),+ $(,)?) => {
        mod $suite {
            use super::*;

            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $contract() {
                    let contract = $crate::contracts::$suite::$contract($fresh().await);
                    $crate::contracts::in_time(contract).await;
                }
            )+
        }
    };
}

/// Declares one test per contract of every port of the store.
///
/// `$fresh_stores` is an `async fn() -> Stores` that makes an empty, migrated store.
#[macro_export]
macro_rules! store_contracts {
    ($fresh_stores:ident) => {
        $crate::user_repository_contracts!($fresh_stores);
        $crate::account_repository_contracts!($fresh_stores);
        $crate::account_code_repository_contracts!($fresh_stores);
        $crate::export_reader_contracts!($fresh_stores);
        $crate::user_reader_contracts!($fresh_stores);
        $crate::session_repository_contracts!($fresh_stores);
        $crate::session_rotation_contracts!($fresh_stores);
        $crate::session_reader_contracts!($fresh_stores);
        $crate::movie_repository_contracts!($fresh_stores);
        $crate::movie_repository_update_contracts!($fresh_stores);
        $crate::movie_repository_remove_contracts!($fresh_stores);
        $crate::movie_reader_contracts!($fresh_stores);
        $crate::movie_reader_filters_contracts!($fresh_stores);
        $crate::movie_reader_search_contracts!($fresh_stores);
        $crate::movie_candidates_contracts!($fresh_stores);
        $crate::movie_finding_contracts!($fresh_stores);
        $crate::movie_trends_contracts!($fresh_stores);
        $crate::rating_repository_contracts!($fresh_stores);
        $crate::rating_repository_batches_contracts!($fresh_stores);
        $crate::rating_repository_races_contracts!($fresh_stores);
        $crate::rating_repository_brought_contracts!($fresh_stores);
        $crate::rating_reader_contracts!($fresh_stores);
        $crate::rating_summary_repository_contracts!($fresh_stores);
        $crate::rating_summary_rescore_contracts!($fresh_stores);
        $crate::summaries_follow_ratings_contracts!($fresh_stores);
        $crate::summary_auditor_contracts!($fresh_stores);
        $crate::outbox_contracts!($fresh_stores);
        $crate::processed_messages_contracts!($fresh_stores);
        $crate::idempotency_keys_contracts!($fresh_stores);
        $crate::audit_trail_contracts!($fresh_stores);
        $crate::report_repository_contracts!($fresh_stores);
        $crate::personal_import_repository_contracts!($fresh_stores);
        $crate::personal_import_rows_contracts!($fresh_stores);
        $crate::personal_import_undo_contracts!($fresh_stores);
        $crate::report_reader_contracts!($fresh_stores);
        $crate::dead_letters_contracts!($fresh_stores);
        $crate::catalogue_importer_contracts!($fresh_stores);
        $crate::instance_export_reader_contracts!($fresh_stores);
        $crate::neighbour_repository_contracts!($fresh_stores);
        $crate::neighbour_reader_contracts!($fresh_stores);
        $crate::taste_reader_contracts!($fresh_stores);
    };
}

/// Runs a contract, and fails it when it hangs, so that the hanging one is named.
pub async fn in_time<F: Future>(contract: F) -> F::Output {
    tokio::time::timeout(PATIENCE, contract).await.expect("the contract should not hang")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    const SUITES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/contracts");
    const HEAD: &str = "pub async fn ";

    /// Name and text of each file that holds contracts of the store.
    fn suites() -> Vec<(String, String)> {
        let entries = fs::read_dir(SUITES).unwrap().map(|entry| entry.unwrap().path());
        let named = entries.map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, text(&path))
        });
        let of_stores = named.filter(|(_, text)| text.contains("(stores: Stores)"));
        of_stores.filter(|(name, _)| name != "declare").collect()
    }

    /// The text of a file, or of all files in a folder.
    fn text(path: &Path) -> String {
        if path.is_file() {
            return fs::read_to_string(path).unwrap();
        }
        fs::read_dir(path).unwrap().map(|file| text(&file.unwrap().path())).collect()
    }

    fn contracts(text: &str) -> impl Iterator<Item = &str> {
        let heads = text.lines().filter_map(|line| line.strip_prefix(HEAD));
        heads.filter_map(|head| head.split('(').next())
    }

    #[test]
    fn every_contract_is_on_the_list_of_its_suite() {
        for (suite, text) in suites() {
            for contract in contracts(&text) {
                let entry = format!("{contract},");
                let is_listed = text.lines().any(|line| line.trim() == entry);
                assert!(is_listed, "{suite}::{contract} is not on the list");
            }
        }
    }

    #[test]
    fn every_suite_is_part_of_the_stores_contracts() {
        let declared = include_str!("declare.rs");
        let suites = suites();
        assert!(suites.len() > 10, "the suites were not found");
        for (suite, _) in suites {
            let call = format!("$crate::{suite}_contracts!");
            assert!(declared.contains(&call), "{suite} is not declared");
        }
    }
}
