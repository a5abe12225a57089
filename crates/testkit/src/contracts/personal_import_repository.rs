//! The contracts of `PersonalImportRepository` about imports as a whole.

use reelmark_application::messages::{Channel, ImportRequestedV1};
use reelmark_application::ports::{
    EraseAccount, ImportClaim, ImportCounts, ImportProblem, InsertPersonalImport, ListedImports,
    PersonalImportRecord, UndoCounts,
};
use time::{Duration, OffsetDateTime};

use super::Stores;
use super::races::at_once;
use super::stores::THE_END;
use crate::builders::{NOON, minute};

const LEASE: Duration = Duration::minutes(10);

pub async fn a_requested_import_is_queued_and_found_by_its_owner_alone(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);

    let stored = request(&stores, file_of(ada)).await;

    let expected = PersonalImportRecord {
        id: stored.id,
        owner_id: ada,
        status: "queued".into(),
        dry_run: false,
        file_name: "ratings “1”.csv".into(),
        format: None,
        counts: ImportCounts::default(),
        created_at: NOON,
        claimed_at: None,
        finished_at: None,
        problem: None,
        undone: UndoCounts::default(),
    };
    assert_eq!(stored, expected);
    assert_eq!(find(&stores, &stored).await, Some(expected));
    assert_eq!(stores.imports.find(bob, stored.id).await.unwrap(), None);
    assert_eq!(stores.imports.find(ada, stored.id + 1).await.unwrap(), None);
    let dry = request(&stores, InsertPersonalImport { dry_run: true, ..file_of(ada) }).await;
    assert!(dry.dry_run);
}

pub async fn a_request_leaves_a_message_in_the_channel_of_imports(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let stored = request(&stores, file_of(ada)).await;

    let claimed = stores.outbox.claim(Channel::Imports, 9, THE_END, LEASE).await.unwrap();

    assert_eq!(claimed.len(), 1);
    assert_eq!((claimed[0].kind.as_str(), claimed[0].created_at), (ImportRequestedV1::KIND, NOON));
    let message: ImportRequestedV1 = serde_json::from_str(&claimed[0].payload).unwrap();
    assert_eq!(message.import, stored.id);
    assert_eq!(stores.take_messages().await, []);
}

pub async fn nobody_has_more_imports_than_allowed(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let two_at_once =
        |owner| InsertPersonalImport { most_unfinished: 2, most_kept: 3, ..file_of(owner) };
    let first = request(&stores, two_at_once(ada)).await;
    request(&stores, two_at_once(ada)).await;

    assert_eq!(stores.imports.request(two_at_once(ada)).await.unwrap(), None);
    request(&stores, two_at_once(bob)).await;
    let running = start(&stores, &first, NOON).await;
    assert!(stores.imports.finish(running.hold(), NOON).await.unwrap());
    let third = request(&stores, two_at_once(ada)).await;
    let running = start(&stores, &third, NOON).await;
    assert!(stores.imports.finish(running.hold(), NOON).await.unwrap());
    assert_eq!(stores.imports.request(two_at_once(ada)).await.unwrap(), None);
    assert!(stores.imports.remove(ada, first.id).await.unwrap());
    request(&stores, two_at_once(ada)).await;
    assert_eq!(stores.imports.request(two_at_once(bob + 1)).await.unwrap(), None);
}

pub async fn the_bound_holds_when_many_hand_in_files_at_once(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let asking = (0..8).map(|_| {
        let imports = stores.imports.clone();
        async move { imports.request(file_of(ada)).await.unwrap().is_some() }
    });

    let stored = at_once(asking).await;

    assert_eq!(stored.into_iter().filter(|stored| *stored).count(), 3);
    assert_eq!(stores.imports.count(ada).await.unwrap(), 3);
}

pub async fn lists_the_own_imports_newest_first_and_page_by_page(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let mut expected = vec![];
    for _ in 0..3 {
        expected.insert(0, request(&stores, file_of(ada)).await);
        request(&stores, file_of(bob)).await;
    }

    let first = ListedImports { owner_id: ada, after: None, limit: 2 };
    let mut listed = stores.imports.list(first).await.unwrap();
    assert_eq!(listed.len(), 2);
    let second = ListedImports { after: Some(listed[1].id), ..first };
    listed.extend(stores.imports.list(second).await.unwrap());

    assert_eq!(listed, expected);
    assert_eq!(stores.imports.count(ada).await.unwrap(), 3);
}

