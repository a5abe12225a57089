use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reelmark_application::ports::{
    MovieRepository, PutOutcome, RatingRepository, RepositoryError, UserRepository,
};
use reelmark_postgres::{
    PostgresConfig, PostgresMovieRepository, PostgresRatingRepository, PostgresStore,
    PostgresUserRepository,
};
use reelmark_testkit::builders::{insert_user, movie, put_rating};
use reelmark_testkit::servers::EphemeralPostgres;
use tokio::task::JoinSet;

use crate::support;

type Outcome = Result<Option<PutOutcome>, RepositoryError>;

/// Users who are ready to rate one movie.
struct Audience {
    ratings: Arc<PostgresRatingRepository>,
    users: Vec<i64>,
    movie: i64,
}

impl Audience {
    async fn of(store: PostgresStore, size: usize) -> Self {
        let users = PostgresUserRepository::new(store.clone());
        let mut ids = vec![];
        for n in 0..size {
            ids.push(users.insert(insert_user(&format!("user-{n}"))).await.unwrap().id);
        }
        let movies = PostgresMovieRepository::new(store.clone());
        let movie = movies.insert(movie("Up").insert()).await.unwrap().id;
        Self { ratings: Arc::new(PostgresRatingRepository::new(store)), users: ids, movie }
    }

    fn rate(&self, score: i16) -> JoinSet<(i64, Outcome)> {
        let mut calls = JoinSet::new();
        for user in self.users.clone() {
            let (ratings, rating) = (self.ratings.clone(), put_rating(user, self.movie, score));
            calls.spawn(async move { (user, ratings.put(rating).await) });
        }
        calls
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ratings_that_come_together_share_transactions() {
    let url = support::migrated_database().await;
    let audience = Audience::of(support::store(&PostgresConfig::new(&url)), 64).await;

    for (_, outcome) in audience.rate(8).join_all().await {
        assert!(outcome.unwrap().is_some());
    }

    let transactions = "SELECT count(DISTINCT xmin::text) FROM ratings";
    let transactions = EphemeralPostgres::shared().query(&url, transactions);
    assert!(transactions.parse::<u32>().unwrap() <= 32, "{transactions} transactions");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_survives_a_crash_and_the_rest_is_told_the_truth() {
    let server = EphemeralPostgres::start_durable();
    let config = PostgresConfig::new(server.create_database());
    let store = support::store(&config);
    store.migrate().await.unwrap();
    let audience = Audience::of(store, 32).await;
    let mut acknowledged: HashMap<i64, i16> = HashMap::new();
    let mut failures = 0;

    for round in 0..20_i16 {
        if round == 10 {
            server.crash();
        } else if round == 12 {
            server.restart();
        }
        let score = round % 10 + 1;
        for (user, outcome) in audience.rate(score).join_all().await {
            match outcome {
                Ok(Some(_)) => drop(acknowledged.insert(user, score)),
                Err(RepositoryError::Unavailable(_)) => failures += 1,
                other => panic!("{other:?}"),
            }
        }
    }

    assert!(failures >= 32, "the crash was not noticed");
    let stored = server.query(&config.url, "SELECT user_id, score FROM ratings");
    let stored: HashMap<i64, i16> = stored
        .lines()
        .map(|line| line.split_once('|').unwrap())
        .map(|(user, score)| (user.parse().unwrap(), score.parse().unwrap()))
        .collect();
    assert_eq!(stored, acknowledged);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_turns_all_who_wait_away_in_time() {
    let server = EphemeralPostgres::start();
    let mut config = PostgresConfig::new(server.create_database());
    config.statement_timeout = Duration::from_millis(500);
    let store = support::store(&config);
    store.migrate().await.unwrap();
    let audience = Audience::of(store, 16).await;
    audience.rate(8).join_all().await;

    server.pause();
    let start = Instant::now();
    for (_, outcome) in audience.rate(9).join_all().await {
        assert!(matches!(outcome, Err(RepositoryError::Unavailable(_))));
    }
    assert!(start.elapsed() < Duration::from_secs(5));

    server.resume();
    for (_, outcome) in audience.rate(10).join_all().await {
        assert!(outcome.unwrap().is_some());
    }
}
