//! How often what may be done, and by whom. [`policies`] is the one table of limits; a [`Throttle`]
//! enforces them, a [`Meter`] remembers what the client has left.

mod log_in_attempts;
mod measures;
mod meter;
mod network;
pub mod policies;
mod policy;
mod throttle;
mod with_fallback;

pub(crate) use log_in_attempts::admit_log_in;
pub use meter::{Meter, Reading};
pub use network::Network;
pub use policy::{Limit, Policy};
pub use throttle::{Throttle, Throttled};
pub use with_fallback::RateLimiterWithFallback;
