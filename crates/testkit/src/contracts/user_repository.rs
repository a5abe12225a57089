//! The contracts of `UserRepository`.

use reelmark_application::ports::{
    InsertUser, LoginKey, RepositoryError, RoleOutcome, SetRole, UniqueKey, UpdateProfile,
    UserRecord,
};
use reelmark_domain::{Role, User, Visibility};

use super::Stores;
use super::races::at_once;
use super::refusals::{conflict, is_stale};
use super::stores::profile_of;
use super::texts::{AWKWARD_LINES, awkward_paragraphs};
use crate::builders::{NOON, insert_user, open_session};

pub async fn stores_an_account_at_version_1_public_with_an_empty_profile(stores: Stores) {
    let stored = stores.users.insert(insert_user("ada")).await.unwrap();

    let expected = UserRecord {
        id: stored.id,
        username: "ada".into(),
        email: "ada@example.org".into(),
        role: "member".into(),
        status: "active".into(),
        display_name: None,
        bio: None,
        visibility: "public".into(),
        version: 1,
        created_at: NOON,
    };
    assert_eq!(stored, expected);
    assert_eq!(stores.user(stored.id).await, expected);
    assert!(User::try_from(expected).is_ok());
}

pub async fn keeps_the_username_as_its_owner_writes_it(stores: Stores) {
    let stored = stores.users.insert(insert_user("Ada_Lovelace-1815")).await.unwrap();

    assert_eq!(stored.username, "Ada_Lovelace-1815");
}

pub async fn stores_an_account_with_any_role(stores: Stores) {
    for role in Role::ALL {
        let account = InsertUser { role: role.to_string(), ..insert_user(role.as_str()) };
        let stored = stores.users.insert(account).await.unwrap();
        assert_eq!(stored.role, role.as_str());
    }
}

pub async fn a_second_account_with_the_same_username_conflicts(stores: Stores) {
    stores.add_user("ada").await;
    let other = InsertUser { email: "other@example.org".into(), ..insert_user("ada") };

    assert_eq!(conflict(stores.users.insert(other).await), UniqueKey::Username);
}

pub async fn a_username_that_differs_in_case_alone_conflicts(stores: Stores) {
    stores.add_user("ada").await;
    let other = InsertUser { email: "other@example.org".into(), ..insert_user("ADA") };

    assert_eq!(conflict(stores.users.insert(other).await), UniqueKey::Username);
}

pub async fn a_second_account_with_the_same_email_conflicts(stores: Stores) {
    stores.add_user("ada").await;

    let refused = stores.users.insert(with_adas_email("bob")).await;

    assert_eq!(conflict(refused), UniqueKey::Email);
}

pub async fn an_account_that_repeats_both_conflicts_with_one_of_them(stores: Stores) {
    stores.add_user("ada").await;

    let key = conflict(stores.users.insert(insert_user("ada")).await);

    assert!(matches!(key, UniqueKey::Username | UniqueKey::Email));
}

pub async fn a_refused_account_leaves_nothing_behind(stores: Stores) {
    stores.add_user("ada").await;
    conflict(stores.users.insert(with_adas_email("bob")).await);

    let bob = stores.user_reader.find_by_username("bob".into()).await;

    assert_eq!(bob.unwrap(), None);
    stores.add_user("bob").await;
}

pub async fn of_20_accounts_with_the_same_email_at_once_one_is_stored(stores: Stores) {
    let accounts = (0..20).map(|n| with_adas_email(&format!("user-{n}")));

    let (stored, refused) = insert_at_once(&stores, accounts).await;

    assert_eq!((stored.len(), refused.len()), (1, 19));
    assert!(refused.into_iter().all(|key| key == UniqueKey::Email));
}

pub async fn of_20_accounts_with_the_same_username_at_once_one_is_stored(stores: Stores) {
    let accounts = (0..20)
        .map(|n| InsertUser { email: format!("user-{n}@example.org"), ..insert_user("ada") });

    let (stored, refused) = insert_at_once(&stores, accounts).await;

    assert_eq!((stored.len(), refused.len()), (1, 19));
    assert!(refused.into_iter().all(|key| key == UniqueKey::Username));
}

