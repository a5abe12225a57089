use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::{FutureExt, StreamExt};
use lapin::options::{
    BasicAckOptions, BasicConsumeOptions, BasicNackOptions, BasicQosOptions, QueueDeclareOptions,
};
use lapin::types::{FieldTable, ShortString};
use lapin::{Channel as Wire, Consumer};
use reelmark_application::ports::Verdict;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until, timeout};

use crate::backlog::{Acknowledgement, Backlog, Held, Settled};
use crate::envelope;
use crate::failure::{Failure, Result};
use crate::link::Link;

/// How long subscribing may take once there is a channel.
const SUBSCRIBED_WITHIN: Duration = Duration::from_secs(3);

/// The deliveries of one queue, subscribed to anew after each failure.
pub(crate) struct Subscription {
    link: Arc<Link>,
    queue: ShortString,
    /// How many messages the broker sends without hearing of one.
    prefetch: u16,
    /// Whoever waits for messages listens for all.
    line: tokio::sync::Mutex<Line>,
    state: Mutex<State>,
    /// Whoever tells the broker what is settled holds this until it has: an acknowledgement of all
    /// up to a tag covers others', which the broker refuses to hear of again.
    acknowledging: tokio::sync::Mutex<()>,
    /// Tells the one who listens that a message was laid to rest.
    news: Notify,
}

#[derive(Default)]
enum Line {
    #[default]
    Closed,
    /// Goes on whether somebody waits for it or not, so that the impatient get there too.
    Opening(JoinHandle<Result<Open>>),
    Open(Box<Open>),
}

struct Open {
    wire: Wire,
    deliveries: Consumer,
}

#[derive(Default)]
struct State {
    session: Session,
    backlog: Backlog,
}

/// One life of the subscription. Tags mean nothing beyond it.
#[derive(Clone, Default)]
pub(crate) struct Session {
    number: u64,
    wire: Option<Wire>,
}

impl Subscription {
    pub(crate) fn new(link: Arc<Link>, queue: ShortString, prefetch: u16) -> Self {
        let (line, state, acknowledging, news) = Default::default();
        Self { link, queue, prefetch, line, state, acknowledging, news }
    }

    /// Waits for a message and takes up to `max` that are there. Whatever comes in is in the
    /// backlog before anything is waited for, so that dropping this loses nothing.
    pub(crate) async fn next_batch(&self, max: usize) -> Result<Vec<(u64, Held)>> {
        let mut line = self.line.lock().await;
        let received = self.receive(&mut line, max.max(1)).await;
        if let Err(failure) = &received {
            *line = Line::Closed;
            self.begin(None);
            self.link.forget(failure).await;
        }
        received
    }

    async fn receive(&self, line: &mut Line, max: usize) -> Result<Vec<(u64, Held)>> {
        let open = self.open(line).await?;
        loop {
            let mut news = std::pin::pin!(self.news.notified());
            news.as_mut().enable();
            self.take_what_is_there(open, max).await?;
            let awakening = {
                let backlog = &mut self.state().backlog;
                let batch = backlog.take(max);
                if !batch.is_empty() {
                    return Ok(batch);
                }
                backlog.next_awakening()
            };
            tokio::select! {
                delivered = open.deliveries.next() => self.keep(open, delivered).await?,
                () = wake_at(awakening) => {}
                () = news => {}
            }
        }
    }

    async fn take_what_is_there(&self, open: &mut Open, max: usize) -> Result<()> {
        while self.state().backlog.ready(Instant::now()) < max {
            let Some(delivered) = open.deliveries.next().now_or_never() else {
                break;
            };
            self.keep(open, delivered).await?;
        }
        Ok(())
    }

