//! The contracts of `UserReader`.

use reelmark_application::ports::{CredentialsRecord, LoginKey};
use reelmark_domain::Visibility;

use super::Stores;
use crate::builders::insert_user;

pub async fn finds_an_account_by_its_id(stores: Stores) {
    let ada = stores.users.insert(insert_user("ada")).await.unwrap();
    stores.add_user("bob").await;

    let found = stores.user_reader.find(ada.id).await.unwrap();

    assert_eq!(found, Some(ada));
}

pub async fn finds_nobody_under_an_unknown_id(stores: Stores) {
    let ada = stores.add_user("ada").await;

    for id in [ada + 1, 0, -1, i64::MAX, i64::MIN] {
        assert_eq!(stores.user_reader.find(id).await.unwrap(), None);
    }
}

pub async fn finds_an_account_by_the_key_of_its_username(stores: Stores) {
    let ada = stores.users.insert(insert_user("Ada_L")).await.unwrap();
    stores.add_user("bob").await;

    let found = stores.user_reader.find_by_username("ada_l".into()).await;

    assert_eq!(found.unwrap(), Some(ada));
}

pub async fn finds_credentials_by_username_and_by_email(stores: Stores) {
    let ada = stores.users.insert(insert_user("Ada")).await.unwrap();
    stores.add_user("bob").await;
    let expected = CredentialsRecord { user: ada, password_hash: "hash of Ada".into() };

    let keys = [LoginKey::Username("ada".into()), LoginKey::Email("ada@example.org".into())];

    for key in keys {
        let found = stores.user_reader.find_credentials(key).await.unwrap();
        assert_eq!(found.as_ref(), Some(&expected));
        let hash = found.map(|credentials| credentials.password_hash);
        assert_eq!(hash.as_deref(), Some("hash of Ada"));
    }
}

pub async fn a_username_is_no_email_address_and_the_other_way_round(stores: Stores) {
    stores.add_user("ada").await;

    let keys = [LoginKey::Username("ada@example.org".into()), LoginKey::Email("ada".into())];

    for key in keys {
        let found = stores.user_reader.find_credentials(key).await.unwrap();
        assert_eq!(found, None);
    }
}

pub async fn finds_nobody_by_wildcards_and_quotes(stores: Stores) {
    stores.add_user("ada").await;

    for key in ["", "%", "ad_", "ada%", "' OR '1'='1", "ada'--", "ada\\"] {
        let reader = &stores.user_reader;
        assert_eq!(reader.find_by_username(key.into()).await.unwrap(), None);
        for login in [LoginKey::Username(key.into()), LoginKey::Email(key.into())] {
            assert_eq!(reader.find_credentials(login).await.unwrap(), None);
        }
    }
}

pub async fn sees_a_role_taken_away_at_once(stores: Stores) {
    let ada = stores.add_user("ada").await;

    for role in ["admin", "member", "curator", "member"] {
        stores.give_role("ada", role).await;

        let reader = &stores.user_reader;
        let by_name = reader.find_by_username("ada".into()).await.unwrap().unwrap();
        let login = LoginKey::Username("ada".into());
        let credentials = reader.find_credentials(login).await.unwrap().unwrap();
        assert_eq!(stores.user(ada).await.role, role);
        assert_eq!(by_name.role, role);
        assert_eq!(credentials.user.role, role);
    }
}

pub async fn sees_a_profile_hidden_at_once(stores: Stores) {
    let ada = stores.add_user("ada").await;

    for visibility in [Visibility::Private, Visibility::Public] {
        stores.set_visibility(ada, visibility).await;
        assert_eq!(stores.user(ada).await.visibility, visibility.as_str());
    }
}

/// Declares one test per contract of `UserReader`.
#[macro_export]
macro_rules! user_reader_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { user_reader, $fresh_stores,
            finds_an_account_by_its_id,
            finds_nobody_under_an_unknown_id,
            finds_an_account_by_the_key_of_its_username,
            finds_credentials_by_username_and_by_email,
            a_username_is_no_email_address_and_the_other_way_round,
            finds_nobody_by_wildcards_and_quotes,
            sees_a_role_taken_away_at_once,
            sees_a_profile_hidden_at_once,
        }
    };
}
