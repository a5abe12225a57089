use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::ProgressBar;
use reelmark_application::ports::{CatalogueFile, Clock, ImportRows};
use reelmark_files::SteadyFile;
use reelmark_memory::SystemClock;

use crate::failure::{Failure, OrFail};

/// A file to read, and how far it is read.
pub struct Source {
    pub name: String,
    pub path: PathBuf,
    /// Counts the bytes that were read; never shown.
    bytes: ProgressBar,
    rows: Arc<AtomicU64>,
}

impl Source {
    /// Opens a file.
    pub fn open(path: PathBuf) -> Result<(Self, CatalogueFile), Failure> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = SteadyFile::open(&path);
        let file = file.or_fail(format!("could not open {}", path.display()))?;
        let bytes = ProgressBar::hidden();
        bytes.set_length(file.length());
        let content: Box<dyn Read + Send> = Box::new(bytes.wrap_read(file));
        let file = CatalogueFile { name: name.clone(), content, now: SystemClock.now() };
        Ok((Self { name, path, bytes, rows: Arc::default() }, file))
    }

    /// Counts the rows that are read.
    pub fn counted<T: 'static>(&self, rows: ImportRows<T>) -> ImportRows<T> {
        let read = Arc::clone(&self.rows);
        Box::new(rows.inspect(move |_| {
            read.fetch_add(1, Ordering::Relaxed);
        }))
    }

    /// Which share of the file so many of its rows are. It is read ahead of what is stored, so its
    /// rows up to here tell how long one is.
    pub fn share(&self, rows: u64) -> f64 {
        let read = self.rows.load(Ordering::Relaxed).max(1);
        let whole = self.bytes.length().unwrap_or(0).max(1);
        let share = self.bytes.position() as f64 / whole as f64;
        (rows as f64 / read as f64 * share).min(1.0)
    }

    /// Tells this state of the file from any other.
    pub fn fingerprint(&self) -> Result<String, Failure> {
        let print = SteadyFile::fingerprint(&self.path);
        print.or_fail(format!("could not read {}", self.path.display()))
    }
}

/// The file of a folder that has one of these names, packed or not, or ends like one with a star in
/// front.
pub fn find(folder: &Path, names: &[&str]) -> Result<Option<PathBuf>, Failure> {
    let failed = || format!("could not look into {}", folder.display());
    let mut found = Vec::new();
    for entry in folder.read_dir().or_fail(failed())? {
        let entry = entry.or_fail(failed())?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if names.iter().any(|wanted| fits(&name, wanted)) {
            found.push(entry.path());
        }
    }
    found.sort();
    match found.len() {
        0 | 1 => Ok(found.pop()),
        _ => Err(Failure::new(format!(
            "{} has several files of one kind: {}",
            folder.display(),
            found.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
        ))),
    }
}

/// The same, when it has to be there.
pub fn find_needed(folder: &Path, names: &[&str]) -> Result<PathBuf, Failure> {
    find(folder, names)?.ok_or_else(|| {
        Failure::new(format!("{} has no {}", folder.display(), names.join(" and no ")))
    })
}

fn fits(name: &str, wanted: &str) -> bool {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    match wanted.strip_prefix('*') {
        Some(ending) => name.ends_with(ending),
        None => name == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reelmark_application::ports::ImportFileError;

    #[test]
    fn files_are_known_by_name_packed_or_not() {
        assert!(fits("movies.csv", "movies.csv") && fits("movies.csv.gz", "movies.csv"));
        assert!(fits("ml-100k.item", "*.item") && !fits("ml-100k.items", "*.item"));
        assert!(!fits("old-movies.csv", "movies.csv"));
    }

    #[test]
    fn the_share_that_is_stored_is_told_from_the_rows_that_were_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ratings.csv");
        std::fs::write(&path, [b'1'; 1_000]).unwrap();
        let (source, mut file) = Source::open(path).unwrap();
        assert_eq!(source.share(0), 0.0);
        file.content.read_exact(&mut [0; 500]).unwrap();
        let rows: ImportRows<()> = Box::new((0..10).map(|_| {
            let fault = reelmark_application::ports::FileFault::Truncated;
            Err(ImportFileError { file: "".into(), position: None, fault })
        }));
        assert_eq!(source.counted(rows).count(), 10);
        assert_eq!((source.share(5), source.share(10)), (0.25, 0.5));
    }

    #[test]
    fn two_files_of_one_kind_are_no_choice_to_make() {
        let folder = tempfile::tempdir().unwrap();
        assert!(find_needed(folder.path(), &["movies.csv", "*.item"]).is_err());
        std::fs::write(folder.path().join("movies.csv"), "").unwrap();
        assert!(find_needed(folder.path(), &["movies.csv", "*.item"]).is_ok());
        std::fs::write(folder.path().join("movies.csv.gz"), "").unwrap();
        let error = find(folder.path(), &["movies.csv"]).unwrap_err().to_string();
        assert!(error.contains("movies.csv.gz"), "{error}");
    }
}
