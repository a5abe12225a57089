use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deadpool_postgres::{GenericClient, Object};
use tokio::time::timeout;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Error as DriverError, Row};

use crate::error::Failure;

/// The values of a statement's `$1`, `$2` …
pub(crate) type Parameters<'a> = &'a [&'a (dyn ToSql + Sync)];

/// One connection, borrowed from the pool.
///
/// The server ends statements that take too long, but a server that hangs or can't be reached ends
/// nothing. So each statement is also timed here, and a connection that did not answer in time is
/// closed instead of going back to the pool.
pub(crate) struct Session {
    /// `None` while it is dropped, and at no other time.
    client: Option<Object>,
    watch: Watch,
}

/// A transaction, rolled back unless it is committed.
pub(crate) struct Transaction<'a> {
    inner: deadpool_postgres::Transaction<'a>,
    watch: &'a Watch,
}

struct Watch {
    patience: Duration,
    is_spoilt: AtomicBool,
}

impl Session {
    pub(crate) fn new(client: Object, patience: Duration) -> Self {
        Self { client: Some(client), watch: Watch { patience, is_spoilt: AtomicBool::new(false) } }
    }

    /// The rows that a statement returns. It is prepared once per connection, so its text must be
    /// constant.
    pub(crate) async fn query(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<Vec<Row>, Failure> {
        let client = self.client()?;
        let first = self.watch.over(query(client, sql, parameters)).await;
        if !first.as_ref().is_err_and(Failure::is_stale_statement) {
            return first;
        }
        client.statement_cache.clear();
        self.watch.over(query(client, sql, parameters)).await
    }

    /// The row that a statement returns, if any.
    pub(crate) async fn query_opt(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<Option<Row>, Failure> {
        Ok(self.query(sql, parameters).await?.pop())
    }

    /// The row that a statement always returns.
    pub(crate) async fn query_one(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<Row, Failure> {
        let row = self.query_opt(sql, parameters).await?;
        row.ok_or(Failure::NoRow)
    }

    /// The rows that a statement returns. It is planned anew for these parameters, which pays when
    /// they decide what the best plan is, and not kept.
    pub(crate) async fn query_planned_anew(
        &self,
        sql: &str,
        parameters: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<Vec<Row>, Failure> {
        let rows = self.client()?.query_typed(sql, parameters);
        self.watch.over(rows).await
    }

    /// Starts a transaction.
    pub(crate) async fn begin(&mut self) -> Result<Transaction<'_>, Failure> {
        let Self { client, watch } = self;
        let client = client.as_mut().ok_or(Failure::TimedOut)?;
        let inner = watch.over(client.transaction()).await?;
        Ok(Transaction { inner, watch })
    }

    fn client(&self) -> Result<&Object, Failure> {
        self.client.as_ref().ok_or(Failure::TimedOut)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if *self.watch.is_spoilt.get_mut() {
            drop(self.client.take().map(Object::take));
        }
    }
}

impl Transaction<'_> {
    /// The rows that a statement with a constant text returns.
    pub(crate) async fn query(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<Vec<Row>, Failure> {
        let rows = self.watch.over(query(&self.inner, sql, parameters)).await;
        if rows.as_ref().is_err_and(Failure::is_stale_statement) {
            self.inner.statement_cache.clear();
        }
        rows
    }

    /// The row that a statement returns, if any.
    pub(crate) async fn query_opt(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<Option<Row>, Failure> {
        Ok(self.query(sql, parameters).await?.pop())
    }

    /// The row that a statement always returns.
    pub(crate) async fn query_one(
        &self,
        sql: &'static str,
        parameters: Parameters<'_>,
    ) -> Result<Row, Failure> {
        let row = self.query_opt(sql, parameters).await?;
        row.ok_or(Failure::NoRow)
    }

    /// The rows that a statement returns. It is planned anew for the tables as they are, which pays
    /// when they grow by leaps.
    pub(crate) async fn query_planned_anew(
        &self,
        sql: &'static str,
        parameters: &[(&(dyn ToSql + Sync), Type)],
    ) -> Result<Vec<Row>, Failure> {
        self.watch.over(self.inner.query_typed(sql, parameters)).await
    }

    /// Sends rows by `COPY … FROM STDIN (FORMAT binary)`; `columns` puts the values of one beside
    /// each other.
    pub(crate) async fn copy<'r, R>(
        &self,
        sql: &'static str,
        types: &[Type],
        rows: &'r [R],
        columns: impl Fn(&'r R, &mut Vec<&'r (dyn ToSql + Sync)>),
    ) -> Result<(), Failure> {
        let copied = async {
            let sink = self.inner.copy_in(sql).await?;
            let mut writer = pin!(BinaryCopyInWriter::new(sink, types));
            let mut row = Vec::with_capacity(types.len());
            for values in rows {
                row.clear();
                columns(values, &mut row);
                writer.as_mut().write(&row).await?;
            }
            writer.finish().await
        };
        self.watch.over(copied).await.map(drop)
    }

    /// Returns once the commit is durable.
    pub(crate) async fn commit(self) -> Result<(), Failure> {
        self.watch.over(self.inner.commit()).await
    }
}

impl Watch {
    async fn over<T>(
        &self,
        answer: impl Future<Output = Result<T, DriverError>>,
    ) -> Result<T, Failure> {
        let answered = timeout(self.patience, answer).await;
        let result = answered.map_or(Err(Failure::TimedOut), |answer| Ok(answer?));
        if result.as_ref().is_err_and(Failure::spoils_connection) {
            self.is_spoilt.store(true, Ordering::Relaxed);
        }
        result
    }
}

/// Runs a whole transaction again when it was ended over a deadlock.
///
/// Whoever removes a movie or a user locks it before its ratings; a batch of ratings locks those it
/// replaces before the movies and users of the new ones. The two may wait for each other, and
/// either of them may be the one that is ended. The server would look into it after a second, for
/// which all batches would be held up; so whoever removes waits for less than that for a lock, lets
/// the batch pass and begins anew.
pub(crate) async fn again_after_deadlock<T, F>(
    transaction: impl Fn() -> F + Send,
) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Failure>> + Send,
{
    for _ in 0..10 {
        match transaction().await {
            Err(failure) if failure.is_deadlock() => {}
            outcome => return outcome,
        }
    }
    transaction().await
}

async fn query(
    client: &impl GenericClient,
    sql: &str,
    parameters: Parameters<'_>,
) -> Result<Vec<Row>, DriverError> {
    let statement = client.prepare_cached(sql).await?;
    client.query(&statement, parameters).await
}
