use std::sync::Arc;
use std::time::Duration;

use actix_web::web::Bytes;
use futures_util::{StreamExt, stream};
use paperclip::actix::api_v2_operation;
use reelmark_application::rating::{RatingUseCases, ViewRatingSummaryError};
use reelmark_domain::{MovieId, RatingSummary};
use tokio::time::{Instant, sleep};

use super::presenter::RatingSummaryResponse;
use crate::extract::{LastEventId, MovieIdInPath, Seat, Uses};
use crate::openapi::OperationErrors;
use crate::problem::{ApiError, ErrorCode};
use crate::respond::EventStream;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("watchRatingSummary", &[ErrorCode::MovieNotFound, ErrorCode::Overloaded]);

/// How often the summary is looked at. Every replica looks for itself, at a copy that whoever
/// changes the summary makes the cache forget: that works with every engine and while any of them
/// is down, and costs a cached read per look.
const EVERY: Duration = Duration::from_millis(500);

/// Silence for longer than this makes proxies close a connection, and keeps us from noticing that
/// the client has.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Watch a movie's rating summary
///
/// A stream of server-sent events named `rating-summary`, one whenever the summary has changed; the
/// first comes at once, unless `Last-Event-ID` says that it is known. Its `data` is the summary as
/// JSON, its `id` the summary's version. A comment every 15 seconds shows that the stream lives. It
/// ends when the movie is removed or the server is about to stop; clients connect again.
#[api_v2_operation(
    tags(Ratings),
    operation_id = "watchRatingSummary",
    produces = "text/event-stream"
)]
pub(super) async fn watch_rating_summary(
    ratings: Uses<dyn RatingUseCases>,
    id: MovieIdInPath,
    last: LastEventId,
    seat: Seat,
) -> Result<EventStream, ApiError> {
    ratings.view_rating_summary(id.0).await?;
    let watch = Watch {
        ratings: ratings.share(),
        movie: id.0,
        seen: last.0,
        next_heartbeat: Instant::now() + HEARTBEAT,
        seat,
    };
    let events = stream::unfold(watch, |mut watch| async {
        let lines = watch.next().await?;
        Some((Ok(lines), watch))
    });
    Ok(EventStream(events.boxed_local()))
}

struct Watch {
    ratings: Arc<dyn RatingUseCases>,
    movie: MovieId,
    /// The version that the client has.
    seen: Option<i64>,
    next_heartbeat: Instant,
    seat: Seat,
}

impl Watch {
    /// The next lines to send; nothing when the stream is over.
    async fn next(&mut self) -> Option<Bytes> {
        while !self.seat.must_be_left() {
            match self.ratings.view_rating_summary(self.movie).await {
                Ok(summary) if self.seen != Some(summary.version()) => {
                    return Some(self.event(&summary));
                }
                Err(ViewRatingSummaryError::MovieNotFound) => return None,
                // What can't be read now is read at the next look.
                Ok(_) | Err(ViewRatingSummaryError::Store(_)) => {}
            }
            if self.next_heartbeat <= Instant::now() {
                self.next_heartbeat = Instant::now() + HEARTBEAT;
                return Some(Bytes::from_static(b": still here\n\n"));
            }
            sleep(EVERY).await;
        }
        None
    }

    fn event(&mut self, summary: &RatingSummary) -> Bytes {
        self.seen = Some(summary.version());
        self.next_heartbeat = Instant::now() + HEARTBEAT;
        let data = serde_json::to_string(&RatingSummaryResponse::from(summary));
        let data = data.unwrap_or_default();
        Bytes::from(format!(
            "id: {}\nevent: rating-summary\nretry: 2000\ndata: {data}\n\n",
            summary.version()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::Histogram;
    use std::collections::VecDeque;
    use std::sync::Mutex;

    const PATH: &str = "/api/v1/movies/42/rating-summary/events";

    fn version(version: i64) -> Result<RatingSummary, ViewRatingSummaryError> {
        let nobody = Histogram::default();
        Ok(RatingSummary::new(samples::movie_id(), nobody, None, version, samples::NOON))
    }

    /// Watches while one look after the other finds `looks`, until the movie is gone. The first is
    /// the one that decides whether there is anything to watch.
    async fn watch(
        looks: Vec<Result<RatingSummary, ViewRatingSummaryError>>,
        last_event_id: &str,
    ) -> Answer {
        tokio::time::pause();
        let looks = Mutex::new(VecDeque::from(looks));
        let mut api = Api::new();
        api.ratings.expect_view_rating_summary().returning(move |_| {
            let look = looks.lock().unwrap().pop_front();
            look.unwrap_or(Err(ViewRatingSummaryError::MovieNotFound))
        });
        api.get(PATH).header("Last-Event-ID", last_event_id).send().await
    }

    fn ids(answer: &Answer) -> Vec<&str> {
        answer.text().lines().filter_map(|line| line.strip_prefix("id: ")).collect()
    }

    #[actix_web::test]
    async fn tells_each_change_once() {
        let looks = vec![version(3), version(3), version(3), version(4), version(4), version(7)];
        let answer = watch(looks, "").await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/event-stream"));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(ids(&answer), ["3", "4", "7"]);
        let first = answer.text().split("\n\n").next().unwrap();
        assert!(first.contains("event: rating-summary\n"), "{first}");
        assert!(first.contains("data: {\"movie_id\":42,"), "{first}");
    }

    #[actix_web::test]
    async fn goes_on_where_a_broken_stream_ended() {
        let looks = vec![version(3), version(3), version(4)];
        assert_eq!(ids(&watch(looks, "3").await), ["4"]);
    }

    #[actix_web::test]
    async fn shows_every_15_seconds_that_it_lives() {
        let looks = (0..70).map(|_| version(3)).collect();
        let answer = watch(looks, "3").await;
        assert_eq!(answer.text(), ": still here\n\n".repeat(2));
    }

    #[actix_web::test]
    async fn survives_a_store_that_is_away_for_a_while() {
        let looks = vec![version(3), Err(samples::unavailable().into()), version(4)];
        assert_eq!(ids(&watch(looks, "3").await), ["4"]);
    }

    #[actix_web::test]
    async fn there_is_nothing_to_watch_without_a_movie() {
        watch(vec![], "").await.fails(404, "movie_not_found");
    }
}
