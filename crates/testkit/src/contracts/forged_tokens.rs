use std::ops::Range;

use sha2::Sha256;

use super::token_forger::{Forgery, TokenForger, decode, encode, signed_with, text, with};

/// Genuine parts under a signature that is not theirs.
pub(super) fn forged_signatures(forger: &TokenForger) -> Vec<Forgery> {
    let (header, claims) = (text(&forger.header()), text(&forger.claims()));
    let (message, signature) = forger.genuine().rsplit_once('.').unwrap();
    let secret = forger.secret();
    let longer = [secret, b"x"].concat();
    let for_somebody_else = text(&with(forger.claims(), "sub", "8"));
    let spliced = format!("{}.{}.{signature}", encode(&header), encode(for_somebody_else));
    let bytes = decode(signature);
    let cut = |range: Range<usize>| format!("{message}.{}", encode(&bytes[range]));
    let signed = |secret: &[u8]| signed_with::<Sha256>(&header, &claims, secret);
    [
        ("claims of another user", spliced),
        ("signed with an empty secret", signed(b"")),
        ("signed with another secret", signed(b"a secret that somebody else made up themselves")),
        ("signed with a part of the secret", signed(&secret[1..])),
        ("signed with more than the secret", signed(&longer)),
        ("signed with the algorithm's name", signed(b"HS256")),
        ("no signature", format!("{message}.")),
        ("a signature of nothing", format!("{message}.{}", encode([0; 32]))),
        ("the first byte of the signature", cut(0..1)),
        ("the first half of the signature", cut(0..16)),
        ("all but the last byte of the signature", cut(0..31)),
        ("all but the first byte of the signature", cut(1..32)),
        ("a signature and more", format!("{message}.{signature}AAAA")),
        ("two signatures", format!("{message}.{signature}{signature}")),
        ("a padded signature", format!("{message}.{signature}=")),
        ("a signature in capitals", format!("{message}.{}", signature.to_uppercase())),
        ("claims for a signature", format!("{message}.{}", encode(&claims))),
    ]
    .into_iter()
    .map(|(name, token)| Forgery::new(name, token))
    .collect()
}

/// Texts that are no token at all.
pub(super) fn misshapen_tokens(forger: &TokenForger) -> Vec<Forgery> {
    let genuine = forger.genuine();
    let parts: Vec<_> = genuine.split('.').collect();
    let (header, claims) = (text(&forger.header()), text(&forger.claims()));
    let huge = text(&with(forger.claims(), "note", "x".repeat(100_000)));
    [
        ("nothing", String::new()),
        ("a blank", " ".into()),
        ("white space", "\r\n\t ".into()),
        ("a dot", ".".into()),
        ("two dots", "..".into()),
        ("10,000 dots", ".".repeat(10_000)),
        ("one part", parts[0].into()),
        ("two parts", parts[..2].join(".")),
        ("four parts", format!("{genuine}.{}", parts[2])),
        ("a fourth part that is empty", format!("{genuine}.")),
        ("a first part that is empty", format!(".{genuine}")),
        ("five parts", format!("{genuine}.{}.{}", parts[0], parts[1])),
        ("parts in another order", [parts[1], parts[0], parts[2]].join(".")),
        ("other separators", genuine.replace('.', ",")),
        ("Bearer in front", format!("Bearer {genuine}")),
        ("a blank in front", format!(" {genuine}")),
        ("a blank behind", format!("{genuine} ")),
        ("a line break behind", format!("{genuine}\n")),
        ("a NUL behind", format!("{genuine}\0")),
        ("quotes around", format!("\"{genuine}\"")),
        ("two tokens", format!("{genuine}{genuine}")),
        ("two tokens and a comma", format!("{genuine},{genuine}")),
        ("letters that aren't base64", genuine.replacen('e', "é", 1)),
        ("a padded header", genuine.replacen('.', "=.", 1)),
        ("plain JSON", format!("{header}.{claims}.{}", parts[2])),
        ("100 KB of one letter", "e".repeat(100_000)),
        ("100 KB in front", format!("{}{genuine}", "e".repeat(100_000))),
        ("100 KB behind", format!("{genuine}{}", "e".repeat(100_000))),
        ("100 KB of well signed claims", forger.signed(&header, &huge)),
    ]
    .into_iter()
    .map(|(name, token)| Forgery::new(name, token))
    .collect()
}

/// All texts that differ from `genuine` in one bit.
pub(super) fn changed_bits(genuine: &str) -> Vec<Forgery> {
    (0..genuine.len())
        // The highest bit would make it something else than ASCII text.
        .flat_map(|at| (0..7).map(move |bit| (at, bit)))
        .filter_map(|(at, bit)| {
            let mut bytes = genuine.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let token = String::from_utf8(bytes).ok()?;
            Some(Forgery::new(format!("bit {bit} of character {at}"), token))
        })
        .collect()
}
