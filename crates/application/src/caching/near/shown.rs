use std::any::Any;
use std::ops::Deref;
use std::sync::OnceLock;

/// A value that is shown many times, and what a presenter made of it, which is made once.
#[derive(Debug)]
pub struct Shown<T> {
    value: T,
    presented: OnceLock<Box<dyn Any + Send + Sync>>,
}

impl<T> Shown<T> {
    pub const fn new(value: T) -> Self {
        Self { value, presented: OnceLock::new() }
    }

    /// What `present` makes of the value. The first `P` is kept as long as the value; a presenter
    /// that makes something else makes it anew each time.
    pub fn presented<P>(&self, present: impl Fn(&T) -> P) -> P
    where
        P: Clone + Send + Sync + 'static,
    {
        let kept = self.presented.get_or_init(|| Box::new(present(&self.value)));
        kept.downcast_ref().cloned().unwrap_or_else(|| present(&self.value))
    }
}

impl<T> Deref for Shown<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn is_presented_once_by_the_first_presenter_and_each_time_by_another() {
        let (shown, made) = (Shown::new(7), Cell::new(0));
        let count = || made.set(made.get() + 1);
        let text = |value: &i32| {
            count();
            value.to_string()
        };
        assert_eq!((shown.presented(text), shown.presented(text)), ("7".into(), "7".into()));
        assert_eq!(made.get(), 1);
        let double = |value: &i32| {
            count();
            value * 2
        };
        assert_eq!((shown.presented(double), shown.presented(double)), (14, 14));
        assert_eq!(made.get(), 3);
    }
}
