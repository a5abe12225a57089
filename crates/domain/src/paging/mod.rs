mod cursor;
mod page;
mod page_limit;

pub use cursor::{Cursor, CursorError};
pub use page::Page;
pub use page_limit::PageLimit;
