//! The contracts of `MovieRepository`: storing and finding.

use reelmark_application::ports::{
    MovieFactsRecord, MovieRecord, MovieSort, RepositoryError, UniqueKey,
};
use reelmark_domain::{Movie, RatingSummary};

use super::Stores;
use super::races::{Call, at_once};
use super::refusals::conflict;
use super::texts::{AWKWARD_LINES, awkward_paragraphs};
use crate::builders::{MovieBuilder, NOON, all_movies, minute, movie, movies_like};

pub async fn stores_a_movie_with_nothing_but_a_title_at_version_1(stores: Stores) {
    let stored = stores.movies.insert(movie("Up").insert()).await.unwrap();

    let expected = MovieRecord {
        id: stored.id,
        facts: MovieFactsRecord { title: "Up".into(), ..MovieFactsRecord::default() },
        version: 1,
        added_by: None,
        created_at: NOON,
        updated_at: NOON,
    };
    assert_eq!(stored, expected);
    assert_read_back(&stores, &expected).await;
    assert!(Movie::try_from(expected).is_ok());
}

pub async fn stores_every_fact_of_a_movie(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let request = full_movie().added_by(ada).insert();

    let stored = stores.movies.insert(request.clone()).await.unwrap();

    assert_eq!(stored.facts, request.facts);
    assert_eq!(stored.added_by, Some(ada));
    assert_read_back(&stores, &stored).await;
    assert!(Movie::try_from(stored).is_ok());
}

pub async fn keeps_times_to_the_microsecond(stores: Stores) {
    for micros in [0, 1, 123_457, 999_999] {
        let at = minute(0).replace_microsecond(micros).unwrap();
        let stored = stores.movies.insert(movie("Up").at(at).insert()).await.unwrap();

        assert_eq!((stored.created_at, stored.updated_at), (at, at));
        assert_read_back(&stores, &stored).await;
    }
}

pub async fn keeps_awkward_texts_as_they_are(stores: Stores) {
    for line in AWKWARD_LINES {
        let request = movie(line)
            .original_title(line)
            .alternative_titles(&[line, "Another"])
            .genres(&[&line.chars().take(40).collect::<String>(), "Drama"])
            .directors(&[line, "Ada"])
            .synopsis(&awkward_paragraphs())
            .insert();

        let stored = stores.movies.insert(request.clone()).await.unwrap();

        assert_eq!(stored.facts, request.facts);
        assert_read_back(&stores, &stored).await;
    }
}

pub async fn keeps_many_genres_and_directors_in_their_order(stores: Stores) {
    let genres: Vec<_> = (0..20).rev().map(|n| format!("Genre {n}")).collect();
    let directors: Vec<_> = (0..50).rev().map(|n| format!("Director {n}")).collect();
    let request = movie("Everybody's Movie")
        .genres(&genres.iter().map(String::as_str).collect::<Vec<_>>())
        .directors(&directors.iter().map(String::as_str).collect::<Vec<_>>());

    let stored = stores.movies.insert(request.insert()).await.unwrap();

    assert_eq!(stored.facts.genres, genres);
    assert_eq!(stored.facts.directors, directors);
    assert_read_back(&stores, &stored).await;
}

pub async fn keeps_many_titles_and_countries_in_their_order(stores: Stores) {
    let titles: Vec<_> = (0..50).rev().map(|n| format!("Title {n}")).collect();
    let countries = "ZW ZM ZA YE WS VU VN VE VC UZ UY US UG UA TZ TW TV TT TR TO";
    let countries: Vec<_> = countries.split(' ').collect();
    let request = movie("Everybody's Movie")
        .alternative_titles(&titles.iter().map(String::as_str).collect::<Vec<_>>())
        .countries(&countries)
        .language("yue");

    let stored = stores.movies.insert(request.insert()).await.unwrap();

    assert_eq!(stored.facts.alternative_titles, titles);
    assert_eq!(stored.facts.countries, countries);
    assert_eq!(stored.facts.original_language.as_deref(), Some("yue"));
    assert_read_back(&stores, &stored).await;
}

pub async fn keeps_the_longest_texts_and_greatest_numbers(stores: Stores) {
    let request = movie(&"七".repeat(200))
        .original_title(&"🎬".repeat(200))
        .synopsis(&"🎬".repeat(2_000))
        .year(9_999)
        .runtime(60_000)
        .imdb("tt9999999999")
        .tmdb(i32::MAX.into())
        .movielens(i32::MAX.into())
        .insert();

    let stored = stores.movies.insert(request.clone()).await.unwrap();

    assert_eq!(stored.facts, request.facts);
    assert_read_back(&stores, &stored).await;
}

