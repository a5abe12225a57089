//! All that is ever said to Redis, each in one step that nothing comes between.

use std::sync::Arc;
use std::time::Duration;

use deadpool_redis::redis::{Script, ScriptInvocation};
use reelmark_application::ports::{Demand, IdGenerator, Lease, Quota};
use sha2::{Digest, Sha256};

/// How long a lease lives after it was last given out. Its death is no matter of correctness, it
/// just frees the memory.
const LEASE_LIFE_MS: u64 = 30_000;
/// More than Redis can add to its clock would be an error.
const LONGEST_LIFE_MS: u64 = 1 << 40;

/// The scripts, and the keys they work on. All keys have the same hash tag, so that a cluster keeps
/// them on one node.
pub(crate) struct Scripts {
    namespace: String,
    ids: Arc<dyn IdGenerator>,
    look_up: Script,
    fill: Script,
    forget: Script,
    claim_epoch: Script,
    renew_epoch: Script,
    admit: Script,
    do_nothing: Script,
}

impl Scripts {
    pub(crate) fn new(namespace: String, ids: Arc<dyn IdGenerator>) -> Self {
        Self {
            namespace,
            ids,
            look_up: Script::new(include_str!("look_up.lua")),
            fill: Script::new(include_str!("fill.lua")),
            forget: Script::new(include_str!("forget.lua")),
            claim_epoch: Script::new(include_str!("claim_epoch.lua")),
            renew_epoch: Script::new(include_str!("renew_epoch.lua")),
            admit: Script::new(include_str!("admit.lua")),
            do_nothing: Script::new("return 1"),
        }
    }

    /// Answers whether there is a value, and the value or else the lease's token.
    pub(crate) fn look_up(&self, key: &str) -> ScriptInvocation<'_> {
        let mut call = self.look_up.key(self.epoch());
        call.key(self.value(key)).key(self.lease(key));
        call.arg(self.ids.new_id()).arg(LEASE_LIFE_MS);
        call
    }

    /// Answers whether the lease was alive.
    pub(crate) fn fill(&self, lease: &Lease, value: &[u8], life: Duration) -> ScriptInvocation<'_> {
        // Redis knows no life of no length.
        let life_ms = u64::try_from(life.as_millis()).unwrap_or(u64::MAX).clamp(1, LONGEST_LIFE_MS);
        let mut call = self.fill.key(self.epoch());
        call.key(self.value(&lease.key)).key(self.lease(&lease.key));
        call.arg(&lease.token).arg(value).arg(life_ms);
        call
    }

    pub(crate) fn forget(&self, keys: &[String]) -> ScriptInvocation<'_> {
        let mut call = self.forget.prepare_invoke();
        for key in keys {
            call.key(self.value(key)).key(self.lease(key));
        }
        call
    }

    pub(crate) fn claim_epoch(&self, run: Option<&str>) -> ScriptInvocation<'_> {
        let mut call = self.claim_epoch.key(self.epoch());
        // A server that won't say which run it is in gets a new epoch with each connection.
        match run {
            Some(run) => call.arg(run),
            None => call.arg(self.ids.new_id()),
        };
        call.arg(self.ids.new_id());
        call
    }

    pub(crate) fn renew_epoch(&self) -> ScriptInvocation<'_> {
        let mut call = self.renew_epoch.key(self.epoch());
        call.arg(self.ids.new_id());
        call
    }

    /// Answers three numbers for each of `demands`. `now` is in microseconds; without it Redis
    /// goes by its own time.
    pub(crate) fn admit(&self, demands: &[Demand], now: Option<i128>) -> ScriptInvocation<'_> {
        let mut call = self.admit.prepare_invoke();
        call.arg(now.map(|now| now.to_string()).unwrap_or_default());
        for Demand { key, quota: Quota { burst, interval } } in demands {
            let interval_us = u64::try_from(interval.as_micros()).unwrap_or(u64::MAX).max(1);
            call.key(self.limit(key)).arg((*burst).max(1)).arg(interval_us);
        }
        call
    }

    pub(crate) fn do_nothing(&self) -> ScriptInvocation<'_> {
        self.do_nothing.prepare_invoke()
    }

    pub(crate) fn epoch(&self) -> String {
        format!("{{{}}}:epoch", self.namespace)
    }

    pub(crate) fn value(&self, key: &str) -> String {
        format!("{{{}}}:value:{key}", self.namespace)
    }

    fn lease(&self, key: &str) -> String {
        format!("{{{}}}:lease:{key}", self.namespace)
    }

    /// Half of a SHA-256 tells all keys apart and none of what they say.
    fn limit(&self, key: &str) -> String {
        let digest: [u8; 32] = Sha256::digest(key).into();
        let half = digest.first_chunk().map_or(0, |half| u128::from_be_bytes(*half));
        format!("{{{}}}:limit:{half:032x}", self.namespace)
    }
}
