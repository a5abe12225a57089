use reelmark_application::ports::IdGenerator;
use uuid::Uuid;

/// Makes UUIDs of version 7, which sort by the time they were made.
#[derive(Clone, Copy, Debug, Default)]
pub struct UuidGenerator;

impl IdGenerator for UuidGenerator {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the adapter that everybody else is given instead"
    )]
    fn new_id(&self) -> String {
        Uuid::now_v7().to_string()
    }
}