pub async fn a_new_movie_has_an_empty_summary_at_version_0(stores: Stores) {
    let id = stores.add_movie("Up").await;

    let summary = stores.details(id).await.summary;

    assert_eq!(summary.movie_id, id);
    assert_eq!((summary.histogram, summary.version), ([0; 10], 0));
    let summary = RatingSummary::try_from(summary).unwrap();
    assert_eq!(summary.weighted_score(), None);
}

pub async fn a_new_movie_sends_no_message(stores: Stores) {
    stores.add_movie("Up").await;

    assert_eq!(stores.take_decoded_messages().await, []);
}

pub async fn two_movies_may_share_a_title_and_lack_external_ids(stores: Stores) {
    let (one, other) = (stores.add_movie("Up").await, stores.add_movie("Up").await);

    assert_ne!(one, other);
}

pub async fn a_movie_with_a_taken_external_id_conflicts(stores: Stores) {
    stores.add(full_movie()).await;

    for (repeated, key) in repeated_ids() {
        let refused = stores.movies.insert(repeated.insert()).await;
        assert_eq!(conflict(refused), key);
    }
}

pub async fn a_refused_movie_leaves_nothing_behind(stores: Stores) {
    stores.add(full_movie()).await;
    let unrelated = movie("Unrelated").genres(&["Rare"]).tmdb(77);

    conflict(stores.movies.insert(unrelated.clone().imdb("tt0034583").insert()).await);

    let all = all_movies(MovieSort::Title);
    assert_eq!(stores.titles(all.clone()).await, ["Casablanca"]);
    assert_eq!(stores.movie_reader.count(all).await.unwrap(), 1);
    assert!(stores.list(movies_like("unrelated")).await.is_empty());
    stores.add(unrelated).await;
}

