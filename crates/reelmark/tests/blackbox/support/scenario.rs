//! Scenarios, and how they become trials of the test runner.

use std::panic;
use std::slice;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use libtest_mimic::{Arguments, Trial};

use super::{Stack, TestApp};

/// One story about the service.
pub struct Scenario {
    name: String,
    run: Run,
}

#[derive(Clone, Copy)]
enum Run {
    /// On the shared service of each stack, beside others.
    Beside(fn(&TestApp)),
    /// On each stack, with a service of its own.
    Alone(fn(Stack)),
    /// On one stack only.
    On(Stack, fn()),
    /// On one stack, and only when somebody asks for it with `--ignored`.
    OnDemand(Stack, fn()),
    /// Once, after all others.
    AtLast(fn()),
}

impl Scenario {
    pub fn beside_others(module: &str, name: &str, run: fn(&TestApp)) -> Self {
        Self::new(module, name, Run::Beside(run))
    }

    pub fn alone(module: &str, name: &str, run: fn(Stack)) -> Self {
        Self::new(module, name, Run::Alone(run))
    }

    pub fn on(stack: Stack, module: &str, name: &str, run: fn()) -> Self {
        Self::new(module, name, Run::On(stack, run))
    }

    pub fn on_demand(stack: Stack, module: &str, name: &str, run: fn()) -> Self {
        Self::new(module, name, Run::OnDemand(stack, run))
    }

    pub fn at_last(module: &str, name: &str, run: fn()) -> Self {
        Self::new(module, name, Run::AtLast(run))
    }

    fn new(module: &str, name: &str, run: Run) -> Self {
        let (_crate, area) = module.split_once("::").expect("scenarios stand in modules");
        Self { name: format!("{area}::{name}"), run }
    }

    fn is_last(&self) -> bool {
        matches!(self.run, Run::AtLast(_))
    }

    /// The stacks it runs on. What looks back on both counts as one of the first.
    fn stacks(&self) -> &[Stack] {
        match &self.run {
            Run::On(stack, _) | Run::OnDemand(stack, _) => slice::from_ref(stack),
            Run::AtLast(_) => &Stack::ALL[..1],
            Run::Beside(_) | Run::Alone(_) => &Stack::ALL,
        }
    }
}

impl Run {
    fn run(self, stack: Stack) {
        match self {
            Self::Beside(run) => run(stack.shared_app()),
            Self::Alone(run) => run(stack),
            Self::On(_, run) | Self::OnDemand(_, run) => run(),
            Self::AtLast(run) => {
                wait_for_others();
                run();
            }
        }
    }
}

/// Lists the scenarios of a module that share a service with others.
#[macro_export]
macro_rules! beside_others {
    ($($name:ident),+ $(,)?) => {
        vec![$($crate::support::scenario::Scenario::beside_others(
            module_path!(), stringify!($name), $name,
        )),+]
    };
}

/// Lists the scenarios of a module that have a service of their own on each stack.
#[macro_export]
macro_rules! alone {
    ($($name:ident),+ $(,)?) => {
        vec![$($crate::support::scenario::Scenario::alone(
            module_path!(), stringify!($name), $name,
        )),+]
    };
}

/// Lists the scenarios of a module that make sense on one stack only.
#[macro_export]
macro_rules! only_on {
    ($stack:ident: $($name:ident),+ $(,)?) => {
        vec![$($crate::support::scenario::Scenario::on(
            $crate::support::Stack::$stack, module_path!(), stringify!($name), $name,
        )),+]
    };
}

/// Lists the scenarios of a module that are only run when somebody asks for them.
#[macro_export]
macro_rules! on_demand {
    ($stack:ident: $($name:ident),+ $(,)?) => {
        vec![$($crate::support::scenario::Scenario::on_demand(
            $crate::support::Stack::$stack, module_path!(), stringify!($name), $name,
        )),+]
    };
}

/// Lists the scenarios of a module that look back on all others.
#[macro_export]
macro_rules! at_last {
    ($($name:ident),+ $(,)?) => {
        vec![$($crate::support::scenario::Scenario::at_last(
            module_path!(), stringify!($name), $name,
        )),+]
    };
}

/// How many trials are not over yet, those that wait for the others left out.
static UNFINISHED: AtomicUsize = AtomicUsize::new(0);

/// The scenarios on their stacks, in their order, those at the end that wait for all others. The
/// runner takes them in this order, so that one that waits never keeps another from starting.
pub fn trials(scenarios: Vec<Scenario>, arguments: &Arguments) -> Vec<Trial> {
    let (last, others): (Vec<_>, Vec<_>) = scenarios.into_iter().partition(Scenario::is_last);
    let others: Vec<Trial> = others.iter().flat_map(trials_of).collect();
    let runs = |trial: &&Trial| {
        let is_asked_for = arguments.ignored || arguments.include_ignored;
        !arguments.is_filtered_out(trial) && (is_asked_for || !trial.has_ignored_flag())
    };
    let chosen = others.iter().filter(runs).count();
    UNFINISHED.store(chosen, Ordering::Release);
    others.into_iter().chain(last.iter().flat_map(trials_of)).collect()
}

fn trials_of(scenario: &Scenario) -> Vec<Trial> {
    let (run, is_last) = (scenario.run, scenario.is_last());
    let is_on_demand = matches!(run, Run::OnDemand(..));
    let trial = |stack| {
        Trial::test(format!("{stack}::{}", scenario.name), move || {
            let outcome = panic::catch_unwind(|| run.run(stack));
            if !is_last {
                UNFINISHED.fetch_sub(1, Ordering::AcqRel);
            }
            outcome.map_err(|panic| panic::resume_unwind(panic))
        })
        .with_ignored_flag(is_on_demand)
    };
    scenario.stacks().iter().copied().map(trial).collect()
}

fn wait_for_others() {
    while UNFINISHED.load(Ordering::Acquire) > 0 {
        thread::sleep(Duration::from_millis(20));
    }
}
