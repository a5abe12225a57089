//! What the outside must provide. Ports are used as `Arc<dyn Port>`, take values and never other
//! ports, and say in their doc comments what every adapter must keep.

mod cache;
mod clock;
mod dead_letter_queue;
mod dead_letters;
mod health_probe;
mod id_generator;
mod message_queue;
mod movie_reader;
mod movie_records;
mod movie_repository;
mod outbox;
mod password_hasher;
mod rating_reader;
mod rating_repository;
mod rating_summary_repository;
mod repository_error;
mod starter_catalogue;
mod tokens;
mod user_reader;
mod user_repository;

pub use cache::*;
pub use clock::*;
pub use dead_letter_queue::*;
pub use dead_letters::*;
pub use health_probe::*;
pub use id_generator::*;
pub use message_queue::*;
pub use movie_reader::*;
pub use movie_records::*;
pub use movie_repository::*;
pub use outbox::*;
pub use password_hasher::*;
pub use rating_reader::*;
pub use rating_repository::*;
pub use rating_summary_repository::*;
pub use repository_error::*;
pub use starter_catalogue::*;
pub use tokens::*;
pub use user_reader::*;
pub use user_repository::*;
