//! Whether accounts are open.

use reelmark_application::ports::UserRecord;

use crate::builders::open_session;
use crate::contracts::Stores;

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
