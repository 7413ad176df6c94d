//! Accounts: registering, signing in and out, profiles and devices.

mod attempts;
mod login;
mod password;
mod profile;
mod register;
mod session;
mod token;

use std::sync::Arc;

use async_trait::async_trait;
use domain::invitation::InvitationCode;
use domain::port::{Broker, Clock, RoomRepository, SessionRepository, UploadRepository, UserRepository};
use domain::session::Session;
use domain::user::{Permission, Person, ProfileChange, User, UserFilter};
use domain::{SessionId, Timestamp, UserId};
use shaku::{Component, Interface};

use crate::limits::{Limit, Limits};
use crate::people::People;
use crate::{Actor, Policy, Result};

pub use attempts::Attempts;
pub use password::PasswordHasher;
pub use token::TokenKey;

/// A wish for an account.
#[derive(Debug, Clone)]
pub struct Register {
    /// The address to sign in with.
    pub email: String,
    /// The password, 8 to 72 bytes.
    pub password: String,
    /// The name; made from the address when there is none.
    pub user_name: Option<String>,
    /// What it comes by, as the use cases of invitations have found it.
    pub invited: Option<Invited>,
}

/// An invitation, and what the account of its maker may do.
#[derive(Debug, Clone, Copy)]
pub struct Invited {
    /// Its code.
    pub code: InvitationCode,
    /// The maker's permission.
    pub by: Permission,
}

/// A device that signs in, as the edge sees it.
#[derive(Debug, Clone, Default)]
pub struct Device {
    /// Its network address.
    pub address: String,
    /// What it calls itself.
    pub user_agent: String,
}

/// Tokens of a session: what a device gets when it signs in or refreshes.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Proves who asks, on every request.
    pub access: String,
    /// When `access` ends.
    pub expires_at: Timestamp,
    /// Gets the next tokens, once.
    pub refresh: String,
    /// Opens media in `<img>` and `<video>`.
    pub media: String,
    /// When `refresh` and `media` end.
    pub refresh_expires_at: Timestamp,
}

/// A device that has signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Its tokens.
    pub tokens: Tokens,
    /// Its owner.
    pub person: Person,
}

/// Accounts and sessions.
#[async_trait]
pub trait AccountService: Interface {
    /// Makes an account. The first one becomes admin; everybody joins the lobby.
    async fn register(&self, wish: Register, device: &Device) -> Result<Person>;

    /// Makes an account for the operator, whatever the registration policy says.
    async fn create(&self, wish: Register, permission: Permission) -> Result<User>;

    /// Sets a password for the operator and ends all sessions of the account.
    /// `login` is an e-mail address or a user name.
    async fn reset_password(&self, login: &str, password: &str) -> Result<()>;

    /// Says for the operator what an account may do, and ends all its sessions. `login` is an e-mail
    /// address or a user name. Somebody stays admin.
    async fn set_permission(&self, login: &str, permission: Permission) -> Result<User>;

    /// Signs a device in. `login` is an e-mail address, or a user name when it has no `@`.
    /// Unknown accounts cost the same time as wrong passwords.
    async fn login(&self, login: &str, password: &str, device: Device) -> Result<SignedIn>;

    /// Exchanges a refresh token for new ones. One that was used before ends its session, but for
    /// the last one within half a minute: it is answered again, since the answer may be lost.
    async fn refresh(&self, refresh_token: &str, device: Device) -> Result<Tokens>;

    /// Ends the session of an access token, which may have expired. Anything else is ignored.
    async fn logout(&self, access_token: &str) -> Result<()>;

    /// Says who an access token speaks for: signature, times and session are checked.
    async fn authenticate(&self, access_token: &str) -> Result<Actor>;

    /// Says who a media cookie speaks for.
    async fn authenticate_media(&self, media_token: &str) -> Result<UserId>;

    /// The caller's own profile.
    async fn profile(&self, actor: &Actor) -> Result<Person>;

    /// Changes the caller's own profile. Only an admin's may carry a permission.
    /// A new picture must be an avatar that the caller uploaded, or empty.
    async fn update_profile(&self, actor: &Actor, change: ProfileChange) -> Result<Person>;

    /// Looks people up, by rising id, those above `after`.
    async fn find(&self, actor: &Actor, filter: &UserFilter, after: Option<UserId>, limit: u32) -> Result<Vec<Person>>;

    /// URL of the picture of whoever has that name; of a generated one for a name that nobody has.
    async fn image_of(&self, user_name: &str, device: &Device) -> Result<String>;

