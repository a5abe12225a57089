//! The rules of Reelmark: movies, users, ratings and the scores made of them.
//!
//! Everything here is pure: no I/O, no clock, no async, no driver. A value that exists is valid,
//! because the only way to get one is a constructor that checks it.
//!
//! ```
//! use reelmark_domain::{Score, ScoreChange, Histogram};
//!
//! let seven = Score::parse(7)?;
//! let mut histogram = Histogram::default();
//! histogram.apply(ScoreChange::first(seven))?;
//! assert_eq!(histogram.mean(), Some(7.0));
//! assert!(Score::parse(11).is_err());
//! # Ok::<(), reelmark_domain::ValueError>(())
//! ```
//!
//! The `serde` feature (off by default) serialises ids and value objects as the plain values they
//! stand for, and refuses invalid ones when reading.
#![deny(missing_docs)]

mod id;
mod import;
mod matching;
mod movie;
mod paging;
mod policy;
mod rating;
mod rating_summary;
mod recommendation;
mod report;
mod secret;
mod session;
mod text;
mod user;
mod value_error;

pub use id::{ImportId, MovieId, ReportId, SessionId, UserId};
pub use import::{FileName, ImportStatus, RowOutcome};
pub use matching::{
    Confidence, MatchBasis, MatchCandidate, MatchOutcome, MovieMatch, MovieReference, match_movie,
};
pub use movie::{
    AlternativeTitles, Countries, Country, Directors, ExternalIds, Genre, Genres, ImdbId, Language,
    Movie, MovieFacts, MovieLensId, PersonName, Probe, ProbeKind, ReleaseYear, Runtime,
    SEARCH_BOUNDS, SUGGEST_BOUNDS, SearchBounds, SuggestBounds, Synopsis, Title, TitleIndex,
    TitleKey, TitleMatch, TitleSearch, TmdbId, TypedTitle, WordParts, WrittenTitle,
    min_shared_trigrams, popularity_class, search_key, sought_key, tidy_title, upright_title,
};
pub use paging::{Cursor, CursorError, Page, PageLimit, ShortLimit};
pub use policy::{Action, Caller, Forbidden};
pub use rating::{RatedAt, Rating, Review, Score, ScoreChange};
pub use rating_summary::{
    CatalogueMean, Histogram, PRIOR_WEIGHT, RatingSummary, WeightedScore, interval_90, least_trend,
    trend_weight,
};
pub use recommendation::{
    Neighbour, NeighbourList, Opinion, PredictedScore, RankingQuality, Recommender, Similarities,
    Similarity, Suggestion, Taste, TasteMatrix, TasteMatrixBuilder, UserBias, UserSample, Weights,
    leave_last_out, seeded_key, shuffled_rank, suggest,
};
pub use report::{
    ReportFailure, ReportKind, ReportPeriod, ReportStatus, longest_streak, polarization,
    standard_deviation,
};
pub use secret::Secret;
pub use session::{Device, RefreshVerdict, Session, SpentToken};
pub use user::{
    AccountStatus, Bio, CodePurpose, DisplayName, EmailAddress, PlainPassword, Profile, Role, User,
    Username, Visibility,
};
pub use value_error::ValueError;
