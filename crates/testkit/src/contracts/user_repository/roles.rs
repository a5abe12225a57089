//! What accounts may do.

use reelmark_application::ports::{RoleOutcome, SetRole, UserRecord};

use super::profiles::full_profile;
use crate::contracts::Stores;
use crate::contracts::races::at_once;
use crate::contracts::refusals::is_stale;

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
