//! The contracts of `SummaryAuditor`.

use reelmark_application::messages::{Message, MovieChangedV1};
use reelmark_application::ports::{ComparedSummaries, ComparedTotals, SummaryDrift};

use super::Stores;
use super::stores::change;
use crate::builders::minute;

pub async fn finds_nothing_once_the_queue_is_drained(stores: Stores) {
    let (users, movies) = (stores.add_users(3).await, stores.add_movies(2).await);
    for user in &users {
        stores.rate(*user, movies[0], 9).await;
    }
    stores.drain().await;

    let expected = ComparedSummaries { compared: 2, last: Some(movies[1]), drifts: vec![] };
    assert_eq!(stores.auditor.compare(0, 10).await.unwrap(), expected);
    let totals = stores.auditor.compare_totals().await.unwrap();
    assert_eq!(totals, ComparedTotals { stored: (3, 27), counted: (3, 27) });
}

pub async fn tells_what_the_summary_and_what_the_ratings_say(stores: Stores) {
    let (ada, movies) = (stores.add_user("ada").await, stores.add_movies(3).await);
    stores.rate(ada, movies[1], 9).await;
    stores.count_in(movies[2], &[1, 1]).await;

    let compared = stores.auditor.compare(0, 10).await.unwrap();

    let waiting = SummaryDrift { movie_id: movies[1], stored: [0; 10], counted: nine() };
    let invented = SummaryDrift { movie_id: movies[2], stored: two_ones(), counted: [0; 10] };
    assert_eq!(compared.drifts, [waiting, invented]);
}

pub async fn goes_through_the_movies_in_steps(stores: Stores) {
    let movies = stores.add_movies(3).await;

    let first = stores.auditor.compare(0, 2).await.unwrap();
    let second = stores.auditor.compare(movies[1], 2).await.unwrap();
    let end = stores.auditor.compare(movies[2], 2).await.unwrap();

    assert_eq!((first.compared, first.last), (2, Some(movies[1])));
    assert_eq!((second.compared, second.last), (1, Some(movies[2])));
    assert_eq!(end, ComparedSummaries::default());
}

pub async fn a_repair_makes_the_summary_say_what_the_ratings_say(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    stores.rate(ada, up, 9).await;
    stores.drain().await;
    stores.count_in(up, &[1, 1]).await;
    let drifts = stores.auditor.compare(0, 10).await.unwrap().drifts;
    let before = stores.details(up).await.summary;

    assert!(stores.auditor.repair(drifts[0], minute(7)).await.unwrap());

    let after = stores.details(up).await.summary;
    assert_eq!(after.histogram, nine());
    assert_eq!((after.version, after.computed_at), (before.version + 1, minute(7)));
    assert_eq!(after.catalogue_mean, Some(9.0));
    let told = Message::MovieChanged(MovieChangedV1 { movie: up });
    assert_eq!(stores.take_decoded_messages().await, [told]);
    assert_eq!(stores.auditor.compare(0, 10).await.unwrap().drifts, []);
    let totals = stores.auditor.compare_totals().await.unwrap();
    assert_eq!(totals, ComparedTotals { stored: (1, 9), counted: (1, 9) });
}

pub async fn a_repair_of_what_changed_meanwhile_does_nothing(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    stores.count_in(up, &[1, 1]).await;
    let old = stores.auditor.compare(0, 10).await.unwrap().drifts[0];
    stores.rate(ada, up, 9).await;

    assert!(!stores.auditor.repair(old, minute(7)).await.unwrap());

    let gone = SummaryDrift { movie_id: up + 1, ..old };
    assert!(!stores.auditor.repair(gone, minute(7)).await.unwrap());
    assert_eq!(stores.details(up).await.summary.histogram, two_ones());
}

pub async fn totals_that_differ_from_the_summaries_are_mended(stores: Stores) {
    let (up, gone) = (stores.add_movie("Up").await, stores.add_movie("Gone").await);
    stores.count_in(up, &[9]).await;
    stores.movies.remove(gone, minute(1)).await.unwrap();
    stores.apply(vec![change(gone, None, Some(5))]).await;
    let totals = stores.auditor.compare_totals().await.unwrap();
    assert_eq!(totals, ComparedTotals { stored: (2, 14), counted: (1, 9) });

    stores.auditor.repair_totals().await.unwrap();

    let totals = stores.auditor.compare_totals().await.unwrap();
    assert_eq!(totals, ComparedTotals { stored: (1, 9), counted: (1, 9) });
}

fn nine() -> [i64; 10] {
    [0, 0, 0, 0, 0, 0, 0, 0, 1, 0]
}

fn two_ones() -> [i64; 10] {
    [2, 0, 0, 0, 0, 0, 0, 0, 0, 0]
}

/// Declares one test per contract of `SummaryAuditor`.
#[macro_export]
macro_rules! summary_auditor_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { summary_auditor, $fresh_stores,
            finds_nothing_once_the_queue_is_drained,
            tells_what_the_summary_and_what_the_ratings_say,
            goes_through_the_movies_in_steps,
            a_repair_makes_the_summary_say_what_the_ratings_say,
            a_repair_of_what_changed_meanwhile_does_nothing,
            totals_that_differ_from_the_summaries_are_mended,
        }
    };
}
