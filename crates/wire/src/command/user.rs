//! People to look up, and the profile to change.

use domain::user::{Email, Permission, ProfileChange, UserFilter, UserName};
use domain::{UserId, text};
use serde::Deserialize;

use super::invalid;
use crate::{Failure, Id};

/// A profile to change; what is left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct UpdateProfile {
    /// New name, 1 to 32 characters.
    pub user_name: Option<String>,
    /// New address.
    pub email: Option<String>,
    /// New words about oneself, at most 500 characters.
    pub bio: Option<String>,
    /// GitHub name.
    pub github: Option<String>,
    /// QQ number.
    pub qq: Option<String>,
    /// WeChat name.
    pub wechat: Option<String>,
    /// URL of a picture that was uploaded with scene `avatar`; empty for the generated one.
    pub image: Option<String>,
    /// `user` or `admin`; for admins only.
    pub permission: Option<String>,
}

/// Longest text about oneself, in characters.
const BIO_MAX: usize = 500;
/// Longest name on another service, in characters.
const HANDLE_MAX: usize = 64;

impl TryFrom<UpdateProfile> for ProfileChange {
    type Error = Failure;

    fn try_from(command: UpdateProfile) -> Result<Self, Failure> {
        let handle = |field, value: Option<String>| {
            value
                .map(|value| text::free(field, value.trim(), HANDLE_MAX))
                .transpose()
                .map_err(invalid)
        };
        let permission = command
            .permission
            .map(|word| Permission::parse(&word).ok_or_else(|| Failure::new(400, "permission: must be user or admin")))
            .transpose()?;
        Ok(Self {
            name: command
                .user_name
                .as_deref()
                .map(UserName::parse)
                .transpose()
                .map_err(invalid)?,
            email: command
                .email
                .as_deref()
                .map(Email::parse)
                .transpose()
                .map_err(invalid)?,
            bio: command
                .bio
                .map(|bio| text::free("bio", &bio, BIO_MAX))
                .transpose()
                .map_err(invalid)?,
            github: handle("github", command.github)?,
            qq: handle("qq", command.qq)?,
            wechat: handle("wechat", command.wechat)?,
            image: command.image,
            permission,
        })
    }
}

/// How to look people up: by exactly one of the three.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct FindUsers {
    /// The one with this id.
    pub id: Option<Id>,
    /// Those whose name starts so, without regard to case.
    pub user_name: Option<String>,
    /// The one with exactly this address.
    pub email: Option<String>,
    /// Most rows, 1 to 100.
    pub limit: Option<Id>,
    /// The id of the last row of the page before.
    pub start: Option<Id>,
}

impl FindUsers {
    /// The filter that it means.
    ///
    /// # Errors
    /// [`Failure`] with code 1004 when none of the three is given.
    pub fn filter(&self) -> Result<UserFilter, Failure> {
        match (&self.id, &self.user_name, &self.email) {
            (Some(id), _, _) => Ok(UserFilter::Id(UserId(id.0))),
            (_, _, Some(email)) => Ok(UserFilter::Email(email.clone())),
            (_, Some(name), _) => Ok(UserFilter::NamePrefix(name.clone())),
            _ => Err(Failure::missing("id, userName or email")),
        }
    }
}
