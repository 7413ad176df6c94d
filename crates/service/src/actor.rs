//! Who acts: the person behind a request, as the session says and nothing else.

use domain::member::Role;
use domain::room::Room;
use domain::user::Permission;
use domain::{SessionId, Timestamp, UserId};

/// The signed-in person who asks for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub user_id: UserId,
    /// On which device.
    pub session_id: SessionId,
    /// What the account may do on the whole server.
    pub permission: Permission,
    /// When the access token ends.
    pub expires_at: Timestamp,
}

impl Actor {
    /// What the caller's word counts for in a room where they are a member of that role.
    pub(crate) fn role_in(&self, room: &Room, own: Role) -> Role {
        role_in(room, own, self.permission)
    }
}

/// What a member's word counts for in a room. Nobody owns the lobby, so the server's admins look
/// after it.
pub(crate) fn role_in(room: &Room, own: Role, permission: Permission) -> Role {
    if room.is_lobby && permission == Permission::Admin {
        own.max(Role::Admin)
    } else {
        own
    }
}
