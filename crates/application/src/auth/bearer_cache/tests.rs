use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use time::{Duration, OffsetDateTime};
use tokio::sync::Semaphore;

use super::*;
use crate::ports::{
    AccountCodeRepository, AccountRepository, EraseAccount, ReplacePassword, ResetPasswordByCode,
    RotateToken, SetRole, UserRepository,
};
use crate::ports::{
    ErasureOutcome, MockAccountCodeRepository, MockAccountRepository, MockSessionRepository,
    MockUserRepository, RepositoryError, RoleOutcome, RotationOutcome, SessionReader,
    SessionRecord, SessionRepository, UserRecord,
};
use crate::testing::{NOW, unavailable, user_record};

const USER: i64 = 7;
const SESSION: i64 = 70;

/// A store that answers as told, and counts how often it is asked.
struct Store {
    asked: AtomicUsize,
    may_answer: Semaphore,
    is_down: bool,
    has_session: bool,
}

#[async_trait]
impl SessionReader for Store {
    async fn find_bearer(
        &self,
        _: i64,
        _: i64,
        _: OffsetDateTime,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let _permit = self.may_answer.acquire().await.unwrap();
        if self.is_down {
            return Err(unavailable());
        }
        Ok(self.has_session.then(user_record))
    }

    async fn list_of_user(
        &self,
        _: i64,
        _: OffsetDateTime,
    ) -> Result<Vec<SessionRecord>, RepositoryError> {
        Ok(vec![])
    }
}

impl Store {
    fn answering() -> Self {
        let may_answer = Semaphore::new(1000);
        Self { asked: AtomicUsize::new(0), may_answer, is_down: false, has_session: true }
    }

    fn times_asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

struct Setting {
    store: Arc<Store>,
    cache: Arc<BearerCache>,
    reader: Arc<CachedSessionReader>,
}

fn setting(store: Store) -> Setting {
    let (store, cache) = (Arc::new(store), Arc::new(BearerCache::new()));
    let reader = Arc::new(CachedSessionReader::new(store.clone(), cache.clone()));
    Setting { store, cache, reader }
}

impl Setting {
    async fn find(&self, session_id: i64, after: Duration) -> Option<UserRecord> {
        self.reader.find_bearer(USER, session_id, NOW + after).await.unwrap()
    }

