//! What the unit tests share: a new file, and what SQLite thinks of a statement.

use rusqlite::{Connection, StatementStatus};
use tempfile::TempDir;

use crate::connection::open_reader;
use crate::migrations;

/// A connection to an empty store.
pub(crate) struct EmptyStore {
    pub(crate) connection: Connection,
    _folder: TempDir,
}

impl EmptyStore {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reelmark.db");
        migrations::prepare(&path).unwrap();
        Self { connection: open_reader(&path).unwrap(), _folder: folder }
    }

    /// The steps of the plan for a statement, without those inside its subqueries.
    pub(crate) fn plan(&self, statement: &str) -> Vec<String> {
        let explain = format!("EXPLAIN QUERY PLAN {statement}");
        let mut statement = self.connection.prepare(&explain).unwrap();
        let steps = statement.raw_query().mapped(|row| {
            let (parent, step): (i64, String) = (row.get("parent")?, row.get("detail")?);
            Ok((parent == 0).then_some(step))
        });
        steps.filter_map(|step| step.unwrap()).collect()
    }

    /// The tables that a statement reads from end to end, in its subqueries too; what these return
    /// is no table, and neither is a list in JSON.
    pub(crate) fn scans(&self, statement: &str) -> Vec<String> {
        let explain = format!("EXPLAIN QUERY PLAN {statement}");
        let mut statement = self.connection.prepare(&explain).unwrap();
        let steps = statement.raw_query().mapped(|row| row.get("detail"));
        let steps = steps.map(|step: rusqlite::Result<String>| step.unwrap());
        let others = ["CONSTANT ROW", "subquery", "VIRTUAL TABLE"];
        let is_table = |step: &str| !others.iter().any(|other| step.contains(other));
        steps.filter(|step| step.starts_with("SCAN ") && is_table(step)).collect()
    }

    /// How often SQLite planned a statement anew since it was first prepared.
    pub(crate) fn replans(&self, statement: &str) -> i32 {
        let statement = self.connection.prepare_cached(statement).unwrap();
        statement.get_status(StatementStatus::RePrepare)
    }
}

/// Whether a plan follows an index from a place in it, and sorts nothing.
pub(crate) fn follows_index(plan: &[String], entry: &str) -> bool {
    let is_sort = |step: &String| step.contains("ORDER BY") && !step.contains("(ORDER BY)");
    plan.first().is_some_and(|step| step.ends_with(entry)) && !plan.iter().any(is_sort)
}
