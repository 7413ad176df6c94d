//! People on the wire.

use domain::user::Person;
use serde::{Deserialize, Serialize, Serializer};
use service::media::picture;
use service::presence::PresenceInfo;

use crate::fields::Fields;
use crate::message::Form;
use crate::time;

/// A person as others see them: their public profile.
#[derive(Debug, Clone, PartialEq)]
pub struct User(Person);

impl From<&Person> for User {
    fn from(person: &Person) -> Self {
        Self(person.clone())
    }
}

impl Serialize for User {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let view = UserView {
            person: &self.0,
            form: Form::Full,
        };
        view.serialize(serializer)
    }
}

/// A [`User`] as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UserView<'a> {
    pub(crate) person: &'a Person,
    pub(crate) form: Form,
}

impl Serialize for UserView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let user = &self.person.user;
        let mut fields = Fields::begin(serializer, self.form)?;
        fields.put("id", &user.id.0)?;
        fields.put("userName", user.name.as_str())?;
        fields.put("image", picture::of_user(user))?;
        fields.put_unless(true, "bio", &user.bio)?;
        fields.put_unless(true, "github", &user.github)?;
        fields.put_flag("online", self.person.online)?;
        fields.end()
    }
}

/// A person's own profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Id.
    pub id: i64,
    /// Name.
    pub user_name: String,
    /// URL of the picture; of a generated one where there is none.
    pub image: String,
    /// A few words about oneself.
    pub bio: String,
    /// GitHub name.
    pub github: String,
    /// True while a connection of theirs is open.
    pub online: bool,
    /// E-mail address.
    pub email: String,
    /// QQ number.
    pub qq: String,
    /// WeChat name.
    pub wechat: String,
    /// `user` or `admin`.
    pub permission: String,
    /// When the account was made.
    pub created_at: String,
    /// When the profile changed last.
    pub updated_at: String,
}

impl From<&Person> for Profile {
    fn from(person: &Person) -> Self {
        let user = &person.user;
        Self {
            id: user.id.0,
            user_name: user.name.as_str().to_owned(),
            image: picture::of_user(user).to_owned(),
            bio: user.bio.clone(),
            github: user.github.clone(),
            online: person.online,
            email: user.email.as_str().to_owned(),
            qq: user.qq.clone(),
            wechat: user.wechat.clone(),
            permission: user.permission.as_str().to_owned(),
            created_at: time::text(user.created_at),
            updated_at: time::text(user.updated_at),
        }
    }
}

/// Whether somebody is here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Presence {
    /// Who.
    pub user_id: i64,
    /// True while a connection of theirs is open.
    pub online: bool,
    /// When their last connection ended.
    pub last_seen_at: Option<String>,
}

impl From<&PresenceInfo> for Presence {
    fn from(info: &PresenceInfo) -> Self {
        Self {
            user_id: info.user_id.0,
            online: info.online,
            last_seen_at: info.last_seen_at.map(time::text),
        }
    }
}
