//! The contracts of `CatalogueImporter`.

use reelmark_application::messages::{Message, MovieChangedV1};
use reelmark_application::ports::{
    ComparedTotals, FindImportedMovies, ImportMovie, ImportRating, MergeIds, MovieChunk,
    MovieFilter, MovieSort, RatingChunk, RatingSpan, RatingsCheckpoint, RepositoryError,
    StoredRatings, UniqueKey,
};
use time::OffsetDateTime;

use super::Stores;
use crate::builders::{
    MovieBuilder, NOON, all_movies, insert_user, minute, movie, movies_like, ratings_of,
};

const ADDED_ONE: StoredRatings = StoredRatings { added: 1, changed: 0, unchanged: 0 };
const CHANGED_ONE: StoredRatings = StoredRatings { added: 0, changed: 1, unchanged: 0 };
const UNCHANGED_ONE: StoredRatings = StoredRatings { added: 0, changed: 0, unchanged: 1 };

async fn set(stores: &Stores) -> i64 {
    stores.importer.make_set("ml-tiny".into()).await.unwrap()
}

fn chunk(set: i64) -> MovieChunk {
    MovieChunk { set, movies: vec![], numbers: vec![], ids: vec![], at: NOON }
}

fn numbered(number: i64, movie: MovieBuilder) -> ImportMovie {
    ImportMovie { number: Some(number), movie: movie.insert() }
}

async fn add(stores: &Stores, set: i64, movies: Vec<ImportMovie>) -> Vec<i64> {
    let chunk = MovieChunk { movies, ..chunk(set) };
    stores.importer.store_movies(chunk).await.unwrap();
    let numbers = stores.importer.list_numbers(set, 0, 1_000).await.unwrap();
    numbers.into_iter().map(|(_, movie)| movie).collect()
}

/// A set with the movies 1, 2, … and no message waiting.
async fn set_of_movies(stores: &Stores, count: i64) -> (i64, Vec<i64>) {
    let set = set(stores).await;
    let movies = (1..=count).map(|n| numbered(n, movie(&format!("Movie {n}")))).collect();
    let movies = add(stores, set, movies).await;
    stores.take_messages().await;
    (set, movies)
}

fn rating(rater: i64, movie_id: i64, score: i16, at: OffsetDateTime) -> ImportRating {
    ImportRating { rater, movie_id, score, at }
}

async fn begin(stores: &Stores, set: i64) -> RatingsCheckpoint {
    stores.importer.begin_ratings(set, "files".into()).await.unwrap()
}

async fn rate(
    stores: &Stores,
    set: i64,
    ratings: Vec<ImportRating>,
) -> Result<StoredRatings, RepositoryError> {
    let from = begin(stores, set).await.items;
    let to = from + ratings.len() as u64;
    stores.importer.store_ratings(RatingChunk { set, ratings, from, to, at: NOON }).await
}

async fn assert_no_drift(stores: &Stores, totals: (i64, i64)) {
    assert_eq!(stores.auditor.compare(0, 100).await.unwrap().drifts, []);
    let compared = stores.auditor.compare_totals().await.unwrap();
    assert_eq!(compared, ComparedTotals { stored: totals, counted: totals });
}

pub async fn a_set_is_made_once(stores: Stores) {
    assert_eq!(stores.importer.find_set("ml-tiny".into()).await.unwrap(), None);
    let made = set(&stores).await;
    assert_eq!(set(&stores).await, made);
    assert_eq!(stores.importer.find_set("ml-tiny".into()).await.unwrap(), Some(made));
    assert_ne!(stores.importer.make_set("ml-other".into()).await.unwrap(), made);
}

