//! The real app with mocked use cases, and verbs to call it with.
//!
//! ```text
//! let mut api = Api::new();
//! api.ratings.expect_remove_rating().returning(|_, _| Ok(()));
//! let answer = api.delete("/api/v1/movies/42/rating").as_member().send().await;
//! assert_eq!(answer.status, 204);
//! ```

mod answer;
mod api;
mod call;
mod exchange;
pub(crate) mod samples;

pub(crate) use answer::Answer;
pub(crate) use api::{Api, GENERATED_ID};
pub(crate) use call::Call;
pub(crate) use exchange::{exchange, trickle};
