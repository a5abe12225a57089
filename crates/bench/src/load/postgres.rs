use std::pin::pin;
use std::time::Duration;

use anyhow::{Result, ensure};
use indicatif::ProgressBar;
use reelmark_application::ports::MovieRepository;
use reelmark_postgres::{PostgresConfig, PostgresMovieRepository, PostgresStore};
use time::OffsetDateTime;
use tokio::runtime::Handle;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, NoTls};

use super::accounts::PASSWORD_HASH;
use super::facts;
use super::set_aside::SetAside;
use super::tally::Tally;
use crate::dataset::{Dataset, Rating};

/// One transaction stores all movies.
const PATIENCE: Duration = Duration::from_secs(1_200);

/// Each user has one session, whose id is the user's.
const STORE_USERS: &str = "
    INSERT INTO users (id, username, username_key, email, password_hash, role, created_at)
    OVERRIDING SYSTEM VALUE
    SELECT n, 'user' || n, 'user' || n, 'user' || n || '@example.org', $2, 'member', now()
    FROM generate_series(1, $1::bigint) AS n";
const STORE_SESSIONS: &str = "
    INSERT INTO sessions (id, user_id, device, created_at, last_used_at, expires_at)
    OVERRIDING SYSTEM VALUE
    SELECT id, id, 'benchmark', now(), now(), now() + interval '1 day' FROM users";
const ADVANCE_SEQUENCES: &str = "
    SELECT setval(pg_get_serial_sequence('users', 'id'), (SELECT max(id) FROM users)),
        setval(pg_get_serial_sequence('sessions', 'id'), (SELECT max(id) FROM sessions))";

const COPY_RATINGS: &str = "
    COPY ratings (user_id, movie_id, score, created_at, updated_at) FROM STDIN (FORMAT binary)";
const RATING: [Type; 5] =
    [Type::INT8, Type::INT8, Type::INT2, Type::TIMESTAMPTZ, Type::TIMESTAMPTZ];

const STORE_SUMMARIES: &str = "
    UPDATE rating_summaries AS summary
    SET h1 = new.h1, h2 = new.h2, h3 = new.h3, h4 = new.h4, h5 = new.h5, h6 = new.h6,
        h7 = new.h7, h8 = new.h8, h9 = new.h9, h10 = new.h10, trend = new.trend,
        catalogue_mean = $2, version = 1
    FROM unnest(
        $1::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
        $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
        $13::double precision[]
    ) AS new (movie_id, h1, h2, h3, h4, h5, h6, h7, h8, h9, h10, trend)
    WHERE summary.movie_id = new.movie_id";
const STORE_TOTALS: &str = "UPDATE catalogue_totals SET rating_count = $1, rating_sum = $2";

/// Fills a new database. Triggers don't check references that are right by construction.
pub async fn load(url: &str, dataset: &Dataset, progress: &ProgressBar) -> Result<()> {
    store_movies(url, dataset).await?;
    let client = connect(url).await?;
    client.batch_execute("SET session_replication_role = replica").await?;
    store_users(&client, dataset.shape().users).await?;
    let indexes = SetAside::take(&client).await?;
    let mut tally = Tally::new(dataset.shape().movies);
    let counted = dataset.ratings().inspect(|rating| tally.add(rating, at(rating)));
    copy_ratings(&client, counted, progress).await?;
    indexes.put_back(&client).await?;
    store_summaries(&client, &tally).await?;
    client.batch_execute("VACUUM ANALYZE").await?;
    client.batch_execute("CHECKPOINT").await?;
    Ok(())
}

/// Stores ratings by COPY.
pub async fn copy_ratings(
    client: &Client,
    ratings: impl Iterator<Item = Rating>,
    progress: &ProgressBar,
) -> Result<()> {
    let sink = client.copy_in(COPY_RATINGS).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &RATING));
    for rating in ratings {
        let (user, movie) = (i64::from(rating.user), i64::from(rating.movie));
        let (score, at) = (i16::from(rating.score), at(&rating));
        writer.as_mut().write(&[&user, &movie, &score, &at, &at]).await?;
        progress.inc(1);
    }
    writer.finish().await?;
    Ok(())
}

/// A connection that is driven in the background.
pub async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// The service's own adapter stores the movies, so that they are found by whatever it searches.
async fn store_movies(url: &str, dataset: &Dataset) -> Result<()> {
    let config = PostgresConfig { statement_timeout: PATIENCE, ..PostgresConfig::new(url) };
    let store = PostgresStore::connect(&config, Handle::current())?;
    store.migrate().await?;
    let movies = facts::movies(dataset)?;
    PostgresMovieRepository::new(store).insert_into_empty(movies).await?;
    let client = connect(url).await?;
    let moved = "SELECT count(*) FROM movies WHERE id <> movielens_id";
    let moved: i64 = client.query_one(moved, &[]).await?.try_get(0)?;
    ensure!(moved == 0, "{moved} movies have other ids than their numbers");
    Ok(())
}

async fn store_users(client: &Client, users: u32) -> Result<()> {
    client.execute(STORE_USERS, &[&i64::from(users), &PASSWORD_HASH]).await?;
    client.execute(STORE_SESSIONS, &[]).await?;
    client.execute(ADVANCE_SEQUENCES, &[]).await?;
    Ok(())
}

async fn store_summaries(client: &Client, tally: &Tally) -> Result<()> {
    let movies: Vec<i64> = tally.movies().map(|(id, _)| id).collect();
    let buckets: [Vec<i64>; 10] = std::array::from_fn(|bucket| {
        tally.movies().map(|(_, movie)| movie.histogram[bucket]).collect()
    });
    let trends: Vec<f64> = tally.movies().map(|(_, movie)| movie.trend).collect();
    let mean = tally.mean();
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&movies, &mean];
    parameters.extend(buckets.iter().map(|bucket| bucket as &(dyn ToSql + Sync)));
    parameters.push(&trends);
    client.execute(STORE_SUMMARIES, &parameters).await?;
    let (count, sum) = tally.totals();
    client.execute(STORE_TOTALS, &[&count, &sum]).await?;
    Ok(())
}

fn at(rating: &Rating) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH + Duration::from_secs(rating.at.into())
}