    /// How often the store is asked for a known bearer after something was done.
    async fn asked_anew_after(self, change: impl AsyncFnOnce(Arc<BearerCache>)) -> usize {
        self.find(SESSION, Duration::ZERO).await;
        change(self.cache.clone()).await;
        self.find(SESSION, Duration::ZERO).await;
        self.store.times_asked() - 1
    }
}

#[tokio::test]
async fn a_bearer_is_looked_up_once_in_half_a_second() {
    let setting = setting(Store::answering());

    for millis in [0, 100, 499] {
        let found = setting.find(SESSION, Duration::milliseconds(millis)).await;
        assert_eq!(found, Some(user_record()));
    }
    assert_eq!(setting.store.times_asked(), 1);

    setting.find(SESSION, LIFETIME).await;
    assert_eq!(setting.store.times_asked(), 2);
}

#[tokio::test]
async fn each_session_is_looked_up_by_itself() {
    let setting = setting(Store::answering());

    for session_id in [SESSION, SESSION + 1, SESSION] {
        setting.find(session_id, Duration::ZERO).await;
    }

    assert_eq!(setting.store.times_asked(), 2);
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_nothing_last_longer() {
    let setting = setting(Store::answering());

    setting.find(SESSION, Duration::HOUR).await;
    setting.find(SESSION, Duration::ZERO).await;

    assert_eq!(setting.store.times_asked(), 2);
}

#[tokio::test]
async fn a_session_that_has_ended_is_looked_up_on_every_call() {
    let setting = setting(Store { has_session: false, ..Store::answering() });

    for _ in 0..3 {
        assert_eq!(setting.find(SESSION, Duration::ZERO).await, None);
    }

    assert_eq!(setting.store.times_asked(), 3);
}

#[tokio::test]
async fn nobody_is_believed_when_the_store_is_down() {
    let setting = setting(Store { is_down: true, ..Store::answering() });

    for _ in 0..3 {
        assert!(setting.reader.find_bearer(USER, SESSION, NOW).await.is_err());
    }

    assert_eq!(setting.store.times_asked(), 3);
}

async fn all_at_once(setting: &Setting) -> Vec<Result<Option<UserRecord>, RepositoryError>> {
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let reader = setting.reader.clone();
        calls.spawn(async move { reader.find_bearer(USER, SESSION, NOW).await });
    }
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    setting.store.may_answer.add_permits(1000);
    calls.join_all().await
}

#[tokio::test]
async fn callers_at_the_same_moment_share_one_look_up() {
    let setting = setting(Store { may_answer: Semaphore::new(0), ..Store::answering() });

    let found = all_at_once(&setting).await;

    assert!(found.into_iter().all(|found| found.unwrap() == Some(user_record())));
    assert_eq!(setting.store.times_asked(), 1);
}

#[tokio::test]
async fn when_a_shared_look_up_fails_each_looks_for_itself() {
    let may_answer = Semaphore::new(0);
    let setting = setting(Store { may_answer, is_down: true, ..Store::answering() });

    let found = all_at_once(&setting).await;

    assert!(found.iter().all(Result::is_err));
    assert_eq!(setting.store.times_asked(), 20);
}

#[tokio::test]
async fn a_look_up_that_began_before_a_change_is_not_kept() {
    let setting = setting(Store { may_answer: Semaphore::new(0), ..Store::answering() });
    let reader = setting.reader.clone();
    let early = tokio::spawn(async move { reader.find_bearer(USER, SESSION, NOW).await });
    while setting.store.times_asked() == 0 {
        tokio::task::yield_now().await;
    }

    setting.cache.forget(USER);
    setting.store.may_answer.add_permits(1000);
    early.await.unwrap().unwrap();
    setting.find(SESSION, Duration::ZERO).await;

    assert_eq!(setting.store.times_asked(), 2);
}

#[tokio::test]
async fn a_caller_who_goes_away_leaves_the_look_up_to_the_next() {
    let setting = setting(Store { may_answer: Semaphore::new(0), ..Store::answering() });
    let reader = setting.reader.clone();
    let leaving = tokio::spawn(async move { reader.find_bearer(USER, SESSION, NOW).await });
    while setting.store.times_asked() == 0 {
        tokio::task::yield_now().await;
    }
    leaving.abort();
    assert!(leaving.await.is_err());
    setting.store.may_answer.add_permits(1000);

    assert_eq!(setting.find(SESSION, Duration::ZERO).await, Some(user_record()));
}

#[tokio::test]
async fn what_is_remembered_is_bounded() {
    let setting = setting(Store::answering());

    for user_id in 1..=40_000 {
        setting.reader.find_bearer(user_id, SESSION, NOW).await.unwrap();
    }
    setting.reader.find_bearer(40_000, SESSION, NOW).await.unwrap();

    assert_eq!(setting.store.times_asked(), 40_001);
    let later = NOW + LIFETIME;
    for _ in 0..2 {
        setting.reader.find_bearer(40_000, SESSION, later).await.unwrap();
    }
    assert_eq!(setting.store.times_asked(), 40_002);
}

#[tokio::test]
async fn ending_a_session_acts_on_the_next_call() {
    let ended = async |cache| {
        let mut store = MockSessionRepository::new();
        store.expect_end().returning(|_, _| Ok(true));
        let sessions = ForgettingSessionRepository::new(Arc::new(store), cache);
        sessions.end(USER, SESSION).await.unwrap();
    };
    assert_eq!(setting(Store::answering()).asked_anew_after(ended).await, 1);
}

#[tokio::test]
async fn signing_out_acts_on_the_next_call() {
    let signed_out = async |cache| {
        let mut store = MockSessionRepository::new();
        store.expect_end_by_token().returning(|_| Ok(Some(USER)));
        let sessions = ForgettingSessionRepository::new(Arc::new(store), cache);
        sessions.end_by_token("hash".into()).await.unwrap();
    };
    assert_eq!(setting(Store::answering()).asked_anew_after(signed_out).await, 1);
}

#[tokio::test]
async fn ending_all_sessions_acts_on_the_next_call_also_when_the_outcome_is_unknown() {
    let ended = async |cache| {
        let mut store = MockSessionRepository::new();
        store.expect_end_all().returning(|_, _| Err(unavailable()));
        let sessions = ForgettingSessionRepository::new(Arc::new(store), cache);
        sessions.end_all(USER, None).await.unwrap_err();
    };
    assert_eq!(setting(Store::answering()).asked_anew_after(ended).await, 1);
}

#[tokio::test]
async fn a_stolen_refresh_token_acts_on_the_next_call() {
    let reused = async |cache| {
        let mut store = MockSessionRepository::new();
        let outcome = RotationOutcome::Reused { session_id: SESSION, user_id: USER };
        store.expect_rotate().returning(move |_| Ok(outcome.clone()));
        let sessions = ForgettingSessionRepository::new(Arc::new(store), cache);
        let token = RotateToken { token_hash: "a".into(), successor_hash: "b".into(), at: NOW };
        sessions.rotate(token).await.unwrap();
    };
    assert_eq!(setting(Store::answering()).asked_anew_after(reused).await, 1);
}

#[tokio::test]
async fn another_password_acts_on_the_next_call() {
    let changed = async |cache| {
        let mut store = MockAccountRepository::new();
        store.expect_replace_password().returning(|_| Ok(true));
        let accounts = ForgettingAccountRepository::new(Arc::new(store), cache);
        let password = ReplacePassword {
            user_id: USER,
            old_hash: "old".into(),
            new_hash: "new".into(),
            keep_session: SESSION,
        };
        accounts.replace_password(password).await.unwrap();
    };
    assert_eq!(setting(Store::answering()).asked_anew_after(changed).await, 1);
}

#[tokio::test]
async fn a_reset_password_acts_on_the_next_call() {
    let reset = async |cache| {
        let mut store = MockAccountCodeRepository::new();
        store.expect_reset_password().returning(|_| Ok(true));
        let codes = ForgettingAccountCodeRepository::new(Arc::new(store), cache);
        let reset =
            ResetPasswordByCode { code_hash: "a".into(), password_hash: "b".into(), at: NOW };
        codes.reset_password(reset).await.unwrap();
    };
    assert_eq!(setting(Store::answering()).asked_anew_after(reset).await, 1);
}

#[tokio::test]
async fn erasing_an_account_acts_on_the_next_call() {
    let erased = async |cache| {
        let mut store = MockAccountRepository::new();
        store.expect_erase().returning(|_| Ok(ErasureOutcome::Erased { movies: vec![] }));
        let accounts = ForgettingAccountRepository::new(Arc::new(store), cache);
        accounts.erase(EraseAccount { user_id: USER, at: NOW }).await.unwrap();
    };
    assert_eq!(setting(Store::answering()).asked_anew_after(erased).await, 1);
}

#[tokio::test]
async fn another_role_acts_on_the_next_call() {
    let given = async |cache| {
        let mut store = MockUserRepository::new();
        store.expect_set_role().returning(|_| Ok(RoleOutcome::Given(user_record())));
        let users = ForgettingUserRepository::new(Arc::new(store), cache);
        let role =
            SetRole { username_key: "ada".into(), role: "admin".into(), keep_an_admin: true };
        users.set_role(role).await.unwrap();
    };
    assert_eq!(setting(Store::answering()).asked_anew_after(given).await, 1);
}

#[tokio::test]
async fn closing_an_account_acts_on_the_next_call() {
    let closed = async |cache| {
        let mut store = MockUserRepository::new();
        store.expect_set_status().returning(|_, _| Ok(Some(user_record())));
        let users = ForgettingUserRepository::new(Arc::new(store), cache);
        users.set_status("ada".into(), "disabled".into()).await.unwrap();
    };
    assert_eq!(setting(Store::answering()).asked_anew_after(closed).await, 1);
}
