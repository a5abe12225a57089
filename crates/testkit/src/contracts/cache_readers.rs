//! What readers through a `Cache` may rely on: the promise that the leases are there to keep.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use async_trait::async_trait;
use reelmark_application::caching::ReadThrough;
use reelmark_application::ports::{Cache, CacheError, Lease, Lookup};
use tokio::task::{JoinSet, yield_now};

use super::cache::FreshCache;

const LIFETIME: Duration = Duration::from_secs(3_600);
const READERS: usize = 50;
const KEYS: usize = 8;
const WRITERS: usize = 2;
const WRITES_EACH: usize = 200;
const REPLICAS: usize = 3;
const READERS_EACH: usize = 2;
/// So many reads happen for every write, so that values do get cached in between.
const READS_PER_WRITE: usize = 10;

pub async fn concurrent_reads_of_a_key_load_it_once(fresh: FreshCache) {
    let cache = Arc::new(CountedLookups::new(fresh.cache.clone()));
    let reading = Arc::new(ReadThrough::new(cache.clone()));
    let loads = Arc::new(AtomicUsize::new(0));
    let mut readers = JoinSet::new();
    // All in one thread, so that no reader can come too late to share the load.
    let local = tokio::task::LocalSet::new();
    for _ in 0..READERS {
        let (reading, cache, loads) = (reading.clone(), cache.clone(), loads.clone());
        let load = async move || {
            loads.fetch_add(1, SeqCst);
            cache.all_have_looked_up().await;
            Ok::<_, CacheError>(Some(7))
        };
        let read = async move { reading.read("movie:1", LIFETIME, load).await };
        readers.spawn_local_on(read, &local);
    }

    let values = local.run_until(readers.join_all()).await;

    for value in values {
        assert_eq!(value.unwrap(), Some(7));
    }
    assert_eq!(loads.load(SeqCst), 1);
}

pub async fn no_reader_sees_less_than_was_acknowledged_before(fresh: FreshCache) {
    hammer(&fresh, || ()).await;
}

pub async fn not_even_when_the_cache_is_flushed_again_and_again(fresh: FreshCache) {
    hammer(&fresh, || (fresh.flush)()).await;
}

/// A cache that counts the look-ups it has answered.
struct CountedLookups {
    cache: Arc<dyn Cache>,
    answered: AtomicUsize,
}

impl CountedLookups {
    fn new(cache: Arc<dyn Cache>) -> Self {
        Self { cache, answered: AtomicUsize::new(0) }
    }

    async fn all_have_looked_up(&self) {
        while self.answered.load(SeqCst) < READERS {
            yield_now().await;
        }
    }
}

#[async_trait]
impl Cache for CountedLookups {
    async fn lookup(&self, key: &str) -> Result<Lookup, CacheError> {
        let found = self.cache.lookup(key).await;
        self.answered.fetch_add(1, SeqCst);
        found
    }

    async fn fill(
        &self,
        lease: &Lease,
        value: Vec<u8>,
        life: Duration,
    ) -> Result<bool, CacheError> {
        self.cache.fill(lease, value, life).await
    }

    async fn invalidate(&self, keys: &[String]) -> Result<(), CacheError> {
        self.cache.invalidate(keys).await
    }
}

/// A store of one version per key, and what its writers and readers did.
#[derive(Default)]
struct World {
    versions: [AtomicU64; KEYS],
    /// The newest version per key whose invalidation went through.
    acknowledged: [AtomicU64; KEYS],
    reads: AtomicUsize,
    loads: AtomicUsize,
    stale_reads: AtomicUsize,
    is_over: AtomicBool,
}

impl World {
    async fn load(&self, key: usize) -> Result<Option<u64>, CacheError> {
        let load = self.loads.fetch_add(1, SeqCst);
        let version = self.versions[key].load(SeqCst);
        // The time that an answer takes from the store to its reader, in which much can happen.
        for _ in 0..load % 20 {
            yield_now().await;
        }
        Ok(Some(version))
    }

    async fn read(&self, reading: &ReadThrough, key: usize) {
        let floor = self.acknowledged[key].load(SeqCst);
        let value = reading.read(&name(key), LIFETIME, || self.load(key)).await.unwrap();
        if value.unwrap() < floor {
            self.stale_reads.fetch_add(1, SeqCst);
        }
        self.reads.fetch_add(1, SeqCst);
    }

    async fn write(&self, cache: &dyn Cache, key: usize) {
        let version = self.versions[key].fetch_add(1, SeqCst) + 1;
        if cache.invalidate(&[name(key)]).await.is_ok() {
            self.acknowledged[key].fetch_max(version, SeqCst);
        }
    }

    async fn let_readers_read(&self) {
        let goal = self.reads.load(SeqCst) + READS_PER_WRITE;
        while self.reads.load(SeqCst) < goal {
            yield_now().await;
        }
    }
}

fn name(key: usize) -> String {
    format!("movie:{key}")
}

/// Lets writers and readers of several replicas loose on a few keys, doing `mischief` every now and
/// then, and counts the readers who saw less than was acknowledged before they began.
async fn hammer(fresh: &FreshCache, mischief: impl Fn()) {
    let world = Arc::new(World::default());
    let readers = start_readers(&world, fresh);
    let mut writers = start_writers(&world, fresh);
    while !writers.is_empty() {
        mischief();
        let pause = tokio::time::sleep(Duration::from_millis(5));
        tokio::select! {
            () = pause => {}
            Some(writer) = writers.join_next() => writer.unwrap(),
        }
    }
    world.is_over.store(true, SeqCst);
    readers.join_all().await;

    let (reads, loads) = (world.reads.load(SeqCst), world.loads.load(SeqCst));
    let acknowledged: u64 = world.acknowledged.iter().map(|version| version.load(SeqCst)).sum();
    assert_eq!(acknowledged as usize, WRITERS * WRITES_EACH, "an invalidation failed");
    assert!(loads < reads, "none of {reads} reads was a hit");
    assert_eq!(world.stale_reads.load(SeqCst), 0, "stale reads among {reads}");
}

fn start_readers(world: &Arc<World>, fresh: &FreshCache) -> JoinSet<()> {
    let mut readers = JoinSet::new();
    for _ in 0..REPLICAS {
        let reading = Arc::new(ReadThrough::new(fresh.cache.clone()));
        for reader in 0..READERS_EACH {
            let (world, reading) = (world.clone(), reading.clone());
            readers.spawn(async move {
                let mut key = reader;
                while !world.is_over.load(SeqCst) {
                    world.read(&reading, key % KEYS).await;
                    key += 3;
                    yield_now().await;
                }
            });
        }
    }
    readers
}

fn start_writers(world: &Arc<World>, fresh: &FreshCache) -> JoinSet<()> {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let (world, cache) = (world.clone(), fresh.cache.clone());
        writers.spawn(async move {
            for write in 0..WRITES_EACH {
                world.write(&*cache, (writer + write * 5) % KEYS).await;
                world.let_readers_read().await;
            }
        });
    }
    writers
}
