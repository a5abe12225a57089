//! What operators do about messages that were given up.

mod list_dead_letters;
mod retry_all_dead_letters;
mod service;
mod use_cases;

pub use list_dead_letters::DEAD_LETTERS_AT_ONCE;
pub use service::DeadLetterService;
pub use use_cases::DeadLetterUseCases;
