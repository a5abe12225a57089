//! Messages as they travel: the payload is the body, everything else is in the properties.

use lapin::BasicProperties;
use lapin::message::Delivery;
use lapin::types::{AMQPValue, FieldTable};
use reelmark_application::ports::MessageRecord;
use thiserror::Error;
use time::OffsetDateTime;

const PERSISTENT: u8 = 2;

/// The timestamp among the properties counts seconds, which is too coarse to measure by.
const CREATED_AT: &str = "created-at-micros";
const REASON: &str = "reason";
const DEATHS: &str = "x-death";

const GIVEN_UP_BY_BROKER: &str = "the broker gave it up, because its consumers died over it";

/// Somebody else put this into the queue.
#[derive(Debug, Error)]
pub(crate) enum Foreign {
    #[error("the message id is no number")]
    Id,
    #[error("the message has no type")]
    Kind,
    #[error("the body is no text")]
    Payload,
}

/// The properties of a message, and of one that was given up, with why.
pub(crate) fn properties(message: &MessageRecord, reason: Option<&str>) -> BasicProperties {
    let micros = message.created_at.unix_timestamp_nanos() / 1000;
    let mut headers = FieldTable::default();
    if let Ok(micros) = i64::try_from(micros) {
        headers.insert(CREATED_AT.into(), micros.into());
    }
    if let Some(reason) = reason {
        headers.insert(REASON.into(), AMQPValue::LongString(reason.into()));
    }
    BasicProperties::default()
        .with_delivery_mode(PERSISTENT)
        .with_content_type("application/json".into())
        .with_message_id(message.id.to_string().into())
        .with_type(message.kind.as_str().into())
        .with_timestamp(message.created_at.unix_timestamp().try_into().unwrap_or_default())
        .with_headers(headers)
}

/// The message inside a delivery.
pub(crate) fn message(delivery: &Delivery) -> Result<MessageRecord, Foreign> {
    let properties = &delivery.properties;
    let id = properties.message_id().as_ref().and_then(|id| id.as_str().parse().ok());
    let kind = properties.kind().as_ref().map(|kind| kind.as_str().to_owned());
    let payload = String::from_utf8(delivery.data.clone());
    Ok(MessageRecord {
        id: id.ok_or(Foreign::Id)?,
        kind: kind.ok_or(Foreign::Kind)?,
        payload: payload.map_err(|_| Foreign::Payload)?,
        created_at: created_at(properties),
    })
}

/// Why a message was given up.
pub(crate) fn reason(delivery: &Delivery) -> String {
    let headers = delivery.properties.headers().as_ref();
    let header = |name: &str| headers.and_then(|headers| headers.inner().get(name));
    match header(REASON) {
        Some(AMQPValue::LongString(reason)) => {
            String::from_utf8_lossy(reason.as_bytes()).into_owned()
        }
        _ if header(DEATHS).is_some() => GIVEN_UP_BY_BROKER.to_owned(),
        _ => "unknown".to_owned(),
    }
}

fn created_at(properties: &BasicProperties) -> OffsetDateTime {
    let headers = properties.headers().as_ref();
    let micros = match headers.and_then(|headers| headers.inner().get(CREATED_AT)) {
        Some(AMQPValue::LongLongInt(micros)) => i128::from(*micros),
        _ => i128::from(properties.timestamp().unwrap_or_default()) * 1_000_000,
    };
    let at = OffsetDateTime::from_unix_timestamp_nanos(micros * 1000);
    at.unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn delivery(properties: BasicProperties, body: &[u8]) -> Delivery {
        let mut delivery = Delivery::mock(1, "".into(), "".into(), false, body.to_vec());
        delivery.properties = properties;
        delivery
    }

    fn sent() -> MessageRecord {
        MessageRecord {
            id: i64::MAX,
            kind: "rating_changed.v1".into(),
            payload: r#"{"title":"Amélie"}"#.into(),
            created_at: datetime!(2026-03-01 12:00:00.123456 UTC),
        }
    }

    #[test]
    fn a_message_is_read_as_it_was_sent() {
        let sent = sent();
        let delivery = delivery(properties(&sent, None), sent.payload.as_bytes());
        assert_eq!(message(&delivery).unwrap(), sent);
        assert_eq!(*delivery.properties.delivery_mode(), Some(2));
    }

    #[test]
    fn a_dead_letter_says_why() {
        let sent = sent();
        let given_up = delivery(properties(&sent, Some("unknown kind")), b"{}");
        assert_eq!(reason(&given_up), "unknown kind");
    }

    #[test]
    fn what_others_wrote_is_no_message() {
        assert!(message(&delivery(BasicProperties::default(), b"{}")).is_err());
        assert!(message(&delivery(properties(&sent(), None), b"\xff")).is_err());
    }
}