pub async fn accounts_stored_at_once_get_ids_of_their_own(stores: Stores) {
    let accounts = (0..20).map(|n| insert_user(&format!("user-{n}")));

    let (stored, _) = insert_at_once(&stores, accounts).await;

    let mut ids: Vec<_> = stored.iter().map(|account| account.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 20);
    for account in stored {
        assert_eq!(stores.user(account.id).await, account);
    }
}

pub async fn the_first_account_is_stored_in_an_empty_store(stores: Stores) {
    let first = InsertUser { role: "admin".into(), ..insert_user("ada") };

    let stored = stores.users.insert_first(first).await.unwrap().unwrap();

    assert_eq!((stored.role.as_str(), stored.version), ("admin", 1));
    assert_eq!(stores.user(stored.id).await, stored);
}

pub async fn the_first_account_is_not_stored_beside_another(stores: Stores) {
    stores.add_user("ada").await;

    let stored = stores.users.insert_first(insert_user("bob")).await.unwrap();

    assert_eq!(stored, None);
    let bob = stores.user_reader.find_by_username("bob".into()).await;
    assert_eq!(bob.unwrap(), None);
}

pub async fn the_first_account_is_refused_quietly_when_it_is_there_already(stores: Stores) {
    stores.users.insert_first(insert_user("ada")).await.unwrap();

    let again = stores.users.insert_first(insert_user("ada")).await.unwrap();

    assert_eq!(again, None);
}

pub async fn of_8_first_accounts_at_once_one_is_stored(stores: Stores) {
    let calls = (0..8).map(|n| {
        let users = stores.users.clone();
        async move { users.insert_first(insert_user(&format!("user-{n}"))).await }
    });

    let results = at_once(calls).await;

    let stored = results.into_iter().filter_map(Result::unwrap).count();
    assert_eq!(stored, 1);
}

pub async fn replaces_the_profile_and_counts_the_version(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let before = stores.user(ada).await;

    let stored = stores.users.update_profile(full_profile(&before)).await;

    let expected = UserRecord {
        display_name: Some("Ada Lovelace".into()),
        bio: Some("Countess.\nWrites programs.".into()),
        visibility: "private".into(),
        version: 2,
        ..before
    };
    assert_eq!(stored.unwrap().as_ref(), Some(&expected));
    assert_eq!(stores.user(ada).await, expected);
}

pub async fn takes_a_profile_away(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let before = stores.user(ada).await;
    let full = stores.users.update_profile(full_profile(&before)).await;
    let empty =
        UpdateProfile { expected_version: full.unwrap().unwrap().version, ..profile_of(&before) };

    let stored = stores.users.update_profile(empty).await.unwrap();

    let expected = UserRecord { version: 3, ..before };
    assert_eq!(stored, Some(expected));
}

pub async fn keeps_awkward_texts_as_they_are(stores: Stores) {
    let ada = stores.add_user("ada").await;
    for line in AWKWARD_LINES {
        let profile = UpdateProfile {
            display_name: Some(line.into()),
            bio: Some(awkward_paragraphs()),
            ..profile_of(&stores.user(ada).await)
        };
        stores.users.update_profile(profile).await.unwrap().unwrap();

        let stored = stores.user(ada).await;
        assert_eq!(stored.display_name.as_deref(), Some(line));
        assert_eq!(stored.bio, Some(awkward_paragraphs()));
    }
}

pub async fn a_profile_made_from_another_version_is_stale_and_changes_nothing(stores: Stores) {
    let ada = stores.add_user("ada").await;
    stores.set_visibility(ada, Visibility::Private).await;
    let before = stores.user(ada).await;

    for expected_version in [1, 3] {
        let profile = UpdateProfile { expected_version, ..full_profile(&before) };
        assert!(is_stale(&stores.users.update_profile(profile).await));
        assert_eq!(stores.user(ada).await, before);
    }
}

pub async fn of_8_profiles_made_from_the_same_version_one_is_stored(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let before = stores.user(ada).await;
    let calls = (0..8).map(|n| {
        let users = stores.users.clone();
        let profile =
            UpdateProfile { display_name: Some(format!("Ada {n}")), ..profile_of(&before) };
        async move { users.update_profile(profile).await }
    });

    let results = at_once(calls).await;

    assert_eq!(results.iter().filter(|result| is_stale(result)).count(), 7);
    let stored: Vec<_> = results.into_iter().filter_map(Result::ok).collect();
    assert_eq!(stored, [Some(stores.user(ada).await)]);
}

