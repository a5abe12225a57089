//! The contracts of `AccountRepository`.

use reelmark_application::messages::{Message, RatingChangedV2};
use reelmark_application::ports::{
    EraseAccount, ErasureOutcome, InsertAuditEvent, InsertUser, ListAuditEvents, LoginKey,
    PutAccountCode, ReplacePassword,
};

use super::Stores;
use super::races::at_once;
use crate::builders::{NOON, insert_user, minute, movie, open_session, put_rating};

fn replace(user_id: i64, old_hash: &str, keep_session: i64) -> ReplacePassword {
    ReplacePassword {
        user_id,
        old_hash: old_hash.into(),
        new_hash: "new hash".into(),
        keep_session,
    }
}

async fn hash_of(stores: &Stores, username_key: &str) -> String {
    let key = LoginKey::Username(username_key.into());
    stores.user_reader.find_credentials(key).await.unwrap().unwrap().password_hash
}

async fn add_admin(stores: &Stores, username: &str) -> i64 {
    let admin = InsertUser { role: "admin".into(), ..insert_user(username) };
    stores.users.insert(admin).await.unwrap().id
}

async fn erase(stores: &Stores, user_id: i64) -> ErasureOutcome {
    stores.accounts.erase(EraseAccount { user_id, at: minute(9) }).await.unwrap()
}

/// The movies whose copies are out of date, in order.
async fn erased(stores: &Stores, user_id: i64) -> Vec<i64> {
    match erase(stores, user_id).await {
        ErasureOutcome::Erased { mut movies } => {
            movies.sort_unstable();
            movies
        }
        other => panic!("{other:?}"),
    }
}

async fn put_code(stores: &Stores, user_id: i64) {
    let code = PutAccountCode {
        user_id,
        purpose: "password_reset".into(),
        code_hash: "code".into(),
        at: NOON,
        expires_at: minute(60),
    };
    assert!(stores.codes.put(code).await.unwrap());
}

async fn code_is_good(stores: &Stores) -> bool {
    let found = stores.codes.find_owner("code".into(), "password_reset".into(), minute(1)).await;
    found.unwrap().is_some()
}

pub async fn a_new_password_ends_all_other_sessions_of_its_owner(stores: Stores) {
    let (ada, ben) = (stores.add_user("ada").await, stores.add_user("ben").await);
    let (_, second) = stores.open_two(ada).await;
    let of_ben = stores.open(open_session(&stores.user(ben).await, "ben's")).await;
    let password = replace(ada, "hash of ada", second);
    assert!(stores.accounts.replace_password(password).await.unwrap());
    assert_eq!(hash_of(&stores, "ada").await, "new hash");
    assert_eq!(hash_of(&stores, "ben").await, "hash of ben");
    assert_eq!(stores.session_ids(ada).await, [second]);
    assert_eq!(stores.session_ids(ben).await, [of_ben]);
}

pub async fn a_new_password_takes_the_sense_from_a_code_for_another(stores: Stores) {
    let ada = stores.add_user("ada").await;
    put_code(&stores, ada).await;
    assert!(stores.accounts.replace_password(replace(ada, "hash of ada", 0)).await.unwrap());
    assert!(!code_is_good(&stores).await);
}

pub async fn an_outdated_hash_replaces_nothing(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let (first, second) = stores.open_two(ada).await;
    let password = replace(ada, "hash before", first);
    assert!(!stores.accounts.replace_password(password).await.unwrap());
    assert!(!stores.accounts.replace_password(replace(4_711, "hash of ada", 0)).await.unwrap());
    assert_eq!(hash_of(&stores, "ada").await, "hash of ada");
    let mut left = stores.session_ids(ada).await;
    left.sort_unstable();
    assert_eq!(left, [first, second]);
}

pub async fn nothing_of_an_erased_account_is_left(stores: Stores) {
    let (ada, ben) = (stores.add_user("ada").await, stores.add_user("ben").await);
    let up = stores.add_movie("Up").await;
    stores.rate(ada, up, 8).await;
    stores.rate(ben, up, 3).await;
    let (session, _) = stores.open_two(ada).await;
    put_code(&stores, ada).await;

    erased(&stores, ada).await;

    assert_eq!(stores.user_reader.find(ada).await.unwrap(), None);
    assert_eq!(stores.rating_reader.find(ada, up).await.unwrap(), None);
    assert_eq!(stores.bearer(ada, session, NOON).await, None);
    assert!(!code_is_good(&stores).await);
    assert_eq!(stores.rating_reader.find(ben, up).await.unwrap().unwrap().score, 3);
}

pub async fn each_erased_rating_is_told_with_its_score(stores: Stores) {
    let (ada, ben) = (stores.add_user("ada").await, stores.add_user("ben").await);
    let movies = stores.add_movies(3).await;
    stores.rate(ada, movies[0], 8).await;
    stores.rate(ada, movies[2], 2).await;
    stores.rate(ben, movies[1], 5).await;
    stores.take_messages().await;

    assert_eq!(erased(&stores, ada).await, [movies[0], movies[2]]);

    let mut told = stores.take_decoded_messages().await;
    told.sort_by_key(|message| format!("{message:?}"));
    let given_at_micros = i64::try_from(NOON.unix_timestamp_nanos() / 1_000).unwrap();
    let gone = |movie, old| {
        let (user, old, new) = (ada, Some(old), None);
        Message::DatedRatingChanged(RatingChangedV2 { movie, user, old, new, given_at_micros })
    };
    assert_eq!(told, [gone(movies[0], 8), gone(movies[2], 2)]);
}

