//! Movies and lists as clients see them.

use serde_json::Value;

use super::{Answer, Member, TestApp, eventually};

/// A movie that was added.
#[derive(Clone, Debug)]
pub struct Movie {
    pub id: i64,
    /// Of the version that was answered when it was added.
    pub etag: String,
}

impl Movie {
    #[track_caller]
    pub fn from_answer(answer: Answer) -> Self {
        let id = answer.value()["id"].as_i64().expect("a movie has an id");
        Self { id, etag: answer.etag() }
    }

    pub fn path(&self) -> String {
        format!("/movies/{}", self.id)
    }

    /// The caller's own rating of it.
    pub fn rating(&self) -> String {
        format!("/movies/{}/rating", self.id)
    }

    pub fn ratings(&self) -> String {
        format!("/movies/{}/ratings", self.id)
    }

    pub fn similar(&self) -> String {
        format!("/movies/{}/similar", self.id)
    }

    pub fn summary(&self) -> String {
        format!("/movies/{}/rating-summary", self.id)
    }
}

impl TestApp {
    #[track_caller]
    pub fn movie(&self, movie: &Movie) -> Value {
        self.get(&movie.path()).json(200)
    }

    #[track_caller]
    pub fn summary(&self, movie: &Movie) -> Value {
        self.get(&movie.summary()).json(200)
    }

    /// Waits until the summary has counted these scores, no more and no less.
    #[track_caller]
    pub fn wait_for_scores(&self, movie: &Movie, scores: &[i64]) {
        eventually(histogram_of(scores), || histogram(&self.summary(movie)));
    }

    /// The items of all pages, which are got one by one, beginning with `path`.
    #[track_caller]
    pub fn all_pages(&self, path: &str) -> Vec<Value> {
        self.walk(path, |_| ())
    }

    /// The items of all pages; `after` sees each before the next is got.
    #[track_caller]
    pub fn walk(&self, path: &str, mut after: impl FnMut(&Value)) -> Vec<Value> {
        let mut items = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next {
            let page = self.get(&path).json(200);
            after(&page);
            items.extend(items_of(&page));
            next = page["next_cursor"].as_str().map(|cursor| with_cursor(&path, cursor));
        }
        items
    }

    /// The titles on the first page of a search.
    #[track_caller]
    pub fn titles(&self, path: &str) -> Vec<String> {
        texts(&items_of(&self.get(path).json(200)), "/title")
    }
}

impl Member {
    /// The items of the first page.
    #[track_caller]
    pub fn items(&self, path: &str) -> Vec<Value> {
        items_of(&self.get(path).json(200))
    }
}

/// The same list from another place on.
pub fn with_cursor(path: &str, cursor: &str) -> String {
    let (list, query) = path.split_once('?').unwrap_or((path, ""));
    let others = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let cursor = format!("cursor={cursor}");
    let query: Vec<&str> = others.chain([cursor.as_str()]).collect();
    format!("{list}?{}", query.join("&"))
}

#[track_caller]
pub fn items_of(page: &Value) -> Vec<Value> {
    page["items"].as_array().expect("a page has items").clone()
}

/// One text of each item, such as `/movie/title`.
pub fn texts(items: &[Value], pointer: &str) -> Vec<String> {
    let text = |item: &Value| Some(item.pointer(pointer)?.as_str()?.to_owned());
    items.iter().map(|item| text(item).unwrap_or_else(|| panic!("no {pointer}: {item}"))).collect()
}

/// The id of each item.
pub fn ids(items: &[Value]) -> Vec<i64> {
    items.iter().map(|item| item["id"].as_i64().expect("an item has an id")).collect()
}

/// How many ratings gave each score, 1 to 10.
pub fn histogram(summary: &Value) -> Vec<u64> {
    let counts = summary["histogram"].as_array().expect("a summary has a histogram");
    counts.iter().map(|count| count.as_u64().expect("a count is a number")).collect()
}

pub fn histogram_of(scores: &[i64]) -> Vec<u64> {
    let count = |score| scores.iter().filter(|given| **given == score).count() as u64;
    (1..=10).map(count).collect()
}
