use reelmark_application::ports::CatalogueFiles;
use reelmark_files::ForeignCatalogueFiles;

use crate::support::{catalogue, movie, outline, personal};

#[test]
fn the_dump_of_titles_is_read_for_its_movies() {
    let said = outline(ForeignCatalogueFiles.movies(catalogue("imdb/title.basics.tsv")), movie);
    let expected = [
        "Seven Samurai [Shichinin no Samurai] (1954) Action/Drama",
        "Up (2009) Animation/Adventure/Comedy",
        "title.basics.tsv, line 4: not_a_movie",
        "title.basics.tsv, line 5: adult",
        "\"Quoted\" to the end",
        "title.basics.tsv, line 7, must have 9 fields, has 5",
        "title.basics.tsv, line 8, tconst: must be tt followed by 7 to 10 digits",
    ];
    assert_eq!(said, expected);
}

#[test]
fn the_dump_of_ratings_tells_how_well_titles_are_known() {
    let file = catalogue("imdb/title.ratings.tsv");
    let said = outline(ForeignCatalogueFiles.title_ratings(file), |title| {
        format!("{} {} {}", title.title, title.mean_tenths, title.votes)
    });
    let expected = [
        "tt1049413 83 1100000",
        "tt0047478 100 5",
        "title.ratings.tsv, line 4, averageRating: must be a mean from 1.0 to 10.0",
        "title.ratings.tsv, line 5, numVotes: must be between 0 and 4294967295, is -1",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_list_of_today_is_read() {
    let expected = [
        "Amélie / Le fabuleux destin d'Amélie Poulain (2001) tt0211915: 9 on 2024-02-29",
        "upload, line 3: not_a_movie",
        "Oben / Up (2009) tt1049413: 8 on 2024-03-01",
        "upload, line 5: not_rated",
    ];
    assert_eq!(personal("imdb/ratings-2024.csv"), expected);
}

#[test]
fn a_list_of_old_is_read_in_the_encoding_of_its_time() {
    let expected = [
        "warning: upload, line 2, is not in UTF-8, and was read as Windows-1252, as was every such \
         line behind it",
        "Amélie (2001) tt0211915: 9 on 2013-03-05",
        "upload, line 3: not_a_movie",
    ];
    assert_eq!(personal("imdb/ratings-2012.csv"), expected);
}