pub async fn movies_are_found_by_number_by_id_and_by_title(stores: Stores) {
    let (set, other) = (set(&stores).await, stores.importer.make_set("ml-other".into()).await);
    let ids = add(
        &stores,
        set,
        vec![
            numbered(7, movie("Up")),
            numbered(8, movie("M").imdb("tt0022100")),
            numbered(9, movie("Ran").tmdb(11645).year(1985)),
            numbered(10, movie("Heat").movielens(6)),
            numbered(11, movie("Emma")),
        ],
    )
    .await;
    let wanted = FindImportedMovies {
        set: Some(set),
        numbers: vec![7],
        imdb: vec!["tt0022100".into(), "tt9999999".into()],
        tmdb: vec![11645],
        movielens: vec![6],
        title_keys: vec!["up".into()],
    };

    let mut found = stores.importer.find_movies(wanted.clone()).await.unwrap();

    found.sort_by_key(|movie| movie.id);
    let found_ids: Vec<i64> = found.iter().map(|movie| movie.id).collect();
    assert_eq!(found_ids, ids[..4]);
    assert_eq!((found[0].number, found[0].title_key.as_str()), (Some(7), "up"));
    assert_eq!(found[1].imdb_id.as_deref(), Some("tt0022100"));
    assert_eq!((found[2].tmdb_id, found[2].release_year), (Some(11645), Some(1985)));
    assert_eq!(found[3].movielens_id, Some(6));

    for set in [None, Some(other.unwrap())] {
        let elsewhere = FindImportedMovies { set, title_keys: vec![], ..wanted.clone() };
        let found = stores.importer.find_movies(elsewhere).await.unwrap();
        assert!(found.iter().all(|movie| movie.number.is_none()), "{found:?}");
        assert_eq!(found.len(), 3);
    }
}

pub async fn numbers_are_listed_in_pages(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 3).await;
    let importer = &stores.importer;
    let first = importer.list_numbers(set, 0, 2).await.unwrap();
    assert_eq!(first, [(1, movies[0]), (2, movies[1])]);
    assert_eq!(importer.list_numbers(set, 2, 2).await.unwrap(), [(3, movies[2])]);
    assert_eq!(importer.list_numbers(set, 3, 2).await.unwrap(), []);
}

pub async fn an_imported_movie_is_like_any_other(stores: Stores) {
    let set = set(&stores).await;
    let facts = movie("Amélie").original_title("異形").genres(&["Drama"]).imdb("tt0211915");
    let movies = add(&stores, set, vec![numbered(1, facts.clone())]).await;

    let details = stores.details(movies[0]).await;

    assert_eq!(details.movie.facts, facts.insert().facts);
    assert_eq!((details.movie.version, details.movie.added_by), (1, None));
    assert_eq!((details.summary.version, details.summary.catalogue_mean), (0, None));
    assert_eq!(stores.titles(movies_like("amelei")).await, ["Amélie"]);
    let told = Message::MovieChanged(MovieChangedV1 { movie: movies[0] });
    assert_eq!(stores.take_decoded_messages().await, [told]);
}

pub async fn each_movie_of_a_chunk_has_all_its_facts(stores: Stores) {
    let set = set(&stores).await;
    let brazil = movie("Brazil").year(1985).runtime(132).genres(&["Sci-Fi", "Comedy"]);
    let brazil = brazil.language("en").countries(&["GB", "US"]).directors(&["Terry Gilliam"]);
    let heimat = movie("Zweite Heimat").alternative_titles(&["Heimat 2"]).tmdb(31668);
    let heimat =
        heimat.language("de").countries(&["DE", "GB"]).genres(&["Drama"]).synopsis("Munich");
    let ran = movie("Ran").movielens(1217).imdb("tt0089881").genres(&["Drama"]);
    let all = [brazil, heimat, ran];
    let numbered = all.iter().zip(1..).map(|(movie, number)| numbered(number, movie.clone()));

    let ids = add(&stores, set, numbered.collect()).await;

    for (id, movie) in ids.iter().zip(&all) {
        assert_eq!(stores.details(*id).await.movie.facts, movie.insert().facts);
    }
    let british = MovieFilter { country: Some("GB".into()), ..all_movies(MovieSort::Title) };
    assert_eq!(stores.titles(british).await, ["Brazil", "Zweite Heimat"]);
    let dramas = MovieFilter { genre_keys: vec!["drama".into()], ..all_movies(MovieSort::Title) };
    assert_eq!(stores.titles(dramas).await, ["Ran", "Zweite Heimat"]);
    for (text, title) in [("heimat 2", "Zweite Heimat"), ("brasil", "Brazil"), ("ran", "Ran")] {
        assert_eq!(stores.titles(movies_like(text)).await, [title], "{text}");
    }
}

