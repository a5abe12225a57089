//! Doing things too often.

mod guessing;
pub mod guest;
mod proxies;
mod replicas;

use serde_json::json;

use self::guest::{Guest, limited, metric};
use crate::alone;
use crate::support::scenario::Scenario;
use crate::support::secrets::{email_of, password_of};
use crate::support::{Answer, Stack, at_once, unique_name};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = guessing::scenarios();
    scenarios.extend(replicas::scenarios());
    scenarios.extend(proxies::scenarios());
    scenarios.extend(alone![
        three_people_an_hour_sign_up_from_one_address,
        searches_are_limited_and_other_reads_are_not,
        writes_say_how_many_are_left,
    ]);
    scenarios
}

fn three_people_an_hour_sign_up_from_one_address(stack: Stack) {
    let app = limited(stack).start();
    let here = Guest::new(&app, "192.0.2.1");
    let sign_up = |guest: &Guest| {
        let name = unique_name("new");
        let account =
            json!({"username": name, "email": email_of(&name), "password": password_of(&name)});
        guest.post("/users", &account)
    };
    for _ in 0..5 {
        here.post("/users", &json!({"username": "x"})).problem(422, "validation_failed");
    }
    for left in [2, 1, 0] {
        let answer = sign_up(&here).expect(201);
        let policies = answer.header("ratelimit-policy").unwrap_or_default();
        assert!(policies.contains("\"sign-up-ip\";q=3;w=3600"), "{policies}");
        let expected = format!("\"sign-up-ip\";r={left};");
        let told = answer.header("ratelimit").unwrap_or_default();
        assert!(told.contains(&expected), "{told}");
    }
    let refused = sign_up(&here);
    assert!((1_000..=1_200).contains(&guest::retry_after(&refused)), "{}", refused.describe());
    refused.problem(429, "too_many_requests");

    sign_up(&Guest::new(&app, "192.0.2.2")).expect(201);
    assert_eq!(metric(&app, "reelmark_rate_limited_total", "sign-up-ip\",outcome=\"refused"), 1);
}

fn searches_are_limited_and_other_reads_are_not(stack: Stack) {
    let app = limited(stack).start();
    let (here, there) = (Guest::new(&app, "192.0.2.1"), Guest::new(&app, "192.0.2.2"));
    let searches: Vec<Answer> = at_once(200, |_| here.get("/movies?query=up"));
    let refused = searches.iter().filter(|answer| answer.status == 429).count();
    let found = searches.iter().filter(|answer| answer.status == 200).count();
    assert!(found >= 60 && found + refused == 200, "{found} of 200");
    assert!(refused > 0, "nobody was turned away");

    there.get("/movies?query=up").expect(200);
    for path in ["/movies", "/charts/top-rated"] {
        assert_eq!(here.get(path).expect(200).header("ratelimit"), None);
    }
}

fn writes_say_how_many_are_left(stack: Stack) {
    let app = limited(stack).start();
    let member = app.sign_up("ada");
    let movie = member.add_movie_titled("Up");
    let answer = member.rate(&movie, 8);
    let policies = answer.header("ratelimit-policy").unwrap_or_default();
    assert_eq!(policies, "\"writes-user\";q=300;w=30, \"writes-ip\";q=1200;w=30");
    assert!(answer.header("ratelimit").is_some_and(|left| left.contains("\"writes-user\";r=29")));
}
