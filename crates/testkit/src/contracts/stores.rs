use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use reelmark_application::messages::{Channel, Message, RatingChangedV1, RatingChangedV2};
use reelmark_application::ports::{
    AccountCodeRepository, AccountRepository, AuditReader, AuditTrail, CatalogueImporter,
    DeadLetters, ExportReader, IdempotencyKeys, InstanceExportReader, ListedMovieRecord,
    MessageRecord, MovieDetailsRecord, MovieFilter, MovieReader, MovieRepository, NeighbourReader,
    NeighbourRepository, OpenSession, Outbox, PersonalImportRepository, PutOutcome, PutRating,
    RatingReader, RatingRepository, RatingSummaryRepository, ReportReader, ReportRepository,
    RoleOutcome, ScoreChangeRecord, SessionReader, SessionRepository, SetRole, SummaryAuditor,
    TasteReader, UpdateProfile, UserReader, UserRecord, UserRepository,
};
use reelmark_domain::Visibility;
use time::{Duration, OffsetDateTime};

use crate::builders::{MovieBuilder, NOON, insert_user, movie, open_session, put_rating};

/// All ports of one store that nobody else uses, and verbs for what most contracts do with them.
pub struct Stores {
    pub users: Arc<dyn UserRepository>,
    pub user_reader: Arc<dyn UserReader>,
    pub accounts: Arc<dyn AccountRepository>,
    pub codes: Arc<dyn AccountCodeRepository>,
    pub importer: Arc<dyn CatalogueImporter>,
    pub everything: Arc<dyn InstanceExportReader>,
    pub exports: Arc<dyn ExportReader>,
    pub sessions: Arc<dyn SessionRepository>,
    pub session_reader: Arc<dyn SessionReader>,
    pub movies: Arc<dyn MovieRepository>,
    pub movie_reader: Arc<dyn MovieReader>,
    pub ratings: Arc<dyn RatingRepository>,
    pub rating_reader: Arc<dyn RatingReader>,
    pub summaries: Arc<dyn RatingSummaryRepository>,
    pub auditor: Arc<dyn SummaryAuditor>,
    pub outbox: Arc<dyn Outbox>,
    pub idempotency_keys: Arc<dyn IdempotencyKeys>,
    pub audit_trail: Arc<dyn AuditTrail>,
    pub audit_reader: Arc<dyn AuditReader>,
    pub reports: Arc<dyn ReportRepository>,
    pub imports: Arc<dyn PersonalImportRepository>,
    pub report_reader: Arc<dyn ReportReader>,
    pub dead_letters: Arc<dyn DeadLetters>,
    pub neighbours: Arc<dyn NeighbourRepository>,
    pub neighbour_reader: Arc<dyn NeighbourReader>,
    pub tastes: Arc<dyn TasteReader>,
    /// Whatever must live as long as the store, such as its temporary directory. Dropped last.
    pub guard: Box<dyn Any + Send>,
}

/// Later than every claim of a contract runs out, so that draining takes all there is.
pub(super) const THE_END: OffsetDateTime = NOON.saturating_add(Duration::days(365));

const BATCH: usize = 100;

impl Stores {
    /// Adds a member's account.
    pub async fn add_user(&self, username: &str) -> i64 {
        self.users.insert(insert_user(username)).await.unwrap().id
    }

    /// Adds `count` members' accounts.
    pub async fn add_users(&self, count: usize) -> Vec<i64> {
        let mut ids = Vec::new();
        for n in 0..count {
            ids.push(self.add_user(&format!("user-{n}")).await);
        }
        ids
    }

    /// An account as it is now.
    pub async fn user(&self, id: i64) -> UserRecord {
        self.user_reader.find(id).await.unwrap().unwrap()
    }

    /// Gives the account with this username key a role, as an operator does.
    pub async fn give_role(&self, username_key: &str, role: &str) -> RoleOutcome {
        let (username_key, role) = (username_key.into(), role.into());
        let role = SetRole { username_key, role, keep_an_admin: false };
        self.users.set_role(role).await.unwrap()
    }

    /// Opens a session.
    pub async fn open(&self, session: OpenSession) -> i64 {
        self.sessions.open(session).await.unwrap().unwrap()
    }

    /// Opens two sessions of a user, with the refresh tokens "first" and "second".
    pub async fn open_two(&self, user_id: i64) -> (i64, i64) {
        let user = self.user(user_id).await;
        let first = self.open(open_session(&user, "first")).await;
        (first, self.open(open_session(&user, "second")).await)
    }

    /// Who may use a session.
    pub async fn bearer(
        &self,
        user_id: i64,
        session_id: i64,
        now: OffsetDateTime,
    ) -> Option<UserRecord> {
        self.session_reader.find_bearer(user_id, session_id, now).await.unwrap()
    }

    /// The ids of a user's sessions at [`NOON`], in the order of the list.
    pub async fn session_ids(&self, user_id: i64) -> Vec<i64> {
        let listed = self.session_reader.list_of_user(user_id, NOON).await.unwrap();
        listed.into_iter().map(|session| session.id).collect()
    }

    /// Makes a profile public or private.
    pub async fn set_visibility(&self, user_id: i64, visibility: Visibility) {
        let profile = UpdateProfile {
            visibility: visibility.to_string(),
            ..profile_of(&self.user(user_id).await)
        };
        self.users.update_profile(profile).await.unwrap().unwrap();
    }

    /// Adds a movie with nothing but a title.
    pub async fn add_movie(&self, title: &str) -> i64 {
        self.add(movie(title)).await
    }

    /// Adds `count` movies.
    pub async fn add_movies(&self, count: usize) -> Vec<i64> {
        let mut ids = Vec::new();
        for n in 0..count {
            ids.push(self.add_movie(&format!("Movie {n}")).await);
        }
        ids
    }

