//! New accounts and what proves that they are somebody's.

use reelmark_application::ports::{InsertUser, LoginKey, RepositoryError, UniqueKey, UserRecord};
use reelmark_domain::{Role, User};

use crate::builders::{NOON, insert_user};
use crate::contracts::Stores;
use crate::contracts::races::at_once;
use crate::contracts::refusals::conflict;

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
