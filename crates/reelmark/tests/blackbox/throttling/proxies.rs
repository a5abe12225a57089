//! Whose word counts when somebody says who asks.

use super::guest::{Guest, limited};
use crate::alone;
use crate::support::scenario::Scenario;
use crate::support::{Stack, TestApp};

pub fn scenarios() -> Vec<Scenario> {
    alone![
        a_client_can_not_hide_behind_headers,
        behind_a_trusted_proxy_each_client_counts_by_itself,
    ]
}

/// How many guesses at these addresses are let in before one is refused.
fn let_in(app: &TestApp, addresses: impl Iterator<Item = String>) -> usize {
    let mut guesses = addresses.map(|address| Guest::new(app, &address).guess("nobody").status);
    guesses.by_ref().take(20).take_while(|status| *status == 401).count()
}

fn a_client_can_not_hide_behind_headers(stack: Stack) {
    let app = limited(stack).without("TRUSTED_PROXIES").start();
    let addresses = (1..).map(|number| format!("192.0.2.{number}"));
    let let_in = let_in(&app, addresses);
    assert!((5..=7).contains(&let_in), "{let_in} were let in");
}

fn behind_a_trusted_proxy_each_client_counts_by_itself(stack: Stack) {
    let app = limited(stack).with("TRUSTED_PROXIES", "10.0.0.0/8, 127.0.0.1").start();
    let addresses = (1..=10).map(|number| format!("192.0.2.{number}"));
    assert_eq!(let_in(&app, addresses), 10);

    let one_client = (1..).map(|number| format!("192.0.2.{number}, 203.0.113.9, 10.1.2.3"));
    let invented = let_in(&app, one_client);
    assert!((5..=7).contains(&invented), "{invented} were let in");

    let one_customer = (1..).map(|number| format!("2001:db8:1:2::{number}"));
    let one_customer = let_in(&app, one_customer);
    assert!((5..=7).contains(&one_customer), "{one_customer} were let in");
}
