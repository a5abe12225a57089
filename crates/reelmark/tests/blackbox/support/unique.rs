//! Names that nobody else uses, so that scenarios can share a service.

use std::sync::atomic::{AtomicU32, Ordering};

/// `text` with a word behind it that stands nowhere else. The words differ in every letter, so
/// that a search that forgives typos doesn't take one for another.
pub fn unique(text: &str) -> String {
    let word: String = digits().into_iter().flat_map(|digit| SYLLABLES[digit].chars()).collect();
    format!("{text} {word}")
}

/// `name` with a number behind it, as usernames may have.
pub fn unique_name(name: &str) -> String {
    let digits = digits().map(|digit| digit.to_string());
    format!("{name}-{}", digits.concat())
}

const SYLLABLES: [&str; 10] =
    ["bav", "cex", "diz", "foq", "guw", "hyj", "kaf", "lep", "mog", "nuv"];

/// The next number, scattered: neighbours differ in more than their last digit.
fn digits() -> [usize; 5] {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    // The factor shares no divisor with 100,000, so that no number comes twice.
    let scattered = (number as usize * 61_803) % 100_000;
    [10_000, 1_000, 100, 10, 1].map(|place| scattered / place % 10)
}
