use serde_json::{Value, json};
use sha2::{Sha256, Sha384, Sha512};

use super::token_forger::{Forgery, TokenForger, encode, signed_with, text, with, without};

const OTHER_SECRET: &[u8] = b"a secret that somebody else made up themselves";

/// Tokens of somebody who writes into the header how the token wants to be verified.
pub(super) fn forged_headers(forger: &TokenForger) -> Vec<Forgery> {
    [
        unsigned(forger),
        other_algorithms(forger),
        other_types(forger),
        other_keys(forger),
        keys_brought_along(forger),
        extensions(forger),
        broken(forger),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn unsigned(forger: &TokenForger) -> Vec<Forgery> {
    let claims = encode(text(&forger.claims()));
    let spellings = ["none", "None", "nOnE", "NONE", "none ", ""];
    let without_signature = spellings.map(|alg| {
        let header = encode(text(&with(forger.header(), "alg", alg)));
        Forgery::new(format!("alg {alg:?}, unsigned"), format!("{header}.{claims}."))
    });
    let with_signature = spellings.map(|alg| {
        let token = forger.with_header(&with(forger.header(), "alg", alg));
        Forgery::new(format!("alg {alg:?}, signed"), token)
    });
    without_signature.into_iter().chain(with_signature).collect()
}

fn other_algorithms(forger: &TokenForger) -> Vec<Forgery> {
    let names = [
        "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA", "hs256",
        "HS256 ", "HMAC", "A128KW", "dir",
    ];
    let claims = text(&forger.claims());
    let header = |alg: &str| text(&with(forger.header(), "alg", alg));
    let hs384 = signed_with::<Sha384>(&header("HS384"), &claims, forger.secret());
    let hs512 = signed_with::<Sha512>(&header("HS512"), &claims, forger.secret());
    let disguised = signed_with::<Sha512>(&header("HS256"), &claims, forger.secret());
    names
        .into_iter()
        .map(|alg| Forgery::new(format!("alg {alg:?}"), forger.signed(&header(alg), &claims)))
        .chain([
            Forgery::new("really HS384", hs384),
            Forgery::new("really HS512", hs512),
            Forgery::new("HS512 that says HS256", disguised),
        ])
        .collect()
}

fn other_types(forger: &TokenForger) -> Vec<Forgery> {
    let mut forged = changed(
        forger,
        "typ",
        [json!("JWT"), json!("jwt"), json!("refresh+jwt"), json!("dpop+jwt"), json!(""), json!(1)],
    );
    let token = forger.with_header(&without(forger.header(), "typ"));
    forged.push(Forgery::new("no typ", token));
    forged
}

fn other_keys(forger: &TokenForger) -> Vec<Forgery> {
    let ids = [
        json!("unknown"),
        json!(""),
        json!("../../../../../../dev/null"),
        json!("/proc/sys/kernel/randomize_va_space"),
        json!("x' UNION SELECT 'secret' --"),
        json!("' OR '1'='1"),
        json!("| whoami"),
        json!("http://localhost/key"),
        json!("\0"),
        json!(0),
        json!(null),
        json!([forger.header()["kid"]]),
        json!({ "kid": forger.header()["kid"] }),
    ];
    let mut forged = changed(forger, "kid", ids.clone());
    let claims = text(&forger.claims());
    forged.extend(ids.into_iter().map(|id| {
        let header = text(&with(forger.header(), "kid", id.clone()));
        let token = signed_with::<Sha256>(&header, &claims, b"");
        Forgery::new(format!("kid {id}, signed with an empty secret"), token)
    }));
    let token = forger.with_header(&without(forger.header(), "kid"));
    forged.push(Forgery::new("no kid", token));
    forged
}

/// The token says where its key is to be found, and is signed with that one.
fn keys_brought_along(forger: &TokenForger) -> Vec<Forgery> {
    let jwk = json!({ "kty": "oct", "alg": "HS256", "k": encode(OTHER_SECRET) });
    let claims = text(&forger.claims());
    [
        ("jku", json!("https://attacker.example/keys.json")),
        ("x5u", json!("https://attacker.example/key.pem")),
        ("jwk", jwk.clone()),
        ("jwks", json!({ "keys": [jwk] })),
        ("x5c", json!([encode(OTHER_SECRET)])),
        ("x5t", json!(encode(OTHER_SECRET))),
        ("url", json!("https://attacker.example/")),
    ]
    .into_iter()
    .map(|(name, value)| {
        let header = text(&with(forger.header(), name, value));
        let token = signed_with::<Sha256>(&header, &claims, OTHER_SECRET);
        Forgery::new(format!("{name}, signed with its key"), token)
    })
    .collect()
}

/// Whoever doesn't understand what is named by `crit` must refuse the token, however well signed.
fn extensions(forger: &TokenForger) -> Vec<Forgery> {
    let unencoded = with(with(forger.header(), "b64", false), "crit", json!(["b64"]));
    let mut forged = changed(
        forger,
        "crit",
        [json!(["exp"]), json!(["b64"]), json!(["alg"]), json!([]), json!("exp"), json!(1)],
    );
    forged.push(Forgery::new("crit b64", forger.with_header(&unencoded)));
    forged
}

fn broken(forger: &TokenForger) -> Vec<Forgery> {
    let (header, claims) = (text(&forger.header()), text(&forger.claims()));
    let twice = header.replacen('{', r#"{"alg":"none","#, 1);
    let deep = "[".repeat(500) + &"]".repeat(500);
    let unclosed = &header[..header.len() - 1];
    let headers = ["", "{}", "[]", "null", "\"HS256\"", &twice, unclosed, &deep, "\u{feff}{}"];
    headers
        .into_iter()
        .map(|header| Forgery::new(format!("header {header:.40}"), forger.signed(header, &claims)))
        .chain([Forgery::new("no alg", forger.with_header(&without(forger.header(), "alg")))])
        .collect()
}

fn changed<const N: usize>(forger: &TokenForger, name: &str, values: [Value; N]) -> Vec<Forgery> {
    values
        .into_iter()
        .map(|value| {
            let token = forger.with_header(&with(forger.header(), name, value.clone()));
            Forgery::new(format!("{name} {value}"), token)
        })
        .collect()
}
