//! Profiles: one's own, and other people's.

use domain::media::Scene;
use std::sync::Arc;

use domain::user::{Permission, Person, ProfileChange, UserFilter};
use domain::{Event, Invalid, UserId};

use super::Accounts;
use crate::media::picture;
use crate::{Actor, Error, Result, audit};

impl Accounts {
    pub(super) async fn own_profile(&self, actor: &Actor) -> Result<Person> {
        self.people.one(actor.user_id).await?.ok_or(Error::Unauthorized)
    }

    pub(super) async fn change_profile(&self, actor: &Actor, mut change: ProfileChange) -> Result<Person> {
        if change.permission.is_some() && actor.permission != Permission::Admin {
            return Err(Error::Forbidden("only an admin sets permission"));
        }
        if let Some(image) = &change.image {
            change.image = self.avatar(actor, image).await?;
        }
        if change == ProfileChange::default() {
            return self.own_profile(actor).await;
        }
        let has_permission = change.permission.is_some();
        let user = self
            .users
            .update(actor.user_id, change, self.clock.now())
            .await?
            .ok_or(Error::Unauthorized)?;
        if has_permission {
            audit::note(actor.user_id, "user.permission", None, user.id);
        }
        self.people.forget(user.id);
        let person = self.people.person(Arc::new(user));
        self.broker.publish(Event::UserChanged(person.clone()));
        Ok(person)
    }

    pub(super) async fn find_people(
        &self,
        filter: &UserFilter,
        after: Option<UserId>,
        limit: u32,
    ) -> Result<Vec<Person>> {
        let users = self.users.find(filter, after, limit).await?;
        Ok(users
            .into_iter()
            .map(|user| self.people.person(Arc::new(user)))
            .collect())
    }

    pub(super) async fn picture_of(&self, user_name: &str) -> Result<String> {
        let key = domain::text::fold(user_name.trim());
        let user_id = self
            .users
            .credentials_by_name(&key)
            .await?
            .map(|credentials| credentials.user_id);
        let person = match user_id {
            Some(id) => self.people.one(id).await?,
            None => None,
        };
        Ok(person.map_or_else(
            || picture::generated(&key),
            |person| picture::of_user(&person.user).to_owned(),
        ))
    }

    /// What to store for a new picture: an avatar that the caller uploaded, the generated one, or
    /// nothing new when it is the present one.
    async fn avatar(&self, actor: &Actor, image: &str) -> Result<Option<String>> {
        let user = self.own_profile(actor).await?.user;
        if image == picture::of_user(&user) {
            return Ok(None);
        }
        if image.is_empty() || image == picture::generated(&user.name.key()) {
            return Ok(Some(String::new()));
        }
        let own = picture::own(&*self.uploads, actor.user_id, Scene::Avatar, image).await?;
        match own {
            Some(url) => Ok(Some(url)),
            None => Err(Invalid::new("image", "is no picture that you uploaded as an avatar").into()),
        }
    }
}
