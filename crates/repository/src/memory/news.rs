//! The news in memory.

use async_trait::async_trait;
use domain::port::{MembershipChange, MembershipKind, NewsRepository, RoomPosition};
use domain::{PortError, RoomId, SessionId, Timestamp};
use shaku::Component;

use super::{MemoryDatabase, State};

/// The news in memory.
#[derive(Component)]
#[shaku(interface = NewsRepository)]
pub struct MemoryNewsRepository {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl NewsRepository for MemoryNewsRepository {
    async fn moved(&self, rooms: &[(RoomId, i64)]) -> Result<Vec<RoomId>, PortError> {
        let state = self.db.lock();
        let moved = |(id, rev): &&(RoomId, i64)| state.rooms.get(id).is_some_and(|room| room.last_rev > *rev);
        Ok(rooms.iter().filter(moved).map(|(id, _)| *id).collect())
    }

    async fn positions(&self, rooms: &[RoomId]) -> Result<Vec<RoomPosition>, PortError> {
        let state = self.db.lock();
        let position = |id: &RoomId| state.rooms.get(id).map(RoomPosition::from);
        Ok(rooms.iter().filter_map(position).collect())
    }

    async fn memberships(&self, after: i64, limit: u32) -> Result<Vec<MembershipChange>, PortError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let state = self.db.lock();
        let changes = state.membership_changes.iter().map(|(change, _)| *change);
        Ok(changes.filter(|change| change.id > after).take(limit).collect())
    }

    async fn newest_membership(&self) -> Result<i64, PortError> {
        Ok(self
            .db
            .lock()
            .membership_changes
            .last()
            .map_or(0, |(change, _)| change.id))
    }

    async fn forget_memberships(&self, before: Timestamp) -> Result<(), PortError> {
        self.db.lock().membership_changes.retain(|(_, at)| *at >= before);
        Ok(())
    }

    async fn ended_sessions(&self, sessions: &[SessionId]) -> Result<Vec<SessionId>, PortError> {
        let state = self.db.lock();
        let is_live = |id: &SessionId| {
            state
                .sessions
                .get(id)
                .is_some_and(|session| session.revoked_at.is_none())
        };
        Ok(sessions.iter().filter(|id| !is_live(id)).copied().collect())
    }
}

impl State {
    /// Notes a change of memberships.
    pub(super) fn note(&mut self, room_id: RoomId, kind: MembershipKind, at: Timestamp) {
        let id = self.next_id();
        let rev = self.rooms.get(&room_id).map_or(0, |room| room.last_rev);
        let change = MembershipChange { id, room_id, rev, kind };
        self.membership_changes.push((change, at));
    }
}