    /// A message that nobody here can have sent goes to the dead letters by itself.
    async fn keep(
        &self,
        open: &Open,
        delivered: Option<lapin::Result<lapin::message::Delivery>>,
    ) -> Result<()> {
        let delivery = delivered.ok_or(Failure::Cancelled)??;
        let tag = delivery.delivery_tag;
        match envelope::message(&delivery) {
            Ok(message) => {
                let held = Held::new(tag, message, envelope::reason(&delivery));
                self.state().backlog.add(held);
            }
            Err(error) => {
                let queue = self.queue.as_str();
                log::error!(queue, error:err = error; "found something that is no message");
                open.wire.basic_nack(tag, BasicNackOptions::default()).await?;
            }
        }
        Ok(())
    }

    async fn open<'l>(&self, line: &'l mut Line) -> Result<&'l mut Open> {
        if matches!(line, Line::Closed) {
            let subscribing = subscribe(self.link.clone(), self.queue.clone(), self.prefetch);
            *line = Line::Opening(self.link.spawn(subscribing));
        }
        if let Line::Opening(opening) = line {
            let open = opening.await.map_err(Failure::Connecting)??;
            self.begin(Some(open.wire.clone()));
            *line = Line::Open(Box::new(open));
        }
        match line {
            Line::Open(open) => Ok(open.as_mut()),
            Line::Closed | Line::Opening(_) => Err(Failure::Cancelled),
        }
    }

    /// Notes what became of deliveries, and returns what the broker has to be told. What is given
    /// up has to be published before it is acknowledged.
    pub(crate) fn settle(&self, verdicts: Vec<(u64, Verdict)>) -> (Session, Settled) {
        let mut state = self.state();
        let settled = state.backlog.settle(verdicts, Instant::now());
        let session = state.session.clone();
        drop(state);
        // A message may have to wake up earlier than the one who listens thought.
        self.news.notify_waiters();
        (session, settled)
    }

    /// How many messages the broker has yet to hand out.
    pub(crate) async fn waiting(&self) -> Result<u64> {
        let wire = self.link.open().await?;
        let passive = QueueDeclareOptions { passive: true, ..Default::default() };
        let asking = wire.queue_declare(self.queue.clone(), passive, FieldTable::default());
        let answered = timeout(SUBSCRIBED_WITHIN, asking).await;
        let queue = answered.map_err(|_| Failure::TimedOut(SUBSCRIBED_WITHIN))??;
        Ok(queue.message_count().into())
    }

    /// Tells the broker to forget messages.
    pub(crate) async fn acknowledge(&self, session: &Session, tags: Vec<u64>) -> Result<()> {
        let Some(wire) = &session.wire else {
            return Ok(());
        };
        let _turn = self.acknowledging.lock().await;
        let Acknowledgement { up_to, single } = {
            let mut state = self.state();
            if state.session.number != session.number {
                return Ok(());
            }
            state.backlog.acknowledge(tags)
        };
        if let Some(last) = up_to {
            wire.basic_ack(last, BasicAckOptions { multiple: true }).await?;
        }
        for tag in single {
            wire.basic_ack(tag, BasicAckOptions::default()).await?;
        }
        Ok(())
    }

    /// Lets messages rest that could not be given up.
    pub(crate) fn put_back(&self, session: &Session, messages: Vec<Held>) {
        let mut state = self.state();
        if state.session.number == session.number {
            for held in messages {
                state.backlog.put_back(held, Instant::now());
            }
        }
    }

    fn begin(&self, wire: Option<Wire>) {
        let mut state = self.state();
        state.backlog.clear();
        state.session = Session { number: state.session.number + 1, wire };
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn subscribe(link: Arc<Link>, queue: ShortString, prefetch: u16) -> Result<Open> {
    let wire = link.open().await?;
    let subscribing = async {
        wire.basic_qos(prefetch, BasicQosOptions::default()).await?;
        let (options, arguments) = (BasicConsumeOptions::default(), FieldTable::default());
        wire.basic_consume(queue, "".into(), options, arguments).await
    };
    let subscribed = timeout(SUBSCRIBED_WITHIN, subscribing).await;
    let deliveries = subscribed.map_err(|_| Failure::TimedOut(SUBSCRIBED_WITHIN))??;
    Ok(Open { wire, deliveries })
}

async fn wake_at(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}
