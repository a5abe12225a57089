use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::movie::{GenreCount, MovieUseCases};
use reelmark_application::ports::GENRES;
use serde::Serialize;
use serde_json::json;

use crate::extract::Uses;
use crate::openapi::{OperationErrors, Rule};
use crate::problem::ApiError;
use crate::respond::{EntityTag, Tagged};

pub(super) const ERRORS: OperationErrors = OperationErrors("listGenres", &[]);

/// The genres of the catalogue.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct GenresResponse {
    /// The genres by name.
    items: Vec<GenreResponse>,
}

/// A genre.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct GenreResponse {
    /// What it is called.
    name: String,
    /// How many movies have it.
    movie_count: u64,
}

/// List the genres
///
/// The genres that movies have, by name, with the number of movies of each: the 500 most frequent
/// ones at most.
#[api_v2_operation(tags(Movies), operation_id = "listGenres")]
pub(super) async fn list_genres(
    movies: Uses<dyn MovieUseCases>,
) -> Result<Tagged<GenresResponse>, ApiError> {
    let genres = movies.list_genres().await?;
    Ok(Tagged { tag: EntityTag::of_genres(&genres), body: genres.into() })
}

impl From<Vec<GenreCount>> for GenresResponse {
    fn from(genres: Vec<GenreCount>) -> Self {
        let items = genres.into_iter().map(|GenreCount { genre, movies }| GenreResponse {
            name: genre.into(),
            movie_count: movies,
        });
        Self { items: items.collect() }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    vec![Rule::property("GenresResponse", "items", json!({"maxItems": GENRES}))]
}

#[cfg(test)]
mod tests {
    use crate::testing::Api;
    use reelmark_application::movie::GenreCount;
    use reelmark_domain::Genre;
    use serde_json::json;

    fn api(movies: u64) -> Api {
        let mut api = Api::new();
        api.movies.expect_list_genres().returning(move || {
            Ok(vec![GenreCount { genre: Genre::parse("Drama").unwrap(), movies }])
        });
        api
    }

    #[actix_web::test]
    async fn who_has_the_list_already_is_told_so_until_it_changes() {
        let answer = api(7).get("/api/v1/genres").send().await;
        assert_eq!(answer.json(), json!({"items": [{"name": "Drama", "movie_count": 7}]}));
        let tag = answer.header("etag").to_owned();
        let again = |movies| api(movies).get("/api/v1/genres").header("if-none-match", &tag).send();
        assert_eq!((again(7).await.status, again(8).await.status), (304, 200));
    }
}
