use clap::Args;

use super::value::{choice, or_default};
use super::{Problem, Problems};

const LOG_FORMAT: &str = "text";
/// The HTTP server tells about each of its threads, the driver passes on what PostgreSQL notices,
/// and that of RabbitMQ names each of its spans.
const RUST_LOG: &str = "info,actix_server=warn,tokio_postgres=warn,tracing=warn";

/// What is logged, as typed.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Log")]
pub struct LogArgs {
    /// How log lines on standard error are written: text or json
    #[arg(long, env, value_name = "TEXT|JSON", default_value = LOG_FORMAT)]
    log_format: String,

    /// Which log lines are written, such as warn or info,reelmark_http=debug
    #[arg(long, env, value_name = "FILTER", default_value = RUST_LOG)]
    rust_log: String,
}

/// What is logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogConfig {
    pub format: LogFormat,
    pub filter: String,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object per line.
    Json,
}

impl LogArgs {
    pub fn check(&self, problems: &mut Problems) -> Option<LogConfig> {
        let formats = [("text", LogFormat::Text), ("json", LogFormat::Json)];
        let format = or_default(&self.log_format, LOG_FORMAT);
        let format = problems.keep(choice("LOG_FORMAT", format, &formats));
        let filter = problems.keep(filter(or_default(&self.rust_log, RUST_LOG)));
        Some(LogConfig { format: format?, filter: filter? })
    }
}

fn filter(raw: &str) -> Result<String, Problem> {
    match env_filter::Builder::new().try_parse(raw) {
        Ok(_) => Ok(raw.to_owned()),
        Err(_) => {
            let rule = "a level or pairs such as info,reelmark_http=debug";
            Err(Problem::new("RUST_LOG", rule, raw))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_levels_and_pairs() {
        for raw in ["info", "off", "warn,reelmark_http=debug", "reelmark_sqlite"] {
            assert!(filter(raw).is_ok(), "{raw}");
        }
        for raw in ["info,reelmark_http=loud", "a=b=c"] {
            assert!(filter(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn refuses_other_formats() {
        let mut problems = Problems::default();
        let args = LogArgs { log_format: "xml".into(), rust_log: RUST_LOG.into() };
        assert_eq!(args.check(&mut problems), None);
        assert_eq!(
            problems.to_string(),
            r#"LOG_FORMAT (--log-format) must be text or json, found "xml""#
        );
    }
}
