//! The contracts of `ReportReader`.

use reelmark_application::ports::{
    ActiveRaterRecord, ComparedRatingRecord, MovieNumbersRecord, PutRating, RatingSpan,
    ReportedMovieRecord, TallyRecord, UserNumbersRecord,
};
use reelmark_domain::Visibility;
use time::OffsetDateTime;
use time::macros::datetime;

use super::Stores;
use crate::builders::{movie, put_rating};

const ALWAYS: RatingSpan = RatingSpan { from: None, to: None };
const NEW_YEAR: OffsetDateTime = datetime!(2026-01-01 0:00 UTC);

pub async fn nothing_is_known_of_what_is_not_there(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let reader = &stores.report_reader;
    assert_eq!(reader.movie(up + 1, ALWAYS).await.unwrap(), None);
    assert_eq!(reader.user("ada".into(), ALWAYS).await.unwrap(), None);
}

pub async fn an_empty_catalogue_has_empty_numbers(stores: Stores) {
    let numbers = stores.report_reader.catalogue(ALWAYS).await.unwrap();
    assert_eq!((numbers.movies, numbers.users, numbers.reviews, numbers.unrated), (0, 0, 0, 0));
    assert_eq!((numbers.histogram, numbers.by_day), ([0; 10], vec![]));
    assert_eq!((numbers.top_rated, numbers.most_active), (vec![], vec![]));
}

pub async fn an_unrated_movie_has_empty_numbers(stores: Stores) {
    let up = stores.add(movie("Up").year(2009)).await;
    let expected = MovieNumbersRecord {
        movie: named(up, "Up", Some(2009)),
        histogram: [0; 10],
        catalogue: (0, 0),
        by_month: vec![],
    };
    assert_eq!(of_movie(&stores, up, ALWAYS).await, expected);
}

pub async fn counts_a_movies_ratings_by_score_and_month(stores: Stores) {
    let (up, other) = (stores.add_movie("Up").await, stores.add_movie("M").await);
    let users = stores.add_users(4).await;
    let times = [
        (datetime!(2025-12-31 23:59:59.999999 UTC), 3),
        (NEW_YEAR, 8),
        (datetime!(2026-01-31 12:00 UTC), 9),
        (datetime!(2026-03-01 12:00 UTC), 8),
    ];
    for (user, (at, score)) in users.iter().zip(times) {
        rate_at(&stores, (*user, up), score, at).await;
        rate_at(&stores, (*user, other), 1, at).await;
    }
    stores.drain().await;

    let numbers = of_movie(&stores, up, ALWAYS).await;

    assert_eq!(numbers.histogram, [0, 0, 1, 0, 0, 0, 0, 2, 1, 0]);
    let months = [tally("2025-12", 1, 3), tally("2026-01", 2, 17), tally("2026-03", 1, 8)];
    assert_eq!(numbers.by_month, months);
    assert_eq!(numbers.catalogue, (8, 32));
}

pub async fn a_span_begins_with_its_first_moment_and_ends_before_its_last(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let users = stores.add_users(3).await;
    let last = datetime!(2026-02-01 0:00 UTC);
    let moment = time::Duration::microseconds(1);
    for (user, at) in users.iter().zip([NEW_YEAR - moment, NEW_YEAR, last]) {
        rate_at(&stores, (*user, up), 8, at).await;
    }

    let cases = [
        (RatingSpan { from: Some(NEW_YEAR), to: Some(last) }, 1),
        (RatingSpan { from: None, to: Some(last) }, 2),
        (RatingSpan { from: Some(NEW_YEAR), to: None }, 2),
        (RatingSpan { from: Some(NEW_YEAR), to: Some(NEW_YEAR) }, 0),
    ];
    for (span, expected) in cases {
        let of_movie = of_movie(&stores, up, span).await;
        assert_eq!(of_movie.histogram[7], expected, "{span:?}");
        assert_eq!(of_movie.by_month.iter().map(|t| t.count).sum::<i64>(), expected, "{span:?}");
        let by_day = stores.report_reader.catalogue(span).await.unwrap().by_day;
        assert_eq!(by_day.iter().map(|t| t.count).sum::<i64>(), expected, "{span:?}");
    }
    let of_user = of_user(&stores, "user-1", RatingSpan { from: Some(last), to: None }).await;
    assert_eq!((of_user.histogram, of_user.by_day), ([0; 10], vec![]));
}