pub async fn a_stored_movie_gets_a_number_and_the_ids_it_lacks(stores: Stores) {
    let set = set(&stores).await;
    let up = stores.add(movie("Up").imdb("tt1049413")).await;
    let ids = MergeIds {
        movie_id: up,
        imdb_id: Some("tt0000001".into()),
        tmdb_id: Some(14160),
        movielens_id: None,
    };
    let chunk = MovieChunk { numbers: vec![(7, up)], ids: vec![ids], at: minute(1), ..chunk(set) };

    stores.importer.store_movies(chunk).await.unwrap();

    assert_eq!(stores.importer.list_numbers(set, 0, 9).await.unwrap(), [(7, up)]);
    let movie = stores.details(up).await.movie;
    assert_eq!(movie.facts.imdb_id.as_deref(), Some("tt1049413"));
    assert_eq!((movie.facts.tmdb_id, movie.facts.movielens_id), (Some(14160), None));
    assert_eq!((movie.version, movie.updated_at), (2, minute(1)));
    let told = Message::MovieChanged(MovieChangedV1 { movie: up });
    assert_eq!(stores.take_decoded_messages().await, [told]);
}

pub async fn an_id_that_another_movie_has_by_now_stores_nothing(stores: Stores) {
    let set = set(&stores).await;
    stores.add(movie("Up").imdb("tt1049413")).await;
    let movies = vec![numbered(1, movie("M")), numbered(2, movie("Up").imdb("tt1049413"))];

    let refused = stores.importer.store_movies(MovieChunk { movies, ..chunk(set) }).await;

    assert!(matches!(refused, Err(RepositoryError::Conflict(UniqueKey::ImdbId))));
    assert_eq!(stores.titles(movies_like("m")).await, [""; 0]);
    assert_eq!(stores.importer.list_numbers(set, 0, 9).await.unwrap(), []);
    assert_eq!(stores.take_messages().await, []);
}

pub async fn a_number_that_means_another_movie_by_now_stores_nothing(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 1).await;
    let other = stores.add_movie("Other").await;
    for numbers in [vec![(1, other)], vec![(2, movies[0])], vec![(3, other + 100)]] {
        let refused = stores.importer.store_movies(MovieChunk { numbers, ..chunk(set) }).await;
        assert!(matches!(refused, Err(RepositoryError::Stale)), "{refused:?}");
    }
    let gone = MergeIds { movie_id: other + 100, tmdb_id: Some(1), ..MergeIds::default() };
    let refused = stores.importer.store_movies(MovieChunk { ids: vec![gone], ..chunk(set) }).await;
    assert!(matches!(refused, Err(RepositoryError::Stale)), "{refused:?}");
    assert_eq!(stores.importer.list_numbers(set, 0, 9).await.unwrap(), [(1, movies[0])]);
}

pub async fn ratings_are_counted_in_at_once(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 2).await;
    let ratings = vec![
        rating(1, movies[0], 9, NOON),
        rating(1, movies[1], 4, NOON),
        rating(2, movies[0], 10, minute(1)),
    ];

    let stored = rate(&stores, set, ratings).await.unwrap();

    assert_eq!(stored, StoredRatings { added: 3, ..StoredRatings::default() });
    assert_no_drift(&stores, (3, 23)).await;
    let summary = stores.details(movies[0]).await.summary;
    assert_eq!(summary.histogram, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    assert_eq!(stores.take_messages().await, []);
}

pub async fn the_same_ratings_again_change_nothing(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 1).await;
    let ratings = vec![rating(1, movies[0], 9, NOON)];
    assert_eq!(rate(&stores, set, ratings.clone()).await.unwrap(), ADDED_ONE);
    let before = stores.details(movies[0]).await;

    assert_eq!(rate(&stores, set, ratings).await.unwrap(), UNCHANGED_ONE);

    assert_eq!(stores.details(movies[0]).await, before);
    assert_no_drift(&stores, (1, 9)).await;
}

