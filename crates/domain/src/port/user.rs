//! Accounts.

use async_trait::async_trait;
use shaku::Interface;

use crate::user::{NewUser, ProfileChange, User, UserFilter};
use crate::{PortError, Timestamp, UserId};

/// What sign-in compares a password with.
#[derive(Clone)]
pub struct Credentials {
    /// Whose.
    pub user_id: UserId,
    /// bcrypt hash.
    pub password_hash: String,
}

/// Stores accounts.
#[async_trait]
pub trait UserRepository: Interface {
    /// Stores an account and makes it a plain member of the lobby (with everything there counted
    /// as read), in one transaction. The very first account becomes admin, whatever it asks for,
    /// also when several register at once. The invitation that it comes by is used once with it,
    /// if it holds.
    ///
    /// # Errors
    /// [`PortError::Taken`] with field `email` or `userName`; [`PortError::NoSuchInvitation`];
    /// other [`PortError`]s. Nothing is stored then.
    async fn insert(&self, user: NewUser) -> Result<User, PortError>;

    /// The credentials under that e-mail key (see [`crate::user::Email::key`]).
    ///
    /// # Errors
    /// [`PortError`].
    async fn credentials_by_email(&self, key: &str) -> Result<Option<Credentials>, PortError>;

    /// The credentials under that name key (see [`crate::user::UserName::key`]).
    ///
    /// # Errors
    /// [`PortError`].
    async fn credentials_by_name(&self, key: &str) -> Result<Option<Credentials>, PortError>;

    /// The credentials of that account.
    ///
    /// # Errors
    /// [`PortError`].
    async fn credentials(&self, id: UserId) -> Result<Option<Credentials>, PortError>;

    /// Those of the accounts that exist, in any order, in one query.
    ///
    /// # Errors
    /// [`PortError`].
    async fn get_many(&self, ids: &[UserId]) -> Result<Vec<User>, PortError>;

    /// Those who match, by rising id: those above `after`, at most `limit`.
    ///
    /// # Errors
    /// [`PortError`].
    async fn find(&self, filter: &UserFilter, after: Option<UserId>, limit: u32) -> Result<Vec<User>, PortError>;

    /// Changes a profile; `None` when there is no such account. A picture that nobody has any more
    /// is marked as deleted with it.
    ///
    /// # Errors
    /// [`PortError::Taken`] with field `email` or `userName`; [`PortError::LastAdmin`] when nobody
    /// would be admin afterwards, which holds for any number of changes at once;
    /// [`PortError::NoSuchPicture`]; other [`PortError`]s. Nothing is changed then.
    async fn update(&self, id: UserId, change: ProfileChange, at: Timestamp) -> Result<Option<User>, PortError>;

    /// Remembers when a person was last here.
    ///
    /// # Errors
    /// [`PortError`].
    async fn set_last_seen(&self, id: UserId, at: Timestamp) -> Result<(), PortError>;
}
