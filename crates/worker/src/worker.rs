use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use reelmark_application::background::BackgroundUseCases;
use reelmark_application::housekeeping::HousekeepingUseCases;
use reelmark_application::messages::Channel;
use reelmark_application::ports::{Clock, DeadLetterQueue, MessageConsumer};
use reelmark_application::recommendation::NeighbourUseCases;
use reelmark_application::summary_audit::SummaryAuditUseCases;
use thiserror::Error;
use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::consumer::Consumer;
use crate::observer::Observer;
use crate::{
    dead_letter_mover, housekeeping_schedule, measures, names, neighbour_schedule, relay,
    rescore_schedule,
};

/// The ends at which messages leave the queues, one per channel.
pub type Consumers = BTreeMap<Channel, Arc<dyn MessageConsumer>>;

/// Everything that happens without a request.
pub struct Worker {
    background: Arc<dyn BackgroundUseCases>,
    housekeeping: Arc<dyn HousekeepingUseCases>,
    audit: Arc<dyn SummaryAuditUseCases>,
    consumers: Consumers,
    dead_letters: Option<Arc<dyn DeadLetterQueue>>,
    neighbours: Option<Arc<dyn NeighbourUseCases>>,
    clock: Arc<dyn Clock>,
}

/// A task of the worker ended although nobody told it to. Messages would pile up from now on, so
/// the process should end and be started again.
#[derive(Debug, Error)]
pub enum WorkerError {
    /// It returned.
    #[error("the {task} ended by itself")]
    Ended { task: &'static str },
    /// It panicked.
    #[error("the {task} broke down")]
    BrokeDown {
        task: &'static str,
        #[source]
        source: JoinError,
    },
}

impl Worker {
    pub fn new(
        background: Arc<dyn BackgroundUseCases>,
        housekeeping: Arc<dyn HousekeepingUseCases>,
        audit: Arc<dyn SummaryAuditUseCases>,
        consumers: Consumers,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let (dead_letters, neighbours) = (None, None);
        Self { background, housekeeping, audit, consumers, dead_letters, neighbours, clock }
    }

    /// The same with a queue whose dead letters are to be moved to where operators find them.
    pub fn with_dead_letters(self, queue: Arc<dyn DeadLetterQueue>) -> Self {
        Self { dead_letters: Some(queue), ..self }
    }

    /// The same that also finds out which movies are alike.
    pub fn with_neighbours(self, neighbours: Arc<dyn NeighbourUseCases>) -> Self {
        Self { neighbours: Some(neighbours), ..self }
    }

    /// Runs until `stop`, then finishes what is under way.
    ///
    /// The consumers stop last: a queue inside this process confirms a message only when it was
    /// consumed, so the relays' last batches need them.
    ///
    /// # Errors
    /// [`WorkerError`] as soon as one task is dead; the others are dropped with it.
    pub async fn run(self, stop: CancellationToken) -> Result<(), WorkerError> {
        measures::describe();
        let consumer_stop = CancellationToken::new();
        let (mut sources, mut sinks) = (self.sources(&stop), self.sinks(&consumer_stop));

        tokio::select! {
            ended = sources.all_end(&stop) => ended?,
            ended = sinks.all_end(&consumer_stop) => ended?,
        }
        consumer_stop.cancel();
        sinks.all_end(&consumer_stop).await
    }

    /// What finds work to do.
    fn sources(&self, stop: &CancellationToken) -> Tasks {
        let mut tasks = Tasks::default();
        for channel in self.consumers.keys().copied() {
            let relay = relay::run(self.background.clone(), channel, stop.clone());
            tasks.spawn(names::relay(channel), relay);
        }
        let rescoring = rescore_schedule::run(self.background.clone(), stop.clone());
        tasks.spawn(names::RESCORE_SCHEDULE, rescoring);
        let housekeeping = housekeeping_schedule::run(self.housekeeping.clone(), stop.clone());
        tasks.spawn(names::HOUSEKEEPING, housekeeping);
        if let Some(neighbours) = self.neighbours.clone() {
            let schedule = neighbour_schedule::run(neighbours, stop.clone());
            tasks.spawn(names::NEIGHBOUR_SCHEDULE, schedule);
        }
        let (background, audit) = (self.background.clone(), self.audit.clone());
        let observer = Observer::new(background, audit, self.consumers.clone());
        tasks.spawn(names::OBSERVER, observer.run(stop.clone()));
        tasks
    }

    /// What does the work that came through queues.
    fn sinks(self, stop: &CancellationToken) -> Tasks {
        let mut tasks = Tasks::default();
        for (channel, consumer) in self.consumers {
            let (background, clock) = (self.background.clone(), self.clock.clone());
            let consumer = Consumer { channel, background, consumer, clock };
            tasks.spawn(names::consumer(channel), consumer.run(stop.clone()));
        }
        if let Some(queue) = self.dead_letters {
            let mover = dead_letter_mover::run(self.background, queue, stop.clone());
            tasks.spawn(names::DEAD_LETTER_MOVER, mover);
        }
        tasks
    }
}

/// Tasks that end with their owner and are known by name.
#[derive(Default)]
struct Tasks {
    running: JoinSet<()>,
    names: HashMap<Id, &'static str>,
}

impl Tasks {
    fn spawn(&mut self, name: &'static str, task: impl Future<Output = ()> + Send + 'static) {
        let id = self.running.spawn(task).id();
        self.names.insert(id, name);
    }

