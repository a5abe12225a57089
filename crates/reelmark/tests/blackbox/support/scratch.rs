//! One temporary directory for everything, and a shell that cleans up behind us even when this
//! process is killed.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

const CLEAN_UP: &str = include_str!("scratch.sh");

static SCRATCH: LazyLock<Scratch> = LazyLock::new(Scratch::new);

struct Scratch {
    directory: PathBuf,
    /// Never waited for: it ends after us, when its standard input is closed.
    _cleaner: Child,
}

impl Scratch {
    fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("reelmark-blackbox-").tempdir();
        let directory = directory.expect("there should be room for a directory").keep();
        fs::create_dir(directory.join("running")).expect("the directory should be ours");
        let cleaner = Command::new("sh")
            .args(["-c", CLEAN_UP, "scratch"])
            .arg(&directory)
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let cleaner = cleaner.expect("`sh` should be runnable");
        Self { directory, _cleaner: cleaner }
    }
}

/// Makes a new, empty directory.
pub fn new_directory(kind: &str) -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let directory = SCRATCH.directory.join(format!("{kind}-{number}"));
    fs::create_dir(&directory).expect("the directory should be new");
    directory
}

/// All directories of this kind that were made, whoever made them.
pub fn directories(kind: &str) -> Vec<PathBuf> {
    let prefix = format!("{kind}-");
    let entries = fs::read_dir(&SCRATCH.directory).expect("the directory should be ours");
    let entries = entries.map(|entry| entry.expect("it should be readable"));
    let chosen = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix));
    chosen.map(|entry| entry.path()).collect()
}

/// A process that must not outlive this one.
pub struct Mortal(PathBuf);

impl Mortal {
    /// Has the process killed when this one ends.
    pub fn register(process: u32) -> Self {
        let note = SCRATCH.directory.join("running").join(process.to_string());
        fs::write(&note, "").expect("the directory should be ours");
        Self(note)
    }
}

/// Must come after the process has been waited for, because its id may be given out again.
impl Drop for Mortal {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

fn remove(note: &Path) {
    fs::remove_file(note).expect("the note should still be there");
}
