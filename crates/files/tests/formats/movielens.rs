use reelmark_application::ports::CatalogueFiles;
use reelmark_files::ForeignCatalogueFiles;

use crate::support::{catalogue, movie, outline, personal};

#[test]
fn movies_are_read_with_all_their_traps() {
    let said = outline(ForeignCatalogueFiles.movies(catalogue("movielens/movies.csv")), movie);
    let expected = [
        "#1 Toy Story (1995) Adventure/Animation/Children/Comedy/Fantasy",
        "#2 The City of Lost Children [La Cité des enfants perdus] (1995) \
         Adventure/Drama/Fantasy/Mystery/Sci-Fi",
        "#3 Le Fabuleux destin d'Amélie Poulain (2001) Comedy/Romance",
        "#4 Seven [Se7en] (1995) Mystery/Thriller",
        "#5 \"Great Performances\" Cats (1998) Musical",
        "#6 Babylon 5 Sci-Fi",
        "#7 Up (2009)",
        "#8 Toy Story 2 (1999) Animation",
        "#9 Fast & Furious (2009) Action",
        "#10 Emma (1996) Romance",
        "#11 Emma (1996) Drama",
        "#12 L'Enfer (1994) Drama",
        "#13 七人の侍 (1954) Action",
        "#14 (500) Days of Summer (2009) Comedy",
        "movies.csv, line 16, title: must not be blank",
        "movies.csv, line 17, movieId: must be a whole number of at most 64 bits",
        "movies.csv, line 18, must have 3 fields, has 4",
        "#18 Last (2020) Drama",
    ];
    assert_eq!(said, expected);
}

#[test]
fn ratings_are_read_and_what_is_none_is_named() {
    let files = ForeignCatalogueFiles;
    let said = outline(files.ratings(catalogue("movielens/ratings.csv")), |rating| {
        let at = rating.rated_at.get().unix_timestamp();
        format!("{} {} {} {at}", rating.rater, rating.movie, rating.score.get())
    });
    let no_stars = "rating: must be stars from 0.5 to 5 in steps of 0.5";
    let expected = [
        "1 1 8 964982703".into(),
        "1 3 1 964981247".into(),
        "2 1 10 1445714835".into(),
        format!("ratings.csv, line 5, {no_stars}"),
        format!("ratings.csv, line 6, {no_stars}"),
        "ratings.csv, line 7, timestamp: must not lie in the future".into(),
        format!("ratings.csv, line 8, {no_stars}"),
        "ratings.csv, line 9, userId: must be a whole number of at most 64 bits".into(),
        "ratings.csv, line 10, movieId: must be between 1 and 2147483647, is 4294967296".into(),
        "3 14 9 1445714835".into(),
    ];
    assert_eq!(said, expected);
}

#[test]
fn links_lack_letters_zeros_and_now_and_then_a_number() {
    let said = outline(ForeignCatalogueFiles.links(catalogue("movielens/links.csv")), |link| {
        let imdb = link.imdb.as_ref().map_or("-", |id| id.as_str());
        format!("{} {imdb} {}", link.movie.get(), link.tmdb.map_or(0, |id| id.get()))
    });
    let expected = [
        "1 tt0114709 862",
        "2 tt0112682 0",
        "3 tt0211915 0",
        "4 - 807",
        "links.csv, line 6, imdbId: must be tt followed by 7 to 10 digits",
        "links.csv, line 7, tmdbId: must be between 1 and 2147483647, is 2147483648",
    ];
    assert_eq!(said, expected);
}

#[test]
fn what_movielens_hands_out_to_its_users_is_read() {
    let expected = ["Toy Story (1995) tt0114709 862: 9", "upload, line 3: not_rated"];
    assert_eq!(personal("movielens/personal.csv"), expected);
}