pub async fn counts_a_users_ratings_by_genre_decade_and_day(stores: Stores) {
    let (ada, bob) = (stores.add_user("Ada").await, stores.add_user("bob").await);
    let stalker = stores.add(movie("Stalker").year(1979).genres(&["Drama", "Sci-Fi"])).await;
    let mirror = stores.add(movie("Mirror").year(1975).genres(&["Drama"])).await;
    let casablanca = stores.add(movie("Casablanca").year(1942).genres(&["Romance"])).await;
    let untold = stores.add_movie("Untold").await;
    let later = datetime!(2026-01-02 1:00 UTC);
    rate_at(&stores, (ada, stalker), 9, NEW_YEAR).await;
    rate_at(&stores, (ada, mirror), 8, NEW_YEAR).await;
    rate_at(&stores, (ada, casablanca), 6, later).await;
    rate_at(&stores, (ada, untold), 2, later).await;
    rate_at(&stores, (bob, stalker), 1, NEW_YEAR).await;

    let numbers = of_user(&stores, "ada", ALWAYS).await;

    assert_eq!(numbers.username, "Ada");
    assert_eq!(numbers.histogram, [0, 1, 0, 0, 0, 1, 0, 1, 1, 0]);
    let genres = [tally("Drama", 2, 17), tally("Romance", 1, 6), tally("Sci-Fi", 1, 9)];
    assert_eq!(numbers.by_genre, genres);
    let unknown = TallyRecord { key: None, count: 1, sum: 2 };
    assert_eq!(numbers.by_decade, [tally("1940", 1, 6), tally("1970", 2, 17), unknown]);
    assert_eq!(numbers.by_day, [tally("2026-01-01", 2, 17), tally("2026-01-02", 2, 8)]);
}

pub async fn names_the_movies_somebody_rated_highest_in_each_year(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let movies = stores.add_movies(8).await;
    let before = datetime!(2025-06-01 0:00 UTC);
    rate_at(&stores, (ada, movies[0]), 4, before).await;
    let scores = [7, 9, 7, 10, 1, 9, 7];
    for (movie, score) in movies[1..].iter().zip(scores) {
        rate_at(&stores, (ada, *movie), score, NEW_YEAR).await;
    }
    let later = datetime!(2026-05-01 0:00 UTC);
    rate_at(&stores, (ada, movies[6]), 9, later).await;

    let best = of_user(&stores, "ada", ALWAYS).await.years_best;

    let best: Vec<_> = best.iter().map(|b| (b.year, b.movie.id, b.score)).collect();
    let [first, second, fourth] = [movies[0], movies[4], movies[6]];
    let expected = [
        (2025, first, 4),
        (2026, second, 10),
        (2026, fourth, 9),
        (2026, movies[2], 9),
        (2026, movies[1], 7),
        (2026, movies[3], 7),
    ];
    assert_eq!(best, expected);
}

pub async fn compares_scores_with_those_of_five_others_or_more(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let crowd = stores.add_users(6).await;
    let movies = stores.add_movies(5).await;
    // Ada's score, and those of the others: generous twice, stingy once, alone, and of one mind.
    let cases: [(i16, &[i16]); 5] = [
        (9, &[5, 5, 5, 5, 5]),
        (10, &[5, 5, 5, 5, 6, 6]),
        (2, &[8, 8, 8, 8, 9]),
        (10, &[1, 1, 1, 1]),
        (7, &[7, 7, 7, 7, 7]),
    ];
    for (movie, (own, others)) in movies.iter().zip(cases) {
        stores.rate(ada, *movie, own).await;
        for (user, score) in crowd.iter().zip(others) {
            stores.rate(*user, *movie, *score).await;
        }
    }
    stores.drain().await;

    let UserNumbersRecord { most_generous, least_generous, .. } =
        of_user(&stores, "ada", ALWAYS).await;

    let compared = |n: usize, score, others_count, others_sum| ComparedRatingRecord {
        movie: named(movies[n], &format!("Movie {n}"), None),
        score,
        others_count,
        others_sum,
    };
    assert_eq!(most_generous, [compared(1, 10, 6, 32), compared(0, 9, 5, 25)]);
    assert_eq!(least_generous, [compared(2, 2, 5, 41)]);
}

