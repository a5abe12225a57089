use serde_json::{Value, json};

use super::token_forger::{Forgery, TokenForger, text, with, without};

const REQUIRED: [&str; 8] = ["iss", "aud", "sub", "sid", "exp", "iat", "nbf", "jti"];

/// Texts that are no id, or one that is spelled in another way than ours.
const NO_IDS: [&str; 21] = [
    "",
    " ",
    "ada",
    "0",
    "-1",
    "-7",
    "00",
    "+7",
    "07",
    " 7",
    "7 ",
    "7.0",
    "7e0",
    "0x7",
    "7\0",
    "٧",
    "7,8",
    "7;8",
    "admin",
    "9223372036854775808",
    "18446744073709551623",
];

/// Tokens that are signed as they should be and say what they should not.
pub(super) fn forged_claims(forger: &TokenForger) -> Vec<Forgery> {
    [
        missing(forger),
        of_another_type(forger),
        of_other_parties(forger),
        of_nobody(forger),
        of_another_time(forger),
        broken(forger),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn missing(forger: &TokenForger) -> Vec<Forgery> {
    let removed = REQUIRED.map(|name| {
        let token = forger.with_claims(&without(forger.claims(), name));
        Forgery::new(format!("no {name}"), token)
    });
    let null = REQUIRED.map(|name| changed(forger, name, Value::Null));
    let upper_case = REQUIRED.map(|name| {
        let value = forger.claims()[name].clone();
        let renamed = with(without(forger.claims(), name), &name.to_uppercase(), value);
        Forgery::new(format!("{name} in capitals"), forger.with_claims(&renamed))
    });
    [removed, null, upper_case].into_iter().flatten().collect()
}

fn of_another_type(forger: &TokenForger) -> Vec<Forgery> {
    let number_as_text = |name: &'static str| {
        let text = forger.claims()[name].to_string();
        changed(forger, name, json!(text))
    };
    let text_as_number = |name| changed(forger, name, json!(7));
    let wrapped = |name: &'static str| changed(forger, name, json!([forger.claims()[name]]));
    ["exp", "iat", "nbf"]
        .map(number_as_text)
        .into_iter()
        .chain(["iss", "aud", "sub", "sid", "jti"].map(text_as_number))
        .chain(["iss", "sub", "sid", "exp", "iat", "nbf", "jti"].map(wrapped))
        .chain(REQUIRED.map(|name| changed(forger, name, json!({}))))
        .chain(REQUIRED.map(|name| changed(forger, name, json!(true))))
        .collect()
}

fn of_other_parties(forger: &TokenForger) -> Vec<Forgery> {
    let mut forged = Vec::new();
    for name in ["iss", "aud"] {
        let right = forger.claims()[name].as_str().unwrap().to_owned();
        let wrong = [
            String::new(),
            "somebody-else".into(),
            format!("{right}/"),
            format!("{right} "),
            format!("{right}\0"),
            format!("{right},somebody-else"),
            right[1..].into(),
        ];
        forged.extend(wrong.map(|value| changed(forger, name, json!(value))));
    }
    forged.extend([json!([]), json!(["somebody-else"])].map(|aud| changed(forger, "aud", aud)));
    forged
}

fn of_nobody(forger: &TokenForger) -> Vec<Forgery> {
    let mut forged: Vec<_> = ["sub", "sid"]
        .into_iter()
        .flat_map(|name| NO_IDS.map(|text| changed(forger, name, json!(text))))
        .collect();
    forged.push(changed(forger, "jti", json!("")));
    forged
}

fn of_another_time(forger: &TokenForger) -> Vec<Forgery> {
    let (now, exp) = (seconds(forger, "iat"), seconds(forger, "exp"));
    let far = [
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!(now as f64 + 0.5),
        json!(exp as f64),
        json!(exp * 1_000),
    ];
    let mut forged: Vec<_> = ["exp", "iat", "nbf"]
        .into_iter()
        .flat_map(|name| far.clone().map(|value| changed(forger, name, value)))
        .collect();
    forged.extend([
        changed(forger, "nbf", json!(now + 31)),
        changed(forger, "iat", json!(now + 31)),
        changed(forger, "exp", json!(exp + 365 * 24 * 60 * 60)),
        changed(forger, "exp", json!(now)),
        changed(forger, "exp", json!(now - 10)),
        changed(forger, "exp", json!(-exp)),
        changed(forger, "exp", json!(i64::MIN)),
        changed(forger, "iat", json!(i64::MIN)),
    ]);
    forged
}

fn broken(forger: &TokenForger) -> Vec<Forgery> {
    let (header, claims) = (text(&forger.header()), text(&forger.claims()));
    let mut forged: Vec<_> = REQUIRED
        .into_iter()
        .map(|name| {
            let again = format!("{{\"{name}\":{},", forger.claims()[name]);
            let twice = claims.replacen('{', &again, 1);
            Forgery::new(format!("{name} twice"), forger.signed(&header, &twice))
        })
        .collect();
    let another = claims.replacen('}', r#","sub":"8"}"#, 1);
    let unclosed = &claims[..claims.len() - 1];
    let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
    let trailing = format!("{claims}{claims}");
    for broken in ["", "{}", "[]", "null", "7", &another, unclosed, &deep, &trailing] {
        let token = forger.signed(&header, broken);
        forged.push(Forgery::new(format!("claims {broken:.40}"), token));
    }
    forged
}

fn changed(forger: &TokenForger, name: &str, value: Value) -> Forgery {
    let description = format!("{name} {value}");
    let token = forger.with_claims(&with(forger.claims(), name, value));
    Forgery::new(description, token)
}

fn seconds(forger: &TokenForger, name: &str) -> i64 {
    forger.claims()[name].as_i64().expect("a time is a number")
}
