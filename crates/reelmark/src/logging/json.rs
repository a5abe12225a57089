use log::Record;
use serde_json::{Map, Value as Json, json};

use super::fields::fields;

/// One object: time, level, target, message, and beside them the key-values, none of which can
/// take the place of those four.
pub fn line(time: &str, record: &Record<'_>) -> String {
    let mut line = Map::new();
    line.insert("time".to_owned(), json!(time));
    line.insert("level".to_owned(), json!(record.level().as_str()));
    line.insert("target".to_owned(), json!(record.target()));
    line.insert("message".to_owned(), json!(record.args().to_string()));
    for (key, value) in fields(record) {
        line.entry(key).or_insert(value);
    }
    Json::Object(line).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logging::testing::format;
    use log::kv::Value;
    use reelmark_application::ports::RepositoryError;

    fn parsed(message: &str, key_values: &[(&str, Value<'_>)]) -> Json {
        let line = format(line, message, &key_values);
        assert!(!line.contains('\n'));
        serde_json::from_str(&line).unwrap()
    }

    #[test]
    fn is_one_object_with_the_key_values_in_it() {
        let key_values = [
            ("path", Value::from("/api/v1")),
            ("status", Value::from(503_u16)),
            ("duration_ms", Value::from(1.25)),
            ("is_down", Value::from(true)),
        ];
        let expected = json!({
            "time": "2026-03-01T12:00:00.000Z",
            "level": "WARN",
            "target": "reelmark::test",
            "message": "first\nsecond",
            "path": "/api/v1",
            "status": 503,
            "duration_ms": 1.25,
            "is_down": true,
        });
        assert_eq!(parsed("first\nsecond", &key_values), expected);
    }

    #[test]
    fn tells_all_that_caused_an_error() {
        let cause = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        let error = RepositoryError::Unavailable(Box::new(cause));
        let line = parsed("it broke", &[("error", Value::from_dyn_error(&error))]);
        assert_eq!(line["error"], "the store is unavailable: connection refused");
    }

    #[test]
    fn key_values_cannot_take_the_place_of_the_message() {
        let line = parsed("true", &[("message", Value::from("forged"))]);
        assert_eq!(line["message"], "true");
    }
}