    /// Waits for all of them to end; fails as soon as one does so before `stop`.
    async fn all_end(&mut self, stop: &CancellationToken) -> Result<(), WorkerError> {
        while let Some(end) = self.running.join_next_with_id().await {
            match end {
                Ok((id, ())) if !stop.is_cancelled() => {
                    return Err(WorkerError::Ended { task: self.name(id) });
                }
                Ok(_) => {}
                Err(source) => {
                    let task = self.name(source.id());
                    return Err(WorkerError::BrokeDown { task, source });
                }
            }
        }
        Ok(())
    }

    fn name(&self, id: Id) -> &'static str {
        self.names.get(&id).copied().unwrap_or("background task")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{NOON, delivery};
    use async_trait::async_trait;
    use reelmark_application::background::{RelayedMessages, WaitingWork};
    use reelmark_application::housekeeping::MockHousekeepingUseCases;
    use reelmark_application::ports::{DeadDelivery, Delivery, MockClock, QueueError};
    use reelmark_application::ports::{RepositoryError, Verdict};
    use reelmark_application::summary_audit::MockSummaryAuditUseCases;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;
    use tokio::sync::Semaphore;
    use tokio::time::{sleep, timeout};

    /// A queue inside the process: the relay waits until the consumer has settled its message,
    /// which takes a second.
    struct Loopback {
        published: Semaphore,
        settled: Semaphore,
        relay_dies: AtomicBool,
    }

    impl Loopback {
        fn new() -> Arc<Self> {
            Arc::new(Self {
                published: Semaphore::new(0),
                settled: Semaphore::new(0),
                relay_dies: AtomicBool::new(false),
            })
        }
    }

    #[async_trait]
    impl BackgroundUseCases for Loopback {
        async fn relay_messages(&self, _: Channel) -> Result<RelayedMessages, RepositoryError> {
            assert!(!self.relay_dies.load(Ordering::Relaxed), "a bug");
            self.published.add_permits(1);
            self.settled.acquire().await.unwrap().forget();
            Ok(RelayedMessages { claimed: 1, confirmed: 1, buried: 0 })
        }

        async fn consume(&self, _: Channel, deliveries: Vec<Delivery>) -> Vec<(u64, Verdict)> {
            sleep(Duration::from_secs(1)).await;
            let receipts = deliveries.into_iter().map(|delivery| delivery.receipt);
            receipts.map(|receipt| (receipt, Verdict::Done)).collect()
        }

        async fn keep_dead_letters(&self, _: Vec<DeadDelivery>) -> Result<(), RepositoryError> {
            Ok(())
        }

        async fn measure_backlog(&self) -> Result<WaitingWork, RepositoryError> {
            Ok(WaitingWork::default())
        }

        async fn rescore_summaries(&self) -> Result<usize, RepositoryError> {
            Ok(0)
        }
    }

    #[async_trait]
    impl MessageConsumer for Loopback {
        async fn next_batch(&self, _max: usize) -> Result<Vec<Delivery>, QueueError> {
            self.published.acquire().await.unwrap().forget();
            Ok(vec![delivery(1)])
        }

        async fn waiting(&self) -> Result<u64, QueueError> {
            Ok(0)
        }

        async fn settle(&self, verdicts: Vec<(u64, Verdict)>) -> Result<(), QueueError> {
            self.settled.add_permits(verdicts.len());
            Ok(())
        }
    }

    fn worker(loopback: &Arc<Loopback>) -> Worker {
        let mut clock = MockClock::new();
        clock.expect_now().return_const(NOON);
        let mut housekeeping = MockHousekeepingUseCases::new();
        housekeeping.expect_sweep().returning(|| Ok(vec![]));
        let queue: Arc<dyn MessageConsumer> = loopback.clone();
        let consumers = Consumers::from([(Channel::Ratings, queue)]);
        let mut audit = MockSummaryAuditUseCases::new();
        audit.expect_confirm_drifts().returning(Ok);
        audit.expect_compare_summaries().returning(|_, _| Ok(Default::default()));
        let (housekeeping, audit) = (Arc::new(housekeeping), Arc::new(audit));
        Worker::new(loopback.clone(), housekeeping, audit, consumers, Arc::new(clock))
    }

    #[tokio::test(start_paused = true)]
    async fn finishes_the_batch_under_way_when_told_to_stop() {
        let loopback = Loopback::new();
        let stop = CancellationToken::new();
        let running = tokio::spawn(worker(&loopback).run(stop.clone()));
        sleep(Duration::from_millis(2500)).await;

        stop.cancel();
        let stopped = timeout(Duration::from_secs(5), running).await.unwrap();

        assert!(stopped.unwrap().is_ok());
        assert_eq!(loopback.published.available_permits(), 0);
        assert_eq!(loopback.settled.available_permits(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn a_dead_task_ends_the_worker() {
        let loopback = Loopback::new();
        let running = tokio::spawn(worker(&loopback).run(CancellationToken::new()));
        sleep(Duration::from_millis(2500)).await;

        loopback.relay_dies.store(true, Ordering::Relaxed);
        let ended = timeout(Duration::from_secs(5), running).await.unwrap();

        let error = ended.unwrap().unwrap_err();
        assert_eq!(error.to_string(), "the rating relay broke down");
    }

    #[tokio::test(start_paused = true)]
    async fn a_task_that_ends_by_itself_ends_the_worker() {
        let mut tasks = Tasks::default();
        tasks.spawn("relay", async {});
        let ended = tasks.all_end(&CancellationToken::new()).await;
        assert_eq!(ended.unwrap_err().to_string(), "the relay ended by itself");
    }
}
