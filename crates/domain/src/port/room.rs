//! Rooms and memberships, as they are read, made and deleted. What changes inside a room goes
//! through [`RoomLog`](super::RoomLog).

use async_trait::async_trait;
use shaku::Interface;

use super::{Ground, RoomPosition};
use crate::member::Member;
use crate::room::{NewRoom, OpenRoom, OpenRoomsPage, Room, RoomHead};
use crate::{PortError, RoomId, Timestamp, UserId};

/// Where a page of somebody's rooms begins: behind this room in the order newest activity first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomPage {
    /// `updated_at` of the last room of the page before.
    pub updated_at: Timestamp,
    /// Its id.
    pub id: RoomId,
}

/// Where a page of members begins, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MembersPage {
    /// The last user id of the page before.
    pub after: Option<UserId>,
    /// Most rows.
    pub limit: u32,
}

/// What a deleted room leaves to be told and tidied.
#[derive(Debug, Clone)]
pub struct DeletedRoom {
    /// Who were members.
    pub members: Vec<UserId>,
}

/// Stores rooms.
#[async_trait]
pub trait RoomRepository: Interface {
    /// Stores a public room with its first members. People who do not exist are left out.
    ///
    /// # Errors
    /// [`PortError::NoSuchPicture`]; other [`PortError`]s. Nothing is stored then.
    async fn create(&self, room: NewRoom) -> Result<Room, PortError>;

    /// The lobby; made under `name` when there is none yet (once, however many ask at once).
    ///
    /// # Errors
    /// [`PortError`].
    async fn lobby(&self, name: &str, at: Timestamp) -> Result<Room, PortError>;

    /// Those of the rooms that exist, in any order.
    ///
    /// # Errors
    /// [`PortError`].
    async fn get_many(&self, ids: &[RoomId]) -> Result<Vec<Room>, PortError>;

    /// One person's membership of one room.
    ///
    /// # Errors
    /// [`PortError`].
    async fn member(&self, room_id: RoomId, user_id: UserId) -> Result<Option<Member>, PortError>;

    /// Members of a room by rising user id.
    ///
    /// # Errors
    /// [`PortError`].
    async fn members(&self, room_id: RoomId, page: MembersPage) -> Result<Vec<Member>, PortError>;

    /// For each of the rooms: its creator, its admins and the first `plain` of its plain members
    /// by rising user id. A fixed number of queries for any number of rooms.
    ///
    /// # Errors
    /// [`PortError`].
    async fn leading_members(&self, rooms: &[RoomId], plain: u32) -> Result<Vec<Member>, PortError>;

    /// The memberships of one room for those of the people who are members.
    ///
    /// # Errors
    /// [`PortError`].
    async fn members_among(&self, room_id: RoomId, users: &[UserId]) -> Result<Vec<Member>, PortError>;

    /// All rooms of a person, with where they stand: read at one moment, so that whoever was
    /// removed by then has no such room, and whoever is removed later is so at a higher rev.
    ///
    /// # Errors
    /// [`PortError`].
    async fn positions_of(&self, user_id: UserId) -> Result<Vec<RoomPosition>, PortError>;

    /// Ids of all rooms of each of the people.
    ///
    /// # Errors
    /// [`PortError`].
    async fn ids_of_each(&self, users: &[UserId]) -> Result<Vec<(UserId, RoomId)>, PortError>;

    /// A person's rooms, newest activity first, those behind `after`, at most `limit`.
    ///
    /// # Errors
    /// [`PortError`].
    async fn list_of(&self, user_id: UserId, after: Option<RoomPage>, limit: u32) -> Result<Vec<Room>, PortError>;

    /// Public rooms that anybody may come into, by rising id, and whether that person is in.
    ///
    /// # Errors
    /// [`PortError`].
    async fn open(&self, user_id: UserId, page: &OpenRoomsPage) -> Result<Vec<OpenRoom>, PortError>;

    /// Where a person stands in those of the rooms that they are a member of; in all of theirs
    /// (at most 1000, newest activity first) for `None`. A fixed number of queries.
    ///
    /// # Errors
    /// [`PortError`].
    async fn heads(&self, user_id: UserId, rooms: Option<&[RoomId]>) -> Result<Vec<RoomHead>, PortError>;

    /// A room with where that member stands in it; `None` for others. A fixed number of queries.
    ///
    /// # Errors
    /// [`PortError`].
    async fn own(&self, user_id: UserId, room_id: RoomId) -> Result<Option<(Room, RoomHead)>, PortError>;

    /// Where several people stand in one room. A fixed number of queries.
    ///
    /// # Errors
    /// [`PortError`].
    async fn heads_in(&self, room_id: RoomId, users: &[UserId]) -> Result<Vec<(UserId, RoomHead)>, PortError>;

    /// Moves a read mark forward to `seq`, never back and never past the room's newest message.
    /// Gives the mark as it stands afterwards and whether it moved; `None` for a non-member.
    ///
    /// # Errors
    /// [`PortError`].
    async fn mark_read(&self, room_id: RoomId, user_id: UserId, seq: i64) -> Result<Option<(i64, bool)>, PortError>;

    /// Deletes a room with its memberships, messages and reactions, and marks its uploads and
    /// its picture as deleted. `None` when there is no such room, or one of the grounds does not hold any more.
    ///
    /// # Errors
    /// [`PortError`]; nothing is deleted then.
    async fn delete(
        &self,
        room_id: RoomId,
        grounds: &[Ground],
        at: Timestamp,
    ) -> Result<Option<DeletedRoom>, PortError>;
}