pub async fn adds_the_catalogue_up(stores: Stores) {
    let users = stores.add_users(3).await;
    let movies = stores.add_movies(13).await;
    let review = Some("Slow.".to_owned());
    let reviewed = PutRating { review, at: NEW_YEAR, ..put_rating(users[0], movies[0], 8) };
    stores.put(reviewed).await;
    rate_at(&stores, (users[1], movies[0]), 9, NEW_YEAR).await;
    rate_at(&stores, (users[1], movies[1]), 2, datetime!(2026-01-03 0:00 UTC)).await;
    stores.drain().await;

    let numbers = stores.report_reader.catalogue(ALWAYS).await.unwrap();

    assert_eq!((numbers.movies, numbers.users, numbers.reviews), (13, 3, 1));
    assert_eq!(numbers.histogram, [0, 1, 0, 0, 0, 0, 0, 1, 1, 0]);
    assert_eq!(numbers.by_day, [tally("2026-01-01", 2, 17), tally("2026-01-03", 1, 2)]);
    assert_eq!(numbers.unrated, 11);
    let sample: Vec<_> = numbers.unrated_sample.iter().map(|movie| movie.id).collect();
    let newest: Vec<_> = movies[3..].iter().rev().copied().collect();
    assert_eq!(sample, newest);
}

pub async fn ranks_movies_by_weighted_score_and_by_division(stores: Stores) {
    let movies = stores.add_movies(4).await;
    let twenty = |low, high| [[low; 10], [high; 10]].concat();
    stores.count_in(movies[0], &twenty(6, 8)).await;
    stores.count_in(movies[1], &twenty(1, 10)).await;
    stores.count_in(movies[2], &[1; 19]).await;
    stores.count_in(movies[3], &twenty(6, 8)).await;

    let numbers = stores.report_reader.catalogue(ALWAYS).await.unwrap();

    let ids = |ranked: &[reelmark_application::ports::RankedMovieRecord]| -> Vec<i64> {
        ranked.iter().map(|ranked| ranked.movie.id).collect()
    };
    assert_eq!(ids(&numbers.most_divisive), [movies[1], movies[0], movies[3]]);
    assert_eq!(numbers.most_divisive[0].histogram, [10, 0, 0, 0, 0, 0, 0, 0, 0, 10]);
    assert_eq!(numbers.top_rated.len(), 4);
    assert_eq!(ids(&numbers.top_rated).last(), Some(&movies[2]));
    assert!(numbers.top_rated.iter().all(|ranked| ranked.catalogue_mean.is_some()));
}

pub async fn names_the_most_active_unless_they_are_private(stores: Stores) {
    let users = stores.add_users(3).await;
    let movies = stores.add_movies(3).await;
    for (n, user) in users.iter().enumerate() {
        for movie in &movies[n..] {
            stores.rate(*user, *movie, 7).await;
        }
    }
    stores.set_visibility(users[1], Visibility::Private).await;

    let active = stores.report_reader.catalogue(ALWAYS).await.unwrap().most_active;

    let expected = [(Some("user-0"), 3), (None, 2), (Some("user-2"), 1)].map(|(name, count)| {
        ActiveRaterRecord { username: name.map(str::to_owned), count, sum: 7 * count }
    });
    assert_eq!(active, expected);
}

async fn rate_at(stores: &Stores, (user, movie): (i64, i64), score: i16, at: OffsetDateTime) {
    stores.put(PutRating { at, ..put_rating(user, movie, score) }).await;
}

async fn of_movie(stores: &Stores, id: i64, span: RatingSpan) -> MovieNumbersRecord {
    stores.report_reader.movie(id, span).await.unwrap().unwrap()
}

async fn of_user(stores: &Stores, key: &str, span: RatingSpan) -> UserNumbersRecord {
    stores.report_reader.user(key.to_owned(), span).await.unwrap().unwrap()
}

fn tally(key: &str, count: i64, sum: i64) -> TallyRecord {
    TallyRecord { key: Some(key.to_owned()), count, sum }
}

fn named(id: i64, title: &str, release_year: Option<i32>) -> ReportedMovieRecord {
    ReportedMovieRecord { id, title: title.to_owned(), release_year }
}

/// Declares one test per contract of `ReportReader`.
#[macro_export]
macro_rules! report_reader_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { report_reader, $fresh_stores,
            nothing_is_known_of_what_is_not_there,
            an_empty_catalogue_has_empty_numbers,
            an_unrated_movie_has_empty_numbers,
            counts_a_movies_ratings_by_score_and_month,
            a_span_begins_with_its_first_moment_and_ends_before_its_last,
            counts_a_users_ratings_by_genre_decade_and_day,
            names_the_movies_somebody_rated_highest_in_each_year,
            compares_scores_with_those_of_five_others_or_more,
            adds_the_catalogue_up,
            ranks_movies_by_weighted_score_and_by_division,
            names_the_most_active_unless_they_are_private,
        }
    };
}
