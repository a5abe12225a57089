use reelmark_application::ports::{CatalogueFiles, ImportItem, StarterCatalogue};
use reelmark_files::{EmbeddedStarterCatalogue, ForeignCatalogueFiles};

use crate::support::{in_memory, movie, outline};

fn read(text: &str) -> Vec<String> {
    outline(ForeignCatalogueFiles.movies(in_memory("mine.csv", text.into())), movie)
}

#[test]
fn a_list_of_titles_is_enough() {
    assert_eq!(read("Title\nUp\n"), ["Up"]);
    let said =
        read("Year,title,Genres,Directors\n2009,Up,Animation|Comedy,Pete Docter\n1700,X,,\n");
    let year = "mine.csv, line 3, Year: must be between 1870 and 2036, is 1700";
    assert_eq!(said, ["Up (2009) Animation/Comedy", year]);
}

#[test]
fn a_column_that_is_there_twice_is_named() {
    assert_eq!(
        read("title,year,Year\nUp,2009,2010\n"),
        ["mine.csv: the column year is there twice"]
    );
}

#[test]
fn the_starter_catalogue_can_be_read_too() {
    let bytes = include_str!("../../data/starter-movies-cc0.csv");
    let rows = ForeignCatalogueFiles.movies(in_memory("mine.csv", bytes.into())).unwrap();
    let read = rows.map(|item| match item.unwrap() {
        ImportItem::Row(row) => row.value.facts,
        other => panic!("{other:?}"),
    });
    assert_eq!(read.collect::<Vec<_>>(), EmbeddedStarterCatalogue.movies().unwrap());
}

#[test]
fn a_row_is_named_by_its_line_whatever_lies_before_it() {
    for end in ["\n", "\r\n"] {
        let text = ["title,year", "", "", "Up,x", "\"Two\nlines\",2009", "Down,y", "", "Off,z"];
        let said = read(&text.join(end));
        let wrong = |line| {
            format!("mine.csv, line {line}, year: must be a whole number of at most 64 bits")
        };
        assert_eq!(said, [wrong(4), "Two lines (2009)".into(), wrong(7), wrong(9)], "{end:?}");
    }
}
