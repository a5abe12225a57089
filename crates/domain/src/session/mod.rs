mod device;
mod refresh;
mod session;

pub use device::Device;
pub use refresh::{RefreshVerdict, SpentToken};
pub use session::Session;