pub async fn there_is_no_profile_to_replace_without_an_account(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let nobody = UpdateProfile { id: ada + 1, ..full_profile(&stores.user(ada).await) };

    assert_eq!(stores.users.update_profile(nobody).await.unwrap(), None);
}

pub async fn a_profile_belongs_to_one_account_alone(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let bob_before = stores.user(bob).await;
    let profile = full_profile(&stores.user(ada).await);

    stores.users.update_profile(profile).await.unwrap();

    assert_eq!(stores.user(bob).await, bob_before);
}

pub async fn gives_a_role_and_counts_the_version(stores: Stores) {
    let ada = stores.add_user("Ada").await;
    let bob = stores.add_user("Bob").await;
    let (before, bob_before) = (stores.user(ada).await, stores.user(bob).await);

    for (role, version) in [("curator", 2), ("admin", 3), ("member", 4)] {
        let expected = UserRecord { role: role.into(), version, ..before.clone() };
        assert_eq!(stores.give_role("ada", role).await, RoleOutcome::Given(expected));
    }
    assert_eq!(stores.user(bob).await, bob_before);
}

pub async fn gives_no_role_to_nobody(stores: Stores) {
    stores.add_user("ada").await;

    assert_eq!(stores.give_role("bob", "admin").await, RoleOutcome::NotFound);
}

/// Gives a role as long as an active admin is left.
async fn give_carefully(stores: &Stores, username_key: &str, role: &str) -> RoleOutcome {
    let (username_key, role) = (username_key.into(), role.into());
    let role = SetRole { username_key, role, keep_an_admin: true };
    stores.users.set_role(role).await.unwrap()
}

pub async fn the_last_active_admin_keeps_the_role_if_that_is_asked_for(stores: Stores) {
    let ada = stores.add_user("ada").await;
    for (name, status) in [("ben", "disabled"), ("cleo", "pending")] {
        stores.add_user(name).await;
        stores.give_role(name, "admin").await;
        stores.users.set_status(name.into(), status.into()).await.unwrap();
    }
    stores.give_role("ada", "admin").await;
    let before = stores.user(ada).await;

    for role in ["member", "curator"] {
        assert_eq!(give_carefully(&stores, "ada", role).await, RoleOutcome::LastAdmin);
    }
    assert_eq!(stores.user(ada).await, before);
    assert!(matches!(give_carefully(&stores, "ada", "admin").await, RoleOutcome::Given(_)));
    assert!(matches!(give_carefully(&stores, "ben", "member").await, RoleOutcome::Given(_)));

    stores.users.set_status("cleo".into(), "active".into()).await.unwrap();
    assert!(matches!(give_carefully(&stores, "ada", "member").await, RoleOutcome::Given(_)));
    assert!(matches!(stores.give_role("cleo", "member").await, RoleOutcome::Given(_)));
}

pub async fn of_admins_who_lose_the_role_at_once_one_keeps_it(stores: Stores) {
    let names: Vec<_> = (0..5).map(|n| format!("admin-{n}")).collect();
    for name in &names {
        stores.add_user(name).await;
        stores.give_role(name, "admin").await;
    }
    let calls = names.iter().map(|name| {
        let (users, username_key) = (stores.users.clone(), name.clone());
        let role = SetRole { username_key, role: "member".into(), keep_an_admin: true };
        async move { users.set_role(role).await.unwrap() }
    });
    let outcomes = at_once(calls).await;
    let kept = outcomes.iter().filter(|outcome| **outcome == RoleOutcome::LastAdmin).count();
    assert_eq!(kept, 1, "{outcomes:?}");
}

pub async fn a_new_role_makes_profiles_from_before_stale(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let before = stores.user(ada).await;
    stores.give_role("ada", "curator").await;

    let refused = stores.users.update_profile(full_profile(&before)).await;

    assert!(is_stale(&refused));
    assert_eq!(stores.user(ada).await.role, "curator");
}

