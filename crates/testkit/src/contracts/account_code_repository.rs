//! The contracts of `AccountCodeRepository`.

use reelmark_application::messages::{Channel, MailRequestedV1};
use reelmark_application::ports::{InsertUser, LoginKey, PutAccountCode, ResetPasswordByCode};
use reelmark_domain::{AccountStatus, CodePurpose};
use time::{Duration, OffsetDateTime};

use super::Stores;
use super::races::at_once;
use super::stores::THE_END;
use crate::builders::{NOON, insert_user, open_session};

const RESET: CodePurpose = CodePurpose::PasswordReset;
const ACTIVATION: CodePurpose = CodePurpose::Activation;

/// The last moment at which a code is good.
const LATE: OffsetDateTime = NOON.saturating_add(Duration::minutes(59));
const TOO_LATE: OffsetDateTime = NOON.saturating_add(Duration::minutes(60));

async fn put(stores: &Stores, user_id: i64, purpose: CodePurpose, code_hash: &str) -> bool {
    let code = PutAccountCode {
        user_id,
        purpose: purpose.as_str().into(),
        code_hash: code_hash.into(),
        at: NOON,
        expires_at: TOO_LATE,
    };
    stores.codes.put(code).await.unwrap()
}

/// Whose code it is at `now`.
async fn owner(
    stores: &Stores,
    code: &str,
    purpose: CodePurpose,
    now: OffsetDateTime,
) -> Option<i64> {
    let found = stores.codes.find_owner(code.into(), purpose.as_str().into(), now).await;
    found.unwrap().map(|user| user.id)
}

async fn add_pending(stores: &Stores, username: &str) -> i64 {
    let status = AccountStatus::Pending.to_string();
    let user = InsertUser { status, ..insert_user(username) };
    stores.users.insert(user).await.unwrap().id
}

fn reset(code_hash: &str, at: OffsetDateTime) -> ResetPasswordByCode {
    ResetPasswordByCode { code_hash: code_hash.into(), password_hash: "new hash".into(), at }
}

async fn hash_of(stores: &Stores, username_key: &str) -> String {
    let key = LoginKey::Username(username_key.into());
    stores.user_reader.find_credentials(key).await.unwrap().unwrap().password_hash
}

pub async fn finds_whose_code_it_is_until_it_expires(stores: Stores) {
    let (ada, ben) = (stores.add_user("ada").await, stores.add_user("ben").await);
    assert!(put(&stores, ada, RESET, "ada's").await && put(&stores, ben, RESET, "ben's").await);
    assert_eq!(owner(&stores, "ada's", RESET, LATE).await, Some(ada));
    assert_eq!(owner(&stores, "ben's", RESET, LATE).await, Some(ben));
    assert_eq!(owner(&stores, "ada's", RESET, TOO_LATE).await, None);
    assert_eq!(owner(&stores, "nobody's", RESET, LATE).await, None);
}

pub async fn a_code_is_for_one_purpose(stores: Stores) {
    let ada = add_pending(&stores, "ada").await;
    put(&stores, ada, RESET, "reset").await;
    put(&stores, ada, ACTIVATION, "activation").await;
    assert_eq!(owner(&stores, "reset", ACTIVATION, LATE).await, None);
    assert_eq!(stores.codes.activate("reset".into(), LATE).await.unwrap(), None);
    assert!(!stores.codes.reset_password(reset("activation", LATE)).await.unwrap());
    assert_eq!(owner(&stores, "activation", ACTIVATION, LATE).await, Some(ada));
}

pub async fn a_new_code_takes_the_place_of_the_one_before(stores: Stores) {
    let ada = stores.add_user("ada").await;
    put(&stores, ada, RESET, "first").await;
    put(&stores, ada, ACTIVATION, "other").await;
    put(&stores, ada, RESET, "second").await;
    assert_eq!(owner(&stores, "first", RESET, LATE).await, None);
    assert_eq!(owner(&stores, "second", RESET, LATE).await, Some(ada));
    assert_eq!(owner(&stores, "other", ACTIVATION, LATE).await, Some(ada));
}

pub async fn nobody_gets_no_code(stores: Stores) {
    assert!(!put(&stores, 4_711, RESET, "code").await);
}

pub async fn a_code_activates_a_pending_account_once(stores: Stores) {
    let ada = add_pending(&stores, "ada").await;
    put(&stores, ada, ACTIVATION, "code").await;
    assert_eq!(stores.codes.activate("code".into(), TOO_LATE).await.unwrap(), None);
    assert_eq!(stores.user(ada).await.status, "pending");
    assert_eq!(stores.codes.activate("code".into(), LATE).await.unwrap(), Some(ada));
    assert_eq!(stores.user(ada).await.status, "active");
    assert_eq!(stores.codes.activate("code".into(), LATE).await.unwrap(), None);
}

