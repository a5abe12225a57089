//! The contracts of `MovieRepository`: editing.

use reelmark_application::messages::{Message, MovieChangedV1};
use reelmark_application::ports::{MovieFilter, MovieRecord, MovieSort, UniqueKey};

use super::Stores;
use super::movie_repository::{assert_read_back, full_movie, repeated_ids};
use super::races::at_once;
use super::refusals::{conflict, is_stale};
use crate::builders::{NOON, all_movies, minute, movie, movies_like};

pub async fn replaces_the_facts_and_counts_the_version(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let id = stores.add(movie("Casblanca").added_by(ada)).await;
    let bob = stores.add_user("bob").await;
    let update = full_movie().added_by(bob).at(minute(5)).update(id, 1);

    let stored = stores.movies.update(update.clone()).await.unwrap();

    let expected = MovieRecord {
        id,
        facts: update.facts,
        version: 2,
        added_by: Some(ada),
        created_at: NOON,
        updated_at: minute(5),
    };
    assert_eq!(stored.as_ref(), Some(&expected));
    assert_read_back(&stores, &expected).await;
}

pub async fn takes_facts_away(stores: Stores) {
    let id = stores.add(full_movie()).await;
    let update = movie("Casablanca").update(id, 1);

    let stored = stores.movies.update(update.clone()).await.unwrap().unwrap();

    assert_eq!(stored.facts, update.facts);
    assert_read_back(&stores, &stored).await;
}

pub async fn finds_an_edited_movie_by_its_new_facts_alone(stores: Stores) {
    let old = movie("Alien").original_title("Star Beast").genres(&["Horror"]).year(1979);
    let new = movie("Zodiac").original_title("The Cipher").genres(&["Crime", "Drama"]).year(2007);
    let id = stores.add(old).await;

    stores.movies.update(new.update(id, 1)).await.unwrap().unwrap();

    for gone in [movies_like("alien"), movies_like("star beast"), of_genre("horror"), of_year(1979)]
    {
        assert!(stores.list(gone).await.is_empty());
    }
    for found in [movies_like("zodiac"), movies_like("zodiak"), movies_like("the cipher")] {
        assert_eq!(stores.titles(found).await, ["Zodiac"]);
    }
    for found in [of_genre("crime"), of_genre("drama"), of_year(2007)] {
        assert_eq!(stores.titles(found).await, ["Zodiac"]);
    }
}

pub async fn an_edit_sends_one_message(stores: Stores) {
    let (id, _) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    let update = movie("Up!").at(minute(7)).update(id, 1);
    stores.movies.update(update).await.unwrap();

    let messages = stores.take_messages().await;

    let told: Vec<_> = messages.iter().map(super::stores::decode).collect();
    assert_eq!(told, [Message::MovieChanged(MovieChangedV1 { movie: id })]);
    assert_eq!(messages[0].created_at, minute(7));
}

pub async fn an_edit_leaves_the_summary_alone(stores: Stores) {
    let id = stores.add_movie("Up").await;
    stores.count_in(id, &[8, 9]).await;
    let before = stores.details(id).await.summary;

    stores.movies.update(full_movie().update(id, 1)).await.unwrap();

    assert_eq!(stores.details(id).await.summary, before);
}

pub async fn an_edit_touches_one_movie_alone(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let other = stores.add(movie("Zodiac").genres(&["Crime"])).await;
    let before = stores.details(other).await;

    stores.movies.update(full_movie().update(up, 1)).await.unwrap();

    assert_eq!(stores.details(other).await, before);
    for found in [movies_like("zodiac"), of_genre("crime")] {
        assert_eq!(stores.titles(found).await, ["Zodiac"]);
    }
}

pub async fn an_edit_that_changes_nothing_is_an_edit_all_the_same(stores: Stores) {
    let id = stores.add(full_movie()).await;

    let stored = stores.movies.update(full_movie().update(id, 1)).await;

    assert_eq!(stored.unwrap().unwrap().version, 2);
    assert_eq!(stores.take_messages().await.len(), 1);
}

pub async fn there_is_nothing_to_edit_without_a_movie(stores: Stores) {
    let id = stores.add_movie("Up").await;

    let stored = stores.movies.update(full_movie().update(id + 1, 1)).await;

    assert_eq!(stored.unwrap(), None);
    assert_eq!(stores.take_decoded_messages().await, []);
}

