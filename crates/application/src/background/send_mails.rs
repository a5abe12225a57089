use reelmark_domain::{AccountStatus, CodePurpose, Secret, User};

use super::MailRoom;
use super::mail_texts::mail_of;
use crate::messages::{MailRequestedV1, Message};
use crate::ports::{
    Clock, Delivery, LoginKey, MailerError, PutAccountCode, RepositoryError, UserRecord, Verdict,
};

/// Makes the code of each mail that is asked for, keeps its digest and sends it.
///
/// The code is made here and not before, so that it stands in no queue. A mail that comes a second
/// time brings another code, which takes the place of the first.
pub(super) async fn run(
    room: &MailRoom,
    clock: &dyn Clock,
    deliveries: Vec<Delivery>,
) -> Vec<(u64, Verdict)> {
    let mut verdicts = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        let receipt = delivery.receipt;
        verdicts.push((receipt, work_on(room, clock, delivery).await));
    }
    verdicts
}

async fn work_on(room: &MailRoom, clock: &dyn Clock, delivery: Delivery) -> Verdict {
    let message_id = delivery.message.id;
    let (purpose, request) = match decode(&delivery) {
        Ok(decoded) => decoded,
        Err(reason) => {
            log::error!(message_id, reason:%; "refused a message");
            return Verdict::Refuse { reason };
        }
    };
    match send(room, clock, purpose, request).await {
        Ok(()) => Verdict::Done,
        Err(Setback::Store(RepositoryError::Unavailable(_))) => Verdict::Postpone,
        Err(Setback::Store(error)) => {
            log::error!(message_id, error:err = error; "could not make the code of a mail");
            Verdict::Retry { reason: error.to_string() }
        }
        Err(Setback::Mailer(error @ MailerError::Unavailable(_))) => {
            let is_too_late = clock.now() - delivery.message.created_at > purpose.lifetime();
            log::warn!(message_id, error:err = error; "could not send a mail yet");
            match is_too_late {
                true => Verdict::Refuse { reason: error.to_string() },
                false => Verdict::Postpone,
            }
        }
        Err(Setback::Mailer(error @ MailerError::Refused(_))) => {
            log::error!(message_id, error:err = error; "could not send a mail");
            Verdict::Refuse { reason: error.to_string() }
        }
    }
}

/// Why a mail was not sent.
enum Setback {
    Store(RepositoryError),
    Mailer(MailerError),
}

