mod cursor;
mod page;
mod page_limit;
mod short_limit;

pub use cursor::{Cursor, CursorError};
pub use page::Page;
pub use page_limit::PageLimit;
pub use short_limit::ShortLimit;