pub async fn an_edit_of_another_version_is_stale_and_changes_nothing(stores: Stores) {
    let id = stores.add_movie("Up").await;
    stores.movies.update(movie("Up!").update(id, 1)).await.unwrap();
    stores.take_messages().await;
    let before = stores.details(id).await;

    for version in [1, 3] {
        let refused = stores.movies.update(full_movie().update(id, version)).await;
        assert!(is_stale(&refused));
    }

    assert_eq!(stores.details(id).await, before);
    assert_eq!(stores.titles(movies_like("casablanca")).await, [""; 0]);
    assert_eq!(stores.take_decoded_messages().await, []);
}

pub async fn of_8_edits_of_the_same_version_one_is_stored(stores: Stores) {
    let id = stores.add_movie("Up").await;
    let calls = (0..8).map(|n| {
        let movies = stores.movies.clone();
        let update = movie(&format!("Up {n}")).update(id, 1);
        async move { movies.update(update).await }
    });

    let results = at_once(calls).await;

    assert_eq!(results.iter().filter(|result| is_stale(result)).count(), 7);
    let stored: Vec<_> = results.into_iter().filter_map(Result::ok).collect();
    assert_eq!(stored, [Some(stores.details(id).await.movie)]);
    assert_eq!(stores.take_messages().await.len(), 1);
}

pub async fn an_edit_to_a_taken_external_id_conflicts_and_changes_nothing(stores: Stores) {
    stores.add(full_movie()).await;
    let id = stores.add(movie("Up").tmdb(14_160)).await;
    let before = stores.details(id).await;

    for (repeated, key) in repeated_ids() {
        let refused = stores.movies.update(repeated.update(id, 1)).await;
        assert_eq!(conflict(refused), key);
    }

    assert_eq!(stores.details(id).await, before);
    assert_eq!(stores.titles(movies_like("up")).await, ["Up"]);
    assert_eq!(stores.take_decoded_messages().await, []);
}

pub async fn a_movie_keeps_its_own_external_ids(stores: Stores) {
    let id = stores.add(full_movie()).await;

    let stored = stores.movies.update(full_movie().runtime(103).update(id, 1)).await;

    assert_eq!(stored.unwrap().unwrap().facts.runtime_minutes, Some(103));
}

pub async fn an_external_id_given_up_is_free_for_another_movie(stores: Stores) {
    let id = stores.add(full_movie()).await;
    stores.movies.update(movie("Casablanca").update(id, 1)).await.unwrap();

    stores.add(full_movie()).await;
}

pub async fn of_two_movies_edited_to_one_external_id_at_once_one_is_stored(stores: Stores) {
    let ids = [stores.add_movie("Up").await, stores.add_movie("M").await];
    let calls = ids.map(|id| {
        let movies = stores.movies.clone();
        async move { movies.update(movie("Twin").tmdb(289).update(id, 1)).await }
    });

    let results = at_once(calls).await;

    let (stored, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(stored.len(), 1);
    for result in refused {
        assert_eq!(conflict(result), UniqueKey::TmdbId);
    }
}

fn of_genre(key: &str) -> MovieFilter {
    MovieFilter { genre_keys: vec![key.into()], ..all_movies(MovieSort::Title) }
}

fn of_year(year: i32) -> MovieFilter {
    MovieFilter { year_from: Some(year), year_to: Some(year), ..all_movies(MovieSort::Title) }
}

/// Declares one test per contract of `MovieRepository`: editing.
#[macro_export]
macro_rules! movie_repository_update_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { movie_repository_update, $fresh_stores,
            replaces_the_facts_and_counts_the_version,
            takes_facts_away,
            finds_an_edited_movie_by_its_new_facts_alone,
            an_edit_sends_one_message,
            an_edit_leaves_the_summary_alone,
            an_edit_touches_one_movie_alone,
            an_edit_that_changes_nothing_is_an_edit_all_the_same,
            there_is_nothing_to_edit_without_a_movie,
            an_edit_of_another_version_is_stale_and_changes_nothing,
            of_8_edits_of_the_same_version_one_is_stored,
            an_edit_to_a_taken_external_id_conflicts_and_changes_nothing,
            a_movie_keeps_its_own_external_ids,
            an_external_id_given_up_is_free_for_another_movie,
            of_two_movies_edited_to_one_external_id_at_once_one_is_stored,
        }
    };
}
