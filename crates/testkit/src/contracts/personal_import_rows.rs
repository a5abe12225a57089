//! The contracts of `PersonalImportRepository` about rows and the ratings in them.

use reelmark_application::messages::RatingChangedV1;
use reelmark_application::ports::{
    BroughtRating, ImportClaim, ImportCounts, ImportRowRecord, InsertPersonalImport,
    ListedImportRows, MOVIE_GONE, NEWER_HERE, PersonalImportRecord, PutImportRow, PutImportRows,
    PutRating, RowFinding,
};
use time::{Duration, OffsetDateTime};

use super::Stores;
use super::personal_import_repository::{file_of, find, request, start};
use crate::builders::{NOON, minute, put_rating};

pub async fn every_row_is_kept_with_its_outcome_and_counted(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    let import = running(&stores, ada, false).await;
    let candidates = r#"[{"id":1,"title":"'Up'","release_year":null}]"#;
    let rows = vec![
        rated(1, up, 8, Some(minute(-9))),
        nothing(2, "ambiguous", Some(candidates)),
        nothing(3, "unmatched", None),
        PutImportRow { reason: Some("rating: must be ½".into()), ..nothing(4, "invalid", None) },
        nothing(5, "skipped", None),
        rated(6, up + 9, 7, None),
    ];

    assert!(put(&stores, &import, rows).await);

    let listed = rows_of(&stores, &import, None).await;
    let row = |number| ImportRowRecord {
        number,
        place: format!("ratings.csv, line {number}"),
        outcome: "unmatched".into(),
        title: Some("Ünder".into()),
        release_year: Some(2009),
        score: None,
        movie_id: None,
        confidence: None,
        candidates: None,
        reason: None,
    };
    let expected = [
        ImportRowRecord {
            outcome: "imported".into(),
            score: Some(8),
            movie_id: Some(up),
            confidence: Some("high".into()),
            ..row(1)
        },
        ImportRowRecord {
            outcome: "ambiguous".into(),
            candidates: Some(candidates.into()),
            ..row(2)
        },
        row(3),
        ImportRowRecord {
            outcome: "invalid".into(),
            reason: Some("rating: must be ½".into()),
            ..row(4)
        },
        ImportRowRecord { outcome: "skipped".into(), ..row(5) },
        ImportRowRecord { score: Some(7), reason: Some(MOVIE_GONE.into()), ..row(6) },
    ];
    assert_eq!(listed, expected);
    let now = find(&stores, &import).await.unwrap();
    let counts = ImportCounts {
        imported: 1,
        ambiguous: 1,
        unmatched: 2,
        invalid: 1,
        skipped: 1,
        unchanged: 0,
    };
    assert_eq!((now.counts, now.format.as_deref()), (counts, Some("letterboxd_csv")));
    let rating = stores.rating_reader.find(ada, up).await.unwrap().unwrap();
    assert_eq!((rating.score, rating.updated_at), (8, minute(-9)));
    let told = RatingChangedV1 { movie: up, user: ada, old: None, new: Some(8) };
    assert_eq!(stores.take_rating_changes().await, [told]);
}

pub async fn a_rating_that_gives_way_is_unchanged_and_says_why(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(2).await);
    for movie in &movies {
        stores.put(PutRating { at: minute(5), ..put_rating(ada, *movie, 8) }).await;
    }
    let import = running(&stores, ada, false).await;

    let rows = vec![rated(1, movies[0], 8, Some(minute(9))), rated(2, movies[1], 3, Some(NOON))];
    put(&stores, &import, rows).await;

    let rows = rows_of(&stores, &import, None).await;
    let told: Vec<_> =
        rows.iter().map(|row| (row.outcome.as_str(), row.reason.as_deref())).collect();
    assert_eq!(told, [("unchanged", None), ("unchanged", Some(NEWER_HERE))]);
    assert_eq!(find(&stores, &import).await.unwrap().counts.unchanged, 2);
    for movie in movies {
        let rating = stores.rating_reader.find(ada, movie).await.unwrap().unwrap();
        assert_eq!((rating.score, rating.version), (8, 1));
    }
}

pub async fn a_dry_run_tells_what_would_be_and_stores_no_rating(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    let import = running(&stores, ada, true).await;

    put(&stores, &import, vec![rated(1, up, 8, None), rated(2, up + 9, 8, None)]).await;

    let rows = rows_of(&stores, &import, None).await;
    let outcomes: Vec<_> = rows.iter().map(|row| row.outcome.as_str()).collect();
    assert_eq!(outcomes, ["imported", "unmatched"]);
    assert_eq!(stores.rating_reader.find(ada, up).await.unwrap(), None);
    assert_eq!(stores.take_rating_changes().await, []);
}

pub async fn who_lost_the_claim_stores_nothing(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    let lost = running(&stores, ada, false).await;
    start(&stores, &lost, minute(11)).await;

    assert!(!put(&stores, &lost, vec![rated(1, up, 8, None)]).await);

    assert_eq!(rows_of(&stores, &lost, None).await, []);
    assert_eq!(stores.rating_reader.find(ada, up).await.unwrap(), None);
}

