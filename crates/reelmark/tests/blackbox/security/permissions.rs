//! Who may do what, for every operation that there is.

use std::collections::BTreeSet;

use super::every_operation::Verdict::{self, Admitted, Refused};
use super::every_operation::{Access, CALLERS, Cast, ROWS, Request};
use crate::support::document::operations;
use crate::support::member::patiently;
use crate::support::scenario::Scenario;
use crate::support::{Member, TestApp};
use crate::{beside_others, only_on};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![everybody_may_do_what_the_table_says_and_nothing_else];
    scenarios.extend(only_on![Embedded:
        every_operation_has_a_row_that_says_who_may_do_it,
        what_asks_for_a_token_in_the_document_refuses_whoever_has_none,
    ]);
    scenarios
}

fn every_operation_has_a_row_that_says_who_may_do_it() {
    let operations = operations();
    let documented = operations.iter().map(|(_, _, found)| found["operationId"].as_str());
    let documented: BTreeSet<_> = documented.map(Option::unwrap).collect();
    let rows: BTreeSet<_> = ROWS.iter().map(|(operation, _, _)| *operation).collect();
    assert_eq!(documented, rows, "security/every_operation.rs should have all these");
}

fn what_asks_for_a_token_in_the_document_refuses_whoever_has_none() {
    for (_, _, operation) in operations() {
        let security = operation["security"].as_array().cloned().unwrap_or_default();
        let is_optional = security.iter().any(|way| way.as_object().unwrap().is_empty());
        let needs_token = !security.is_empty() && !is_optional;
        for (row, access, _) in ROWS.iter().filter(|(id, _, _)| operation["operationId"] == *id) {
            let refuses = matches!(access[0], Refused(401, _));
            assert_eq!(refuses, needs_token, "{row} and the document disagree");
        }
    }
}

/// Those who may not come first: had they done it all the same, those who may would find it done.
fn everybody_may_do_what_the_table_says_and_nothing_else(app: &TestApp) {
    let cast = Cast::of(app);
    for (operation, access, prepare) in ROWS {
        let mut prepared = Some(prepare(&cast, first_admitted(&cast, access)));
        for (number, caller) in refused_first(access) {
            let sender = cast.callers()[number];
            let is_admitted = matches!(access[number], Admitted(_));
            let own = is_admitted.then(|| prepared.take()).flatten();
            let fresh = || prepare(&cast, sender.unwrap_or(&cast.owner));
            let own = own.or_else(|| is_admitted.then(fresh));
            let request = own.as_ref().or(prepared.as_ref()).unwrap();
            check(&format!("{operation} by {caller}"), &cast, request, sender, access[number]);
        }
    }
}

fn check(what: &str, cast: &Cast, request: &Request, sender: Option<&Member>, verdict: Verdict) {
    let call = || request.call(&cast.app, sender, None);
    match verdict {
        Admitted(status) if request.is_endless => assert_eq!(call().status(), status, "{what}"),
        Admitted(status) => {
            let answer = patiently(|| call().send());
            assert_eq!(answer.status, status, "{what}: {}", answer.describe());
        }
        Refused(status, code) => {
            let answer = patiently(|| call().send());
            assert_eq!(answer.status, status, "{what}: {}", answer.describe());
            answer.problem(status, code);
        }
    }
}

/// Who is admitted, and has an account to prepare things with.
pub fn first_admitted<'a>(cast: &'a Cast, access: &Access) -> &'a Member {
    let mut admitted = cast.callers().into_iter().zip(access);
    let found = admitted
        .find_map(|(caller, verdict)| matches!(verdict, Admitted(_)).then_some(caller).flatten());
    found.expect("each row should let somebody in")
}

fn refused_first(access: &Access) -> Vec<(usize, &'static str)> {
    let mut order: Vec<_> = CALLERS.into_iter().enumerate().collect();
    order.sort_by_key(|(number, _)| matches!(access[*number], Admitted(_)));
    order
}
