//! What people say about themselves.

use reelmark_application::ports::{UpdateProfile, UserRecord};
use reelmark_domain::Visibility;

use crate::contracts::Stores;
use crate::contracts::races::at_once;
use crate::contracts::refusals::is_stale;
use crate::contracts::stores::profile_of;
use crate::contracts::texts::{AWKWARD_LINES, awkward_paragraphs};

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

pub(super) fn full_profile(user: &UserRecord) -> UpdateProfile {
    UpdateProfile {
        display_name: Some("Ada Lovelace".into()),
        bio: Some("Countess.\nWrites programs.".into()),
        visibility: "private".into(),
        ..profile_of(user)
    }
}