pub async fn rows_renew_the_lease(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let import = running(&stores, ada, false).await;
    let rows = PutImportRows {
        hold: import.hold(),
        format: "imdb_csv".into(),
        rows: vec![nothing(1, "skipped", None)],
        now: minute(8),
    };
    assert!(stores.imports.put_rows(rows).await.unwrap());

    let lease = Duration::minutes(10);
    let busy = stores.imports.start(import.id, minute(12), lease).await.unwrap();

    assert_eq!(busy, ImportClaim::Busy);
    let late = stores.imports.start(import.id, minute(18), lease).await.unwrap();
    assert!(matches!(late, ImportClaim::Taken(_)));
}

pub async fn who_has_too_many_rows_hands_in_no_more_files(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let import = running(&stores, ada, false).await;
    let outcomes = ["ambiguous", "unmatched", "invalid", "skipped"];
    let rows = (1..).zip(outcomes).map(|(n, outcome)| nothing(n, outcome, None));
    put(&stores, &import, rows.collect()).await;
    let with = |most_rows| InsertPersonalImport { most_rows, ..file_of(ada) };

    assert_eq!(stores.imports.request(with(3)).await.unwrap(), None);
    assert!(stores.imports.request(with(4)).await.unwrap().is_some());
}

pub async fn rows_are_listed_in_order_by_outcome_and_page_by_page(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let import = running(&stores, ada, false).await;
    let outcome = |n| if n % 2 == 0 { "skipped" } else { "unmatched" };
    put(&stores, &import, (1..=5).map(|n| nothing(n, outcome(n), None)).collect()).await;
    put(&stores, &import, (6..=9).map(|n| nothing(n, outcome(n), None)).collect()).await;

    let numbers = async |outcome: Option<&str>, after, limit| -> Vec<i64> {
        let outcome = outcome.map(str::to_owned);
        let list = ListedImportRows { import_id: import.id, outcome, after, limit };
        let rows = stores.imports.list_rows(list).await.unwrap();
        rows.into_iter().map(|row| row.number).collect()
    };

    assert_eq!(numbers(None, None, 4).await, [1, 2, 3, 4]);
    assert_eq!(numbers(None, Some(4), 9).await, [5, 6, 7, 8, 9]);
    assert_eq!(numbers(Some("skipped"), None, 3).await, [2, 4, 6]);
    assert_eq!(numbers(Some("skipped"), Some(6), 3).await, [8]);
    assert_eq!(numbers(Some("invalid"), None, 3).await, Vec::<i64>::new());
}

pub(super) async fn running(stores: &Stores, owner: i64, dry_run: bool) -> PersonalImportRecord {
    let import = request(stores, InsertPersonalImport { dry_run, ..file_of(owner) }).await;
    start(stores, &import, NOON).await
}

pub(super) fn rated(
    number: i64,
    movie_id: i64,
    score: i16,
    rated_at: Option<OffsetDateTime>,
) -> PutImportRow {
    let rating = BroughtRating { movie_id, score, review: None, rated_at };
    let finding = RowFinding::Rating { rating, confidence: "high".into() };
    PutImportRow { score: Some(score), finding, ..nothing(number, "", None) }
}

fn nothing(number: i64, outcome: &str, candidates: Option<&str>) -> PutImportRow {
    PutImportRow {
        number,
        place: format!("ratings.csv, line {number}"),
        title: Some("Ünder".into()),
        release_year: Some(2009),
        score: None,
        finding: RowFinding::Nothing {
            outcome: outcome.into(),
            candidates: candidates.map(str::to_owned),
        },
        reason: None,
    }
}

pub(super) async fn put(
    stores: &Stores,
    import: &PersonalImportRecord,
    rows: Vec<PutImportRow>,
) -> bool {
    let (hold, format) = (import.hold(), "letterboxd_csv".into());
    stores.imports.put_rows(PutImportRows { hold, format, rows, now: minute(1) }).await.unwrap()
}

async fn rows_of(
    stores: &Stores,
    import: &PersonalImportRecord,
    outcome: Option<String>,
) -> Vec<ImportRowRecord> {
    let list = ListedImportRows { import_id: import.id, outcome, after: None, limit: 99 };
    stores.imports.list_rows(list).await.unwrap()
}

/// Declares one test per contract of `PersonalImportRepository` about rows.
#[macro_export]
macro_rules! personal_import_rows_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { personal_import_rows, $fresh_stores,
            every_row_is_kept_with_its_outcome_and_counted,
            a_rating_that_gives_way_is_unchanged_and_says_why,
            a_dry_run_tells_what_would_be_and_stores_no_rating,
            who_lost_the_claim_stores_nothing,
            rows_renew_the_lease,
            who_has_too_many_rows_hands_in_no_more_files,
            rows_are_listed_in_order_by_outcome_and_page_by_page,
        }
    };
}
