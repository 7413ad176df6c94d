//! Invitations on the wire.

use domain::RoomId;
use serde::{Deserialize, Serialize};
use service::invitation as invitations;
use service::media::picture;

use crate::{Id, User, time};

/// An invitation, as those see it who may make them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Its secret: whoever has it may come in.
    pub code: String,
    /// The link to give away; without the server's address where that is not configured.
    pub url: String,
    /// The room that it leads to.
    pub channel_id: i64,
    /// Who made it.
    pub inviter: User,
    /// How many people it brings in; 0 for any number.
    pub max_uses: i64,
    /// How many it has brought in.
    pub uses: i64,
    /// When it ends; null for never.
    pub expires_at: Option<String>,
    /// When it was made.
    pub created_at: String,
}

impl Invitation {
    /// The invitation with its link to the web app, which browsers reach under `base_url`.
    #[must_use]
    pub fn new(detail: &invitations::InvitationDetail, base_url: &str) -> Self {
        let invitation = &detail.invitation;
        let code = invitation.code.to_string();
        Self {
            url: format!("{}/invite/{code}", base_url.trim_end_matches('/')),
            code,
            channel_id: invitation.room_id.0,
            inviter: User::from(&detail.creator),
            max_uses: invitation.max_uses,
            uses: invitation.uses,
            expires_at: invitation.expires_at.map(time::text),
            created_at: time::text(invitation.created_at),
        }
    }

    /// All of them.
    #[must_use]
    pub fn list(details: &[invitations::InvitationDetail], base_url: &str) -> Vec<Self> {
        details.iter().map(|detail| Self::new(detail, base_url)).collect()
    }
}

/// An invitation to make.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct CreateInvitation {
    /// The room that it leads to.
    #[serde(alias = "roomId")]
    pub channel_id: Id,
    /// How many people it brings in; 0 or left out for any number.
    pub max_uses: Option<Id>,
    /// For how many seconds it holds; for ever when it is left out.
    pub expires_in: Option<Id>,
}

impl From<CreateInvitation> for invitations::CreateInvitation {
    fn from(command: CreateInvitation) -> Self {
        Self {
            room_id: RoomId(command.channel_id.0),
            max_uses: command.max_uses.map(|number| number.0),
            expires_in: command.expires_in.map(|number| number.0),
        }
    }
}

/// The room whose invitations to list.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct ListInvitations {
    /// The room.
    #[serde(alias = "roomId")]
    pub channel_id: Id,
}

/// One invitation, to be taken back or followed.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct OneInvitation {
    /// Its code.
    pub code: String,
}

/// Where an invitation leads, for whoever has its link.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The room.
    pub room: InvitedRoom,
    /// Who made the invitation.
    pub inviter: Inviter,
    /// True when it is good for making an account, too.
    pub registers: bool,
}

/// A room, as who is invited sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct InvitedRoom {
    /// Its name.
    pub name: String,
    /// URL of its picture, which only those see who are signed in; of a generated one where there
    /// is none.
    pub image: String,
    /// How many members it has.
    pub member_count: i64,
}

/// Who invites.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Inviter {
    /// Name.
    pub user_name: String,
    /// URL of the picture; of a generated one where there is none.
    pub image: String,
}

impl From<&invitations::Preview> for Preview {
    fn from(preview: &invitations::Preview) -> Self {
        let (room, inviter) = (&preview.room, &preview.inviter.user);
        Self {
            room: InvitedRoom {
                name: room.name.clone(),
                image: picture::of_room(room),
                member_count: room.member_count,
            },
            inviter: Inviter {
                user_name: inviter.name.as_str().to_owned(),
                image: picture::of_user(inviter).to_owned(),
            },
            registers: preview.registers,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::invitation::{Invitation as Domain, InvitationCode};
    use domain::user::{Email, Person, User as Account, UserName};
    use domain::{Timestamp, UserId};

    use super::*;

    #[test]
    fn a_link_begins_where_browsers_reach_the_server() {
        let name = UserName::from_stored("ada".to_owned());
        let email = Email::from_stored("ada@example.org".to_owned());
        let user = Arc::new(Account::new(UserId(1), name, email, Timestamp(0)));
        let detail = invitations::InvitationDetail {
            invitation: Domain {
                code: InvitationCode::new(61),
                room_id: RoomId(3),
                creator: UserId(1),
                max_uses: 0,
                uses: 0,
                expires_at: None,
                created_at: Timestamp(0),
            },
            creator: Person { user, online: false },
        };
        for (base_url, url) in [
            ("", "/invite/000000000000000000000z"),
            (
                "https://chat.example.org/",
                "https://chat.example.org/invite/000000000000000000000z",
            ),
        ] {
            assert_eq!(Invitation::new(&detail, base_url).url, url);
        }
    }
}