pub async fn a_claimed_import_is_running_and_nobody_elses(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let import = request(&stores, file_of(ada)).await;

    let claimed = start(&stores, &import, minute(1)).await;

    let (status, claimed_at) = ("running".into(), Some(minute(1)));
    assert_eq!(claimed, PersonalImportRecord { status, claimed_at, ..import.clone() });
    let busy = stores.imports.start(import.id, minute(10), LEASE).await.unwrap();
    assert_eq!(busy, ImportClaim::Busy);
    assert_eq!(content(&stores, &claimed).await, Some(file_of(ada).content));
}

pub async fn an_import_that_was_left_alone_is_claimed_anew(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let import = request(&stores, file_of(ada)).await;
    let lost = start(&stores, &import, minute(0)).await;

    let claimed = start(&stores, &import, minute(10)).await;

    assert_eq!(content(&stores, &lost).await, None);
    assert!(!stores.imports.finish(lost.hold(), minute(11)).await.unwrap());
    assert!(!stores.imports.fail(lost.hold(), problem(), minute(11)).await.unwrap());
    assert!(!stores.imports.hand_on(lost.hold(), minute(11)).await.unwrap());
    assert_eq!(find(&stores, &import).await, Some(claimed.clone()));
    assert!(content(&stores, &claimed).await.is_some());
}

pub async fn one_of_many_claimants_gets_the_import(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let id = request(&stores, file_of(ada)).await.id;
    let claiming = (0..8).map(|_| {
        let imports = stores.imports.clone();
        async move { imports.start(id, minute(1), LEASE).await.unwrap() }
    });

    let claims = at_once(claiming).await;

    let taken = claims.iter().filter(|claim| matches!(claim, ImportClaim::Taken(_))).count();
    let busy = claims.iter().filter(|claim| **claim == ImportClaim::Busy).count();
    assert_eq!((taken, busy), (1, 7));
}

pub async fn a_finished_import_is_over_and_has_no_file(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let import = request(&stores, file_of(ada)).await;
    let running = start(&stores, &import, minute(1)).await;

    assert!(stores.imports.finish(running.hold(), minute(2)).await.unwrap());

    let (status, finished_at) = ("done".into(), Some(minute(2)));
    let expected = PersonalImportRecord { status, finished_at, ..running.clone() };
    assert_eq!(find(&stores, &import).await, Some(expected));
    assert_eq!(content(&stores, &running).await, None);
    let claim = stores.imports.start(import.id, minute(99), LEASE).await.unwrap();
    assert_eq!(claim, ImportClaim::Over);
    let claim = stores.imports.start(import.id + 1, minute(99), LEASE).await.unwrap();
    assert_eq!(claim, ImportClaim::Over);
}

pub async fn a_failed_import_says_why_and_is_over(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let import = request(&stores, file_of(ada)).await;
    let running = start(&stores, &import, minute(1)).await;

    assert!(stores.imports.fail(running.hold(), problem(), minute(2)).await.unwrap());

    let (status, finished_at) = ("failed".into(), Some(minute(2)));
    let expected =
        PersonalImportRecord { status, finished_at, problem: Some(problem()), ..running };
    assert_eq!(find(&stores, &import).await, Some(expected));
    let claim = stores.imports.start(import.id, minute(99), LEASE).await.unwrap();
    assert_eq!(claim, ImportClaim::Over);
}

pub async fn an_import_that_is_handed_on_is_queued_with_a_new_message(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let import = request(&stores, file_of(ada)).await;
    let running = start(&stores, &import, minute(1)).await;

    assert!(stores.imports.hand_on(running.hold(), minute(2)).await.unwrap());

    assert_eq!(find(&stores, &import).await, Some(import.clone()));
    let messages = stores.outbox.claim(Channel::Imports, 9, THE_END, LEASE).await.unwrap();
    let times: Vec<_> = messages.iter().map(|message| message.created_at).collect();
    assert_eq!(times, [NOON, minute(2)]);
    let again = start(&stores, &import, minute(2)).await;
    assert!(content(&stores, &again).await.is_some());
}

