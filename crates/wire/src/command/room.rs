//! Rooms to make, change and find.

use domain::room::{JoinPolicy, OpenRoomsPage};
use domain::search::SearchQuery;
use domain::{RoomId, UserId};
use serde::Deserialize;
use service::room as rooms;

use super::{after, invalid, limit};
use crate::id::numbers;
use crate::{Failure, Id};

/// A room to make.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct CreateRoom {
    /// Its name, 1 to 64 characters.
    #[serde(alias = "roomName")]
    pub name: String,
    /// URL of its picture.
    pub image: Option<String>,
    /// `open` (default) or `invite`.
    pub join_policy: Option<String>,
    /// Its first admins.
    pub admin_ids: Option<Vec<Id>>,
    /// Its first members.
    pub member_ids: Option<Vec<Id>>,
}

impl TryFrom<CreateRoom> for rooms::CreateRoom {
    type Error = Failure;

    fn try_from(command: CreateRoom) -> Result<Self, Failure> {
        Ok(Self {
            name: command.name,
            image: command.image,
            join_policy: join_policy(command.join_policy.as_deref())?,
            admins: numbers(command.admin_ids, UserId),
            members: numbers(command.member_ids, UserId),
        })
    }
}

/// A room to change; what is left out stays as it is.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct UpdateRoom {
    /// The room.
    pub id: Id,
    /// New name, 1 to 64 characters.
    pub name: Option<String>,
    /// URL of its new picture; empty for the generated one.
    pub image: Option<String>,
    /// `open` or `invite`.
    pub join_policy: Option<String>,
    /// People to become admins; only the creator names any.
    pub admin_ids: Option<Vec<Id>>,
    /// People to become members.
    pub member_ids: Option<Vec<Id>>,
    /// The member to become creator in the caller's place.
    pub creator_id: Option<Id>,
}

impl TryFrom<UpdateRoom> for (RoomId, rooms::UpdateRoom) {
    type Error = Failure;

    fn try_from(command: UpdateRoom) -> Result<Self, Failure> {
        let wish = rooms::UpdateRoom {
            name: command.name,
            image: command.image,
            join_policy: join_policy(command.join_policy.as_deref())?,
            admins: numbers(command.admin_ids, UserId),
            members: numbers(command.member_ids, UserId),
            creator: command.creator_id.map(|id| UserId(id.0)),
        };
        Ok((RoomId(command.id.0), wish))
    }
}

/// Which of the rooms to list that anybody may come into.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
pub struct FindOpenRooms {
    /// Any part of the name, at most 256 characters, without regard to case.
    pub q: Option<String>,
    /// Most rows, 1 to 100.
    pub limit: Option<Id>,
    /// The id of the last row of the page before.
    pub cursor: Option<Id>,
}

impl TryFrom<FindOpenRooms> for OpenRoomsPage {
    type Error = Failure;

    fn try_from(command: FindOpenRooms) -> Result<Self, Failure> {
        Ok(Self {
            name: SearchQuery::parse_optional(command.q.as_deref()).map_err(invalid)?,
            after: after("cursor", command.cursor, RoomId)?,
            limit: limit(command.limit)?,
        })
    }
}

fn join_policy(word: Option<&str>) -> Result<Option<JoinPolicy>, Failure> {
    word.map(|word| JoinPolicy::parse(word).ok_or_else(|| Failure::new(400, "joinPolicy: must be open or invite")))
        .transpose()
}
