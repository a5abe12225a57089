//! The contracts of `PersonalImportRepository` about taking back what an import did.

use reelmark_application::ports::{
    BroughtRating, PersonalImportRecord, PutImportRow, PutRating, RatingRecord, RowFinding,
    UndoCounts, UndoRows,
};

use super::Stores;
use super::personal_import_repository::find;
use super::personal_import_rows::{put, rated, running};
use crate::builders::{NOON, minute, put_rating};

pub async fn ratings_become_what_they_were(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(3).await);
    let review = Some("Wet.".to_owned());
    stores.put(PutRating { review, ..put_rating(ada, movies[1], 5) }).await;
    stores.rate(ada, movies[2], 8).await;
    let before = ratings(&stores, ada, &movies).await;
    let import = imported(
        &stores,
        ada,
        vec![
            rated(1, movies[0], 9, Some(minute(-9))),
            reviewed(rated(2, movies[1], 7, Some(minute(9))), "Dry."),
            rated(3, movies[2], 8, Some(minute(9))),
        ],
    )
    .await;

    let undone = undo(&stores, &import).await;

    assert_eq!(undone, UndoCounts { reverted: 2, kept: 0 });
    let after = ratings(&stores, ada, &movies).await;
    assert_eq!(after[0], None);
    let restored = after[1].clone().unwrap();
    assert_eq!(restored.version, 3, "an ETag must not come back");
    assert_eq!(Some(RatingRecord { version: 1, ..restored }), before[1]);
    assert_eq!(after[2], before[2]);
    stores.drain().await;
    for (movie, bucket) in [(movies[1], 5), (movies[2], 8)] {
        assert_eq!(stores.details(movie).await.summary.histogram[bucket - 1], 1);
    }
    assert_eq!(stores.details(movies[0]).await.summary.histogram, [0; 10]);
}

pub async fn what_was_changed_since_stays(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(4).await);
    let rows = (1..).zip(&movies).map(|(n, movie)| rated(n, *movie, 9, Some(minute(-9))));
    let import = imported(&stores, ada, rows.collect()).await;
    stores.put(PutRating { at: minute(9), ..put_rating(ada, movies[0], 3) }).await;
    // The same score, said anew.
    stores.put(PutRating { at: minute(9), ..put_rating(ada, movies[1], 9) }).await;
    stores.ratings.remove(ada, movies[2], minute(9)).await.unwrap();

    let undone = undo(&stores, &import).await;

    assert_eq!(undone, UndoCounts { reverted: 1, kept: 3 });
    let scores: Vec<_> = ratings(&stores, ada, &movies)
        .await
        .into_iter()
        .map(|rating| rating.map(|rating| rating.score))
        .collect();
    assert_eq!(scores, [Some(3), Some(9), None, None]);
}

pub async fn imports_are_taken_back_in_the_reverse_order(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    stores.rate(ada, up, 5).await;
    let first = imported(&stores, ada, vec![rated(1, up, 6, Some(minute(1)))]).await;
    let second = imported(&stores, ada, vec![rated(1, up, 7, Some(minute(2)))]).await;

    assert_eq!(undo(&stores, &second).await, UndoCounts { reverted: 1, kept: 0 });
    assert_eq!(undo(&stores, &first).await, UndoCounts { reverted: 1, kept: 0 });

    let rating = ratings(&stores, ada, &[up]).await.remove(0).unwrap();
    assert_eq!((rating.score, rating.updated_at, rating.version), (5, NOON, 5));
}

