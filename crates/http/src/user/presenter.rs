use paperclip::actix::Apiv2Schema;
use reelmark_application::user::UserProfile;
use reelmark_domain::Role;
use serde::Serialize;
use serde_json::json;

use crate::openapi::Rule;
use crate::respond::EntityTag;
use crate::timestamp::timestamp;

/// A profile as everybody who may see it sees it.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ProfileResponse {
    /// The user's id.
    id: i64,
    /// The name its owner is found by.
    username: String,
    /// The name to show; the username serves when there is none.
    display_name: Option<String>,
    /// A few words about its owner.
    bio: Option<String>,
    /// The number of its owner's ratings.
    count: u64,
    /// Their arithmetic mean, 1 to 10; null before the first rating.
    mean: Option<f64>,
    /// How many of them gave each score, 1 to 10 in order.
    histogram: Vec<u64>,
    /// When its owner signed up.
    created_at: String,
}

/// A profile as its owner sees it.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct OwnProfileResponse {
    #[serde(flatten)]
    profile: ProfileResponse,
    /// The address to sign in with; nobody else sees it.
    email: String,
    /// What its owner may do.
    role: &'static str,
    /// Who sees the profile and the ratings.
    visibility: &'static str,
}

impl From<&UserProfile> for ProfileResponse {
    fn from(UserProfile { user, histogram }: &UserProfile) -> Self {
        let profile = user.profile();
        Self {
            id: user.id().get(),
            username: user.username().to_string(),
            display_name: profile.display_name.as_ref().map(ToString::to_string),
            bio: profile.bio.as_ref().map(ToString::to_string),
            count: histogram.count(),
            mean: histogram.mean(),
            histogram: histogram.buckets().to_vec(),
            created_at: timestamp(user.created_at()),
        }
    }
}

impl From<&UserProfile> for OwnProfileResponse {
    fn from(profile: &UserProfile) -> Self {
        let user = &profile.user;
        Self {
            profile: profile.into(),
            email: user.email().to_string(),
            role: user.role().as_str(),
            visibility: user.profile().visibility.as_str(),
        }
    }
}

/// The tag of a profile as shown, to its owner and to others.
pub(super) fn tag_of(profile: &UserProfile) -> EntityTag {
    EntityTag::of_profile(profile.user.version(), &profile.histogram)
}

pub(super) fn rules() -> Vec<Rule> {
    let own = "OwnProfileResponse";
    let mut rules = vec![
        Rule::property(own, "email", json!({"format": "email", "example": "ada@example.org"})),
        Rule::property(own, "role", json!({"enum": Role::ALL.map(Role::as_str)})),
        Rule::property(own, "visibility", json!({"enum": ["public", "private"]})),
    ];
    for schema in ["ProfileResponse", own] {
        rules.extend([
            Rule::property(schema, "username", json!({"example": "ada"})),
            Rule::property(schema, "display_name", json!({"example": "Ada Lovelace"})),
            Rule::property(schema, "created_at", json!({"format": "date-time"})),
            Rule::property(schema, "histogram", json!({"minItems": 10, "maxItems": 10})),
        ]);
    }
    rules
}
