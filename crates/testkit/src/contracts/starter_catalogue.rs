//! The contracts of `StarterCatalogue`.

use std::collections::HashSet;
use std::sync::Arc;

use reelmark_application::ports::StarterCatalogue;
use reelmark_domain::{MovieFacts, search_key};

/// What every contract is given.
type Catalogue = Arc<dyn StarterCatalogue>;

pub async fn holds_at_least_1000_movies(catalogue: Catalogue) {
    let count = movies(&catalogue).len();
    assert!(count >= 1_000, "it holds {count}");
}

pub async fn every_movie_has_a_year_and_a_searchable_title(catalogue: Catalogue) {
    for movie in movies(&catalogue) {
        assert!(movie.release_year.is_some(), "{movie:?}");
        assert!(!search_key(movie.title.as_str()).is_empty(), "{movie:?}");
    }
}

pub async fn no_two_movies_share_an_external_id(catalogue: Catalogue) {
    let (mut imdb, mut tmdb, mut movielens) = (HashSet::new(), HashSet::new(), HashSet::new());
    for movie in movies(&catalogue) {
        let ids = movie.external_ids.clone();
        let is_new = ids.imdb.is_none_or(|id| imdb.insert(id))
            && ids.tmdb.is_none_or(|id| tmdb.insert(id))
            && ids.movielens.is_none_or(|id| movielens.insert(id));
        assert!(is_new, "{movie:?}");
    }
}

pub async fn no_two_movies_share_title_and_year(catalogue: Catalogue) {
    let mut seen = HashSet::new();
    for movie in movies(&catalogue) {
        let name = (search_key(movie.title.as_str()), movie.release_year);
        assert!(seen.insert(name), "{movie:?}");
    }
}

pub async fn is_the_same_every_time(catalogue: Catalogue) {
    assert_eq!(movies(&catalogue), movies(&catalogue));
}

fn movies(catalogue: &Catalogue) -> Vec<MovieFacts> {
    catalogue.movies().unwrap()
}

/// Declares one test per contract of `StarterCatalogue`.
///
/// `$fresh` is an `async fn() -> Arc<dyn StarterCatalogue>`.
#[macro_export]
macro_rules! starter_catalogue_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { starter_catalogue, $fresh,
            holds_at_least_1000_movies,
            every_movie_has_a_year_and_a_searchable_title,
            no_two_movies_share_an_external_id,
            no_two_movies_share_title_and_year,
            is_the_same_every_time,
        }
    };
}
