use crate::support::personal;

#[test]
fn entries_are_read_and_what_is_none_is_named() {
    let expected = [
        "TRON: Legacy (2010) tt1104001 20526: 10 on 2014-09-01",
        "upload, entry 2: not_a_movie",
        "[\"}: 8 on 2014-09-01",
        "upload, entry 4, rating: must be between 1 and 10, is 11",
        "upload, entry 5, rated_at: must not lie in the future",
        "upload, entry 6, movie: must not be blank",
        "upload, entry 7, must be an entry as Trakt writes it",
        "upload, entry 8, movie.ids.imdb: must be tt followed by 7 to 10 digits",
    ];
    assert_eq!(personal("trakt/ratings.json"), expected);
}
