use std::sync::Arc;

use reelmark_application::auth::{
    BearerCache, CachedSessionReader, ForgettingAccountCodeRepository, ForgettingAccountRepository,
    ForgettingSessionRepository, ForgettingUserRepository,
};

use super::store::Store;

/// Lets a process that serves requests remember for half a second who calls. Whatever it ends or
/// changes itself it forgets on the way.
pub fn remember(store: &mut Store) {
    let cache = Arc::new(BearerCache::new());
    store.session_reader =
        Arc::new(CachedSessionReader::new(store.session_reader.clone(), cache.clone()));
    store.sessions =
        Arc::new(ForgettingSessionRepository::new(store.sessions.clone(), cache.clone()));
    store.accounts =
        Arc::new(ForgettingAccountRepository::new(store.accounts.clone(), cache.clone()));
    store.codes =
        Arc::new(ForgettingAccountCodeRepository::new(store.codes.clone(), cache.clone()));
    store.users = Arc::new(ForgettingUserRepository::new(store.users.clone(), cache));
}