pub async fn a_pending_account_asks_for_its_code_and_no_other_does(stores: Stores) {
    stores.add_user("ben").await;
    let ada = add_pending(&stores, "ada").await;
    let hold = Duration::seconds(5);
    let messages = stores.outbox.claim(Channel::Mail, 10, THE_END, hold).await.unwrap();
    assert_eq!(messages.len(), 1);
    let message: MailRequestedV1 = serde_json::from_str(&messages[0].payload).unwrap();
    let expected = MailRequestedV1 { purpose: "activation".into(), user: Some(ada), email: None };
    assert_eq!((messages[0].kind.as_str(), message), (MailRequestedV1::KIND, expected));
    assert_eq!(messages[0].created_at, NOON);
}

pub async fn a_code_sets_a_password_once_and_ends_all_sessions_of_its_owner(stores: Stores) {
    let ids = [stores.add_user("ada").await, stores.add_user("ben").await];
    stores.open_two(ids[0]).await;
    let kept = stores.open(open_session(&stores.user(ids[1]).await, "ben's token")).await;
    put(&stores, ids[0], RESET, "code").await;
    assert!(!stores.codes.reset_password(reset("code", TOO_LATE)).await.unwrap());
    assert!(stores.codes.reset_password(reset("code", LATE)).await.unwrap());
    assert_eq!(hash_of(&stores, "ada").await, "new hash");
    assert_eq!(hash_of(&stores, "ben").await, "hash of ben");
    assert!(stores.session_ids(ids[0]).await.is_empty());
    assert_eq!(stores.session_ids(ids[1]).await, [kept]);
    assert!(!stores.codes.reset_password(reset("code", LATE)).await.unwrap());
}

pub async fn a_code_for_a_password_proves_the_address_too(stores: Stores) {
    let ada = add_pending(&stores, "ada").await;
    put(&stores, ada, RESET, "code").await;
    assert!(stores.codes.reset_password(reset("code", LATE)).await.unwrap());
    assert_eq!(stores.user(ada).await.status, "active");
}

pub async fn of_ten_who_use_a_code_at_once_one_succeeds(stores: Stores) {
    let ada = stores.add_user("ada").await;
    put(&stores, ada, RESET, "code").await;
    let uses = (0..10).map(|_| {
        let codes = stores.codes.clone();
        async move { codes.reset_password(reset("code", LATE)).await.unwrap() }
    });
    let used = at_once(uses).await;
    assert_eq!(used.into_iter().filter(|used| *used).count(), 1);
}

pub async fn expired_codes_are_forgotten_up_to_a_limit(stores: Stores) {
    let mut ids = Vec::new();
    for name in ["ada", "ben", "cleo"] {
        let id = stores.add_user(name).await;
        put(&stores, id, RESET, name).await;
        ids.push(id);
    }
    let good = PutAccountCode {
        user_id: ids[0],
        purpose: ACTIVATION.as_str().into(),
        code_hash: "good".into(),
        at: NOON,
        expires_at: TOO_LATE + Duration::SECOND,
    };
    stores.codes.put(good).await.unwrap();

    assert_eq!(stores.codes.forget_expired(LATE, 10).await.unwrap(), 0);
    assert_eq!(stores.codes.forget_expired(TOO_LATE, 2).await.unwrap(), 2);
    assert_eq!(stores.codes.forget_expired(TOO_LATE, 10).await.unwrap(), 1);
    assert_eq!(stores.codes.forget_expired(TOO_LATE, 10).await.unwrap(), 0);
    assert_eq!(owner(&stores, "good", ACTIVATION, TOO_LATE).await, Some(ids[0]));
}

/// Declares one test per contract of `AccountCodeRepository`.
#[macro_export]
macro_rules! account_code_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { account_code_repository, $fresh_stores,
            finds_whose_code_it_is_until_it_expires,
            a_code_is_for_one_purpose,
            a_new_code_takes_the_place_of_the_one_before,
            nobody_gets_no_code,
            a_code_activates_a_pending_account_once,
            a_pending_account_asks_for_its_code_and_no_other_does,
            a_code_sets_a_password_once_and_ends_all_sessions_of_its_owner,
            a_code_for_a_password_proves_the_address_too,
            of_ten_who_use_a_code_at_once_one_succeeds,
            expired_codes_are_forgotten_up_to_a_limit,
        }
    };
}