    /// Adds a movie.
    pub async fn add(&self, movie: MovieBuilder) -> i64 {
        self.movies.insert(movie.insert()).await.unwrap().id
    }

    /// A movie with its summary as they are now.
    pub async fn details(&self, movie_id: i64) -> MovieDetailsRecord {
        self.movie_reader.find(movie_id).await.unwrap().unwrap()
    }

    /// The movies that pass `filter`.
    pub async fn list(&self, filter: MovieFilter) -> Vec<ListedMovieRecord> {
        self.movie_reader.list(filter).await.unwrap()
    }

    /// The titles of the movies that pass `filter`.
    pub async fn titles(&self, filter: MovieFilter) -> Vec<String> {
        let movies = self.list(filter).await;
        movies.into_iter().map(|movie| movie.details.movie.facts.title).collect()
    }

    /// Rates a movie at [`NOON`], without a review.
    pub async fn rate(&self, user_id: i64, movie_id: i64, score: i16) -> PutOutcome {
        self.put(put_rating(user_id, movie_id, score)).await
    }

    /// Rates a movie.
    pub async fn put(&self, rating: PutRating) -> PutOutcome {
        self.ratings.put(rating).await.unwrap().unwrap()
    }

    /// Counts scores in as first ratings of a movie, without ratings behind them.
    pub async fn count_in(&self, movie_id: i64, scores: &[i16]) {
        let changes = scores.iter().map(|score| first_rating(movie_id, *score));
        self.apply(changes.collect()).await;
    }

    /// Counts changes in.
    pub async fn apply(&self, changes: Vec<ScoreChangeRecord>) {
        self.summaries.apply(changes, NOON).await.unwrap();
    }

    /// Takes all messages about movies and ratings out of the outbox, in the order in which they
    /// were stored.
    pub async fn take_messages(&self) -> Vec<MessageRecord> {
        let mut taken = self.take_messages_of(Channel::Ratings).await;
        taken.extend(self.take_messages_of(Channel::DatedRatings).await);
        taken.sort_by_key(|message| message.id);
        taken
    }

    async fn take_messages_of(&self, channel: Channel) -> Vec<MessageRecord> {
        let mut taken = Vec::new();
        loop {
            let claim = self.outbox.claim(channel, BATCH, THE_END, Duration::MINUTE);
            let batch = claim.await.unwrap();
            if batch.is_empty() {
                return taken;
            }
            let ids = batch.iter().map(|message| message.id).collect();
            self.outbox.confirm(ids).await.unwrap();
            taken.extend(batch);
        }
    }

    /// Takes all messages out of the outbox and reads them.
    pub async fn take_decoded_messages(&self) -> Vec<Message> {
        let messages = self.take_messages().await;
        messages.iter().map(decode).collect()
    }

    /// Takes all messages out of the outbox and reads those about ratings.
    pub async fn take_rating_changes(&self) -> Vec<RatingChangedV1> {
        let messages = self.take_decoded_messages().await;
        messages.into_iter().filter_map(rating_change).collect()
    }

    /// Takes all messages out of the outbox and counts the rating changes in, as a worker does.
    pub async fn drain(&self) {
        let messages = self.take_messages().await;
        for batch in messages.chunks(BATCH) {
            self.apply(score_changes(batch)).await;
        }
    }
}

/// A message as the application reads it.
pub(super) fn decode(message: &MessageRecord) -> Message {
    Message::decode(message).expect("stores should write messages that can be read")
}

/// What messages tell about scores.
pub(super) fn score_changes(messages: &[MessageRecord]) -> Vec<ScoreChangeRecord> {
    let changes = messages.iter().filter_map(|message| {
        let given_at = given_at(&decode(message)).unwrap_or(message.created_at);
        let RatingChangedV1 { movie, old, new, .. } = rating_change(decode(message))?;
        Some(ScoreChangeRecord { message_id: message.id, movie_id: movie, old, new, given_at })
    });
    changes.collect()
}

/// A change from no score to `score`, with a message id that no other change and no message has.
pub(super) fn first_rating(movie_id: i64, score: i16) -> ScoreChangeRecord {
    change(movie_id, None, Some(score))
}

/// A change of a score, with a message id that no other change and no message has.
pub(super) fn change(movie_id: i64, old: Option<i16>, new: Option<i16>) -> ScoreChangeRecord {
    static NEXT_ID: AtomicI64 = AtomicI64::new(1_000_000_000);
    let message_id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
    ScoreChangeRecord { message_id, movie_id, old, new, given_at: NOON }
}

/// The profile that an account has, as a request to store it again.
pub(super) fn profile_of(user: &UserRecord) -> UpdateProfile {
    UpdateProfile {
        id: user.id,
        expected_version: user.version,
        display_name: user.display_name.clone(),
        bio: user.bio.clone(),
        visibility: user.visibility.clone(),
    }
}

/// When a rating was given, if a message tells that.
pub(super) fn given_at(message: &Message) -> Option<OffsetDateTime> {
    match message {
        Message::DatedRatingChanged(change) => change.given_at(),
        _ => None,
    }
}

/// The same for both versions.
fn rating_change(message: Message) -> Option<RatingChangedV1> {
    match message {
        Message::RatingChanged(change) => Some(change),
        Message::DatedRatingChanged(RatingChangedV2 { movie, user, old, new, .. }) => {
            Some(RatingChangedV1 { movie, user, old, new })
        }
        Message::MovieChanged(_)
        | Message::MailRequested(_)
        | Message::ReportRequested(_)
        | Message::ImportRequested(_) => None,
    }
}
