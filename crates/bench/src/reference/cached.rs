use std::path::Path;

use actix_web::HttpResponse;
use actix_web::error::ErrorInternalServerError;
use actix_web::web::{self, Data};
use anyhow::Result;
use deadpool_redis::redis::aio::MultiplexedConnection;
use deadpool_redis::redis::{AsyncCommands, Client};
use tokio::sync::OnceCell;

use super::{Canned, serve};

const KEY: &str = "benchmark-reference";

/// One connection for each worker, on which requests follow one another without waiting.
struct Redis {
    client: Client,
    connection: OnceCell<MultiplexedConnection>,
}

/// Gets the body from Redis each time, and answers with the same bytes.
pub fn run(answer: &Path, url: &str) -> Result<()> {
    let canned = Data::new(Canned::read(answer)?);
    let client = Client::open(url)?;
    let body: &[u8] = &canned.body;
    deadpool_redis::redis::Commands::set::<_, _, ()>(&mut client.get_connection()?, KEY, body)?;
    serve(move |app| {
        let redis = Redis { client: client.clone(), connection: OnceCell::new() };
        app.app_data(Data::new(redis)).app_data(canned.clone()).default_service(web::to(get));
    })
}

async fn get(redis: Data<Redis>, canned: Data<Canned>) -> actix_web::Result<HttpResponse> {
    let connect = || redis.client.get_multiplexed_async_connection();
    let connection = redis.connection.get_or_try_init(connect).await;
    let mut connection = connection.map_err(ErrorInternalServerError)?.clone();
    let body: Vec<u8> = connection.get(KEY).await.map_err(ErrorInternalServerError)?;
    Ok(canned.with_body(body.into()))
}
