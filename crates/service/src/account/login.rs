//! Signing in, staying signed in, and saying who asks.

use std::time::Duration;

use domain::port::Credentials;
use domain::session::{NewSession, Session};
use domain::user::{Email, Permission, UserName};
use domain::{RevocationReason, Timestamp, UserId};

use super::token::{Purpose, Spoken};
use super::{Accounts, Attempts, Device, SignedIn, Tokens};
use crate::{Actor, Error, Result};

/// Longest `User-Agent` that is kept, in characters.
const USER_AGENT_MAX: usize = 255;
/// Most devices that somebody is signed in on; the next one ends the session used least lately.
const SESSIONS_MAX: u32 = 100;
/// How long an exchanged refresh token is answered again: a page may be reloaded, or two tabs ask
/// at once, before the answer is there.
const REFRESH_GRACE: Duration = Duration::from_secs(30);

impl Accounts {
    pub(super) async fn sign_in(&self, login: &str, password: &str, device: Device) -> Result<SignedIn> {
        let now = self.clock.now();
        let credentials = self.credentials_of(login).await?;
        let account = match &credentials {
            Some(credentials) => Attempts::account(credentials.user_id),
            None => login_key(login),
        };
        let attempt = self.attempts.begin(&account, &device.address, now)?;
        let hash = credentials
            .as_ref()
            .map(|credentials| credentials.password_hash.as_str());
        let is_right = self.hasher.verify(password, hash).await?;
        let Some(Credentials { user_id, password_hash }) = credentials.filter(|_| is_right) else {
            return Err(Error::WrongCredentials);
        };
        attempt.succeeded();
        let session = NewSession {
            user_id,
            user_agent: device
                .user_agent
                .chars()
                .filter(|c| !c.is_control())
                .take(USER_AGENT_MAX)
                .collect(),
            address: device.address,
            created_at: now,
            expires_at: now.plus(self.policy.refresh_ttl),
        };
        // The password may have been changed while it was compared.
        let session = self.sessions.insert(session, &password_hash).await?;
        let session = session.ok_or(Error::WrongCredentials)?;
        let surplus = self.sessions.revoke_surplus(user_id, SESSIONS_MAX, now).await?;
        self.tell_ended(user_id, surplus, RevocationReason::Revoked);
        let tokens = self.keys.tokens(&session, &self.policy, now)?;
        let person = self.people.one(user_id).await?.ok_or(Error::WrongCredentials)?;
        Ok(SignedIn { tokens, person })
    }

    pub(super) async fn renew(&self, refresh_token: &str, device: Device) -> Result<Tokens> {
        let now = self.clock.now();
        let spoken = self.keys.read(refresh_token, Purpose::Refresh, now)?;
        let session = self.session_of(&spoken).await?;
        let end = session.created_at.plus(self.policy.session_max);
        let expires_at = now.plus(self.policy.refresh_ttl).min(end);
        // A clock that was set back moves no session back: the tokens that are under way stay good.
        let used_at = now.max(session.last_used_at);
        let rotated = self
            .sessions
            .rotate(session.id, spoken.generation, &device.address, used_at, expires_at)
            .await?;
        if let Some(session) = rotated {
            return self.keys.tokens(&session, &self.policy, now);
        }
        let session = self.session_of(&spoken).await?;
        if !is_asked_again(&session, spoken.generation, now) {
            // The token was used before: whoever holds the copy, neither may go on.
            tracing::warn!(session_id = %session.id, user_id = %session.user_id, "a refresh token was used twice");
            self.end_session(session.user_id, session.id, domain::RevocationReason::Revoked)
                .await?;
            return Err(Error::Unauthorized);
        }
        self.keys.tokens(&session, &self.policy, now)
    }

    pub(super) async fn who(&self, access_token: &str) -> Result<Actor> {
        let spoken = self.keys.read(access_token, Purpose::Access, self.clock.now())?;
        let (session, permission) = self.session_and_permission_of(&spoken).await?;
        Ok(Actor {
            user_id: session.user_id,
            session_id: session.id,
            permission,
            expires_at: spoken.expires_at,
        })
    }

    pub(super) async fn who_for_media(&self, media_token: &str) -> Result<UserId> {
        let spoken = self.keys.read(media_token, Purpose::Media, self.clock.now())?;
        Ok(self.session_of(&spoken).await?.user_id)
    }

    /// The account behind an e-mail address, or behind a user name when it has no `@`.
    pub(super) async fn credentials_of(&self, login: &str) -> Result<Option<Credentials>> {
        let key = login_key(login);
        let credentials = if login.contains('@') {
            self.users.credentials_by_email(&key).await?
        } else {
            self.users.credentials_by_name(&key).await?
        };
        Ok(credentials)
    }

    /// The live session that a token speaks for.
    async fn session_of(&self, spoken: &Spoken) -> Result<Session> {
        Ok(self.session_and_permission_of(spoken).await?.0)
    }

    async fn session_and_permission_of(&self, spoken: &Spoken) -> Result<(Session, Permission)> {
        let found = self.sessions.get_with_permission(spoken.session_id).await?;
        let now = self.clock.now();
        found
            .filter(|(session, _)| session.is_live(now) && spoken.is_of(session, now))
            .ok_or(Error::Unauthorized)
    }
}

/// True for the token that was exchanged last, and only just: its owner has asked again before
/// the answer reached them. They get it once more. The session does not move on for it, so that
/// whichever of the answers a browser keeps is the one that holds.
fn is_asked_again(session: &Session, generation: i64, now: Timestamp) -> bool {
    generation + 1 == session.generation && now.since(session.last_used_at) < REFRESH_GRACE
}

fn login_key(login: &str) -> String {
    if login.contains('@') {
        Email::from_stored(login.trim().to_owned()).key()
    } else {
        UserName::from_stored(login.split_whitespace().collect::<Vec<_>>().join(" ")).key()
    }
}
