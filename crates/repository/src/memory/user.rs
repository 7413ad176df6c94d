//! Accounts in memory.

use async_trait::async_trait;
use domain::member::{Member, Role};
use domain::port::{Credentials, MembershipKind, UserRepository};
use domain::user::{NewUser, Permission, ProfileChange, User, UserFilter};
use domain::{PortError, Timestamp, UserId, text};
use shaku::Component;

use super::{Account, MemoryDatabase, State};

/// Accounts in memory.
#[derive(Component)]
#[shaku(interface = UserRepository)]
pub struct MemoryUserRepository {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl UserRepository for MemoryUserRepository {
    async fn insert(&self, new: NewUser) -> Result<User, PortError> {
        let mut state = self.db.lock();
        state.check_free(None, Some(&new.name.key()), Some(&new.email.key()))?;
        if let Some(code) = new.invitation
            && !state.count_use(code, new.created_at)
        {
            return Err(PortError::NoSuchInvitation);
        }
        let is_first = state.users.is_empty();
        let id = UserId(state.next_id());
        let user = User {
            permission: if is_first { Permission::Admin } else { new.permission },
            ..User::new(id, new.name, new.email, new.created_at)
        };
        let account = Account {
            user: user.clone(),
            password_hash: new.password_hash,
        };
        state.users.insert(id, account);
        let lobby = state.rooms.values().find(|room| room.is_lobby);
        if let Some((room_id, read_seq)) = lobby.map(|lobby| (lobby.id, lobby.last_seq)) {
            let member = Member {
                room_id,
                user_id: id,
                role: Role::Member,
                read_seq,
                joined_at: new.created_at,
            };
            state.members.insert((room_id, id), member);
            state.note(room_id, MembershipKind::Joined(id), new.created_at);
            state.count_members(room_id);
        }
        Ok(user)
    }

    async fn credentials_by_email(&self, key: &str) -> Result<Option<Credentials>, PortError> {
        Ok(self.db.lock().credentials(|user| user.email.key() == key))
    }

    async fn credentials_by_name(&self, key: &str) -> Result<Option<Credentials>, PortError> {
        Ok(self.db.lock().credentials(|user| user.name.key() == key))
    }

    async fn credentials(&self, id: UserId) -> Result<Option<Credentials>, PortError> {
        Ok(self.db.lock().credentials(|user| user.id == id))
    }

    async fn get_many(&self, ids: &[UserId]) -> Result<Vec<User>, PortError> {
        let state = self.db.lock();
        let users = state.users.values().map(|account| &account.user);
        Ok(users.filter(|user| ids.contains(&user.id)).cloned().collect())
    }

    async fn find(&self, filter: &UserFilter, after: Option<UserId>, limit: u32) -> Result<Vec<User>, PortError> {
        let matches = |user: &User| match filter {
            UserFilter::Id(id) => user.id == *id,
            UserFilter::NamePrefix(prefix) => user.name.key().starts_with(&text::fold(prefix)),
            UserFilter::Email(email) => user.email.key() == text::fold(email),
        };
        let state = self.db.lock();
        let users = state.users.values().map(|account| &account.user);
        Ok(users
            .filter(|user| matches(user) && after.is_none_or(|after| user.id > after))
            .take(limit as usize)
            .cloned()
            .collect())
    }

    async fn update(&self, id: UserId, change: ProfileChange, at: Timestamp) -> Result<Option<User>, PortError> {
        let mut state = self.db.lock();
        let name_key = change.name.as_ref().map(|name| name.key());
        let email_key = change.email.as_ref().map(|email| email.key());
        if !state.users.contains_key(&id) {
            return Ok(None);
        }
        state.check_free(Some(id), name_key.as_deref(), email_key.as_deref())?;
        let is_admin = |user: &User| user.permission == Permission::Admin;
        let has_other = state
            .users
            .values()
            .any(|other| other.user.id != id && is_admin(&other.user));
        let stays = change
            .permission
            .is_none_or(|permission| permission == Permission::Admin);
        if !stays && !has_other && state.users.get(&id).is_some_and(|account| is_admin(&account.user)) {
            return Err(PortError::LastAdmin);
        }
        if let (Some(new), Some(account)) = (&change.image, state.users.get(&id)) {
            let old = account.user.image.clone();
            if !state.replace_picture(&old, new, at) {
                return Err(PortError::NoSuchPicture);
            }
        }
        let Some(account) = state.users.get_mut(&id) else {
            return Ok(None);
        };
        let user = &mut account.user;
        set(&mut user.name, change.name);
        set(&mut user.email, change.email);
        set(&mut user.image, change.image);
        set(&mut user.bio, change.bio);
        set(&mut user.github, change.github);
        set(&mut user.qq, change.qq);
        set(&mut user.wechat, change.wechat);
        set(&mut user.permission, change.permission);
        user.updated_at = at;
        Ok(Some(user.clone()))
    }

    async fn set_last_seen(&self, id: UserId, at: Timestamp) -> Result<(), PortError> {
        if let Some(account) = self.db.lock().users.get_mut(&id) {
            account.user.last_seen_at = Some(at);
        }
        Ok(())
    }
}

fn set<T>(part: &mut T, change: Option<T>) {
    if let Some(value) = change {
        *part = value;
    }
}

impl State {
    fn credentials(&self, matches: impl Fn(&User) -> bool) -> Option<Credentials> {
        let account = self.users.values().find(|account| matches(&account.user))?;
        Some(Credentials {
            user_id: account.user.id,
            password_hash: account.password_hash.clone(),
        })
    }

    fn check_free(&self, but: Option<UserId>, name: Option<&str>, email: Option<&str>) -> Result<(), PortError> {
        for account in self.users.values().filter(|account| Some(account.user.id) != but) {
            if name == Some(account.user.name.key().as_str()) {
                return Err(PortError::Taken { field: "userName" });
            }
            if email == Some(account.user.email.key().as_str()) {
                return Err(PortError::Taken { field: "email" });
            }
        }
        Ok(())
    }
}
