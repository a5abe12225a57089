//! The contracts of `MovieReader`: what people find in a catalogue of many languages, in which order.

use reelmark_application::ports::{MovieSort, SuggestionRecord};
use reelmark_domain::SUGGEST_BOUNDS;

use super::Stores;
use super::film_searches::{NARROWED, SEARCHES, TYPED};
use super::films::FILMS;
use super::movie_reader::assert_pages_hold_all;
use crate::builders::{NOON, all_movies, movie, movies_like, search_terms};

pub async fn people_find_what_they_mean_in_every_script(stores: Stores) {
    add_all(&stores).await;

    for (text, expected) in SEARCHES {
        let found = stores.titles(movies_like(text)).await;
        assert_eq!(found, *expected, "searching {text:?}");
    }
}

pub async fn what_is_narrowed_is_found_in_the_same_order(stores: Stores) {
    add_all(&stores).await;

    for (n, (text, narrow, expected)) in NARROWED.iter().enumerate() {
        let filter =
            narrow(if text.is_empty() { all_movies(MovieSort::Title) } else { movies_like(text) });
        let found = stores.titles(filter.clone()).await;
        assert_eq!(found, *expected, "number {n}, {text:?}");
        let count = stores.movie_reader.count(filter).await.unwrap();
        assert_eq!(count, expected.len() as u64, "number {n}, {text:?}");
    }
}

pub async fn what_people_type_is_completed_best_first(stores: Stores) {
    add_all(&stores).await;

    for (text, expected) in TYPED {
        let found = stores.movie_reader.suggest(search_terms(text), 10).await.unwrap();
        let titles: Vec<_> = found.into_iter().map(|found| found.title).collect();
        assert_eq!(titles, *expected, "typing {text:?}");
    }
}

pub async fn pages_of_a_narrowed_list_hold_every_movie_once(stores: Stores) {
    add_all(&stores).await;

    for (text, narrow, _) in NARROWED.iter().filter(|(.., expected)| expected.len() > 2) {
        let all = if text.is_empty() { all_movies(MovieSort::Title) } else { movies_like(text) };
        assert_pages_hold_all(&stores, narrow(all)).await;
    }
}

pub async fn a_suggestion_says_what_it_takes_to_choose(stores: Stores) {
    let matrix = movie("The Matrix").original_title("Матрица").year(1999);
    let id = stores.add(matrix).await;
    let unrated = stores.add_movie("Matrix Nights").await;
    stores.count_in(id, &[7, 9]).await;

    let found = stores.movie_reader.suggest(search_terms("matr"), 10).await.unwrap();

    let rated = SuggestionRecord {
        id,
        title: "The Matrix".into(),
        original_title: Some("Матрица".into()),
        release_year: Some(1999),
        rating_count: 2,
        weighted_score: 8.0,
    };
    assert_eq!(found[0], rated);
    let (id, score) = (found[1].id, found[1].weighted_score);
    assert_eq!((id, found[1].rating_count, score, found.len()), (unrated, 0, 0.0, 2));
}

pub async fn no_more_is_suggested_than_asked_for(stores: Stores) {
    add_all(&stores).await;

    for limit in [1, 3, 8] {
        let found = stores.movie_reader.suggest(search_terms("n"), limit).await.unwrap();
        let most = stores.movie_reader.suggest(search_terms("n"), 10).await.unwrap();
        assert_eq!(found, most[..limit.min(most.len())]);
    }
}

pub async fn of_what_many_titles_begin_with_the_most_popular_are_suggested(stores: Stores) {
    let more = SUGGEST_BOUNDS.of_word + 50;
    let movies = (0..more).map(|n| movie(&format!("Common {n:03}")).insert());
    stores.movies.insert_into_empty(movies.collect()).await.unwrap();
    let first = stores.list(movies_like("common 000")).await.remove(0).details.movie;
    let whole = stores.list(movies_like("common 007")).await.remove(0).details.movie;
    stores.count_in(first.id, &[7; 5]).await;

    for text in ["c", "com", "common"] {
        let found = stores.movie_reader.suggest(search_terms(text), 10).await.unwrap();
        assert_eq!((found.len(), found[0].id), (10, first.id), "typing {text:?}");
    }
    let found = stores.movie_reader.suggest(search_terms("common 007"), 10).await.unwrap();
    assert_eq!((found.len(), found[0].id), (1, whole.id));
}

pub async fn genres_are_counted_and_come_by_name(stores: Stores) {
    assert_eq!(stores.movie_reader.list_genres().await.unwrap(), []);
    let film_noir = stores.add(movie("Laura").genres(&["Film-Noir", "Drama"])).await;
    stores.add(movie("Gilda").genres(&["film noir", "Älteres"])).await;
    let counted = async || {
        let genres = stores.movie_reader.list_genres().await.unwrap();
        genres.into_iter().map(|genre| (genre.name, genre.movie_count)).collect::<Vec<_>>()
    };
    let genre = |name: &str, count| (name.to_owned(), count);

    let expected = [genre("Älteres", 1), genre("Drama", 1), genre("Film-Noir", 2)];
    assert_eq!(counted().await, expected);
    stores.movies.remove(film_noir, NOON).await.unwrap();
    assert_eq!(counted().await, [genre("Älteres", 1), genre("film noir", 1)]);
}

/// Adds [`FILMS`] with their ratings.
async fn add_all(stores: &Stores) {
    for film in FILMS {
        let id = stores.add(film.builder()).await;
        stores.count_in(id, &vec![7; film.ratings]).await;
    }
}

/// Declares one test per contract of `MovieReader`: finding in every language.
#[macro_export]
macro_rules! movie_finding_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { movie_finding, $fresh_stores,
            people_find_what_they_mean_in_every_script,
            what_is_narrowed_is_found_in_the_same_order,
            what_people_type_is_completed_best_first,
            pages_of_a_narrowed_list_hold_every_movie_once,
            a_suggestion_says_what_it_takes_to_choose,
            no_more_is_suggested_than_asked_for,
            of_what_many_titles_begin_with_the_most_popular_are_suggested,
            genres_are_counted_and_come_by_name,
        }
    };
}