pub async fn the_latest_rating_of_a_rater_stays(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 1).await;
    let up = movies[0];
    let rate = async |score, at| rate(&stores, set, vec![rating(1, up, score, at)]).await.unwrap();

    assert_eq!(rate(6, minute(5)).await, ADDED_ONE);
    assert_eq!(rate(8, minute(6)).await, CHANGED_ONE);
    assert_eq!(rate(2, minute(5)).await, UNCHANGED_ONE);
    assert_eq!(rate(2, minute(6)).await, UNCHANGED_ONE);

    assert_no_drift(&stores, (1, 8)).await;
    let all = stores.everything.list_all_ratings((0, 0), 9).await.unwrap();
    assert_eq!((all[0].score, all[0].version), (8, 2));
    assert_eq!((all[0].created_at, all[0].updated_at), (minute(5), minute(6)));
}

pub async fn a_comparison_says_what_storing_would_and_stores_nothing(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 4).await;
    let stored = vec![rating(1, movies[0], 9, minute(5)), rating(1, movies[1], 9, minute(5))];
    rate(&stores, set, stored).await.unwrap();
    assert!(stores.movies.remove(movies[3], NOON).await.unwrap());
    stores.drain().await;
    let other = stores.importer.make_set("ml-other".into()).await.unwrap();
    let ratings = vec![
        rating(1, movies[0], 2, minute(6)),
        rating(1, movies[1], 2, minute(5)),
        rating(1, movies[2], 2, minute(1)),
        rating(2, movies[0], 2, minute(1)),
        rating(2, movies[3], 2, minute(1)),
    ];
    let compare = async |set| stores.importer.compare_ratings(set, ratings.clone()).await.unwrap();

    let compared = compare(set).await;

    assert_eq!(compared, StoredRatings { added: 2, changed: 1, unchanged: 1 });
    assert_eq!(compare(other).await, StoredRatings { added: 4, ..StoredRatings::default() });
    assert_no_drift(&stores, (2, 18)).await;
    assert_eq!(rate(&stores, set, ratings.clone()).await.unwrap(), compared);
}

pub async fn raters_of_two_sets_are_different_people(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 1).await;
    let other = stores.importer.make_set("ml-other".into()).await.unwrap();
    for set in [set, other] {
        let stored = rate(&stores, set, vec![rating(1, movies[0], 9, NOON)]).await.unwrap();
        assert_eq!(stored, ADDED_ONE);
    }
    assert_no_drift(&stores, (2, 18)).await;
}

pub async fn ratings_of_movies_that_are_gone_are_left_out(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 2).await;
    assert!(stores.movies.remove(movies[1], NOON).await.unwrap());
    let ratings = vec![rating(1, movies[0], 9, NOON), rating(1, movies[1], 9, NOON)];

    assert_eq!(rate(&stores, set, ratings).await.unwrap(), ADDED_ONE);

    assert_eq!(stores.importer.list_numbers(set, 0, 9).await.unwrap(), [(1, movies[0])]);
    assert_no_drift(&stores, (1, 9)).await;
}

pub async fn an_import_goes_on_where_it_ended(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 2).await;
    assert_eq!(begin(&stores, set).await, RatingsCheckpoint::default());
    rate(&stores, set, vec![rating(1, movies[0], 9, NOON)]).await.unwrap();
    rate(&stores, set, vec![rating(1, movies[1], 9, NOON)]).await.unwrap();

    let stored = StoredRatings { added: 2, ..StoredRatings::default() };
    assert_eq!(begin(&stores, set).await, RatingsCheckpoint { items: 2, stored });

    let other = stores.importer.begin_ratings(set, "other files".into()).await.unwrap();
    assert_eq!(other, RatingsCheckpoint::default());
    assert_eq!(begin(&stores, set).await, RatingsCheckpoint::default());
}

pub async fn a_chunk_that_begins_elsewhere_stores_nothing(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 1).await;
    begin(&stores, set).await;
    let ratings = vec![rating(1, movies[0], 9, NOON)];
    let chunk = RatingChunk { set, ratings, from: 5, to: 6, at: NOON };

    let refused = stores.importer.store_ratings(chunk).await;

    assert!(matches!(refused, Err(RepositoryError::Stale)), "{refused:?}");
    assert_no_drift(&stores, (0, 0)).await;
    assert_eq!(begin(&stores, set).await, RatingsCheckpoint::default());
}

