//! The ports' database side, for SQLite and MySQL/MariaDB, and a double that needs neither.
//!
//! One file per aggregate; each port of the domain has one `Sql…` adapter and one `Memory…` twin.
//! Rows (`entity`) never leave the crate: what comes in and goes out are the domain's types.
//! Whatever takes several steps is one transaction (see `transaction`), and whatever may happen
//! only once is a unique key.
//!
//! `contract` holds the battery that every adapter and its twin must pass. It runs on a MySQL or
//! MariaDB server too when `BANTER_TEST_MYSQL_DSN` names one (`mysql://root@127.0.0.1:3306/`);
//! each test makes its own database there and drops it.

#[cfg(test)]
mod contract;
mod copy;
mod database;
mod entity;
mod error;
mod friend;
mod health;
mod invitation;
pub mod memory;
mod message;
mod news;
mod payload;
mod picture;
mod preference;
mod room;
mod room_cache;
mod room_log;
mod schema;
mod search;
mod session;
mod sql;
mod transaction;
mod upload;
mod user;

pub use database::Database;
pub use error::RepositoryError;
pub use friend::{SqlFriendRepository, SqlFriendRepositoryParameters};
pub use health::{SqlHealthCheck, SqlHealthCheckParameters};
pub use invitation::{SqlInvitationRepository, SqlInvitationRepositoryParameters};
pub use message::{SqlMessageRepository, SqlMessageRepositoryParameters};
pub use news::{SqlNewsRepository, SqlNewsRepositoryParameters};
pub use preference::{SqlPreferenceRepository, SqlPreferenceRepositoryParameters};
pub use room::{SqlRoomRepository, SqlRoomRepositoryParameters};
pub use room_log::{SqlRoomLog, SqlRoomLogParameters};
pub use schema::MigrationState;
pub use session::{SqlSessionRepository, SqlSessionRepositoryParameters};
pub use upload::{SqlUploadRepository, SqlUploadRepositoryParameters};
pub use user::{SqlUserRepository, SqlUserRepositoryParameters};
