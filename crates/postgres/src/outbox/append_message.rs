use reelmark_application::messages::Channel;
use time::OffsetDateTime;

use super::append::APPEND;
use crate::error::Result;
use crate::store::PostgresStore;

pub(super) async fn run(
    store: &PostgresStore,
    kind: &str,
    payload: &str,
    at: OffsetDateTime,
) -> Result<()> {
    let session = store.session().await?;
    session.query(APPEND, &[&kind, &payload, &at, &Channel::of(kind).name()]).await?;
    Ok(())
}
