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

use crate::store::SqliteStore;

/// Keeps the neighbours of movies in SQLite.
pub struct SqliteNeighbourRepository {
    store: SqliteStore,
}

/// Reads the neighbours of movies from SQLite.
pub struct SqliteNeighbourReader {
    store: SqliteStore,
}

/// Reads who rated what from SQLite.
pub struct SqliteTasteReader {
    store: SqliteStore,
}

impl SqliteNeighbourRepository {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

impl SqliteNeighbourReader {
    /// Reads from `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

impl SqliteTasteReader {
    /// Reads from `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl NeighbourRepository for SqliteNeighbourRepository {
    async fn state(&self) -> Result<NeighbourState, RepositoryError> {
        self.store.read(neighbour_state::run)
    }

    async fn claim(&self, claim: ClaimNeighbours) -> Result<Option<i64>, RepositoryError> {
        self.store.write(move |c| claim_neighbours::run(c, &claim)).await
    }

    async fn store(
        &self,
        generation: i64,
        lists: Vec<NeighbourListRecord>,
        until: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        self.store.write(move |c| store_neighbours::run(c, generation, &lists, until)).await
    }

    async fn publish(
        &self,
        generation: i64,
        run: NeighbourRunRecord,
    ) -> Result<bool, RepositoryError> {
        self.store.write(move |c| settle_neighbours::publish(c, generation, &run)).await
    }

    async fn release(&self, generation: i64) -> Result<bool, RepositoryError> {
        self.store.write(move |c| settle_neighbours::release(c, generation)).await
    }

    async fn sweep(&self, limit: usize) -> Result<usize, RepositoryError> {
        self.store.write(move |c| sweep_neighbours::run(c, limit)).await
    }
}

#[async_trait]
impl NeighbourReader for SqliteNeighbourReader {
    async fn find(&self, movie_ids: Vec<i64>) -> Result<Vec<NeighbourListRecord>, RepositoryError> {
        self.store.read_long(move |c| find_neighbours::run(c, movie_ids)).await
    }
}

#[async_trait]
impl TasteReader for SqliteTasteReader {
    async fn list(&self, list: ListTastes) -> Result<TastePage, RepositoryError> {
        self.store.read_long(move |c| list_tastes::run(c, list)).await
    }

    async fn find(&self, user_id: i64, latest: usize) -> Result<TasteRecord, RepositoryError> {
        self.store.read(|c| find_taste::run(c, user_id, latest))
    }

    async fn rated_among(
        &self,
        user_id: i64,
        movie_ids: Vec<i64>,
    ) -> Result<Vec<i64>, RepositoryError> {
        self.store.read(|c| rated_among::run(c, user_id, movie_ids))
    }
}
