use std::fmt::Write;

use log::Record;
use serde_json::Value as Json;

use super::fields::fields;

/// Time, level, target and message, then `key=value` for each of the key-values.
pub fn line(time: &str, record: &Record<'_>) -> String {
    let (level, target) = (record.level(), record.target());
    let message = one_line(&record.args().to_string());
    let mut line = format!("{time} {level:5} {target}: {message}");
    for (key, value) in fields(record) {
        // Writing to a string can't fail.
        let _ = write!(line, " {key}={}", plain(&value));
    }
    line
}

/// Texts without spaces stand for themselves, all others are quoted.
fn plain(value: &Json) -> String {
    match value.as_str() {
        Some(text) if !text.is_empty() && text.chars().all(is_plain) => text.to_owned(),
        _ => value.to_string(),
    }
}

fn is_plain(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && c != '"' && c != '='
}

/// Whoever puts line breaks into a name must not be able to forge a line.
fn one_line(message: &str) -> String {
    let mut line = String::with_capacity(message.len());
    for c in message.chars() {
        if c.is_control() {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logging::testing::format;
    use log::kv::Value;

    fn text(message: &str, key_values: &[(&str, Value<'_>)]) -> String {
        format(line, message, &key_values)
    }

    #[test]
    fn shows_key_values_behind_the_message() {
        let key_values = [
            ("status", Value::from(503)),
            ("task", Value::from("relay")),
            ("reason", Value::from("no connection")),
        ];
        assert_eq!(
            text("a task waits", &key_values),
            "2026-03-01T12:00:00.000Z WARN  reelmark::test: a task waits status=503 task=relay \
             reason=\"no connection\""
        );
    }

    #[test]
    fn is_one_line_whatever_it_is_given() {
        let line = text("a\nb", &[("name", Value::from("x\n2026 ERROR forged: y"))]);
        assert!(!line.contains('\n'));
        assert!(line.contains(r"a\nb"));
    }
}
