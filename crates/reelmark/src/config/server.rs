use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use actix_web::http::Uri;
use clap::Args;
use ipnet::IpNet;

use super::value::{given, number, or_default};
use super::{Problem, Problems};

const BIND_ADDRESS: &str = "127.0.0.1:8080";
const DRAIN_SECONDS: &str = "5";

/// How the service is reached, as typed.
#[allow(rustdoc::bare_urls, reason = "the comments are the help texts, where links stay bare")]
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Server")]
pub struct ServerArgs {
    /// Address and port to listen on; port 0 lets the system choose one
    #[arg(long, env, value_name = "HOST:PORT", default_value = BIND_ADDRESS)]
    bind_address: String,

    /// Address and port that is kept free for /health and /metrics, of a worker too [default: nowhere]
    #[arg(long, env, value_name = "HOST:PORT")]
    operations_address: Option<String>,

    /// Address that clients use when it is another one, such as https://movies.example.org behind a
    /// proxy
    #[arg(long, env, value_name = "URL")]
    public_url: Option<String>,

    /// Origins whose pages may call the API from a browser, separated by commas
    #[arg(long, env, value_name = "ORIGIN,…")]
    cors_origins: Option<String>,

    /// Proxies that are believed when they say for whom they forward a request, in Forwarded or
    /// X-Forwarded-For: addresses and networks, separated by commas
    #[arg(long, env, value_name = "ADDRESS,…")]
    trusted_proxies: Option<String>,

    /// How long to go on accepting requests after a signal to stop, while load balancers notice
    #[arg(long, env, value_name = "SECONDS", default_value = DRAIN_SECONDS)]
    drain_seconds: String,
}

/// How the service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerConfig {
    /// A host and a port.
    pub bind_address: String,
    /// A host and a port, for health and metrics alone.
    pub operations_address: Option<String>,
    /// Without a slash at its end.
    pub public_url: Option<String>,
    pub cors_origins: Vec<String>,
    pub trusted_proxies: Vec<IpNet>,
    pub drain: Duration,
}

impl ServerArgs {
    pub fn check(&self, problems: &mut Problems) -> Option<ServerConfig> {
        let bind_address =
            problems.keep(address("BIND_ADDRESS", or_default(&self.bind_address, BIND_ADDRESS)));
        let operations_address = given(&self.operations_address)
            .map(|raw| address("OPERATIONS_ADDRESS", raw))
            .transpose();
        let operations_address = problems.keep(operations_address);
        let public_url = given(&self.public_url).map(public_url).transpose();
        let public_url = problems.keep(public_url);
        let cors_origins = given(&self.cors_origins).unwrap_or_default();
        let cors_origins = problems.keep(origins(cors_origins));
        let trusted_proxies = given(&self.trusted_proxies).unwrap_or_default();
        let trusted_proxies = problems.keep(networks(trusted_proxies));
        let drain = or_default(&self.drain_seconds, DRAIN_SECONDS);
        let drain = problems.keep(number("DRAIN_SECONDS", drain, 0..=600));
        Some(ServerConfig {
            bind_address: bind_address?,
            operations_address: operations_address?,
            public_url: public_url?,
            cors_origins: cors_origins?,
            trusted_proxies: trusted_proxies?,
            drain: Duration::from_secs(drain?),
        })
    }
}

fn address(setting: &str, raw: &str) -> Result<String, Problem> {
    let is_name = |host: &str| {
        let is_part = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
        !host.is_empty() && host.bytes().all(is_part)
    };
    let is_named = raw
        .rsplit_once(':')
        .is_some_and(|(host, port)| is_name(host) && port.parse::<u16>().is_ok());
    if raw.parse::<SocketAddr>().is_ok() || is_named {
        Ok(raw.to_owned())
    } else {
        let rule = "a host and a port, such as 127.0.0.1:8080 or [::]:8080";
        Err(Problem::new(setting, rule, raw))
    }
}

