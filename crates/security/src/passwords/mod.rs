mod bcrypt_cost;
mod bcrypt_password_hasher;
mod hashing_queue;

pub use bcrypt_cost::{BcryptCost, BcryptCostError};
pub use bcrypt_password_hasher::{BcryptPasswordHasher, BcryptPasswordHasherConfig};
