use std::path::PathBuf;
use std::sync::mpsc as std_mpsc;

use rusqlite::params;
use tempfile::NamedTempFile;
use tokio::time::timeout;

use super::*;
use crate::connection::open_writer;

const SOON: Duration = Duration::from_millis(50);

/// A writer on a file with one table, whose numbers can't be negative or repeated.
struct Desk {
    file: NamedTempFile,
    writer: Arc<Writer>,
}

type Answer<T> = tokio::task::JoinHandle<std::result::Result<T, RepositoryError>>;

impl Desk {
    fn new() -> Self {
        Self::with_queue(QUEUE)
    }

    fn with_queue(capacity: usize) -> Self {
        let file = NamedTempFile::new().unwrap();
        let connection = open_writer(file.path()).unwrap();
        let table = "CREATE TABLE t (n INTEGER PRIMARY KEY CHECK (n >= 0));
             CREATE TABLE child (n INTEGER REFERENCES t (n) DEFERRABLE INITIALLY DEFERRED);";
        connection.execute_batch(table).unwrap();
        let writer = Arc::new(Writer::with_queue(connection, capacity).unwrap());
        Self { file, writer }
    }

    fn submit<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let writer = self.writer.clone();
        tokio::spawn(async move { Ok(writer.run(work).await?) })
    }

    /// Keeps the thread busy until told, or until what is returned is dropped.
    async fn hold(&self) -> (std_mpsc::Sender<()>, Answer<()>) {
        let (let_go, told) = std_mpsc::channel();
        let (started, mut has_started) = mpsc::unbounded_channel();
        let answer = self.submit(move |_| {
            let _ = started.send(());
            let _ = told.recv();
            Ok(())
        });
        has_started.recv().await.unwrap();
        (let_go, answer)
    }

    /// What another connection sees.
    fn numbers(&self) -> Vec<i64> {
        let reader = Connection::open(self.file.path()).unwrap();
        let mut statement = reader.prepare("SELECT n FROM t ORDER BY n").unwrap();
        let numbers = statement.query_map([], |row| row.get(0)).unwrap();
        numbers.map(|n| n.unwrap()).collect()
    }
}

fn insert(n: i64) -> impl Fn(&Connection) -> Result<()> + Send + 'static {
    move |connection| {
        connection.execute("INSERT INTO t (n) VALUES (?1)", params![n])?;
        Ok(())
    }
}

fn write_ahead_log(file: &NamedTempFile) -> PathBuf {
    let mut path = file.path().as_os_str().to_owned();
    path.push("-wal");
    path.into()
}

/// Lets tasks that were just spawned reach the queue.
async fn settle() {
    tokio::time::sleep(SOON).await;
}

#[tokio::test]
async fn a_failing_write_leaves_its_neighbours_alone() {
    let desk = Desk::new();
    let (let_go, _held) = desk.hold().await;
    let before = desk.submit(insert(1));
    let failing = desk.submit(|connection| {
        insert(2)(connection)?;
        insert(-2)(connection)
    });
    let after = desk.submit(insert(3));
    settle().await;
    let_go.send(()).unwrap();

    assert!(before.await.unwrap().is_ok());
    assert!(matches!(failing.await.unwrap(), Err(RepositoryError::Corrupt(_))));
    assert!(after.await.unwrap().is_ok());
    assert_eq!(desk.numbers(), [1, 3]);
}

#[tokio::test]
async fn a_panicking_write_fails_alone_and_the_thread_lives_on() {
    let desk = Desk::new();
    let (let_go, _held) = desk.hold().await;
    let before = desk.submit(insert(1));
    let panicking = desk.submit::<()>(|connection| {
        insert(2)(connection)?;
        panic!("on purpose");
    });
    settle().await;
    let_go.send(()).unwrap();

    assert!(before.await.unwrap().is_ok());
    assert!(matches!(panicking.await.unwrap(), Err(RepositoryError::Corrupt(_))));
    assert!(desk.submit(insert(3)).await.unwrap().is_ok());
    assert_eq!(desk.numbers(), [1, 3]);
}