pub async fn only_an_import_that_is_over_is_removed(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let import = request(&stores, file_of(ada)).await;
    assert!(!stores.imports.remove(ada, import.id).await.unwrap());
    let running = start(&stores, &import, minute(1)).await;
    assert!(!stores.imports.remove(ada, import.id).await.unwrap());
    stores.imports.finish(running.hold(), minute(2)).await.unwrap();

    assert!(!stores.imports.remove(bob, import.id).await.unwrap());
    assert!(stores.imports.remove(ada, import.id).await.unwrap());

    assert_eq!(find(&stores, &import).await, None);
}

pub async fn prunes_old_imports_in_portions(stores: Stores) {
    let ada = stores.add_user("ada").await;
    for n in 0..3 {
        request(&stores, InsertPersonalImport { at: minute(n), ..file_of(ada) }).await;
    }

    assert_eq!(stores.imports.prune(minute(2), 1).await.unwrap(), 1);
    assert_eq!(stores.imports.prune(minute(2), 5).await.unwrap(), 1);
    assert_eq!(stores.imports.prune(minute(2), 5).await.unwrap(), 0);

    assert_eq!(stores.imports.count(ada).await.unwrap(), 1);
}

pub async fn an_account_is_erased_with_its_imports(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let import = request(&stores, file_of(ada)).await;
    let running = start(&stores, &import, minute(1)).await;

    stores.accounts.erase(EraseAccount { user_id: ada, at: minute(2) }).await.unwrap();

    assert_eq!(find(&stores, &import).await, None);
    assert!(!stores.imports.finish(running.hold(), minute(3)).await.unwrap());
}

pub(super) fn file_of(owner_id: i64) -> InsertPersonalImport {
    InsertPersonalImport {
        owner_id,
        dry_run: false,
        file_name: "ratings “1”.csv".into(),
        content: vec![0, 255, b'\'', b'\\', 10, 0],
        at: NOON,
        most_unfinished: 3,
        most_kept: 20,
        most_rows: 99,
    }
}

pub(super) async fn request(stores: &Stores, file: InsertPersonalImport) -> PersonalImportRecord {
    stores.imports.request(file).await.unwrap().unwrap()
}

pub(super) async fn start(
    stores: &Stores,
    import: &PersonalImportRecord,
    now: OffsetDateTime,
) -> PersonalImportRecord {
    match stores.imports.start(import.id, now, LEASE).await.unwrap() {
        ImportClaim::Taken(record) => *record,
        other => panic!("the import should be free: {other:?}"),
    }
}

pub(super) async fn find(
    stores: &Stores,
    import: &PersonalImportRecord,
) -> Option<PersonalImportRecord> {
    stores.imports.find(import.owner_id, import.id).await.unwrap()
}

async fn content(stores: &Stores, import: &PersonalImportRecord) -> Option<Vec<u8>> {
    stores.imports.content(import.hold()).await.unwrap()
}

fn problem() -> ImportProblem {
    ImportProblem { code: "truncated".into(), message: "films.zip: it \"was\" cut off".into() }
}

/// Declares one test per contract of `PersonalImportRepository` about imports as a whole.
#[macro_export]
macro_rules! personal_import_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { personal_import_repository, $fresh_stores,
            a_requested_import_is_queued_and_found_by_its_owner_alone,
            a_request_leaves_a_message_in_the_channel_of_imports,
            nobody_has_more_imports_than_allowed,
            the_bound_holds_when_many_hand_in_files_at_once,
            lists_the_own_imports_newest_first_and_page_by_page,
            a_claimed_import_is_running_and_nobody_elses,
            an_import_that_was_left_alone_is_claimed_anew,
            one_of_many_claimants_gets_the_import,
            a_finished_import_is_over_and_has_no_file,
            a_failed_import_says_why_and_is_over,
            an_import_that_is_handed_on_is_queued_with_a_new_message,
            only_an_import_that_is_over_is_removed,
            prunes_old_imports_in_portions,
            an_account_is_erased_with_its_imports,
        }
    };
}