pub async fn of_20_movies_with_the_same_imdb_id_at_once_one_is_stored(stores: Stores) {
    let calls = (0..20).map(|n| {
        let movies = stores.movies.clone();
        let request = movie(&format!("Movie {n}")).imdb("tt0034583").insert();
        async move { movies.insert(request).await }
    });

    let results = at_once(calls).await;

    let (stored, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(stored.len(), 1);
    for result in refused {
        assert_eq!(conflict(result), UniqueKey::ImdbId);
    }
    assert_eq!(stores.list(all_movies(MovieSort::Title)).await.len(), 1);
}

pub async fn fills_an_empty_store(stores: Stores) {
    let movies = [full_movie().insert(), movie("Up").at(minute(1)).insert()];

    let stored = stores.movies.insert_into_empty(movies.to_vec()).await.unwrap();

    assert_eq!(stored, 2);
    let listed = stores.list(all_movies(MovieSort::Title)).await;
    for (listed, request) in listed.iter().zip(movies) {
        let movie = &listed.details.movie;
        assert_eq!(movie.facts, request.facts);
        assert_eq!((movie.version, movie.created_at), (1, request.at));
        assert_eq!(listed.details.summary.histogram, [0; 10]);
        assert_read_back(&stores, movie).await;
    }
    // A typo is forgiven by what was kept of the words.
    assert_eq!(stores.titles(movies_like("casblanca")).await, ["Casablanca"]);
}

pub async fn fills_an_empty_store_with_very_many_movies(stores: Stores) {
    let movies = (0..1_500).map(|n| full_movie_without_ids(n).insert());

    let stored = stores.movies.insert_into_empty(movies.collect()).await.unwrap();

    assert_eq!(stored, 1_500);
    let all = all_movies(MovieSort::Title);
    assert_eq!(stores.movie_reader.count(all).await.unwrap(), 1_500);
    assert_eq!(stores.titles(movies_like("number 1499")).await[0], "Number 1499");
}

pub async fn leaves_a_store_alone_that_is_not_empty(stores: Stores) {
    stores.add_movie("Up").await;

    let stored = stores.movies.insert_into_empty(vec![full_movie().insert()]).await;

    assert_eq!(stored.unwrap(), 0);
    assert_eq!(stores.titles(all_movies(MovieSort::Title)).await, ["Up"]);
}

pub async fn filling_with_nothing_stores_nothing(stores: Stores) {
    assert_eq!(stores.movies.insert_into_empty(vec![]).await.unwrap(), 0);
}

pub async fn fills_with_all_movies_or_none(stores: Stores) {
    let same_id_twice = vec![movie("Up").insert(), full_movie().insert(), full_movie().insert()];

    let refused = stores.movies.insert_into_empty(same_id_twice).await;

    assert!(refused.is_err());
    assert!(stores.list(all_movies(MovieSort::Title)).await.is_empty());
}

pub async fn of_4_replicas_that_fill_an_empty_store_one_does(stores: Stores) {
    let calls = (0..4).map(|_| {
        let movies = stores.movies.clone();
        let requests = (0..30).map(|n| full_movie_without_ids(n).insert()).collect();
        async move { movies.insert_into_empty(requests).await }
    });

    let mut stored: Vec<_> = at_once(calls).await.into_iter().map(Result::unwrap).collect();

    stored.sort_unstable();
    assert_eq!(stored, [0, 0, 0, 30]);
    assert_eq!(stores.list(all_movies(MovieSort::Title)).await.len(), 30);
}

pub async fn filling_excludes_other_writers_of_movies(stores: Stores) {
    let movies = stores.movies.clone();
    let requests = (0..30).map(|n| full_movie_without_ids(n).insert()).collect();
    let mut calls: Vec<Call<usize>> =
        vec![Box::pin(async move { movies.insert_into_empty(requests).await.unwrap() })];
    for _ in 0..4 {
        let movies = stores.movies.clone();
        calls.push(Box::pin(async move {
            movies.insert(movie("Up").insert()).await.unwrap();
            1
        }));
    }

    let stored: usize = at_once(calls).await.into_iter().sum();

    assert!([4, 34].contains(&stored));
    assert_eq!(stores.list(all_movies(MovieSort::Title)).await.len(), stored);
}

pub async fn finds_nothing_under_an_unknown_id(stores: Stores) {
    let up = stores.add_movie("Up").await;

    for id in [up + 1, 0, -1, i64::MAX, i64::MIN] {
        assert_eq!(stores.movies.find(id).await.unwrap(), None);
    }
}

/// A movie of which everything is known.
pub(super) fn full_movie() -> MovieBuilder {
    full_movie_without_ids(0).imdb("tt0034583").tmdb(289).movielens(912)
}

fn full_movie_without_ids(n: usize) -> MovieBuilder {
    let title = if n == 0 { "Casablanca".to_owned() } else { format!("Number {n}") };
    movie(&title)
        .original_title("Everybody Comes to Rick's")
        .alternative_titles(&["Casa Blanca", "カサブランカ"])
        .language("en")
        .countries(&["US", "MA"])
        .year(1942)
        .runtime(102)
        .genres(&["Drama", "Romance", "War"])
        .directors(&["Michael Curtiz", "Hal B. Wallis"])
        .synopsis("Of all the gin joints in all the towns.\n\nAnd so on.")
}

/// Movies that have one id each in common with [`full_movie`].
pub(super) fn repeated_ids() -> [(MovieBuilder, UniqueKey); 3] {
    [
        (movie("M").imdb("tt0034583").tmdb(1).movielens(1), UniqueKey::ImdbId),
        (movie("M").imdb("tt0000001").tmdb(289).movielens(1), UniqueKey::TmdbId),
        (movie("M").imdb("tt0000001").tmdb(1).movielens(912), UniqueKey::MovieLensId),
    ]
}

/// Both the repository and the reader must tell the same of a movie as the write did.
pub(super) async fn assert_read_back(stores: &Stores, movie: &MovieRecord) {
    let found: Result<_, RepositoryError> = stores.movies.find(movie.id).await;
    assert_eq!(found.unwrap().as_ref(), Some(movie));
    assert_eq!(&stores.details(movie.id).await.movie, movie);
}

/// Declares one test per contract of `MovieRepository`: storing and finding.
#[macro_export]
macro_rules! movie_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { movie_repository, $fresh_stores,
            stores_a_movie_with_nothing_but_a_title_at_version_1,
            stores_every_fact_of_a_movie,
            keeps_times_to_the_microsecond,
            keeps_awkward_texts_as_they_are,
            keeps_many_genres_and_directors_in_their_order,
            keeps_many_titles_and_countries_in_their_order,
            keeps_the_longest_texts_and_greatest_numbers,
            a_new_movie_has_an_empty_summary_at_version_0,
            a_new_movie_sends_no_message,
            two_movies_may_share_a_title_and_lack_external_ids,
            a_movie_with_a_taken_external_id_conflicts,
            a_refused_movie_leaves_nothing_behind,
            of_20_movies_with_the_same_imdb_id_at_once_one_is_stored,
            fills_an_empty_store,
            fills_an_empty_store_with_very_many_movies,
            leaves_a_store_alone_that_is_not_empty,
            filling_with_nothing_stores_nothing,
            fills_with_all_movies_or_none,
            of_4_replicas_that_fill_an_empty_store_one_does,
            filling_excludes_other_writers_of_movies,
            finds_nothing_under_an_unknown_id,
        }
    };
}