#[tokio::test]
async fn an_answer_comes_only_after_the_commit() {
    let desk = Desk::new();
    let (let_go, _held) = desk.hold().await;
    let mut first = desk.submit(insert(1));
    settle().await;
    let (finish, told) = std_mpsc::channel::<()>();
    let last = desk.submit(move |_| {
        let _ = told.recv();
        Ok(())
    });
    settle().await;
    let_go.send(()).unwrap();

    // Both are in one batch now. The first is through, but not committed.
    assert!(timeout(SOON, &mut first).await.is_err());
    assert_eq!(desk.numbers(), [0; 0]);
    finish.send(()).unwrap();
    assert!(first.await.unwrap().is_ok());
    assert_eq!(desk.numbers(), [1]);
    assert!(last.await.unwrap().is_ok());
}

#[tokio::test]
async fn a_failed_commit_fails_every_write_of_its_batch() {
    let desk = Desk::new();
    let (let_go, held) = desk.hold().await;
    let first = desk.submit(insert(1));
    let breaking = desk.submit(|connection| {
        // A deferred reference to nothing shows up at the commit.
        connection.execute("INSERT INTO child (n) VALUES (99)", [])?;
        Ok(())
    });
    let refused = desk.submit(insert(-1));
    settle().await;
    let_go.send(()).unwrap();

    assert!(held.await.unwrap().is_ok());
    for answer in [first, breaking, refused] {
        assert!(matches!(answer.await.unwrap(), Err(RepositoryError::Unavailable(_))));
    }
    assert!(desk.submit(insert(2)).await.unwrap().is_ok());
    assert_eq!(desk.numbers(), [2]);
}

#[tokio::test]
async fn a_transaction_lost_on_the_way_fails_every_write_of_its_batch() {
    let desk = Desk::new();
    let (let_go, _held) = desk.hold().await;
    let before = desk.submit(insert(1));
    let losing = desk.submit::<()>(|connection| {
        // This is what SQLite does by itself when the disk is full.
        connection.execute_batch("ROLLBACK")?;
        insert(-1)(connection)
    });
    let after = desk.submit(insert(3));
    settle().await;
    let_go.send(()).unwrap();

    for answer in [before, losing, after] {
        assert!(matches!(answer.await.unwrap(), Err(RepositoryError::Unavailable(_))));
    }
    assert!(desk.submit(insert(4)).await.unwrap().is_ok());
    assert_eq!(desk.numbers(), [4]);
}

#[tokio::test]
async fn a_write_that_finds_the_queue_full_is_turned_away_soon() {
    let desk = Desk::with_queue(1);
    let (let_go, _held) = desk.hold().await;
    let queued = desk.submit(insert(1));
    settle().await;

    let turned_away = timeout(PATIENCE * 5, desk.submit(insert(2))).await;

    let turned_away = turned_away.expect("should not wait for the thread").unwrap();
    assert!(matches!(turned_away, Err(RepositoryError::Unavailable(_))));
    let_go.send(()).unwrap();
    assert!(queued.await.unwrap().is_ok());
    assert_eq!(desk.numbers(), [1]);
}

#[tokio::test]
async fn dropping_the_writer_finishes_what_is_queued() {
    let desk = Desk::new();
    let (let_go, held) = desk.hold().await;
    let abandoned = desk.submit(insert(1));
    settle().await;
    abandoned.abort();
    held.abort();
    settle().await;
    let_go.send(()).unwrap();

    let Desk { file, writer } = desk;
    drop(Arc::into_inner(writer).expect("nobody else should hold the writer"));

    assert!(!write_ahead_log(&file).exists());
    let reader = Connection::open(file.path()).unwrap();
    let count = reader.query_row("SELECT count(*) FROM t", [], |row| row.get(0));
    assert_eq!(count, Ok(1));
}

#[tokio::test]
async fn writes_that_gather_share_transactions() {
    let desk = Desk::new();
    let (let_go, _held) = desk.hold().await;
    let answers: Vec<_> = (0..100).map(|n| desk.submit(insert(n))).collect();
    settle().await;
    let log = write_ahead_log(&desk.file);
    let before = std::fs::metadata(&log).unwrap().len();
    let_go.send(()).unwrap();
    for answer in answers {
        assert!(answer.await.unwrap().is_ok());
    }
    // All hundred rows fit one page, so one transaction logs one page where a hundred transactions
    // would log a hundred.
    let pages = (std::fs::metadata(&log).unwrap().len() - before) / 4096;
    assert!(pages < 10, "{pages} pages were logged");
}
