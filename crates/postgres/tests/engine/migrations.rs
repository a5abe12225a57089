use reelmark_application::ports::{MovieReader, MovieRepository, RepositoryError};
use reelmark_postgres::{
    PostgresConfig, PostgresMovieReader, PostgresMovieRepository, PostgresStore,
};
use reelmark_testkit::builders::{MovieBuilder, movie, movies_like};
use reelmark_testkit::servers::EphemeralPostgres;

use crate::support;

fn empty_store() -> (String, PostgresStore) {
    let url = EphemeralPostgres::shared().create_database();
    let store = support::store(&PostgresConfig::new(&url));
    (url, store)
}

fn alien() -> MovieBuilder {
    movie("Alien").original_title("異形").alternative_titles(&["Star Beast, The"])
}

fn query(url: &str, sql: &str) -> String {
    EphemeralPostgres::shared().query(url, sql)
}

#[tokio::test(flavor = "multi_thread")]
async fn three_migrators_at_once_all_succeed() {
    let (url, store) = empty_store();

    let (one, two, three) = tokio::join!(store.migrate(), store.migrate(), store.migrate());

    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    let runs = query(&url, "SELECT count(*) FROM refinery_schema_history");
    let versions = query(&url, "SELECT max(version) FROM refinery_schema_history");
    assert_eq!(runs, versions, "each migration ran once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schema_that_is_up_to_date_stays_as_it_is() {
    let (url, store) = empty_store();
    store.migrate().await.unwrap();
    query(&url, "UPDATE catalogue_totals SET rating_count = 7");

    store.migrate().await.unwrap();

    assert_eq!(query(&url, "SELECT rating_count FROM catalogue_totals"), "7");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_of_a_newer_release_is_left_alone() {
    let (url, store) = empty_store();
    store.migrate().await.unwrap();
    let newer = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) \
                 VALUES (9999, 'newer', '2026-01-01T00:00:00Z', '1')";
    query(&url, newer);

    assert!(store.migrate().await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_was_edited_after_its_release_is_refused() {
    let (url, store) = empty_store();
    store.migrate().await.unwrap();
    query(&url, "UPDATE refinery_schema_history SET checksum = '1'");

    let refused = store.migrate().await;

    assert!(matches!(refused, Err(RepositoryError::Corrupt(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn movies_of_an_older_release_are_found_once_the_schema_is_up_to_date() {
    let (url, store) = empty_store();
    store.migrate().await.unwrap();
    let movies = PostgresMovieRepository::new(store.clone());
    let stored = movies.insert(alien().insert()).await.unwrap();
    let reader = PostgresMovieReader::new(store.clone());
    let index = "SELECT string_agg(word, ',' ORDER BY word) \
                 || (SELECT string_agg(title_key, ',' ORDER BY title_key) FROM movie_title_keys) \
                 || (SELECT other_keys FROM movies) FROM movie_words";
    let (indexed, forget) = (query(&url, index), "DELETE FROM movie_words");
    let older =
        "DELETE FROM movie_title_keys; UPDATE movies SET search_version = 0, other_keys = ''";
    query(&url, &format!("{forget}; {older}"));
    assert_eq!(reader.list(movies_like("alien")).await.unwrap().len(), 0);

    store.migrate().await.unwrap();

    for text in ["alein", "beast star"] {
        let found = reader.list(movies_like(text)).await.unwrap();
        assert_eq!(found[0].details.movie, stored, "{text}");
    }
    assert_eq!(query(&url, index), indexed);
}

#[tokio::test(flavor = "multi_thread")]
async fn migrating_waits_longer_than_a_statement_may_take() {
    let url = EphemeralPostgres::shared().create_database();
    let mut config = PostgresConfig::new(&url);
    config.statement_timeout = std::time::Duration::from_millis(1);

    assert!(support::store(&config).migrate().await.is_ok());
}
