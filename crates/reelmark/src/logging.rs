//! Log lines on standard error, for people or for machines. Everybody else knows the `log` facade
//! alone, says in the message what happened, and puts to whom and why into key-values.

mod fields;
mod json;
mod text;

use std::io::Write;

use log::SetLoggerError;

use crate::config::{LogConfig, LogFormat};

/// # Errors
/// When there is a log already.
pub fn init(config: &LogConfig) -> Result<(), SetLoggerError> {
    let line = match config.format {
        LogFormat::Text => text::line,
        LogFormat::Json => json::line,
    };
    env_logger::Builder::new()
        .parse_filters(&config.filter)
        .format(move |out, record| {
            let time = out.timestamp_millis().to_string();
            writeln!(out, "{}", line(&time, record))
        })
        .try_init()
}

#[cfg(test)]
mod testing {
    use log::kv::Source;
    use log::{Level, Record};

    /// Formats one line of a known time and place.
    pub fn format(
        line: fn(&str, &Record<'_>) -> String,
        message: &str,
        key_values: &dyn Source,
    ) -> String {
        let time = "2026-03-01T12:00:00.000Z";
        line(
            time,
            &Record::builder()
                .level(Level::Warn)
                .target("reelmark::test")
                .args(format_args!("{message}"))
                .key_values(&key_values)
                .build(),
        )
    }
}
