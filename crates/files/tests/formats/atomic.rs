use reelmark_application::ports::CatalogueFiles;
use reelmark_files::ForeignCatalogueFiles;

use crate::support::{catalogue, movie, outline};

#[test]
fn ratings_are_whole_stars() {
    let said = outline(ForeignCatalogueFiles.ratings(catalogue("atomic/small.inter")), |rating| {
        let at = rating.rated_at.get().unix_timestamp();
        format!("{} {} {} {at}", rating.rater, rating.movie, rating.score.get())
    });
    let expected = [
        "196 242 6 881250949",
        "186 302 10 891717742",
        "small.inter, line 4, rating:float: must be stars from 0.5 to 5 in steps of 0.5",
    ];
    assert_eq!(said, expected);
}

#[test]
fn items_have_numbers_of_their_own_and_genres_between_blanks() {
    let files = ForeignCatalogueFiles;
    let said = outline(files.movies(catalogue("atomic/small.item")), |item| {
        assert_eq!(item.facts.external_ids.movielens, None);
        movie(item)
    });
    let expected = [
        "#1 Toy Story (1995) Animation/Children's/Comedy",
        "#12 The Usual Suspects (1995) Crime/Thriller",
        "#26 Seven [Se7en] Crime",
        "warning: small.item, line 5, release_year:token: must be a whole number of at most 64 bits",
        "#1412 Land Before Time III (1995) Animation/Children's",
    ];
    assert_eq!(said, expected);
}
