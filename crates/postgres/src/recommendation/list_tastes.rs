use reelmark_application::ports::{ListTastes, TastePage, TasteRecord};
use tokio_postgres::Row;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Users without ratings have a row without a movie, so that the last one is known. Each user's
/// ratings are read from the end of their part of an index.
const LIST: &str = "
    SELECT users.id, latest.movie_id, latest.score
    FROM (SELECT id FROM users WHERE id > $1 ORDER BY id LIMIT $2) AS users
    LEFT JOIN LATERAL (
        SELECT movie_id, score, updated_at
        FROM ratings
        WHERE user_id = users.id
        ORDER BY updated_at DESC, movie_id DESC
        LIMIT $3
    ) AS latest ON true
    ORDER BY users.id, latest.updated_at DESC, latest.movie_id DESC";

pub(super) async fn run(store: &PostgresStore, list: ListTastes) -> Result<TastePage> {
    let (users, latest) = (limited(list.users), limited(list.latest));
    let session = store.session().await?;
    let rows = session.query(LIST, &[&list.after, &users, &latest]).await?;
    let mut page = TastePage::default();
    for row in &rows {
        add(&mut page, row)?;
    }
    Ok(page)
}

fn add(page: &mut TastePage, row: &Row) -> Result<()> {
    let user_id = row.try_get("id")?;
    page.last = Some(user_id);
    let Some(movie) = row.try_get("movie_id")? else { return Ok(()) };
    let rating = (movie, row.try_get("score")?);
    match page.tastes.last_mut() {
        Some(taste) if taste.user_id == user_id => taste.ratings.push(rating),
        _ => page.tastes.push(TasteRecord { user_id, ratings: vec![rating] }),
    }
    Ok(())
}
