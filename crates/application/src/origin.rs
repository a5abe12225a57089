use std::net::IpAddr;

/// Where a request comes from, as far as that can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The client's address: the other end of the connection, or what trusted proxies say of it.
    pub address: IpAddr,
    /// How the client's program calls itself. Anybody can write anything here.
    pub user_agent: Option<String>,
}
