use std::error::Error;

use thiserror::Error;

type Cause = Box<dyn Error + Send + Sync>;

/// Why a command did not do what it was told: one sentence for the operator and, beneath it, the
/// cause.
#[derive(Debug, Error)]
#[error("{sentence}")]
pub struct Failure {
    sentence: String,
    #[source]
    cause: Option<Cause>,
}

impl Failure {
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), cause: None }
    }
}

/// Says in the operator's words what an error means.
pub trait OrFail<T> {
    /// The value, or a failure with the error as its cause.
    ///
    /// # Errors
    /// [`Failure`] when there is no value.
    fn or_fail(self, sentence: impl Into<String>) -> Result<T, Failure>;
}

impl<T, E: Into<Cause>> OrFail<T> for Result<T, E> {
    fn or_fail(self, sentence: impl Into<String>) -> Result<T, Failure> {
        self.map_err(|error| Failure { sentence: sentence.into(), cause: Some(error.into()) })
    }
}

/// An error and all that caused it, in one line; errors that merely repeat their cause are named
/// once.
pub fn cause_chain(error: &(dyn Error + 'static)) -> String {
    let mut chain = error.to_string();
    let mut last = chain.clone();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if text != last {
            chain.push_str(": ");
            chain.push_str(&text);
        }
        last = text;
        cause = error.source();
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use reelmark_application::ports::RepositoryError;

    #[test]
    fn names_the_whole_chain_in_one_line() {
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        let error = RepositoryError::Unavailable(Box::new(refused));
        let failure = Err::<(), _>(error).or_fail("could not open the store").unwrap_err();
        assert_eq!(
            cause_chain(&failure),
            "could not open the store: the store is unavailable: connection refused"
        );
    }

    #[test]
    fn leaves_out_what_repeats_its_cause() {
        #[derive(Debug, Error)]
        #[error(transparent)]
        struct Outer(#[from] Failure);
        let error = Outer(Failure::new("it broke"));
        let failure = Err::<(), _>(error).or_fail("it broke").unwrap_err();
        assert_eq!(cause_chain(&failure), "it broke");
    }
}
