//! The contracts of `MovieReader`: filters and counts.

use reelmark_application::ports::{MovieDetailsRecord, MovieFilter, MovieSort, RatedFilter};
use reelmark_domain::search_key;

use super::Stores;
use super::movie_reader::{SORTS, assert_pages_hold_all, fill, ids};
use crate::builders::{all_movies, movie, movies_like};

pub async fn lists_the_movies_of_one_genre(stores: Stores) {
    let drama = ["Drama", "War", "Film-Noir"];
    stores.add(movie("All three").genres(&drama)).await;
    stores.add(movie("Drama alone").genres(&["drama"])).await;
    stores.add(movie("Melodrama").genres(&["Melodrama"])).await;
    stores.add_movie("None").await;

    for (key, expected) in [
        ("drama", &["All three", "Drama alone"][..]),
        ("film noir", &["All three"]),
        ("melodrama", &["Melodrama"]),
        ("western", &[]),
        ("%", &[]),
    ] {
        let of_genre = MovieFilter { genre_keys: vec![key.into()], ..all_movies(MovieSort::Title) };
        assert_eq!(stores.titles(of_genre).await, expected);
    }
}

pub async fn lists_the_movies_of_some_years(stores: Stores) {
    for year in [1941, 1942, 1943, 1944] {
        stores.add(movie(&year.to_string()).year(year)).await;
    }

    for (from, to, expected) in [
        (Some(1942), Some(1943), &["1942", "1943"][..]),
        (Some(1943), None, &["1943", "1944"]),
        (None, Some(1942), &["1941", "1942"]),
        (Some(1944), Some(1941), &[]),
        (Some(i32::MAX), None, &[]),
        (None, Some(i32::MIN), &[]),
    ] {
        let of_years = MovieFilter { year_from: from, year_to: to, ..all_movies(MovieSort::Title) };
        assert_eq!(stores.titles(of_years).await, expected);
    }
}

pub async fn a_movie_without_a_year_is_of_no_year(stores: Stores) {
    stores.add_movie("Up").await;

    for (from, to) in [(Some(0), None), (None, Some(2_100)), (Some(-1), Some(2_100))] {
        let of_years =
            MovieFilter { year_from: from, year_to: to, ..all_movies(MovieSort::ReleaseYear) };
        assert_eq!(stores.titles(of_years.clone()).await, [""; 0]);
        assert_eq!(stores.movie_reader.count(of_years).await.unwrap(), 0);
    }
}

pub async fn lists_movies_with_enough_ratings(stores: Stores) {
    for (title, scores) in [("None", &[][..]), ("One", &[8]), ("Two", &[8, 8])] {
        let id = stores.add_movie(title).await;
        stores.count_in(id, scores).await;
    }

    for (min_ratings, expected) in [(0, 3), (1, 2), (2, 1), (3, 0)] {
        let rated = MovieFilter { min_ratings, ..all_movies(MovieSort::RatingCount) };
        assert_eq!(stores.titles(rated).await, ["Two", "One", "None"][..expected]);
    }
}

pub async fn filters_combine_and_the_count_agrees(stores: Stores) {
    fill(&stores).await;
    let all = stores.list(all_movies(MovieSort::Title)).await;

    for (n, filter) in combinations().into_iter().enumerate() {
        let sort = SORTS[n % SORTS.len()];
        let filter = MovieFilter { sort, ..filter };
        let mut listed = ids(&stores.list(filter.clone()).await);
        let passing = all.iter().filter(|it| passes(&filter, &it.details));
        let mut expected: Vec<_> = passing.map(|it| it.details.movie.id).collect();
        listed.sort_unstable();
        expected.sort_unstable();
        assert_eq!(listed, expected, "{filter:?}");
        let count = stores.movie_reader.count(filter.clone()).await.unwrap();
        assert_eq!(count, expected.len() as u64, "{filter:?}");
    }
}

pub async fn the_count_says_nothing_of_pages(stores: Stores) {
    fill(&stores).await;
    for sort in SORTS {
        let third = stores.list(all_movies(sort)).await[2].position.clone();
        let page = MovieFilter { after: Some(third), limit: 2, min_ratings: 1, ..all_movies(sort) };
        let rated = MovieFilter { min_ratings: 1, ..all_movies(sort) };
        let expected = stores.list(rated).await.len() as u64;
        assert_eq!(stores.movie_reader.count(page).await.unwrap(), expected);
    }
}

