//! People, as everybody may see them. What an account holds besides is nobody's business elsewhere.

use std::sync::Arc;

use domain::user::{Email, Permission, Person, User, UserName};
use domain::{Timestamp, UserId};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct PersonFrame {
    id: i64,
    name: String,
    image: String,
    bio: String,
    github: String,
    created: i64,
    updated: i64,
    seen: Option<i64>,
    online: bool,
}

impl From<&Person> for PersonFrame {
    fn from(person: &Person) -> Self {
        let user = &person.user;
        Self {
            id: user.id.0,
            name: user.name.as_str().to_owned(),
            image: user.image.clone(),
            bio: user.bio.clone(),
            github: user.github.clone(),
            created: user.created_at.0,
            updated: user.updated_at.0,
            seen: user.last_seen_at.map(|at| at.0),
            online: person.online,
        }
    }
}

impl From<PersonFrame> for Person {
    fn from(frame: PersonFrame) -> Self {
        let user = User {
            id: UserId(frame.id),
            name: UserName::from_stored(frame.name),
            email: Email::from_stored(String::new()),
            image: frame.image,
            bio: frame.bio,
            github: frame.github,
            qq: String::new(),
            wechat: String::new(),
            permission: Permission::User,
            created_at: Timestamp(frame.created),
            updated_at: Timestamp(frame.updated),
            last_seen_at: frame.seen.map(Timestamp),
        };
        Self {
            user: Arc::new(user),
            online: frame.online,
        }
    }
}
