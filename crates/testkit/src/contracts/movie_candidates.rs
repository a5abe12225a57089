//! The contracts of `MovieReader`: the movies that one of a file may be.

use reelmark_application::ports::{
    CANDIDATE_QUERIES, CANDIDATES_OF_KEY, CandidateQuery, MovieCandidateRecord,
};
use reelmark_domain::TitleKey;

use super::Stores;
use super::movie_repository::full_movie;
use crate::builders::movie;

const NONE: [i64; 0] = [];

pub async fn says_all_that_it_takes_to_tell_whether_a_candidate_is_the_one(stores: Stores) {
    let id = stores.add(full_movie()).await;
    stores.add(movie("Up").year(1942)).await;

    let found = candidates(&stores, vec![titled("Casablanca", 1942)]).await;

    let titles = ["Casablanca", "Everybody Comes to Rick's", "Casa Blanca", "カサブランカ"];
    let expected = MovieCandidateRecord {
        id,
        titles: titles.map(str::to_owned).to_vec(),
        release_year: Some(1942),
        imdb_id: Some("tt0034583".into()),
        tmdb_id: Some(289),
        movielens_id: Some(912),
    };
    assert_eq!(found, [expected]);
}

pub async fn any_title_leads_to_a_movie_however_it_is_spelled(stores: Stores) {
    let matrix = movie("Matrix, The").original_title("Матрица").year(1999);
    let id = stores.add(matrix.alternative_titles(&["Me & Neo", "8½"])).await;
    stores.add(movie("Matrix Reloaded").year(1999)).await;

    for spelling in ["THE MATRIX", "The  Matrix!", "матрица", "Me and Neo", "8 1/2"] {
        assert_eq!(ids(&stores, vec![titled(spelling, 1999)]).await, [id], "{spelling}");
    }
    for other in ["Matrix", "Matrix Re", "Neo", ""] {
        assert_eq!(ids(&stores, vec![titled(other, 1999)]).await, NONE, "{other}");
    }
}

pub async fn the_year_may_be_one_off(stores: Stores) {
    let mut of_years = Vec::new();
    for year in [1997, 1998, 1999, 2000, 2001] {
        of_years.push(stores.add(movie("Up").year(year)).await);
    }
    stores.add_movie("Up").await;

    assert_eq!(ids(&stores, vec![titled("Up", 1999)]).await, of_years[1..4]);
    let without_year = CandidateQuery { year: None, ..titled("Up", 1999) };
    assert_eq!(ids(&stores, vec![without_year]).await, NONE);
    for year in [i32::MIN, i32::MAX, 0] {
        assert_eq!(ids(&stores, vec![titled("Up", year)]).await, NONE);
    }
}

pub async fn an_external_id_leads_to_a_movie_whatever_its_title_and_year(stores: Stores) {
    let id = stores.add(full_movie()).await;
    stores.add(movie("Up").imdb("tt1049413").tmdb(14_160).movielens(68_954)).await;
    let none = CandidateQuery::default();

    for query in [
        CandidateQuery { imdb: Some("tt0034583".into()), ..none.clone() },
        CandidateQuery { tmdb: Some(289), ..none.clone() },
        CandidateQuery { movielens: Some(912), ..titled("Heat", 1995) },
    ] {
        assert_eq!(ids(&stores, vec![query]).await, [id]);
    }
    let of_others = CandidateQuery { imdb: Some("289".into()), tmdb: Some(912), ..none.clone() };
    assert_eq!(ids(&stores, vec![of_others, none]).await, NONE);
    assert_eq!(ids(&stores, vec![]).await, NONE);
}

pub async fn each_candidate_is_there_once_and_by_id(stores: Stores) {
    let mut all = Vec::new();
    for n in 0..CANDIDATE_QUERIES {
        let number = i64::try_from(n + 1).unwrap();
        all.push(stores.add(movie(&format!("Movie {n}")).year(2000).tmdb(number)).await);
    }
    let queries = (0..CANDIDATE_QUERIES).rev().map(|n| CandidateQuery {
        tmdb: i64::try_from(n + 1).ok(),
        ..titled(&format!("Movie {}", n / 2), 2000)
    });

    assert_eq!(ids(&stores, queries.collect()).await, all);
}

pub async fn of_a_title_that_very_many_share_some_are_candidates(stores: Stores) {
    let mut all = Vec::new();
    for _ in 0..CANDIDATES_OF_KEY + 5 {
        all.push(stores.add(movie("Home").year(2010)).await);
    }

    let found = ids(&stores, vec![titled("Home", 2009), titled("home!", 2011)]).await;

    assert_eq!(found, all[..CANDIDATES_OF_KEY]);
}

pub async fn an_edited_movie_is_a_candidate_by_its_new_titles_alone(stores: Stores) {
    let old = movie("Alien").alternative_titles(&["Star Beast"]).year(1979);
    let id = stores.add(old).await;

    let new = movie("Zodiac").alternative_titles(&["The Cipher"]).year(1979);
    stores.movies.update(new.update(id, 1)).await.unwrap().unwrap();

    for gone in ["Alien", "Star Beast"] {
        assert_eq!(ids(&stores, vec![titled(gone, 1979)]).await, NONE);
    }
    for found in ["Zodiac", "Cipher, The"] {
        assert_eq!(ids(&stores, vec![titled(found, 1979)]).await, [id]);
    }
    stores.movies.remove(id, crate::builders::NOON).await.unwrap();
    assert_eq!(ids(&stores, vec![titled("Zodiac", 1979)]).await, NONE);
}

pub async fn a_title_of_the_longest_letters_can_be_stored_and_found(stores: Stores) {
    let title = "\u{FDFA}".repeat(200);
    let id = stores.add(movie(&title).year(2000)).await;

    assert_eq!(ids(&stores, vec![titled(&title, 2000)]).await, [id]);
}

fn titled(title: &str, year: i32) -> CandidateQuery {
    let title_keys = vec![TitleKey::of(title).as_str().to_owned()];
    CandidateQuery { title_keys, year: Some(year), ..CandidateQuery::default() }
}

async fn candidates(stores: &Stores, wanted: Vec<CandidateQuery>) -> Vec<MovieCandidateRecord> {
    stores.movie_reader.list_candidates(wanted).await.unwrap()
}

async fn ids(stores: &Stores, wanted: Vec<CandidateQuery>) -> Vec<i64> {
    candidates(stores, wanted).await.into_iter().map(|candidate| candidate.id).collect()
}

/// Declares one test per contract of `MovieReader`: candidates.
#[macro_export]
macro_rules! movie_candidates_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { movie_candidates, $fresh_stores,
            says_all_that_it_takes_to_tell_whether_a_candidate_is_the_one,
            any_title_leads_to_a_movie_however_it_is_spelled,
            the_year_may_be_one_off,
            an_external_id_leads_to_a_movie_whatever_its_title_and_year,
            each_candidate_is_there_once_and_by_id,
            of_a_title_that_very_many_share_some_are_candidates,
            an_edited_movie_is_a_candidate_by_its_new_titles_alone,
            a_title_of_the_longest_letters_can_be_stored_and_found,
        }
    };
}
