//! Access tokens that the service never gave out.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// Makes tokens out of a genuine one.
pub struct Forger {
    pub header: Value,
    pub claims: Value,
    /// The genuine signature.
    signature: String,
}

impl Forger {
    pub fn new(genuine: &str) -> Self {
        let parts: Vec<&str> = genuine.split('.').collect();
        let [header, claims, signature] = parts[..] else { panic!("a token has three parts") };
        let (header, claims) = (decoded(header), decoded(claims));
        Self { header, claims, signature: signature.to_owned() }
    }

    /// A token with one member of the header or of the claims changed; `null` removes it.
    pub fn signed_with(&self, secret: &str, part: Part, member: &str, value: Value) -> String {
        let (mut header, mut claims) = (self.header.clone(), self.claims.clone());
        let changed = match part {
            Part::Header => &mut header,
            Part::Claims => &mut claims,
        };
        let members = changed.as_object_mut().expect("both are objects");
        match value {
            Value::Null => drop(members.remove(member)),
            value => drop(members.insert(member.to_owned(), value)),
        }
        signed(&header, &claims, secret)
    }

    /// The genuine token, made anew. If this is refused, so is every forgery, for a wrong reason.
    pub fn unchanged(&self, secret: &str) -> String {
        signed(&self.header, &self.claims, secret)
    }

    /// Other claims under the genuine signature.
    pub fn with_stolen_signature(&self, claims: &Value) -> String {
        format!("{}.{}.{}", encoded(&self.header), encoded(claims), self.signature)
    }

    /// A token that says it needs no signature.
    pub fn unsigned(&self, algorithm: &str) -> String {
        let mut header = self.header.clone();
        header["alg"] = algorithm.into();
        format!("{}.{}.", encoded(&header), encoded(&self.claims))
    }
}

/// Which half of a token is meant.
#[derive(Clone, Copy, Debug)]
pub enum Part {
    Header,
    Claims,
}

fn signed(header: &Value, claims: &Value, secret: &str) -> String {
    let message = format!("{}.{}", encoded(header), encoded(claims));
    let key = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key will do");
    let signature = key.chain_update(&message).finalize().into_bytes();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn encoded(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn decoded(part: &str) -> Value {
    let json = URL_SAFE_NO_PAD.decode(part).expect("a part is base64url");
    serde_json::from_slice(&json).expect("a part is JSON")
}
