//! Everything out of one instance and into another.

use std::collections::BTreeSet;

use super::folder::{Folder, done};
use super::tiny;
use crate::alone;
use crate::support::scenario::Scenario;
use crate::support::{Launch, Stack};

pub fn scenarios() -> Vec<Scenario> {
    alone![what_is_exported_is_the_same_once_it_is_imported_elsewhere]
}

fn export(launch: &Launch) -> Folder {
    let folder = Folder::new("moved");
    for what in ["movies", "ratings"] {
        let file = folder.file(&format!("{what}.csv"));
        let told = done(launch.run(&["export", what, "--output", &file]));
        assert!(told.contains(" rows are in "), "{told}");
    }
    folder
}

fn rows(folder: &Folder, name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(folder.file(name)).unwrap();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    text.lines().skip(1).map(cells).collect()
}

/// Movies without their ids here, and ratings by what other catalogues call their movies.
fn told(folder: &Folder) -> (BTreeSet<Vec<String>>, BTreeSet<[String; 3]>) {
    let movies = rows(folder, "movies.csv");
    let ratings = rows(folder, "ratings.csv");
    let name = |id: &str| {
        movies.iter().find(|movie| movie[0] == id).map(|movie| movie[3].clone()).unwrap()
    };
    let ratings = ratings.iter().map(|row| [name(&row[1]), row[2].clone(), row[4].clone()]);
    let ratings = ratings.collect();
    (movies.iter().map(|movie| movie[1..].to_vec()).collect(), ratings)
}

fn what_is_exported_is_the_same_once_it_is_imported_elsewhere(stack: Stack) {
    let (here, elsewhere) = (stack.launch(), stack.launch());
    let files = tiny();
    done(here.run(&["import", "movielens", files.path()]));
    let exported = export(&here);
    assert_eq!(rows(&exported, "ratings.csv").len(), 5);

    let told_of = done(elsewhere.run(&["import", "movielens", exported.path()]));

    assert!(told_of.contains("movies.csv: 4 rows: 4 added"), "{told_of}");
    assert!(told_of.contains("ratings.csv: 5 rows: 5 added"), "{told_of}");
    assert_eq!(told(&export(&elsewhere)), told(&exported));
}
