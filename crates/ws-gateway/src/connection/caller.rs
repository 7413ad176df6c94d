//! What the handlers of one connection know of it.

use std::cell::{Ref, RefCell, RefMut};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use domain::RoomId;
use service::Actor;
use tokio::time::Instant;

use super::binding::{Binding, authenticate};
use crate::guests::Guest;
use crate::hub::{Handle, Hub, TYPING_TIMEOUT};
use crate::routes::Refusal;
use crate::shared::{Shared, UseCases};

/// Largest answer for a client that must be able to read each in one WebSocket message of at
/// most 64 KiB.
const ANSWER_BYTES_MAX: usize = 60 * 1024;
/// Largest answer for a client that says that it can read more.
const BATCHING_ANSWER_BYTES_MAX: usize = 256 * 1024;
/// Rooms whose joining one connection remembers.
const JOINED_ROOMS_MAX: usize = 1024;

/// The client behind a call.
pub(crate) struct Caller {
    shared: Arc<Shared>,
    handle: Arc<Handle>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    binding: Option<Binding>,
    /// The place of somebody who is not signed in.
    guest: Option<Guest>,
    has_left: bool,
    is_batching: bool,
    joined: HashSet<RoomId>,
    joined_last: Option<RoomId>,
    typing: HashMap<RoomId, Instant>,
}

impl Caller {
    pub(super) fn new(shared: Arc<Shared>, handle: Arc<Handle>, guest: Option<Guest>) -> Self {
        let state = State {
            guest,
            ..State::default()
        };
        Self {
            shared,
            handle,
            state: RefCell::new(state),
        }
    }

    /// Signs the client in, or renews its token.
    pub(crate) async fn sign_in(self: &Rc<Self>, token: &str) -> Result<Actor, Refusal> {
        authenticate(self, token).await
    }

    pub(crate) fn use_cases(&self) -> &UseCases {
        &self.shared.use_cases
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.shared.hub
    }

    pub(crate) fn handle(&self) -> &Arc<Handle> {
        &self.handle
    }

    /// Who is signed in.
    pub(crate) fn actor(&self) -> Option<Actor> {
        self.state().binding.as_ref().map(Binding::actor)
    }

    /// How long the use cases may take for a call.
    pub(crate) fn patience(&self) -> Duration {
        self.shared.options.patience
    }

    /// Where browsers reach the server.
    pub(crate) fn base_url(&self) -> &str {
        &self.shared.options.base_url
    }

    /// Most bytes of JSON in one answer.
    pub(crate) fn answer_budget(&self) -> usize {
        let budget = if self.state().is_batching {
            BATCHING_ANSWER_BYTES_MAX
        } else {
            ANSWER_BYTES_MAX
        };
        budget.min(self.shared.options.queue_bytes)
    }

    /// Notes that the caller has come into a room. True for the first time on this connection.
    pub(crate) fn note_joined(&self, room: RoomId) -> bool {
        let mut state = self.state_mut();
        state.joined_last = Some(room);
        if state.joined.len() >= JOINED_ROOMS_MAX {
            return false;
        }
        state.joined.insert(room)
    }

    /// The room that was joined last on this connection.
    pub(crate) fn joined_last(&self) -> Option<RoomId> {
        self.state().joined_last
    }

    /// Notes that the caller types or has stopped.
    pub(crate) fn note_typing(&self, room: RoomId, on: bool) {
        let mut state = self.state_mut();
        if on {
            state.typing.insert(room, Instant::now() + TYPING_TIMEOUT);
        } else {
            state.typing.remove(&room);
        }
    }

    pub(super) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    pub(super) fn is_bound(&self) -> bool {
        self.state().binding.is_some()
    }

    pub(super) fn set_batching(&self, is_batching: bool) {
        self.state_mut().is_batching = is_batching;
    }

    /// Binds the connection; not one that has ended meanwhile.
    pub(super) fn bind(&self, binding: Binding) {
        let mut state = self.state_mut();
        if !state.has_left {
            state.binding = Some(binding);
            state.guest = None;
        }
    }

    pub(super) fn renew(&self, actor: Actor) {
        if let Some(binding) = &mut self.state_mut().binding {
            binding.renew(actor);
        }
    }

    pub(super) fn token_ends_at(&self) -> Option<Instant> {
        self.state().binding.as_ref().map(Binding::ends_at)
    }

    pub(super) fn typing_ends_at(&self) -> Option<Instant> {
        self.state().typing.values().min().copied()
    }

    /// Says of marks that have run out that the caller has stopped.
    pub(super) fn stop_typing(self: &Rc<Self>, now: Instant) {
        let Some(actor) = self.actor() else { return };
        let mut over = Vec::new();
        self.state_mut().typing.retain(|room, end| {
            let is_over = *end <= now;
            over.extend(is_over.then_some(*room));
            !is_over
        });
        over.retain(|room| self.hub().typing_ran_out(actor.user_id, *room));
        self.tell_stopped(actor, over);
    }

    /// The connection has ended: the caller types nowhere and is bound to nobody.
    pub(super) fn leave(self: &Rc<Self>) {
        let typed_in: Vec<RoomId> = self.state_mut().typing.drain().map(|(room, _)| room).collect();
        if let Some(actor) = self.actor() {
            let over = typed_in
                .into_iter()
                .filter(|room| self.hub().typing_counts(actor.user_id, *room, false))
                .collect();
            self.tell_stopped(actor, over);
        }
        let mut state = self.state_mut();
        state.has_left = true;
        state.guest = None;
        let binding = state.binding.take();
        drop(state);
        drop(binding);
    }

    fn tell_stopped(self: &Rc<Self>, actor: Actor, rooms: Vec<RoomId>) {
        if rooms.is_empty() {
            return;
        }
        let messages = Arc::clone(&self.use_cases().messages);
        actix_web::rt::spawn(async move {
            for room in rooms {
                // Who has left the room meanwhile types there no more, either.
                let _ = messages.typing(&actor, room, false).await;
            }
        });
    }

    fn state(&self) -> Ref<'_, State> {
        self.state.borrow()
    }

    fn state_mut(&self) -> RefMut<'_, State> {
        self.state.borrow_mut()
    }
}
