use serde_json::{Value, json};

use crate::support::launch::JWT_SECRET;
use crate::support::scenario::Scenario;
use crate::support::tokens::{Forger, Part};
use crate::support::{Member, Stack, TestApp, unique};
use crate::{beside_others, only_on};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![
        without_a_token_nothing_private_is_told,
        what_is_no_token_is_refused,
        a_token_that_was_changed_is_refused,
        a_token_without_a_signature_is_refused,
        a_bad_token_is_refused_where_none_is_needed,
        a_token_of_another_installation_is_refused,
    ];
    scenarios.extend(only_on![Full:
        an_expired_token_says_so,
        a_signed_token_that_says_the_wrong_things_is_refused,
        a_role_in_a_token_means_nothing,
        a_session_serves_its_owner_alone,
        a_key_signs_under_its_own_name_alone,
    ]);
    scenarios
}

/// The status and code of a call that needs a token.
fn refusal(app: &TestApp, token: &str, code: &str) {
    let title = unique("Forged");
    let add = app.call("POST", "/movies").token(token).json(&json!({"title": title}));
    add.send().problem(401, code);
    let answer = app.call("GET", "/users/me").token(token).send();
    let challenge = answer.header("www-authenticate").unwrap_or_default();
    assert!(challenge.contains("invalid_token"), "{challenge}");
    answer.problem(401, code);
    assert!(!app.titles(&format!("/movies?query={title}")).contains(&title));
}

fn without_a_token_nothing_private_is_told(app: &TestApp) {
    let answer = app.get("/users/me");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer realm=\"reelmark\""));
    answer.problem(401, "unauthenticated");
}

fn what_is_no_token_is_refused(app: &TestApp) {
    for token in ["x", "x.y.z", "..", "null", &"x".repeat(6_000), "e30.e30.e30"] {
        refusal(app, token, "invalid_token");
    }
    for scheme in ["Basic YTpi", "Bearer", "Token x", "", "Bearer  ", "Bearer a b"] {
        let call = app.call("GET", "/users/me").header("authorization", scheme);
        let answer = call.send();
        assert_eq!(answer.status, 401, "{scheme:?}: {}", answer.describe());
    }
    let binary = app.call("GET", "/users/me").header("authorization", b"Bearer \xff\xfe");
    binary.send().problem(401, "invalid_token");
    let Member { token, .. } = app.somebody();
    let lower_case =
        app.call("GET", "/users/me").header("authorization", format!("bearer {token}"));
    lower_case.send().expect(200);
}

fn a_token_that_was_changed_is_refused(app: &TestApp) {
    let genuine = app.somebody().token;
    let forger = Forger::new(&genuine);
    let mut claims = forger.claims.clone();
    claims["sub"] = "1".into();
    refusal(app, &forger.with_stolen_signature(&claims), "invalid_token");
    let parts: Vec<&str> = genuine.split('.').collect();
    for token in [
        format!("{}.{}", parts[0], parts[1]),
        format!("{genuine}."),
        format!("{}.{}.{}", parts[0], parts[1], &parts[2][..40]),
        format!("{}.{}.{}", parts[1], parts[0], parts[2]),
        forger.unchanged("a-guessed-secret-of-more-than-32-bytes"),
        forger.unchanged(""),
    ] {
        refusal(app, &token, "invalid_token");
    }
}

fn a_token_without_a_signature_is_refused(app: &TestApp) {
    let forger = Forger::new(&app.somebody().token);
    for algorithm in ["none", "None", "NONE", "", "HS256", "RS256"] {
        refusal(app, &forger.unsigned(algorithm), "invalid_token");
    }
}

/// Otherwise somebody whose token has expired would take a public answer for their own.
fn a_bad_token_is_refused_where_none_is_needed(app: &TestApp) {
    let profile = app.somebody().profile();
    app.call("GET", &profile).token("x.y.z").send().problem(401, "invalid_token");
}

fn shared() -> (&'static TestApp, Forger) {
    let app = Stack::Full.shared_app();
    let forger = Forger::new(&app.somebody().token);
    app.call("GET", "/users/me").token(&forger.unchanged(JWT_SECRET)).send().expect(200);
    (app, forger)
}

fn an_expired_token_says_so() {
    let (app, mut forger) = shared();
    for claim in ["iat", "nbf", "exp"] {
        let hour_ago = forger.claims[claim].as_i64().unwrap() - 3_600;
        forger.claims[claim] = hour_ago.into();
    }
    refusal(app, &forger.unchanged(JWT_SECRET), "token_expired");
}

