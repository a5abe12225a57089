use serde_json::Value;

/// A rating as its author sent it; no two have the same number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating {
    pub score: i64,
    pub number: u64,
}

impl Rating {
    /// The number travels as the review, so that every rating can be told from all others.
    pub fn review(self) -> String {
        format!("take {}", self.number)
    }

    pub fn from_json(rating: &Value) -> Option<Self> {
        let number = rating["review"].as_str()?.strip_prefix("take ")?.parse().ok()?;
        Some(Self { score: rating["score"].as_i64()?, number })
    }
}

/// What somebody knows about their own rating of one movie.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The last acknowledged state, and those asked for since without an answer. `None` is no
    /// rating.
    possible: Vec<Option<Rating>>,
    sent: Vec<Rating>,
}

/// How the store's answer fits to what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Kept,
    /// An acknowledged change is gone.
    Lost,
    /// Nobody sent this.
    Phantom,
}

impl Entry {
    pub fn new() -> Self {
        Self { possible: vec![None], sent: Vec::new() }
    }

    pub fn possible(&self) -> &[Option<Rating>] {
        &self.possible
    }

    /// Takes down what is about to be sent.
    pub fn sends(&mut self, rating: Option<Rating>) {
        self.sent.extend(rating);
    }

    pub fn acknowledged(&mut self, rating: Option<Rating>) {
        self.possible = vec![rating];
    }

    /// It may have happened, or may not.
    pub fn unanswered(&mut self, rating: Option<Rating>) {
        self.possible.push(rating);
    }

    /// Compares, and goes on from what was found.
    pub fn compare(&mut self, found: Option<Rating>) -> Fit {
        let is_known = found.is_none_or(|rating| self.sent.contains(&rating));
        let fit = match self.possible.contains(&found) {
            true => Fit::Kept,
            false if is_known => Fit::Lost,
            false => Fit::Phantom,
        };
        self.possible = vec![found];
        fit
    }
}