pub async fn gives_a_status_and_counts_the_version(stores: Stores) {
    let ada = stores.add_user("Ada").await;
    let bob = stores.add_user("Bob").await;
    let (before, bob_before) = (stores.user(ada).await, stores.user(bob).await);

    for (status, version) in [("disabled", 2), ("pending", 3), ("active", 4)] {
        let stored = stores.users.set_status("ada".into(), status.into()).await;
        let expected = UserRecord { status: status.into(), version, ..before.clone() };
        assert_eq!(stored.unwrap(), Some(expected.clone()));
        assert_eq!(stores.user(ada).await, expected);
    }
    assert_eq!(stores.user(bob).await, bob_before);
    let nobody = stores.users.set_status("carol".into(), "disabled".into()).await;
    assert_eq!(nobody.unwrap(), None);
}

pub async fn an_account_that_is_not_active_has_no_sessions(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    stores.open_two(bob).await;
    for status in ["disabled", "pending"] {
        stores.users.set_status("ada".into(), "active".into()).await.unwrap();
        let user = stores.user(ada).await;
        stores.open(open_session(&user, status)).await;

        stores.users.set_status("ada".into(), status.into()).await.unwrap();

        assert!(stores.session_ids(ada).await.is_empty());
        let refused = stores.sessions.open(open_session(&user, "another")).await;
        assert_eq!(refused.unwrap(), None);
    }
    assert_eq!(stores.session_ids(bob).await.len(), 2);
}

pub async fn an_account_that_stays_active_keeps_its_sessions(stores: Stores) {
    let ada = stores.add_user("ada").await;
    stores.open_two(ada).await;

    stores.users.set_status("ada".into(), "active".into()).await.unwrap();

    assert_eq!(stores.session_ids(ada).await.len(), 2);
}

/// A login that was under way must not outlive the account.
pub async fn a_session_opened_while_an_account_is_closed_is_ended_or_never_opened(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    for round in 0..10 {
        stores.users.set_status("ada".into(), "active".into()).await.unwrap();
        let opening = stores.sessions.open(open_session(&user, &round.to_string()));
        let closing = stores.users.set_status("ada".into(), "disabled".into());
        let (opened, closed) = tokio::join!(opening, closing);
        opened.unwrap();
        closed.unwrap();
        assert!(stores.session_ids(ada).await.is_empty());
    }
}

pub async fn replaces_a_password_hash_once_and_nothing_else(stores: Stores) {
    let ada = stores.add_user("ada").await;
    stores.add_user("bob").await;
    stores.open_two(ada).await;
    let before = stores.user(ada).await;
    let replace =
        |id, old: &str, new: &str| stores.users.replace_password_hash(id, old.into(), new.into());

    assert!(replace(ada, "hash of ada", "new").await.unwrap());
    assert!(!replace(ada, "hash of ada", "newer").await.unwrap());
    assert!(!replace(ada + 10, "new", "newer").await.unwrap());

    let hash = async |name: &str| {
        let key = LoginKey::Username(name.into());
        stores.user_reader.find_credentials(key).await.unwrap().unwrap().password_hash
    };
    assert_eq!((hash("ada").await.as_str(), hash("bob").await.as_str()), ("new", "hash of bob"));
    assert_eq!(stores.user(ada).await, before);
    assert_eq!(stores.session_ids(ada).await.len(), 2);
}

fn with_adas_email(username: &str) -> InsertUser {
    InsertUser { email: insert_user("ada").email, ..insert_user(username) }
}

fn full_profile(user: &UserRecord) -> UpdateProfile {
    UpdateProfile {
        display_name: Some("Ada Lovelace".into()),
        bio: Some("Countess.\nWrites programs.".into()),
        visibility: "private".into(),
        ..profile_of(user)
    }
}

/// What was stored, and the conflicts of what was not.
async fn insert_at_once(
    stores: &Stores,
    accounts: impl Iterator<Item = InsertUser>,
) -> (Vec<UserRecord>, Vec<UniqueKey>) {
    let calls = accounts.map(|account| {
        let users = stores.users.clone();
        async move { users.insert(account).await }
    });
    let (mut stored, mut refused) = (Vec::new(), Vec::new());
    for result in at_once(calls).await {
        match result {
            Ok(account) => stored.push(account),
            Err(RepositoryError::Conflict(key)) => refused.push(key),
            Err(error) => panic!("expected an account or a conflict, got {error:?}"),
        }
    }
    (stored, refused)
}

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