fn a_signed_token_that_says_the_wrong_things_is_refused() {
    let (app, forger) = shared();
    let now = forger.claims["iat"].as_i64().unwrap();
    let mut wrong = vec![
        (Part::Header, "typ", json!("JWT")),
        (Part::Header, "typ", Value::Null),
        (Part::Header, "alg", json!("HS512")),
        (Part::Header, "kid", json!("another")),
        (Part::Header, "kid", json!("")),
        (Part::Header, "kid", Value::Null),
        (Part::Header, "kid", json!("../../../../dev/null")),
        (Part::Header, "kid", json!("' OR '1'='1")),
        (Part::Header, "alg", json!("nOnE")),
        (Part::Header, "alg", json!("RS256")),
        (Part::Header, "jku", json!("http://127.0.0.1:9/keys.json")),
        (Part::Header, "x5u", json!("http://127.0.0.1:9/key.pem")),
        (Part::Header, "jwk", json!({"kty": "oct", "k": "AAAA"})),
        (Part::Header, "crit", json!(["exp"])),
        (Part::Claims, "aud", json!("somebody-else")),
        (Part::Claims, "iss", json!("somebody-else")),
        (Part::Claims, "sub", json!("0")),
        (Part::Claims, "sub", json!("9223372036854775807")),
        (Part::Claims, "sub", json!("admin")),
        (Part::Claims, "sid", json!("0")),
        (Part::Claims, "sid", json!("+7")),
        (Part::Claims, "sid", json!(7)),
        (Part::Claims, "sid", json!("9223372036854775807")),
        (Part::Claims, "nbf", json!(now + 3_600)),
        (Part::Claims, "iat", json!(now + 3_600)),
        (Part::Claims, "exp", json!(now + 365 * 24 * 3_600)),
    ];
    let required = ["iss", "aud", "sub", "sid", "exp", "iat", "nbf", "jti"];
    wrong.extend(required.map(|claim| (Part::Claims, claim, Value::Null)));
    for (part, member, value) in wrong {
        let token = forger.signed_with(JWT_SECRET, part, member, value);
        refusal(app, &token, "invalid_token");
    }
}

fn a_role_in_a_token_means_nothing() {
    let (app, forger) = shared();
    for (claim, value) in [("role", json!("admin")), ("roles", json!(["admin"]))] {
        let token = forger.signed_with(JWT_SECRET, Part::Claims, claim, value);
        let mut impostor = app.somebody();
        impostor.token = token;
        let movie = app.curator().add_movie_titled("Up");
        impostor.delete(&movie.path()).problem(403, "forbidden");
        assert_eq!(impostor.get("/users/me").json(200)["role"], "member");
    }
}

fn a_token_of_another_installation_is_refused(app: &TestApp) {
    let others = Stack::ALL.map(Stack::shared_app);
    let other = others.into_iter().find(|other| other.url("") != app.url("")).unwrap();
    let stranger = other.somebody();
    stranger.get("/users/me").expect(200);
    refusal(app, &stranger.token, "invalid_token");
    let body = json!({"refresh_token": stranger.refresh_token});
    app.post("/auth/refresh", &body).problem(401, "invalid_refresh_token");
}

fn a_session_serves_its_owner_alone() {
    let (app, _) = shared();
    let crowd = app.crowd(2);
    let [ada, bob] = [&crowd[0], &crowd[1]].map(|member| Forger::new(&member.token));
    for (claim, forger, other) in [("sub", &ada, &bob), ("sid", &ada, &bob), ("sub", &bob, &ada)] {
        let value = other.claims[claim].clone();
        let token = forger.signed_with(JWT_SECRET, Part::Claims, claim, value);
        refusal(app, &token, "invalid_token");
    }
    for member in crowd {
        member.get("/users/me").expect(200);
    }
}

/// Whoever has got hold of the old key can't pass for the new one.
fn a_key_signs_under_its_own_name_alone() {
    let old = "the-old-secret-that-was-leaked-years-ago";
    let keys = format!("new:{JWT_SECRET},old:{old}");
    let app = Stack::Full.launch().without("JWT_SECRET").with("JWT_KEYS", &keys).start();
    let mut forger = Forger::new(&app.sign_up("ada").token);
    assert_eq!(forger.header["kid"], "new");
    refusal(&app, &forger.unchanged(old), "invalid_token");
    forger.header["kid"] = "old".into();
    refusal(&app, &forger.unchanged(JWT_SECRET), "invalid_token");
    app.call("GET", "/users/me").token(&forger.unchanged(old)).send().expect(200);
    app.stop();
}
