use futures_util::{StreamExt, TryStreamExt, stream};
use reelmark_domain::MovieId;

use crate::caching::{MovieViews, ShownMovie};
use crate::ports::RepositoryError;

/// How many movies are looked up at once.
const AT_ONCE: usize = 8;

/// The first `limit` of these that are still in the catalogue, in order, with what belongs to each.
pub(super) async fn still_there<T: Send>(
    movies: &MovieViews,
    items: impl IntoIterator<Item = (MovieId, T), IntoIter: Send>,
    limit: usize,
) -> Result<Vec<(ShownMovie, T)>, RepositoryError> {
    let find = |(id, item): (MovieId, T)| async move {
        let found = movies.find(id.get()).await?;
        Ok(found.map(|movie| (movie, item)))
    };
    let found = stream::iter(items).map(find).buffered(AT_ONCE);
    found.try_filter_map(|movie| async move { Ok(movie) }).take(limit).try_collect().await
}