pub async fn the_end_of_an_import_tells_of_its_movies_when_anything_changed(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 2).await;
    let ratings = vec![rating(1, movies[0], 9, NOON)];
    rate(&stores, set, ratings.clone()).await.unwrap();

    stores.importer.finish_ratings(set, minute(1)).await.unwrap();

    let told = movies.iter().map(|movie| Message::MovieChanged(MovieChangedV1 { movie: *movie }));
    assert_eq!(stores.take_decoded_messages().await, told.collect::<Vec<_>>());
    assert_eq!(begin(&stores, set).await, RatingsCheckpoint::default());

    rate(&stores, set, ratings).await.unwrap();
    stores.importer.finish_ratings(set, minute(2)).await.unwrap();
    assert_eq!(stores.take_messages().await, []);
}

pub async fn nobody_is_an_imported_rater(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 1).await;
    rate(&stores, set, vec![rating(1, movies[0], 9, NOON)]).await.unwrap();
    let rater = stores.everything.list_all_ratings((0, 0), 9).await.unwrap()[0].user_id;

    let account = stores.user(rater).await;
    assert_eq!((account.status.as_str(), account.visibility.as_str()), ("disabled", "private"));
    assert_eq!(account.role, "member");
    assert!(reelmark_domain::Username::parse(&account.username).is_err());
    assert!(reelmark_domain::EmailAddress::parse(&account.email).is_err());

    assert_eq!(stores.rating_reader.list_of_movie(ratings_of(movies[0])).await.unwrap(), []);
    assert_eq!(stores.rating_reader.count_of_movie(movies[0]).await.unwrap(), 0);
    let always = RatingSpan { from: None, to: None };
    assert_eq!(stores.report_reader.catalogue(always).await.unwrap().users, 0);
    let first = stores.users.insert_first(insert_user("ada")).await.unwrap();
    assert!(first.is_some(), "the first person to come is the first account");
}

pub async fn summaries_are_right_whoever_else_rates(stores: Stores) {
    let (set, movies) = set_of_movies(&stores, 2).await;
    let ada = stores.add_user("ada").await;
    stores.rate(ada, movies[0], 3).await;
    rate(&stores, set, vec![rating(1, movies[0], 9, NOON)]).await.unwrap();
    stores.rate(ada, movies[0], 5).await;
    rate(&stores, set, vec![rating(1, movies[1], 8, NOON)]).await.unwrap();
    stores.drain().await;
    assert_no_drift(&stores, (3, 22)).await;

    assert!(stores.movies.remove(movies[0], minute(1)).await.unwrap());
    stores.drain().await;
    assert_no_drift(&stores, (1, 8)).await;
}

/// Declares one test per contract of `CatalogueImporter`.
#[macro_export]
macro_rules! catalogue_importer_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { catalogue_importer, $fresh_stores,
            a_set_is_made_once,
            movies_are_found_by_number_by_id_and_by_title,
            numbers_are_listed_in_pages,
            an_imported_movie_is_like_any_other,
            each_movie_of_a_chunk_has_all_its_facts,
            a_stored_movie_gets_a_number_and_the_ids_it_lacks,
            an_id_that_another_movie_has_by_now_stores_nothing,
            a_number_that_means_another_movie_by_now_stores_nothing,
            ratings_are_counted_in_at_once,
            the_same_ratings_again_change_nothing,
            the_latest_rating_of_a_rater_stays,
            a_comparison_says_what_storing_would_and_stores_nothing,
            raters_of_two_sets_are_different_people,
            ratings_of_movies_that_are_gone_are_left_out,
            an_import_goes_on_where_it_ended,
            a_chunk_that_begins_elsewhere_stores_nothing,
            the_end_of_an_import_tells_of_its_movies_when_anything_changed,
            nobody_is_an_imported_rater,
            summaries_are_right_whoever_else_rates,
        }
    };
}
