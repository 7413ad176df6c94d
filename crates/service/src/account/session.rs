//! Ending sessions: sign-out, another device, a new password, another permission.

use domain::user::{Password, Permission, ProfileChange, User};
use domain::{Event, RevocationReason, SessionId, UserId};

use super::token::Purpose;
use super::{Accounts, Attempts, Device};
use crate::{Actor, Error, Result};

impl Accounts {
    pub(super) async fn sign_out(&self, access_token: &str) -> Result<()> {
        let Ok(spoken) = self.keys.read_expired(access_token, Purpose::Access) else {
            return Ok(());
        };
        self.end_session(spoken.user_id, spoken.session_id, RevocationReason::Logout)
            .await
    }

    pub(super) async fn revoke_own(&self, actor: &Actor, id: SessionId) -> Result<()> {
        let session = self
            .sessions
            .get(id)
            .await?
            .filter(|session| session.user_id == actor.user_id);
        let session = session
            .filter(|session| session.is_live(self.clock.now()))
            .ok_or(Error::NotFound)?;
        self.end_session(actor.user_id, session.id, RevocationReason::Revoked)
            .await
    }

    pub(super) async fn replace_password(&self, actor: &Actor, old: &str, new: &str, device: &Device) -> Result<()> {
        let new = Password::parse("newPassword", new)?;
        let account = Attempts::account(actor.user_id);
        let attempt = self.attempts.begin(&account, &device.address, self.clock.now())?;
        let credentials = self
            .users
            .credentials(actor.user_id)
            .await?
            .ok_or(Error::Unauthorized)?;
        if !self.hasher.verify(old, Some(&credentials.password_hash)).await? {
            return Err(Error::WrongCredentials);
        }
        attempt.succeeded();
        let (old, keep) = (Some(credentials.password_hash.as_str()), Some(actor.session_id));
        let is_set = self.set_new_password(actor.user_id, old, new, keep).await?;
        if is_set { Ok(()) } else { Err(Error::WrongCredentials) }
    }

    pub(super) async fn set_password_of(&self, login: &str, password: &str) -> Result<()> {
        let password = Password::parse("password", password)?;
        let user_id = self.credentials_of(login).await?.ok_or(Error::NotFound)?.user_id;
        let is_set = self.set_new_password(user_id, None, password, None).await?;
        if is_set { Ok(()) } else { Err(Error::NotFound) }
    }

    pub(super) async fn set_permission_of(&self, login: &str, permission: Permission) -> Result<User> {
        let user_id = self.credentials_of(login).await?.ok_or(Error::NotFound)?.user_id;
        let now = self.clock.now();
        let change = ProfileChange {
            permission: Some(permission),
            ..ProfileChange::default()
        };
        let user = self.users.update(user_id, change, now).await?.ok_or(Error::NotFound)?;
        // Sockets know what they may do from when they signed in.
        let ended = self.sessions.revoke_surplus(user_id, 0, now).await?;
        self.tell_ended(user_id, ended, RevocationReason::Revoked);
        Ok(user)
    }

    pub(super) async fn end_session(&self, user_id: UserId, id: SessionId, reason: RevocationReason) -> Result<()> {
        if self.sessions.revoke(id, self.clock.now()).await? {
            self.tell_ended(user_id, vec![id], reason);
        }
        Ok(())
    }

    /// Tells the devices of sessions that they have ended.
    pub(super) fn tell_ended(&self, user_id: UserId, sessions: Vec<SessionId>, reason: RevocationReason) {
        if !sessions.is_empty() {
            self.broker.publish(Event::SessionsRevoked {
                user_id,
                sessions,
                reason,
            });
        }
    }

    /// False when the account does not have the old hash any more, or does not exist.
    async fn set_new_password(
        &self,
        user_id: UserId,
        old: Option<&str>,
        new: Password,
        keep: Option<SessionId>,
    ) -> Result<bool> {
        let new = self.hasher.hash(new).await?;
        let now = self.clock.now();
        let Some(sessions) = self.sessions.set_password(user_id, old, &new, keep, now).await? else {
            return Ok(false);
        };
        self.tell_ended(user_id, sessions, RevocationReason::PasswordChanged);
        Ok(true)
    }
}
