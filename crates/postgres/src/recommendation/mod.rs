//! Which movies are alike, and who rated what.

mod claim_neighbours;
mod find_neighbours;
mod find_taste;
mod list_tastes;
mod neighbour_state;
mod rated_among;
mod row;
mod settle_neighbours;
mod store_neighbours;
mod sweep_neighbours;

use async_trait::async_trait;
use reelmark_application::ports::{
    ClaimNeighbours, ListTastes, NeighbourListRecord, NeighbourReader, NeighbourRepository,
    NeighbourRunRecord, NeighbourState, RepositoryError, TastePage, TasteReader, TasteRecord,
};
use time::OffsetDateTime;

use crate::store::PostgresStore;

/// Keeps the neighbours of movies in PostgreSQL.
pub struct PostgresNeighbourRepository {
    store: PostgresStore,
}

/// Reads the neighbours of movies from PostgreSQL.
pub struct PostgresNeighbourReader {
    store: PostgresStore,
}

/// Reads who rated what from PostgreSQL.
pub struct PostgresTasteReader {
    store: PostgresStore,
}

impl PostgresNeighbourRepository {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl PostgresNeighbourReader {
    /// Reads from `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl PostgresTasteReader {
    /// Reads from `store`, which should let a statement take its time.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl NeighbourRepository for PostgresNeighbourRepository {
    async fn state(&self) -> Result<NeighbourState, RepositoryError> {
        Ok(neighbour_state::run(&self.store).await?)
    }

    async fn claim(&self, claim: ClaimNeighbours) -> Result<Option<i64>, RepositoryError> {
        Ok(claim_neighbours::run(&self.store, claim).await?)
    }

    async fn store(
        &self,
        generation: i64,
        lists: Vec<NeighbourListRecord>,
        until: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        Ok(store_neighbours::run(&self.store, generation, &lists, until).await?)
    }

    async fn publish(
        &self,
        generation: i64,
        run: NeighbourRunRecord,
    ) -> Result<bool, RepositoryError> {
        Ok(settle_neighbours::publish(&self.store, generation, run).await?)
    }

    async fn release(&self, generation: i64) -> Result<bool, RepositoryError> {
        Ok(settle_neighbours::release(&self.store, generation).await?)
    }

    async fn sweep(&self, limit: usize) -> Result<usize, RepositoryError> {
        Ok(sweep_neighbours::run(&self.store, limit).await?)
    }
}

#[async_trait]
impl NeighbourReader for PostgresNeighbourReader {
    async fn find(&self, movie_ids: Vec<i64>) -> Result<Vec<NeighbourListRecord>, RepositoryError> {
        Ok(find_neighbours::run(&self.store, movie_ids).await?)
    }
}

#[async_trait]
impl TasteReader for PostgresTasteReader {
    async fn list(&self, list: ListTastes) -> Result<TastePage, RepositoryError> {
        Ok(list_tastes::run(&self.store, list).await?)
    }

    async fn find(&self, user_id: i64, latest: usize) -> Result<TasteRecord, RepositoryError> {
        Ok(find_taste::run(&self.store, user_id, latest).await?)
    }

    async fn rated_among(
        &self,
        user_id: i64,
        movie_ids: Vec<i64>,
    ) -> Result<Vec<i64>, RepositoryError> {
        Ok(rated_among::run(&self.store, user_id, movie_ids).await?)
    }
}
