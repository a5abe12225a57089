//! Indexes are built faster than they are kept up to date.

use anyhow::Result;
use tokio_postgres::Client;

/// All but those that a constraint rests on.
const LIST: &str = "
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid = 'ratings'::regclass
        AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)";

/// Indexes of ratings that are gone for a while.
pub struct SetAside {
    definitions: Vec<String>,
}

impl SetAside {
    pub async fn take(client: &Client) -> Result<Self> {
        let mut definitions = Vec::new();
        for row in client.query(LIST, &[]).await? {
            let name: String = row.try_get(0)?;
            client.batch_execute(&format!("DROP INDEX {name}")).await?;
            definitions.push(row.try_get(1)?);
        }
        Ok(Self { definitions })
    }

    pub async fn put_back(self, client: &Client) -> Result<()> {
        for definition in &self.definitions {
            client.batch_execute(definition).await?;
        }
        Ok(())
    }
}
