use super::{Cursor, PageLimit};

/// One page of a list, and where the next one starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The items in order.
    pub items: Vec<T>,
    /// Where the next page starts; nothing on the last one.
    pub next: Option<Cursor>,
    /// The number of items on all pages, when it was asked for.
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// Makes a page of up to `limit + 1` items: one more than fits shows that there is a next
    /// page, which starts behind the last item that fits.
    pub fn of(mut items: Vec<T>, limit: PageLimit, cursor_of: impl Fn(&T) -> Cursor) -> Self {
        let has_more = items.len() > limit.get();
        items.truncate(limit.get());
        let next = items.last().filter(|_| has_more).map(cursor_of);
        Self { items, next, total: None }
    }

    /// The same page of other items.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next, total: self.total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_a_next_page_only_when_there_is_one(found in 0usize..12, limit in 1i64..10) {
            let limit = PageLimit::parse(limit).unwrap();
            let items: Vec<_> = (0..found.min(limit.get() + 1)).collect();
            let page = Page::of(items, limit, |n| Cursor::new("numbers", &[&n.to_string()]));
            prop_assert_eq!(page.items.len(), found.min(limit.get()));
            prop_assert_eq!(page.next.is_some(), found > limit.get());
        }
    }
}
