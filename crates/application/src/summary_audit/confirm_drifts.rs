use crate::ports::{RepositoryError, SummaryAuditor, SummaryDrift};

pub(super) async fn run(
    auditor: &dyn SummaryAuditor,
    suspects: Vec<SummaryDrift>,
) -> Result<Vec<SummaryDrift>, RepositoryError> {
    let mut confirmed = Vec::new();
    for suspect in suspects {
        let again = auditor.compare(suspect.movie_id - 1, 1).await?;
        if again.drifts.contains(&suspect) {
            confirmed.push(suspect);
        }
    }
    Ok(confirmed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{ComparedSummaries, MockSummaryAuditor};

    fn drift(movie_id: i64, stored: i64) -> SummaryDrift {
        SummaryDrift { movie_id, stored: [stored; 10], counted: [1; 10] }
    }

    #[tokio::test]
    async fn keeps_what_differs_as_before_and_no_other() {
        let mut auditor = MockSummaryAuditor::new();
        auditor.expect_compare().returning(|after, limit| {
            let drifts = match (after, limit) {
                (4, 1) => vec![drift(5, 0)],
                (6, 1) => vec![drift(7, 3)],
                _ => vec![],
            };
            Ok(ComparedSummaries { compared: 1, last: Some(after + 1), drifts })
        });
        let suspects = vec![drift(5, 0), drift(7, 2), drift(9, 0)];
        assert_eq!(run(&auditor, suspects).await.unwrap(), [drift(5, 0)]);
    }
}