fn decode(delivery: &Delivery) -> Result<(CodePurpose, MailRequestedV1), String> {
    match Message::decode(&delivery.message) {
        Ok(Message::MailRequested(request)) => match CodePurpose::parse(&request.purpose) {
            Ok(purpose) => Ok((purpose, request)),
            Err(error) => Err(error.to_string()),
        },
        Ok(_) => Err("it asks for no mail".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// An address without an account that has a use for the code gets no mail, and that is all right.
async fn send(
    room: &MailRoom,
    clock: &dyn Clock,
    purpose: CodePurpose,
    request: MailRequestedV1,
) -> Result<(), Setback> {
    let Some(record) = recipient(room, request).await? else { return Ok(()) };
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    if !has_a_use_for(purpose, user.status()) {
        return Ok(());
    }
    let code = room.secrets.new_secret();
    if keep(room, clock, purpose, &user, &code).await? {
        room.mailer.send(mail_of(purpose, &user, &code)).await.map_err(Setback::Mailer)?;
    }
    Ok(())
}

async fn recipient(
    room: &MailRoom,
    request: MailRequestedV1,
) -> Result<Option<UserRecord>, RepositoryError> {
    match (request.user, request.email) {
        (Some(id), _) => room.users.find(id).await,
        (None, Some(email)) => {
            let found = room.users.find_credentials(LoginKey::Email(email)).await?;
            Ok(found.map(|found| found.user))
        }
        (None, None) => Ok(None),
    }
}

fn has_a_use_for(purpose: CodePurpose, status: AccountStatus) -> bool {
    match purpose {
        CodePurpose::Activation => status == AccountStatus::Pending,
        CodePurpose::PasswordReset => status != AccountStatus::Disabled,
    }
}

/// Whether the account was still there.
async fn keep(
    room: &MailRoom,
    clock: &dyn Clock,
    purpose: CodePurpose,
    user: &User,
    code: &Secret,
) -> Result<bool, RepositoryError> {
    let at = clock.now();
    let code = PutAccountCode {
        user_id: user.id().get(),
        purpose: purpose.as_str().to_owned(),
        code_hash: code.digest(),
        at,
        expires_at: at + purpose.lifetime(),
    };
    room.codes.put(code).await
}

impl From<RepositoryError> for Setback {
    fn from(error: RepositoryError) -> Self {
        Self::Store(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    use crate::ports::{
        CredentialsRecord, Mail, MessageRecord, MockAccountCodeRepository, MockMailer,
        MockSecretGenerator, MockUserReader,
    };
    use crate::testing::{NOW, clock, unavailable, user_record};
    use time::{Duration, OffsetDateTime};

    const CODE: &str = "swordfish";

    fn delivery(payload: &str, created_at: OffsetDateTime) -> Delivery {
        let kind = MailRequestedV1::KIND.to_owned();
        let message = MessageRecord { id: 1, kind, payload: payload.into(), created_at };
        Delivery { message, receipt: 10, attempt: 1 }
    }

    fn reset() -> Delivery {
        let payload = r#"{"purpose":"password_reset","user":null,"email":"ada@example.org"}"#;
        delivery(payload, NOW)
    }

    fn activation() -> Delivery {
        delivery(r#"{"purpose":"activation","user":7,"email":null}"#, NOW)
    }

    fn users(status: Option<&'static str>) -> MockUserReader {
        let record = status.map(|status| UserRecord { status: status.into(), ..user_record() });
        let mut users = MockUserReader::new();
        let by_id = record.clone();
        users.expect_find().returning(move |_| Ok(by_id.clone()));
        users.expect_find_credentials().returning(move |_| {
            let user = record.clone();
            Ok(user.map(|user| CredentialsRecord { user, password_hash: "hash".into() }))
        });
        users
    }

    fn codes() -> MockAccountCodeRepository {
        let digest = Secret::parse(CODE.into()).unwrap().digest();
        let mut codes = MockAccountCodeRepository::new();
        codes.expect_put().withf(move |code| code.code_hash == digest).returning(|_| Ok(true));
        codes
    }

    fn room(
        users: MockUserReader,
        codes: MockAccountCodeRepository,
        mailer: MockMailer,
    ) -> MailRoom {
        let mut secrets = MockSecretGenerator::new();
        secrets.expect_new_secret().returning(|| Secret::parse(CODE.into()).unwrap());
        MailRoom {
            users: Arc::new(users),
            codes: Arc::new(codes),
            mailer: Arc::new(mailer),
            secrets: Arc::new(secrets),
        }
    }

    /// The verdict, and the mails that were sent.
    async fn work(
        users: MockUserReader,
        codes: MockAccountCodeRepository,
        delivery: Delivery,
    ) -> (Verdict, Vec<Mail>) {
        let sent = Arc::new(Mutex::new(Vec::new()));
        let seen = sent.clone();
        let mut mailer = MockMailer::new();
        mailer.expect_send().returning(move |mail| {
            seen.lock().unwrap().push(mail);
            Ok(())
        });
        let mut verdicts = run(&room(users, codes, mailer), &clock(), vec![delivery]).await;
        let sent = sent.lock().unwrap().clone();
        (verdicts.remove(0).1, sent)
    }

    async fn failing_with(error: fn() -> MailerError, created_at: OffsetDateTime) -> Verdict {
        let mut mailer = MockMailer::new();
        mailer.expect_send().returning(move |_| Err(error()));
        let room = room(users(Some("active")), codes(), mailer);
        let delivery = delivery(&reset().message.payload, created_at);
        run(&room, &clock(), vec![delivery]).await.remove(0).1
    }

    #[tokio::test]
    async fn sends_a_code_of_which_the_store_gets_the_digest() {
        for (status, request) in [("active", reset()), ("pending", activation())] {
            let (verdict, sent) = work(users(Some(status)), codes(), request).await;
            assert_eq!((verdict, sent.len()), (Verdict::Done, 1));
            assert_eq!(sent[0].to, "ada@example.org");
            assert!(sent[0].text.lines().any(|line| line == CODE), "{}", sent[0].text);
        }
    }

    #[tokio::test]
    async fn whoever_has_no_use_for_a_code_gets_none() {
        for (status, request) in [
            (None, reset()),
            (None, activation()),
            (Some("disabled"), reset()),
            (Some("active"), activation()),
        ] {
            let (verdict, sent) =
                work(users(status), MockAccountCodeRepository::new(), request).await;
            assert_eq!((verdict, sent.len()), (Verdict::Done, 0));
        }
    }

    #[tokio::test]
    async fn an_account_erased_meanwhile_gets_no_mail() {
        let mut codes = MockAccountCodeRepository::new();
        codes.expect_put().returning(|_| Ok(false));
        let (verdict, sent) = work(users(Some("active")), codes, reset()).await;
        assert_eq!((verdict, sent.len()), (Verdict::Done, 0));
    }

    #[tokio::test]
    async fn waits_for_the_store_and_for_the_mail_server() {
        let mut codes = MockAccountCodeRepository::new();
        codes.expect_put().returning(|_| Err(unavailable()));
        let (verdict, _) = work(users(Some("active")), codes, reset()).await;
        assert_eq!(verdict, Verdict::Postpone);
        let away = || MailerError::Unavailable("down".into());
        assert_eq!(failing_with(away, NOW - Duration::minutes(59)).await, Verdict::Postpone);
    }

    #[tokio::test]
    async fn gives_up_on_a_mail_that_nobody_waits_for_any_more() {
        let away = || MailerError::Unavailable("down".into());
        let verdict = failing_with(away, NOW - Duration::minutes(61)).await;
        assert!(matches!(verdict, Verdict::Refuse { .. }));
    }

    #[tokio::test]
    async fn refuses_what_can_never_be_sent_or_read() {
        let refused = || MailerError::Refused("550".into());
        assert!(matches!(failing_with(refused, NOW).await, Verdict::Refuse { .. }));
        for payload in ["{}", r#"{"purpose":"spam","user":7,"email":null}"#] {
            let (users, codes) = (MockUserReader::new(), MockAccountCodeRepository::new());
            let (verdict, _) = work(users, codes, delivery(payload, NOW)).await;
            assert!(matches!(verdict, Verdict::Refuse { .. }), "{payload}");
        }
    }
}
