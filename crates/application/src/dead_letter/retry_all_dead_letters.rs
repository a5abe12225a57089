use super::list_dead_letters;
use crate::ports::{DeadLetters, RepositoryError};

/// Goes through the letters once, by id, so that it ends even if each of them fails again at once.
pub(super) async fn run(letters: &dyn DeadLetters) -> Result<usize, RepositoryError> {
    let (mut after, mut retried) = (None, 0);
    loop {
        let page = list_dead_letters::run(letters, after).await?;
        let ids: Vec<i64> = page.iter().map(|letter| letter.message.id).collect();
        let Some(last) = ids.last().copied() else {
            return Ok(retried);
        };
        retried += letters.retry(ids).await?.len();
        after = Some(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{DeadLetterRecord, MessageRecord, MockDeadLetters};
    use crate::testing::NOW;

    fn letter(id: i64) -> DeadLetterRecord {
        let message = MessageRecord { id, kind: "k".into(), payload: "{}".into(), created_at: NOW };
        DeadLetterRecord { message, reason: "poison".into(), buried_at: NOW }
    }

    #[tokio::test]
    async fn tries_each_letter_once_page_by_page() {
        let mut letters = MockDeadLetters::new();
        letters.expect_list().returning(|after, _| match after {
            None => Ok(vec![letter(1), letter(2)]),
            Some(2) => Ok(vec![letter(3)]),
            _ => Ok(vec![]),
        });
        letters.expect_retry().times(2).returning(Ok);
        assert_eq!(run(&letters).await.unwrap(), 3);
    }
}
