use std::path::{Path, PathBuf};

use actix_web::http::Uri;
use clap::Args;
use secrecy::{ExposeSecret, SecretString};

use super::value::{choice, given, given_secret};
use super::{Problem, Problems, ServerConfig};

/// The top-level domain `invalid` belongs to nobody, and never will (RFC 2606).
const NOWHERE: &str = "reelmark.invalid";

/// How mail is sent, as typed.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Mail")]
pub struct MailArgs {
    /// Mail server to send through: smtps://USER:PASSWORD@HOST, or smtp://HOST for one nearby
    /// [default: mails are written into a folder]
    #[arg(long, env, value_name = "URL", hide_env_values = true)]
    smtp_url: Option<SecretString>,

    /// Folder that mails are written into when there is no mail server [default: mail in the data
    /// folder]
    #[arg(long, env, value_name = "FOLDER")]
    mail_dir: Option<String>,

    /// Who mails come from, such as "Reelmark <no-reply@movies.example.org>" [default: no-reply at
    /// the host of PUBLIC_URL]
    #[arg(long, env, value_name = "ADDRESS")]
    mail_from: Option<String>,

    /// Whether whoever signs up has to prove that the address is theirs first: on or off [default:
    /// on with a mail server]
    #[arg(long, env, value_name = "ON|OFF")]
    activation: Option<String>,
}

/// How mail is sent.
#[derive(Clone, Debug)]
pub struct MailConfig {
    pub route: MailRoute,
    pub from: String,
    /// Whether new accounts have to be activated.
    pub with_activation: bool,
}

/// Where mails go.
#[derive(Clone, Debug)]
pub enum MailRoute {
    Server { url: SecretString },
    Folder(PathBuf),
}

impl MailArgs {
    pub fn check(
        &self,
        data_dir: &Path,
        server: Option<&ServerConfig>,
        problems: &mut Problems,
    ) -> Option<MailConfig> {
        let route = match given_secret(&self.smtp_url) {
            Some(url) => problems.keep(mail_server(url)),
            None => Some(MailRoute::Folder(match given(&self.mail_dir) {
                Some(folder) => folder.into(),
                None => data_dir.join("mail"),
            })),
        };
        let from = match given(&self.mail_from) {
            Some(from) => from.to_owned(),
            None => format!("Reelmark <no-reply@{}>", host(server)),
        };
        let activation = given(&self.activation);
        let activation =
            activation.map(|raw| choice("ACTIVATION", raw, &[("on", true), ("off", false)]));
        let activation = problems.keep(activation.transpose())?;
        let route = route?;
        let has_server = matches!(route, MailRoute::Server { .. });
        Some(MailConfig { route, from, with_activation: activation.unwrap_or(has_server) })
    }
}

fn mail_server(url: &SecretString) -> Result<MailRoute, Problem> {
    match url.expose_secret().split_once("://") {
        Some(("smtp" | "smtps", host)) if !host.is_empty() => {
            Ok(MailRoute::Server { url: url.clone() })
        }
        _ => {
            let rule = "must be an address that begins with smtp:// or smtps://";
            Err(Problem::of_secret("SMTP_URL", rule))
        }
    }
}

/// A name that mail can come from; addresses of the network can't.
fn host(server: Option<&ServerConfig>) -> String {
    let url = server.and_then(|server| server.public_url.as_deref());
    let uri = url.and_then(|url| url.parse::<Uri>().ok());
    let host = uri.as_ref().and_then(Uri::host).unwrap_or(NOWHERE);
    let is_name = host.contains('.') && host.contains(|c: char| c.is_ascii_alphabetic());
    if is_name { host.to_owned() } else { NOWHERE.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(smtp_url: Option<&str>) -> MailArgs {
        MailArgs {
            smtp_url: smtp_url.map(SecretString::from),
            mail_dir: None,
            mail_from: None,
            activation: None,
        }
    }

    fn check(args: &MailArgs) -> (Option<MailConfig>, String) {
        let mut problems = Problems::default();
        let config = args.check(Path::new("data"), None, &mut problems);
        (config, problems.to_string())
    }

    #[test]
    fn goes_into_the_data_folder_without_a_mail_server_and_activates_nobody() {
        let config = check(&args(None)).0.unwrap();
        assert!(matches!(&config.route, MailRoute::Folder(f) if f == Path::new("data/mail")));
        assert_eq!(config.from, "Reelmark <no-reply@reelmark.invalid>");
        assert!(!config.with_activation);
    }

    #[test]
    fn a_mail_server_brings_activation_unless_it_is_off() {
        let with_server = args(Some("smtp://localhost"));
        assert!(check(&with_server).0.unwrap().with_activation);
        let off = MailArgs { activation: Some("off".into()), ..with_server };
        assert!(!check(&off).0.unwrap().with_activation);
        let on = MailArgs { activation: Some("on".into()), ..args(None) };
        assert!(check(&on).0.unwrap().with_activation);
    }

    #[test]
    fn refuses_what_is_no_mail_server_without_repeating_a_password() {
        for url in ["http://:hunter2@localhost", "hunter2@localhost", "smtp://"] {
            let (config, problems) = check(&args(Some(url)));
            assert!(config.is_none() && problems.contains("SMTP_URL"), "{problems}");
            assert!(!problems.contains("hunter2"), "{problems}");
        }
        let maybe = MailArgs { activation: Some("maybe".into()), ..args(None) };
        assert!(check(&maybe).1.contains("ACTIVATION"));
    }
}
