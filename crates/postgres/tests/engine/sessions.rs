use std::error::Error;

use reelmark_application::ports::{InsertUser, RepositoryError, UserReader, UserRepository};
use reelmark_postgres::{PostgresConfig, PostgresUserReader, PostgresUserRepository};
use reelmark_testkit::builders::insert_user;
use reelmark_testkit::servers::EphemeralPostgres;

use crate::support;

fn query(url: &str, sql: &str) -> String {
    EphemeralPostgres::shared().query(url, sql)
}

/// What a setting is while this crate writes to the database.
async fn setting_of_a_session(url: &str, name: &str) -> String {
    let record = format!(
        "CREATE TABLE seen (setting text);
         CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN INSERT INTO seen SELECT current_setting('{name}'); RETURN NEW; END $$;
         CREATE TRIGGER see BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION see();"
    );
    query(url, &record);
    let users = PostgresUserRepository::new(support::store(&PostgresConfig::new(url)));
    users.insert(insert_user("ann")).await.unwrap();
    query(url, "SELECT setting FROM seen")
}

#[tokio::test(flavor = "multi_thread")]
async fn commits_are_durable_even_where_the_default_is_that_they_are_not() {
    let url = support::migrated_database().await;
    let database = url.rsplit('/').next().unwrap();
    let careless = format!("ALTER DATABASE {database} SET synchronous_commit = off");
    query(&url, &careless);

    let setting = setting_of_a_session(&url, "synchronous_commit").await;

    assert_eq!(setting, "on");
}

#[tokio::test(flavor = "multi_thread")]
async fn transactions_see_what_was_committed_even_where_the_default_is_stricter() {
    let url = support::migrated_database().await;
    let database = url.rsplit('/').next().unwrap();
    let strict = "default_transaction_isolation = 'serializable'";
    query(&url, &format!("ALTER DATABASE {database} SET {strict}"));

    let setting = setting_of_a_session(&url, "transaction_isolation").await;

    assert_eq!(setting, "read committed");
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_can_be_told_by_their_name() {
    let url = support::migrated_database().await;

    let setting = setting_of_a_session(&url, "application_name").await;

    assert_eq!(setting, "reelmark");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_is_prepared_again_when_the_schema_changed_under_it() {
    let url = support::migrated_database().await;
    let mut config = PostgresConfig::new(&url);
    config.max_connections = 1;
    let store = support::store(&config);
    let users = PostgresUserRepository::new(store.clone());
    let reader = PostgresUserReader::new(store);
    let ann = users.insert(insert_user("ann")).await.unwrap();
    reader.find(ann.id).await.unwrap();

    query(&url, "ALTER TABLE users ALTER username TYPE varchar(40)");

    assert_eq!(reader.find(ann.id).await.unwrap(), Some(ann));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_row_is_not_quoted_to_the_log() {
    let url = support::migrated_database().await;
    let users = PostgresUserRepository::new(support::store(&PostgresConfig::new(&url)));
    let emperor = InsertUser { role: "emperor".into(), ..insert_user("ann") };
    let (email, hash) = (emperor.email.clone(), emperor.password_hash.clone());

    let refused = users.insert(emperor).await.unwrap_err();

    assert!(matches!(refused, RepositoryError::Corrupt(_)));
    let logged = format!("{refused:?} {}", refused.source().unwrap());
    assert!(logged.contains("users_role_check"), "{logged}");
    assert!(!logged.contains(&email) && !logged.contains(&hash), "{logged}");
}
