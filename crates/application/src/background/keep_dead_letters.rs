use crate::ports::{Clock, DeadDelivery, DeadLetterRecord, DeadLetters, RepositoryError};

/// A letter that comes again, because nobody could tell its queue that it is kept, changes nothing.
pub(super) async fn run(
    letters: &dyn DeadLetters,
    clock: &dyn Clock,
    deliveries: Vec<DeadDelivery>,
) -> Result<(), RepositoryError> {
    let buried_at = clock.now();
    let kept = deliveries.into_iter().map(|DeadDelivery { message, reason, .. }| {
        log::error!(message_id = message.id, kind = message.kind.as_str(), reason = reason.as_str();
            "a message was given up");
        DeadLetterRecord { message, reason, buried_at }
    });
    letters.keep(kept.collect()).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MessageRecord, MockDeadLetters};
    use crate::testing::{NOW, clock};
    use mockall::predicate::eq;

    #[tokio::test]
    async fn keeps_letters_with_their_reason_and_the_time() {
        let message =
            MessageRecord { id: 7, kind: "k".into(), payload: "{}".into(), created_at: NOW };
        let kept =
            DeadLetterRecord { message: message.clone(), reason: "poison".into(), buried_at: NOW };
        let mut letters = MockDeadLetters::new();
        letters.expect_keep().with(eq(vec![kept])).once().returning(|_| Ok(()));

        let delivery = DeadDelivery { message, reason: "poison".into(), receipt: 1 };
        run(&letters, &clock(), vec![delivery]).await.unwrap();
    }
}