pub async fn pages_of_a_filtered_list_hold_every_movie_once(stores: Stores) {
    fill(&stores).await;
    for sort in SORTS {
        let filter = MovieFilter {
            genre_keys: vec!["drama".into()],
            year_to: Some(2_000),
            ..all_movies(sort)
        };
        assert_pages_hold_all(&stores, filter).await;
        let filter = MovieFilter { min_ratings: 1, ..all_movies(sort) };
        assert_pages_hold_all(&stores, filter).await;
    }
}

pub async fn filters_hold_for_searches_too(stores: Stores) {
    stores.add(movie("Alien").genres(&["Horror"]).year(1979)).await;
    let second = movie("Aliens").genres(&["Action", "Horror"]).year(1986);
    let second = stores.add(second).await;
    stores.add(movie("Alien 3").genres(&["Horror"]).year(1992)).await;
    stores.count_in(second, &[9]).await;
    let search = || movies_like("alien");
    let genre_keys = vec!["action".to_owned()];

    for filter in [
        MovieFilter { genre_keys, ..search() },
        MovieFilter { year_from: Some(1980), year_to: Some(1990), ..search() },
        MovieFilter { min_ratings: 1, ..search() },
    ] {
        assert_eq!(stores.titles(filter.clone()).await, ["Aliens"]);
        assert_eq!(stores.movie_reader.count(filter).await.unwrap(), 1);
    }
}

pub async fn lists_the_movies_that_have_every_genre(stores: Stores) {
    stores.add(movie("All three").genres(&["Drama", "War", "Film-Noir"])).await;
    stores.add(movie("Two").genres(&["War", "Drama"])).await;
    stores.add(movie("Drama alone").genres(&["Drama"])).await;

    for (keys, expected) in [
        (&["drama", "war"][..], &["All three", "Two"][..]),
        (&["film noir", "drama", "war"], &["All three"]),
        (&["war", "war"], &["All three", "Two"]),
        (&["drama", "western"], &[]),
    ] {
        let genre_keys = keys.iter().map(|key| (*key).to_owned()).collect();
        let filter = MovieFilter { genre_keys, ..all_movies(MovieSort::Title) };
        assert_eq!(stores.titles(filter).await, expected);
    }
}

pub async fn lists_the_movies_of_some_lengths(stores: Stores) {
    for minutes in [89, 90, 120, 121] {
        stores.add(movie(&format!("{minutes:03}")).runtime(minutes)).await;
    }
    stores.add_movie("Unknown").await;

    for (runtime_from, runtime_to, expected) in [
        (Some(90), Some(120), &["090", "120"][..]),
        (Some(120), None, &["120", "121"]),
        (None, Some(90), &["089", "090"]),
        (Some(121), Some(89), &[]),
    ] {
        let filter = MovieFilter { runtime_from, runtime_to, ..all_movies(MovieSort::Title) };
        assert_eq!(stores.titles(filter).await, expected);
    }
}

pub async fn lists_the_movies_of_a_language_and_a_country(stores: Stores) {
    stores.add(movie("Both").language("fr").countries(&["BE", "FR"])).await;
    stores.add(movie("Canadian").language("fr").countries(&["CA"])).await;
    stores.add(movie("English").language("en").countries(&["FR"])).await;
    stores.add_movie("Unknown").await;

    for (language, country, expected) in [
        (Some("fr"), None, &["Both", "Canadian"][..]),
        (None, Some("FR"), &["Both", "English"]),
        (Some("fr"), Some("FR"), &["Both"]),
        (Some("ja"), None, &[]),
        (None, Some("%"), &[]),
    ] {
        let (language, country) = (language.map(str::to_owned), country.map(str::to_owned));
        let filter = MovieFilter { language, country, ..all_movies(MovieSort::Title) };
        assert_eq!(stores.titles(filter).await, expected);
    }
}