    /// The caller's signed-in devices, the last used first.
    async fn sessions(&self, actor: &Actor) -> Result<Vec<Session>>;

    /// Ends one of the caller's sessions.
    async fn revoke_session(&self, actor: &Actor, id: SessionId) -> Result<()>;

    /// Changes the caller's password and ends all other sessions.
    async fn change_password(&self, actor: &Actor, old: &str, new: &str, device: &Device) -> Result<()>;
}

/// The use cases of accounts.
#[derive(Component)]
#[shaku(interface = AccountService)]
pub struct Accounts {
    #[shaku(inject)]
    users: Arc<dyn UserRepository>,
    #[shaku(inject)]
    sessions: Arc<dyn SessionRepository>,
    #[shaku(inject)]
    rooms: Arc<dyn RoomRepository>,
    #[shaku(inject)]
    uploads: Arc<dyn UploadRepository>,
    #[shaku(inject)]
    people: Arc<dyn People>,
    #[shaku(inject)]
    broker: Arc<dyn Broker>,
    #[shaku(inject)]
    clock: Arc<dyn Clock>,
    #[shaku(inject)]
    limits: Arc<dyn Limits>,
    /// Hashes and compares passwords.
    hasher: PasswordHasher,
    /// Signs tokens.
    keys: TokenKey,
    /// Counts failed sign-ins.
    attempts: Arc<Attempts>,
    /// The operator's choices.
    policy: Arc<Policy>,
}

impl AccountsParameters {
    /// What the use cases of accounts need besides the ports.
    #[must_use]
    pub fn new(policy: Arc<Policy>, keys: TokenKey) -> Self {
        let attempts = Arc::new(Attempts::new(policy.rate_limit));
        Self::counting(policy, keys, attempts)
    }

    /// The same, with failed sign-ins counted there.
    #[must_use]
    pub fn counting(policy: Arc<Policy>, keys: TokenKey, attempts: Arc<Attempts>) -> Self {
        Self {
            hasher: PasswordHasher::new(policy.bcrypt_cost),
            keys,
            attempts,
            policy,
        }
    }
}

#[async_trait]
impl AccountService for Accounts {
    async fn register(&self, wish: Register, device: &Device) -> Result<Person> {
        self.register_openly(wish, device).await
    }

    async fn create(&self, wish: Register, permission: Permission) -> Result<User> {
        self.make_account(wish, permission).await
    }

    async fn reset_password(&self, login: &str, password: &str) -> Result<()> {
        self.set_password_of(login, password).await
    }

    async fn set_permission(&self, login: &str, permission: Permission) -> Result<User> {
        self.set_permission_of(login, permission).await
    }

    async fn login(&self, login: &str, password: &str, device: Device) -> Result<SignedIn> {
        self.sign_in(login, password, device).await
    }

    async fn refresh(&self, refresh_token: &str, device: Device) -> Result<Tokens> {
        self.renew(refresh_token, device).await
    }

    async fn logout(&self, access_token: &str) -> Result<()> {
        self.sign_out(access_token).await
    }

    async fn authenticate(&self, access_token: &str) -> Result<Actor> {
        self.who(access_token).await
    }

    async fn authenticate_media(&self, media_token: &str) -> Result<UserId> {
        self.who_for_media(media_token).await
    }

    async fn profile(&self, actor: &Actor) -> Result<Person> {
        self.own_profile(actor).await
    }

    async fn update_profile(&self, actor: &Actor, change: ProfileChange) -> Result<Person> {
        self.limits.take(Limit::Change, actor.user_id)?;
        self.change_profile(actor, change).await
    }

    async fn find(&self, actor: &Actor, filter: &UserFilter, after: Option<UserId>, limit: u32) -> Result<Vec<Person>> {
        self.limits.take(Limit::Lookup, actor.user_id)?;
        self.find_people(filter, after, limit).await
    }

    async fn image_of(&self, user_name: &str, device: &Device) -> Result<String> {
        self.limits.take_from(Limit::Lookup, &device.address)?;
        self.picture_of(user_name).await
    }

    async fn sessions(&self, actor: &Actor) -> Result<Vec<Session>> {
        Ok(self.sessions.live_of(actor.user_id, self.clock.now()).await?)
    }

    async fn revoke_session(&self, actor: &Actor, id: SessionId) -> Result<()> {
        self.revoke_own(actor, id).await
    }

    async fn change_password(&self, actor: &Actor, old: &str, new: &str, device: &Device) -> Result<()> {
        self.replace_password(actor, old, new, device).await
    }
}
