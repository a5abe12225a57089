//! The contracts of `SessionReader`.

use reelmark_application::ports::{LISTED_SESSIONS, OpenSession};
use reelmark_domain::Session;
use time::{Duration, OffsetDateTime};

use super::Stores;
use crate::builders::{NOON, digest, minute, open_session, rotate_token};

const A_MICROSECOND: Duration = Duration::MICROSECOND;

pub async fn a_session_belongs_to_its_user_alone(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let (first, second) = stores.open_two(ada).await;

    for (user, session) in [(bob, first), (ada, second + 1), (bob + 1, first), (0, 0), (-1, -1)] {
        assert_eq!(stores.bearer(user, session, NOON).await, None, "{user} {session}");
    }
}

pub async fn a_bearer_is_found_with_the_role_of_this_moment(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let (session, _) = stores.open_two(ada).await;

    for role in ["admin", "member", "curator"] {
        stores.give_role("ada", role).await;
        assert_eq!(stores.bearer(ada, session, NOON).await.unwrap().role, role);
    }
}

pub async fn a_session_runs_out_when_it_is_not_used(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let (session, _) = stores.open_two(ada).await;
    let end = NOON + Session::IDLE_LIMIT;

    assert!(stores.bearer(ada, session, end - A_MICROSECOND).await.is_some());
    assert_eq!(stores.bearer(ada, session, end).await, None);
    assert!(listed(&stores, ada, end).await.is_empty());
}

pub async fn a_session_runs_out_however_much_it_is_used(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    let end = NOON + Duration::HOUR;
    let short = OpenSession { expires_at: end, ..open_session(&user, "first") };
    let session = stores.open(short).await;
    stores.sessions.rotate(rotate_token("first", "second", minute(59))).await.unwrap();

    assert!(stores.bearer(ada, session, end - A_MICROSECOND).await.is_some());
    assert_eq!(stores.bearer(ada, session, end).await, None);
    assert!(listed(&stores, ada, end).await.is_empty());
}

pub async fn sessions_are_listed_last_used_first(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    stores.add_user("bob").await;
    let (first, second) = stores.open_two(ada).await;
    let third = OpenSession { at: minute(1), ..open_session(&user, "third") };
    let third = stores.open(third).await;
    assert_eq!(listed(&stores, ada, minute(2)).await, [third, second, first]);

    stores.sessions.rotate(rotate_token("first", "next", minute(2))).await.unwrap();

    assert_eq!(listed(&stores, ada, minute(3)).await, [first, third, second]);
    let records = stores.session_reader.list_of_user(ada, minute(3)).await.unwrap();
    assert_eq!((records[0].created_at, records[0].last_used_at), (NOON, minute(2)));
}

pub async fn lists_no_more_sessions_than_somebody_could_read(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    for n in 0..=LISTED_SESSIONS {
        stores.open(open_session(&user, &n.to_string())).await;
    }

    let listed = listed(&stores, ada, NOON).await;

    assert_eq!(listed.len(), LISTED_SESSIONS);
    let oldest = stores.sessions.end_by_token(digest("0")).await.unwrap();
    assert_eq!(oldest, Some(ada), "the oldest goes on");
}

async fn listed(stores: &Stores, user_id: i64, now: OffsetDateTime) -> Vec<i64> {
    let records = stores.session_reader.list_of_user(user_id, now).await.unwrap();
    records.into_iter().map(|record| record.id).collect()
}

/// Declares one test per contract of `SessionReader`.
#[macro_export]
macro_rules! session_reader_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { session_reader, $fresh_stores,
            a_session_belongs_to_its_user_alone,
            a_bearer_is_found_with_the_role_of_this_moment,
            a_session_runs_out_when_it_is_not_used,
            a_session_runs_out_however_much_it_is_used,
            sessions_are_listed_last_used_first,
            lists_no_more_sessions_than_somebody_could_read,
        }
    };
}
