//! The contracts of `UserRepository`.

mod accounts;
mod profiles;
mod roles;
mod statuses;

pub use accounts::*;
pub use profiles::*;
pub use roles::*;
pub use statuses::*;

/// Declares one test per contract of `UserRepository`.
#[macro_export]
macro_rules! user_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { user_repository, $fresh_stores,
            stores_an_account_at_version_1_public_with_an_empty_profile,
            keeps_the_username_as_its_owner_writes_it,
            stores_an_account_with_any_role,
            a_second_account_with_the_same_username_conflicts,
            a_username_that_differs_in_case_alone_conflicts,
            a_second_account_with_the_same_email_conflicts,
            an_account_that_repeats_both_conflicts_with_one_of_them,
            a_refused_account_leaves_nothing_behind,
            of_20_accounts_with_the_same_email_at_once_one_is_stored,
            of_20_accounts_with_the_same_username_at_once_one_is_stored,
            accounts_stored_at_once_get_ids_of_their_own,
            the_first_account_is_stored_in_an_empty_store,
            the_first_account_is_not_stored_beside_another,
            the_first_account_is_refused_quietly_when_it_is_there_already,
            of_8_first_accounts_at_once_one_is_stored,
            replaces_the_profile_and_counts_the_version,
            takes_a_profile_away,
            keeps_awkward_texts_as_they_are,
            a_profile_made_from_another_version_is_stale_and_changes_nothing,
            of_8_profiles_made_from_the_same_version_one_is_stored,
            there_is_no_profile_to_replace_without_an_account,
            a_profile_belongs_to_one_account_alone,
            gives_a_role_and_counts_the_version,
            gives_no_role_to_nobody,
            the_last_active_admin_keeps_the_role_if_that_is_asked_for,
            of_admins_who_lose_the_role_at_once_one_keeps_it,
            a_new_role_makes_profiles_from_before_stale,
            gives_a_status_and_counts_the_version,
            an_account_that_is_not_active_has_no_sessions,
            an_account_that_stays_active_keeps_its_sessions,
            a_session_opened_while_an_account_is_closed_is_ended_or_never_opened,
            replaces_a_password_hash_once_and_nothing_else,
        }
    };
}