fn public_url(raw: &str) -> Result<String, Problem> {
    match web_address(raw) {
        Some(uri) if uri.query().is_none() && !raw.contains('#') => {
            Ok(raw.trim_end_matches('/').to_owned())
        }
        _ => {
            let rule = "an http:// or https:// address without a query";
            Err(Problem::new("PUBLIC_URL", rule, raw))
        }
    }
}

fn origins(raw: &str) -> Result<Vec<String>, Problem> {
    let origins = raw.split(',').map(str::trim).filter(|one| !one.is_empty());
    origins.map(origin).collect()
}

fn networks(raw: &str) -> Result<Vec<IpNet>, Problem> {
    let networks = raw.split(',').map(str::trim).filter(|one| !one.is_empty());
    networks.map(network).collect()
}

fn network(raw: &str) -> Result<IpNet, Problem> {
    let address = || raw.parse().map(|address: IpAddr| address.to_canonical().into());
    raw.parse().or_else(|_| address()).map_err(|_| {
        let rule = "addresses and networks such as 192.0.2.1, 10.0.0.0/8 or 2001:db8::/32";
        Problem::new("TRUSTED_PROXIES", rule, raw)
    })
}

/// Browsers name an origin in one way only, and anything else would never match.
fn origin(raw: &str) -> Result<String, Problem> {
    let spelled = web_address(raw).and_then(|uri| {
        let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
        Some(format!("{scheme}://{authority}").to_lowercase())
    });
    if spelled.as_deref() == Some(raw) {
        Ok(raw.to_owned())
    } else {
        let rule = "origins such as https://movies.example.org, in lower case and without a path";
        Err(Problem::new("CORS_ORIGINS", rule, raw))
    }
}

/// Whatever names a web server; addresses with a user in them don't.
fn web_address(raw: &str) -> Option<Uri> {
    let uri: Uri = raw.parse().ok()?;
    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
    let is_plain = uri.authority().is_some_and(|a| !a.as_str().contains('@'));
    (is_web && is_plain).then_some(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_an_address_or_a_name_to_listen_on() {
        for raw in ["127.0.0.1:8080", "0.0.0.0:0", "[::1]:80", "localhost:8080"] {
            assert!(address("BIND_ADDRESS", raw).is_ok(), "{raw}");
        }
        for raw in ["8080", ":8080", "localhost", "host:70000", "::1:80x", "a b:80"] {
            assert!(address("BIND_ADDRESS", raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_public_url_loses_its_last_slash() {
        let url = public_url("https://movies.example.org/").unwrap();
        assert_eq!(url, "https://movies.example.org");
        for raw in ["movies.example.org", "ftp://a", "https://", "https://a/?b", "https://u@a"] {
            assert!(public_url(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn proxies_are_addresses_and_networks() {
        let proxies = networks("192.0.2.1, 10.0.0.0/8,2001:db8::/32, ::ffff:192.0.2.2").unwrap();
        let proxies: Vec<String> = proxies.iter().map(IpNet::to_string).collect();
        assert_eq!(proxies, ["192.0.2.1/32", "10.0.0.0/8", "2001:db8::/32", "192.0.2.2/32"]);
        assert_eq!(networks(" ,"), Ok(vec![]));
        for raw in ["*", "proxy.example", "10.0.0.0/33", "10.0.0", "192.0.2.1:80", "1.2.3.4;::1"] {
            assert!(networks(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn origins_are_spelled_as_browsers_do() {
        let two = origins("https://a.example, http://localhost:3000").unwrap();
        assert_eq!(two, ["https://a.example", "http://localhost:3000"]);
        assert_eq!(origins(""), Ok(vec![]));
        for raw in ["*", "null", "https://a/", "https://A.example", "a.example", "https://a/b"] {
            assert!(origins(raw).is_err(), "{raw}");
        }
    }
}
