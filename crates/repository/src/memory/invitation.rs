//! Invitations in memory.

use async_trait::async_trait;
use domain::invitation::{Invitation, InvitationCode, LIVE_MAX};
use domain::port::InvitationRepository;
use domain::{PortError, RoomId, Timestamp};
use shaku::Component;

use super::{MemoryDatabase, State};

/// Invitations in memory.
#[derive(Component)]
#[shaku(interface = InvitationRepository)]
pub struct MemoryInvitationRepository {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl InvitationRepository for MemoryInvitationRepository {
    async fn insert(&self, new: &Invitation) -> Result<bool, PortError> {
        let mut state = self.db.lock();
        let is_kept = |one: &Invitation| one.room_id != new.room_id || one.is_live(new.created_at);
        state.invitations.retain(|_, one| is_kept(one));
        let others = state.invitations.values().filter(|one| one.room_id == new.room_id);
        if others.count() as u64 >= LIVE_MAX || !state.rooms.contains_key(&new.room_id) {
            return Ok(false);
        }
        state.invitations.insert(new.code, new.clone());
        Ok(true)
    }

    async fn get(&self, code: InvitationCode) -> Result<Option<Invitation>, PortError> {
        Ok(self.db.lock().invitations.get(&code).cloned())
    }

    async fn live_of(&self, room_id: RoomId, now: Timestamp) -> Result<Vec<Invitation>, PortError> {
        let state = self.db.lock();
        let live = state.invitations.values().filter(|one| one.is_live(now));
        let mut live: Vec<Invitation> = live.filter(|one| one.room_id == room_id).cloned().collect();
        live.sort_by_key(|one| std::cmp::Reverse((one.created_at, one.code)));
        Ok(live)
    }

    async fn remove(&self, code: InvitationCode) -> Result<bool, PortError> {
        Ok(self.db.lock().invitations.remove(&code).is_some())
    }
}

impl State {
    /// Counts a use of an invitation, if it holds.
    pub(super) fn count_use(&mut self, code: InvitationCode, now: Timestamp) -> bool {
        let invitation = self.invitations.get_mut(&code).filter(|one| one.is_live(now));
        invitation.map(|one| one.uses += 1).is_some()
    }
}
