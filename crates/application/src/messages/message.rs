use reelmark_domain::{Score, ValueError};
use serde::de::DeserializeOwned;
use thiserror::Error;

use super::{
    ImportRequestedV1, MailRequestedV1, MovieChangedV1, RatingChangedV1, RatingChangedV2,
    ReportRequestedV1,
};
use crate::ports::MessageRecord;

/// Every message this version of the service understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    RatingChanged(RatingChangedV1),
    DatedRatingChanged(RatingChangedV2),
    MovieChanged(MovieChangedV1),
    MailRequested(MailRequestedV1),
    ReportRequested(ReportRequestedV1),
    ImportRequested(ImportRequestedV1),
}

/// The message says nothing that this version of the service understands.
#[derive(Debug, Error)]
pub enum MessageError {
    /// A kind that nobody here reads.
    #[error("the kind {0:?} is unknown")]
    UnknownKind(String),
    /// JSON of another shape than the kind promises.
    #[error("the payload is malformed")]
    Malformed(#[from] serde_json::Error),
    /// A score off the scale, or a time that no rating can have.
    #[error("the payload holds an impossible value")]
    Impossible(#[from] ValueError),
}

impl Message {
    /// Reads a message.
    ///
    /// # Errors
    /// [`MessageError`]; trying again won't help.
    pub fn decode(record: &MessageRecord) -> Result<Self, MessageError> {
        match record.kind.as_str() {
            RatingChangedV1::KIND => {
                let message: RatingChangedV1 = parse(&record.payload)?;
                check_scores([message.old, message.new])?;
                Ok(Self::RatingChanged(message))
            }
            RatingChangedV2::KIND => {
                let message: RatingChangedV2 = parse(&record.payload)?;
                check_scores([message.old, message.new])?;
                let expected = "microseconds since 1970";
                message.given_at().ok_or(ValueError::Malformed { expected })?;
                Ok(Self::DatedRatingChanged(message))
            }
            MovieChangedV1::KIND => Ok(Self::MovieChanged(parse(&record.payload)?)),
            MailRequestedV1::KIND => Ok(Self::MailRequested(parse(&record.payload)?)),
            ReportRequestedV1::KIND => Ok(Self::ReportRequested(parse(&record.payload)?)),
            ImportRequestedV1::KIND => Ok(Self::ImportRequested(parse(&record.payload)?)),
            other => Err(MessageError::UnknownKind(other.to_owned())),
        }
    }
}

fn check_scores(scores: [Option<i16>; 2]) -> Result<(), ValueError> {
    scores.into_iter().flatten().try_for_each(|score| Score::parse(score.into()).map(drop))
}

fn parse<T: DeserializeOwned>(payload: &str) -> Result<T, MessageError> {
    Ok(serde_json::from_str(payload)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::OffsetDateTime;
    use time::macros::datetime;

    fn decode(kind: &str, payload: &str) -> Result<Message, MessageError> {
        let created_at = OffsetDateTime::UNIX_EPOCH;
        Message::decode(&MessageRecord {
            id: 1,
            kind: kind.into(),
            payload: payload.into(),
            created_at,
        })
    }

    #[test]
    fn reads_the_golden_rating_changed_v1() {
        let golden = r#"{"movie":42,"user":7,"old":null,"new":9}"#;
        let expected = RatingChangedV1 { movie: 42, user: 7, old: None, new: Some(9) };
        assert_eq!(decode("rating_changed.v1", golden).unwrap(), Message::RatingChanged(expected));
        assert_eq!(serde_json::to_string(&expected).unwrap(), golden);
    }

    #[test]
    fn reads_the_golden_rating_changed_v2() {
        let golden =
            r#"{"movie":42,"user":7,"old":null,"new":9,"given_at_micros":1772366400123456}"#;
        let given_at_micros = 1_772_366_400_123_456;
        let expected =
            RatingChangedV2 { movie: 42, user: 7, old: None, new: Some(9), given_at_micros };
        let decoded = decode("rating_changed.v2", golden).unwrap();
        assert_eq!(decoded, Message::DatedRatingChanged(expected));
        assert_eq!(serde_json::to_string(&expected).unwrap(), golden);
        assert_eq!(expected.given_at(), Some(datetime!(2026-03-01 12:00:00.123456 UTC)));
    }

    #[test]
    fn reads_the_golden_movie_changed_v1() {
        let golden = r#"{"movie":42}"#;
        let expected = MovieChangedV1 { movie: 42 };
        assert_eq!(decode("movie_changed.v1", golden).unwrap(), Message::MovieChanged(expected));
        assert_eq!(serde_json::to_string(&expected).unwrap(), golden);
    }

    #[test]
    fn reads_the_golden_mail_requested_v1() {
        let golden = r#"{"purpose":"activation","user":7,"email":null}"#;
        let expected = MailRequestedV1 { purpose: "activation".into(), user: Some(7), email: None };
        assert_eq!(serde_json::to_string(&expected).unwrap(), golden);
        assert_eq!(decode("mail_requested.v1", golden).unwrap(), Message::MailRequested(expected));
    }

    #[test]
    fn an_address_is_not_shown() {
        let payload = r#"{"purpose":"activation","user":null,"email":"ada@example.org"}"#;
        let message = decode("mail_requested.v1", payload).unwrap();
        assert!(!format!("{message:?}").contains("ada@"));
    }

    #[test]
    fn reads_the_golden_report_requested_v1() {
        let golden = r#"{"report":5}"#;
        let expected = ReportRequestedV1 { report: 5 };
        let decoded = decode("report_requested.v1", golden).unwrap();
        assert_eq!(decoded, Message::ReportRequested(expected));
        assert_eq!(serde_json::to_string(&expected).unwrap(), golden);
    }

    #[test]
    fn reads_the_golden_import_requested_v1() {
        let golden = r#"{"import":5}"#;
        let expected = ImportRequestedV1 { import: 5 };
        let decoded = decode("import_requested.v1", golden).unwrap();
        assert_eq!(decoded, Message::ImportRequested(expected));
        assert_eq!(serde_json::to_string(&expected).unwrap(), golden);
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        assert!(matches!(decode("rating_changed.v9", "{}"), Err(MessageError::UnknownKind(_))));
        assert!(matches!(decode("rating_changed.v1", "{"), Err(MessageError::Malformed(_))));
        let off_the_scale = r#"{"movie":42,"user":7,"old":null,"new":11}"#;
        let error = decode("rating_changed.v1", off_the_scale);
        assert!(matches!(error, Err(MessageError::Impossible(_))));
        for impossible in [
            r#"{"movie":42,"user":7,"old":0,"new":null,"given_at_micros":0}"#,
            r#"{"movie":42,"user":7,"old":1,"new":null,"given_at_micros":9223372036854775807}"#,
        ] {
            let error = decode("rating_changed.v2", impossible);
            assert!(matches!(error, Err(MessageError::Impossible(_))), "{impossible}");
        }
    }
}
