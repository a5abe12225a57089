mod account_status;
mod code_purpose;
mod email_address;
mod plain_password;
mod profile;
mod role;
mod user;
mod username;
mod visibility;

pub use account_status::AccountStatus;
pub use code_purpose::CodePurpose;
pub use email_address::EmailAddress;
pub use plain_password::PlainPassword;
pub use profile::{Bio, DisplayName, Profile};
pub use role::Role;
pub use user::User;
pub use username::Username;
pub use visibility::Visibility;
