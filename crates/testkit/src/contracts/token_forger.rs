use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use serde_json::{Map, Value};
use sha2::Sha256;

/// The members of a header or of claims.
pub(super) type Members = Map<String, Value>;

/// A token that must be refused, and what is wrong with it.
pub(super) struct Forgery {
    pub name: String,
    pub token: String,
}

impl Forgery {
    pub fn new(name: impl Into<String>, token: impl Into<String>) -> Self {
        Self { name: name.into(), token: token.into() }
    }
}

/// Makes tokens out of a genuine one, with one thing wrong about each.
pub(super) struct TokenForger {
    genuine: String,
    secret: Vec<u8>,
}

impl TokenForger {
    pub fn new(genuine: &str, secret: &[u8]) -> Self {
        Self { genuine: genuine.into(), secret: secret.into() }
    }

    pub fn genuine(&self) -> &str {
        &self.genuine
    }

    pub fn secret(&self) -> &[u8] {
        &self.secret
    }

    pub fn header(&self) -> Members {
        self.members(0)
    }

    pub fn claims(&self) -> Members {
        self.members(1)
    }

    fn members(&self, part: usize) -> Members {
        let encoded = self.genuine.split('.').nth(part).expect("a token has parts");
        serde_json::from_slice(&decode(encoded)).expect("they are JSON objects")
    }

    pub fn unchanged(&self) -> String {
        self.signed(&text(&self.header()), &text(&self.claims()))
    }

    /// A token of this header and these claims, signed with the right secret.
    pub fn signed(&self, header: &str, claims: &str) -> String {
        signed_with::<Sha256>(header, claims, &self.secret)
    }

    /// A token with this header and the genuine claims, signed with the right secret.
    pub fn with_header(&self, header: &Members) -> String {
        self.signed(&text(header), &text(&self.claims()))
    }

    /// A token with the genuine header and these claims, signed with the right secret.
    pub fn with_claims(&self, claims: &Members) -> String {
        self.signed(&text(&self.header()), &text(claims))
    }
}

/// A token of this header and these claims, signed in this way with this secret.
pub(super) fn signed_with<H: EagerHash>(header: &str, claims: &str, secret: &[u8]) -> String
where
    Hmac<H>: KeyInit + Mac,
{
    let message = format!("{}.{}", encode(header), encode(claims));
    let mac = <Hmac<H> as KeyInit>::new_from_slice(secret).expect("a key of any length will do");
    let signature = mac.chain_update(&message).finalize().into_bytes();
    format!("{message}.{}", encode(&*signature))
}

pub(super) fn encode(part: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(part)
}

pub(super) fn decode(part: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(part).expect("it is base64url")
}

pub(super) fn text(members: &Members) -> String {
    serde_json::to_string(members).expect("JSON has a text")
}

/// The members with this one set.
pub(super) fn with(mut members: Members, name: &str, value: impl Into<Value>) -> Members {
    members.insert(name.into(), value.into());
    members
}

/// The members without this one.
pub(super) fn without(mut members: Members, name: &str) -> Members {
    members.remove(name).expect("it is there");
    members
}
