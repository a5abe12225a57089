use crate::messages::Message;
use crate::personal_import::{Importing, LEASE, work_off};
use crate::ports::{
    Clock, Delivery, ImportClaim, ImportHold, ImportProblem, MAX_ATTEMPTS, RepositoryError, Verdict,
};

pub(super) async fn run(
    importing: &Importing,
    clock: &dyn Clock,
    deliveries: Vec<Delivery>,
) -> Vec<(u64, Verdict)> {
    let mut verdicts = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        verdicts.push((delivery.receipt, work_on(importing, clock, &delivery).await));
    }
    verdicts
}

/// A message that comes again finds its import finished, or in somebody's hands, and changes
/// nothing. A claim that was left behind runs out by itself.
async fn work_on(importing: &Importing, clock: &dyn Clock, delivery: &Delivery) -> Verdict {
    let id = match Message::decode(&delivery.message) {
        Ok(Message::ImportRequested(requested)) => requested.import,
        Ok(_) => return Verdict::Refuse { reason: "it asks for no import".to_owned() },
        Err(error) => return Verdict::Refuse { reason: error.to_string() },
    };
    let claim = importing.imports.start(id, clock.now(), LEASE).await;
    let import = match claim {
        Ok(ImportClaim::Taken(import)) => *import,
        Ok(ImportClaim::Busy) => return Verdict::Postpone,
        Ok(ImportClaim::Over) => return Verdict::Done,
        Err(error) => return verdict(&error),
    };
    let hold = import.hold();
    match work_off(importing, clock, import).await {
        Ok(_) => Verdict::Done,
        Err(error) => trouble(importing, clock, hold, delivery.attempt, &error).await,
    }
}

async fn trouble(
    importing: &Importing,
    clock: &dyn Clock,
    hold: ImportHold,
    attempt: u32,
    error: &RepositoryError,
) -> Verdict {
    log::error!(import = hold.id, attempt, error:err = *error; "could not import a file");
    let is_hopeless = !matches!(error, RepositoryError::Unavailable(_)) && attempt >= MAX_ATTEMPTS;
    if is_hopeless {
        let message = "Something went wrong on our side.".to_owned();
        let problem = ImportProblem { code: "internal_error".to_owned(), message };
        if let Err(error) = importing.imports.fail(hold, problem, clock.now()).await {
            return verdict(&error);
        }
    }
    verdict(error)
}

fn verdict(error: &RepositoryError) -> Verdict {
    match error {
        RepositoryError::Unavailable(_) => Verdict::Postpone,
        error => Verdict::Retry { reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{
        MessageRecord, MockMovieReader, MockPersonalImportRepository, MockPersonalRatingsFiles,
    };
    use crate::testing::{NOW, clock, import_record, unavailable};
    use mockall::predicate::eq;
    use std::sync::Arc;

    fn delivery(attempt: u32) -> Delivery {
        let (kind, payload) = ("import_requested.v1".into(), r#"{"import":5}"#.into());
        let message = MessageRecord { id: 1, kind, payload, created_at: NOW };
        Delivery { message, receipt: 10, attempt }
    }

    async fn consume(imports: MockPersonalImportRepository, attempt: u32) -> Verdict {
        let importing = Importing {
            imports: Arc::new(imports),
            files: Arc::new(MockPersonalRatingsFiles::new()),
            movies: Arc::new(MockMovieReader::new()),
        };
        run(&importing, &clock(), vec![delivery(attempt)]).await.remove(0).1
    }

    fn claimed(claim: ImportClaim) -> MockPersonalImportRepository {
        let mut imports = MockPersonalImportRepository::new();
        let starting = imports.expect_start();
        starting.with(eq(5), eq(NOW), eq(LEASE)).returning(move |_, _, _| Ok(claim.clone()));
        imports
    }

    fn taken() -> MockPersonalImportRepository {
        claimed(ImportClaim::Taken(Box::new(import_record())))
    }

    fn broken() -> RepositoryError {
        RepositoryError::Corrupt("broken".into())
    }

    #[tokio::test]
    async fn a_message_about_a_finished_import_changes_nothing() {
        assert_eq!(consume(claimed(ImportClaim::Over), 1).await, Verdict::Done);
        assert_eq!(consume(claimed(ImportClaim::Busy), 1).await, Verdict::Postpone);
    }

    #[tokio::test]
    async fn an_import_whose_claim_was_lost_is_done_with() {
        let mut imports = taken();
        imports.expect_content().returning(|_| Ok(None));
        assert_eq!(consume(imports, 1).await, Verdict::Done);
    }

    #[tokio::test]
    async fn waits_for_a_store_that_is_down() {
        let mut imports = taken();
        imports.expect_content().returning(|_| Err(unavailable()));
        assert_eq!(consume(imports, MAX_ATTEMPTS).await, Verdict::Postpone);
    }

    #[tokio::test]
    async fn gives_up_in_the_end_and_says_so() {
        let mut imports = taken();
        imports.expect_content().returning(|_| Err(broken()));
        assert!(matches!(consume(imports, 1).await, Verdict::Retry { .. }));
        let mut imports = taken();
        imports.expect_content().returning(|_| Err(broken()));
        let is_told = |_: &_, problem: &ImportProblem, _: &_| problem.code == "internal_error";
        imports.expect_fail().withf(is_told).once().returning(|_, _, _| Ok(true));
        assert!(matches!(consume(imports, MAX_ATTEMPTS).await, Verdict::Retry { .. }));
    }
}
