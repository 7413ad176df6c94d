//! Making accounts.

use std::sync::Arc;

use domain::user::{Email, NewUser, Password, Permission, Person, User, UserName};
use domain::{Event, PortError};

use super::{Accounts, Device, Register};
use crate::limits::Limit;
use crate::{Error, Registration, Result};

/// How many numbers are tried behind a suggested name.
const NAME_TRIES: u32 = 50;

impl Accounts {
    /// Whether an address has an account is told here, so that asking for many is made slow.
    pub(super) async fn register_openly(&self, wish: Register, device: &Device) -> Result<Person> {
        let registration = self.policy.registration;
        if !registration.admits(wish.invited.map(|invited| invited.by)) {
            return Err(Error::Forbidden(match registration {
                Registration::Invite => "registration needs an invitation from an admin",
                _ => "registration is closed",
            }));
        }
        self.limits.take_from(Limit::Register, &device.address)?;
        let user = self.make_account(wish, Permission::User).await?;
        Ok(self.people.person(Arc::new(user)))
    }

    pub(super) async fn make_account(&self, wish: Register, permission: Permission) -> Result<User> {
        let email = Email::parse(&wish.email)?;
        let password = Password::parse("password", &wish.password)?;
        let chosen = wish.user_name.as_deref().map(UserName::parse).transpose()?;
        let password_hash = self.hasher.hash(password).await?;
        let lobby = self.rooms.lobby(&self.policy.lobby, self.clock.now()).await?;

        let new_user = |name| NewUser {
            name,
            email: email.clone(),
            password_hash: password_hash.clone(),
            permission,
            invitation: wish.invited.map(|invited| invited.code),
            created_at: self.clock.now(),
        };
        let user = match chosen {
            Some(name) => self.users.insert(new_user(name)).await?,
            None => self.insert_numbered(UserName::suggested(&email), new_user).await?,
        };
        let people = vec![self.people.person(Arc::new(user.clone()))];
        self.broker.publish(Event::MembersAdded {
            room_id: lobby.id,
            rev: lobby.last_rev,
            people,
        });
        Ok(user)
    }

    /// Stores an account under the name, or under the name with the first number that is free.
    async fn insert_numbered(&self, name: UserName, new_user: impl Fn(UserName) -> NewUser) -> Result<User> {
        let mut number = 1;
        let mut tried = name.clone();
        loop {
            match self.users.insert(new_user(tried)).await {
                Err(PortError::Taken { field: "userName" }) if number < NAME_TRIES => {
                    number += 1;
                    tried = name.numbered(number);
                }
                other => return Ok(other?),
            }
        }
    }
}
