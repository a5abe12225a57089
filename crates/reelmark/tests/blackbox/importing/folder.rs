//! Made-up files, and what commands said about them.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::process::Ended;
use crate::support::scratch::new_directory;

pub const TINY_MOVIES: &str = "movieId,title,genres\r
1,Toy Story (1995),Animation|Comedy\r
2,\"City of Lost Children, The (Cité des enfants perdus, La) (1995)\",Fantasy\r
3,Emma (1996),(no genres listed)\r
4,Emma (1996),Drama|Romance";

pub const TINY_LINKS: &str = "movieId,imdbId,tmdbId\n1,0114709,862\n2,0112682,902\n3,,\n";

pub const TINY_RATINGS: &str = "userId,movieId,rating,timestamp
1,1,4.0,964982703
1,2,4.0,964982704
2,1,5.0,964982705
2,2,5.0,964982706
2,4,0.5,964982707";

/// A folder with files to import.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// An empty one whose name ends like this.
    pub fn new(name: &str) -> Self {
        let path = new_directory("files").join(name);
        fs::create_dir(&path).unwrap();
        Self { path }
    }

    /// Writes a file, in place of one of the same name.
    pub fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.path.join(name), content).unwrap();
        self
    }

    /// Takes a file away.
    pub fn without(self, name: &str) -> Self {
        fs::remove_file(self.path.join(name)).unwrap();
        self
    }

    pub fn path(&self) -> &str {
        self.path.to_str().unwrap()
    }

    pub fn file(&self, name: &str) -> String {
        self.path.join(name).to_str().unwrap().to_owned()
    }
}

pub fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// What a command printed that did what it was told.
#[track_caller]
pub fn done(ended: Ended) -> String {
    assert!(ended.succeeded, "{}{}", ended.stdout, ended.stderr);
    ended.stdout
}

/// What a command printed that did not, and why.
#[track_caller]
pub fn refused(ended: Ended) -> (String, String) {
    assert!(!ended.succeeded, "{}{}", ended.stdout, ended.stderr);
    (ended.stdout, ended.stderr)
}