pub async fn what_an_erased_account_added_stays_added_by_nobody(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let up = stores.add(movie("Up").added_by(ada)).await;
    assert_eq!(erased(&stores, ada).await, [up]);
    assert_eq!(stores.details(up).await.movie.added_by, None);
}

pub async fn the_audit_trail_no_longer_names_an_erased_account(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let event = InsertAuditEvent {
        at: NOON,
        kind: "signed_in".into(),
        actor_user_id: Some(ada),
        subject_user_id: Some(ada),
        subject_name: Some("ada".into()),
        address: Some("192.0.2.7".into()),
        detail: None,
    };
    stores.audit_trail.record(event.clone()).await.unwrap();
    erased(&stores, ada).await;
    let list = ListAuditEvents { limit: 10, ..ListAuditEvents::default() };
    let left = stores.audit_reader.list(list).await.unwrap();
    let nameless = InsertAuditEvent { subject_name: None, address: None, ..event };
    assert_eq!(left.into_iter().map(|left| left.event).collect::<Vec<_>>(), [nameless]);
}

pub async fn name_and_address_of_an_erased_account_are_free(stores: Stores) {
    let ada = stores.add_user("ada").await;
    erased(&stores, ada).await;
    assert_ne!(stores.add_user("ada").await, ada);
}

pub async fn nobody_is_erased_twice(stores: Stores) {
    let ada = stores.add_user("ada").await;
    erased(&stores, ada).await;
    assert_eq!(erase(&stores, ada).await, ErasureOutcome::NotFound);
    assert_eq!(erase(&stores, 4_711).await, ErasureOutcome::NotFound);
}

pub async fn the_last_admin_stays(stores: Stores) {
    stores.add_user("ada").await;
    let (first, second) = (add_admin(&stores, "first").await, add_admin(&stores, "second").await);
    erased(&stores, first).await;
    assert_eq!(erase(&stores, second).await, ErasureOutcome::LastAdmin);
    assert!(stores.user_reader.find(second).await.unwrap().is_some());
}

pub async fn admins_who_can_not_sign_in_are_none(stores: Stores) {
    let admin = add_admin(&stores, "admin").await;
    for (name, status) in [("disabled", "disabled"), ("pending", "pending")] {
        add_admin(&stores, name).await;
        stores.users.set_status(name.into(), status.into()).await.unwrap();
    }
    assert_eq!(erase(&stores, admin).await, ErasureOutcome::LastAdmin);
    stores.users.set_status("disabled".into(), "active".into()).await.unwrap();
    erased(&stores, admin).await;
}

pub async fn of_admins_who_erase_themselves_at_once_one_stays(stores: Stores) {
    let mut admins = Vec::new();
    for n in 0..5 {
        admins.push(add_admin(&stores, &format!("admin-{n}")).await);
    }
    let erasures = admins.into_iter().map(|user_id| {
        let accounts = stores.accounts.clone();
        async move { accounts.erase(EraseAccount { user_id, at: NOON }).await.unwrap() }
    });
    let outcomes = at_once(erasures).await;
    let stayed = outcomes.iter().filter(|outcome| **outcome == ErasureOutcome::LastAdmin).count();
    assert_eq!(stayed, 1, "{outcomes:?}");
}

pub async fn a_rating_stored_meanwhile_is_told_or_refused(stores: Stores) {
    let movies = stores.add_movies(8).await;
    for round in 0..5 {
        let ada = stores.add_user(&format!("ada-{round}")).await;
        let (ratings, accounts) = (stores.ratings.clone(), stores.accounts.clone());
        let mut calls: Vec<super::races::Call<()>> = Vec::new();
        for movie in movies.clone() {
            let ratings = ratings.clone();
            calls.push(Box::pin(async move {
                ratings.put(put_rating(ada, movie, 7)).await.unwrap();
            }));
        }
        calls.push(Box::pin(async move {
            accounts.erase(EraseAccount { user_id: ada, at: NOON }).await.unwrap();
        }));
        at_once(calls).await;
    }
    let changes = stores.take_rating_changes().await;
    let sum: i64 = changes.iter().map(|change| i64::from(change.new.is_some()) * 2 - 1).sum();
    assert_eq!(sum, 0, "each rating that came was told to be gone: {changes:?}");
}

/// Declares one test per contract of `AccountRepository`.
#[macro_export]
macro_rules! account_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { account_repository, $fresh_stores,
            a_new_password_ends_all_other_sessions_of_its_owner,
            a_new_password_takes_the_sense_from_a_code_for_another,
            an_outdated_hash_replaces_nothing,
            nothing_of_an_erased_account_is_left,
            each_erased_rating_is_told_with_its_score,
            what_an_erased_account_added_stays_added_by_nobody,
            the_audit_trail_no_longer_names_an_erased_account,
            name_and_address_of_an_erased_account_are_free,
            nobody_is_erased_twice,
            the_last_admin_stays,
            admins_who_can_not_sign_in_are_none,
            of_admins_who_erase_themselves_at_once_one_stays,
            a_rating_stored_meanwhile_is_told_or_refused,
        }
    };
}