pub async fn lists_what_somebody_has_rated_or_has_not(stores: Stores) {
    let users = stores.add_users(2).await;
    let ids = stores.add_movies(4).await;
    stores.rate(users[0], ids[1], 7).await;
    stores.rate(users[0], ids[3], 7).await;
    stores.rate(users[1], ids[0], 7).await;

    for sort in SORTS {
        for (user_id, has_rated, expected) in [
            (users[0], true, vec![ids[1], ids[3]]),
            (users[0], false, vec![ids[0], ids[2]]),
            (users[1], true, vec![ids[0]]),
            (users[1] + 1, true, vec![]),
            (users[1] + 1, false, ids.clone()),
        ] {
            let rated = Some(RatedFilter { user_id, has_rated });
            for base in [all_movies(sort), movies_like("movie")] {
                let filter = MovieFilter { rated, ..base };
                let mut listed = super::movie_reader::ids(&stores.list(filter.clone()).await);
                listed.sort_unstable();
                assert_eq!(listed, expected, "{filter:?}");
                let count = stores.movie_reader.count(filter).await.unwrap();
                assert_eq!(count, expected.len() as u64);
            }
        }
    }
}

/// Filters by genre, years and number of ratings, and by the other facts, in all combinations.
fn combinations() -> Vec<MovieFilter> {
    let mut filters = of_other_facts();
    for genre in [None, Some("drama"), Some("war"), Some("film noir"), Some("western")] {
        for (year_from, year_to) in
            [(None, None), (Some(1942), None), (None, Some(1942)), (Some(1900), Some(2000))]
        {
            for min_ratings in [0, 1, 3] {
                filters.push(MovieFilter {
                    genre_keys: genre.map(str::to_owned).into_iter().collect(),
                    year_from,
                    year_to,
                    min_ratings,
                    ..all_movies(MovieSort::Title)
                });
            }
        }
    }
    filters
}

fn of_other_facts() -> Vec<MovieFilter> {
    let mut filters = Vec::new();
    for genres in [&[][..], &["drama", "war"], &["drama", "film noir", "war"]] {
        for (runtime_from, runtime_to) in [(None, None), (Some(90), Some(100)), (Some(101), None)] {
            for (language, country) in
                [(Some("fr"), None), (None, Some("FR")), (Some("en"), Some("FR"))]
            {
                filters.push(MovieFilter {
                    genre_keys: genres.iter().map(|key| (*key).to_owned()).collect(),
                    runtime_from,
                    runtime_to,
                    language: language.map(str::to_owned),
                    country: country.map(str::to_owned),
                    ..all_movies(MovieSort::Title)
                });
            }
        }
    }
    filters
}

fn passes(filter: &MovieFilter, details: &MovieDetailsRecord) -> bool {
    let facts = &details.movie.facts;
    let of_genre = |key: &String| facts.genres.iter().any(|genre| search_key(genre) == *key);
    let from = |year: i32| facts.release_year.is_some_and(|it| it >= year);
    let to = |year: i32| facts.release_year.is_some_and(|it| it <= year);
    filter.genre_keys.iter().all(of_genre)
        && filter.year_from.is_none_or(from)
        && filter.year_to.is_none_or(to)
        && filter.runtime_from.is_none_or(|least| facts.runtime_minutes >= Some(least))
        && filter.runtime_to.is_none_or(|most| facts.runtime_minutes.is_some_and(|it| it <= most))
        && (filter.language.is_none() || facts.original_language == filter.language)
        && filter.country.as_ref().is_none_or(|code| facts.countries.contains(code))
        && details.summary.histogram.iter().sum::<i64>() >= filter.min_ratings
}

/// Declares one test per contract of `MovieReader`: filters and counts.
#[macro_export]
macro_rules! movie_reader_filters_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { movie_reader_filters, $fresh_stores,
            lists_the_movies_of_one_genre,
            lists_the_movies_that_have_every_genre,
            lists_the_movies_of_some_lengths,
            lists_the_movies_of_a_language_and_a_country,
            lists_what_somebody_has_rated_or_has_not,
            lists_the_movies_of_some_years,
            a_movie_without_a_year_is_of_no_year,
            lists_movies_with_enough_ratings,
            filters_combine_and_the_count_agrees,
            the_count_says_nothing_of_pages,
            pages_of_a_filtered_list_hold_every_movie_once,
            filters_hold_for_searches_too,
        }
    };
}