pub async fn several_rows_about_one_movie_are_taken_back_together(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    stores.rate(ada, up, 5).await;
    let rows = (1..=4).map(|n| rated(n, up, 5 + i16::try_from(n).unwrap(), Some(minute(n))));
    let import = imported(&stores, ada, rows.collect()).await;

    let undone = undo(&stores, &import).await;

    assert_eq!(undone, UndoCounts { reverted: 4, kept: 0 });
    let rating = ratings(&stores, ada, &[up]).await.remove(0).unwrap();
    assert_eq!((rating.score, rating.created_at, rating.updated_at), (5, NOON, NOON));
    stores.drain().await;
    assert_eq!(stores.details(up).await.summary.histogram, [0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
}

pub async fn nothing_is_taken_back_twice_or_of_somebody_else(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let up = stores.add_movie("Up").await;
    stores.rate(bob, up, 4).await;
    let import = imported(&stores, ada, vec![rated(1, up, 6, Some(minute(-1)))]).await;
    assert_eq!(stores.imports.begin_undo(bob, import.id, minute(5)).await.unwrap(), None);
    let not_begun = UndoRows { import_id: import.id, before: None, limit: 9, at: minute(5) };
    assert_eq!(stores.imports.undo_rows(not_begun).await.unwrap(), None);
    assert_eq!(ratings(&stores, ada, &[up]).await[0].as_ref().map(|rating| rating.score), Some(6));

    let expected = UndoCounts { reverted: 1, kept: 0 };
    assert_eq!(undo(&stores, &import).await, expected);
    stores.put(PutRating { at: minute(-1), ..put_rating(ada, up, 6) }).await;
    assert_eq!(undo(&stores, &import).await, expected);

    assert!(ratings(&stores, ada, &[up]).await[0].is_some());
    assert!(ratings(&stores, bob, &[up]).await[0].is_some());
}

pub async fn whoever_works_on_it_loses_it(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(2).await);
    let import = running(&stores, ada, false).await;
    assert!(put(&stores, &import, vec![rated(1, movies[0], 6, None)]).await);

    let undone = undo(&stores, &import).await;

    assert!(!put(&stores, &import, vec![rated(2, movies[1], 6, None)]).await);
    assert!(!stores.imports.finish(import.hold(), minute(9)).await.unwrap());
    assert_eq!(undone, UndoCounts { reverted: 1, kept: 0 });
    assert_eq!(ratings(&stores, ada, &movies).await, [None, None]);
    let now = find(&stores, &import).await.unwrap();
    assert_eq!((now.status.as_str(), now.finished_at), ("undone", Some(minute(7))));
}

async fn imported(stores: &Stores, owner: i64, rows: Vec<PutImportRow>) -> PersonalImportRecord {
    let import = running(stores, owner, false).await;
    assert!(put(stores, &import, rows).await);
    assert!(stores.imports.finish(import.hold(), minute(3)).await.unwrap());
    import
}

/// Takes it back two rows at a time.
async fn undo(stores: &Stores, import: &PersonalImportRecord) -> UndoCounts {
    let begun = stores.imports.begin_undo(import.owner_id, import.id, minute(7)).await.unwrap();
    assert_eq!(begun.unwrap().status, "undone");
    let mut next = UndoRows { import_id: import.id, before: None, limit: 2, at: minute(7) };
    while let Some(least) = stores.imports.undo_rows(next).await.unwrap() {
        next.before = Some(least);
    }
    find(stores, import).await.unwrap().undone
}

fn reviewed(row: PutImportRow, review: &str) -> PutImportRow {
    let RowFinding::Rating { rating, confidence } = row.finding else {
        panic!("the row should have a rating");
    };
    let rating = BroughtRating { review: Some(review.to_owned()), ..rating };
    PutImportRow { finding: RowFinding::Rating { rating, confidence }, ..row }
}

async fn ratings(stores: &Stores, user: i64, movies: &[i64]) -> Vec<Option<RatingRecord>> {
    let mut ratings = vec![];
    for movie in movies {
        ratings.push(stores.rating_reader.find(user, *movie).await.unwrap());
    }
    ratings
}

/// Declares one test per contract of `PersonalImportRepository` about taking imports back.
#[macro_export]
macro_rules! personal_import_undo_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { personal_import_undo, $fresh_stores,
            ratings_become_what_they_were,
            what_was_changed_since_stays,
            imports_are_taken_back_in_the_reverse_order,
            several_rows_about_one_movie_are_taken_back_together,
            nothing_is_taken_back_twice_or_of_somebody_else,
            whoever_works_on_it_loses_it,
        }
    };
}
