use std::path::Path;

use actix_web::HttpResponse;
use actix_web::error::ErrorInternalServerError;
use actix_web::web::{self, Data};
use anyhow::Result;
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio_postgres::NoTls;

use super::{Canned, serve};

/// Connections of each of the two workers; together as many as the service opens.
const CONNECTIONS: usize = 8;

/// Everything that the service shows of a movie.
const QUERY: &str = "
    SELECT movies.*, rating_summaries.*,
        (SELECT array_agg(name ORDER BY position) FROM movie_genres WHERE movie_id = movies.id)
    FROM movies
    JOIN rating_summaries ON rating_summaries.movie_id = movies.id
    WHERE movies.id = $1";

/// Runs one prepared query for the movie in the path, and answers with the same bytes.
pub fn run(answer: &Path, url: &str) -> Result<()> {
    let canned = Data::new(Canned::read(answer)?);
    let config: tokio_postgres::Config = url.parse()?;
    serve(move |app| {
        // A pool for each worker, whose connections are driven by the thread that uses them.
        let recycling_method = RecyclingMethod::Fast;
        let manager =
            Manager::from_config(config.clone(), NoTls, ManagerConfig { recycling_method });
        if let Ok(pool) = Pool::builder(manager).max_size(CONNECTIONS).build() {
            app.app_data(Data::new(pool));
        }
        app.app_data(canned.clone())
            .route("/api/v1/movies/{id}", web::get().to(find))
            .default_service(web::to(HttpResponse::Ok));
    })
}

async fn find(
    pool: Data<Pool>,
    canned: Data<Canned>,
    id: web::Path<i64>,
) -> actix_web::Result<HttpResponse> {
    let client = pool.get().await.map_err(ErrorInternalServerError)?;
    let statement = client.prepare_cached(QUERY).await.map_err(ErrorInternalServerError)?;
    client.query_one(&statement, &[&*id]).await.map_err(ErrorInternalServerError)?;
    Ok(canned.response())
}
