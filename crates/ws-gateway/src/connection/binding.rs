//! Signing in: from a token to a connection that hears what its person may hear.

use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::Timestamp;
use service::Actor;
use tokio::time::Instant;
use wire::Failure;

use super::Caller;
use crate::ending::Ending;
use crate::hub::{Handle, Refused};
use crate::routes::Refusal;
use crate::shared::Shared;

/// A token may live longer than timers can count; a connection does not.
const FAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// What makes a connection somebody's: a place in the hub and in the count of who is here.
/// However the connection ends, both are given back exactly once.
pub(super) struct Binding {
    actor: Actor,
    ends_at: Instant,
    is_counted: bool,
    shared: Arc<Shared>,
    handle: Arc<Handle>,
}

impl Binding {
    fn new(caller: &Caller, actor: Actor) -> Self {
        Self {
            actor,
            ends_at: instant_of(actor.expires_at),
            is_counted: false,
            shared: Arc::clone(caller.shared()),
            handle: Arc::clone(caller.handle()),
        }
    }

    pub(super) fn actor(&self) -> Actor {
        self.actor
    }

    pub(super) fn ends_at(&self) -> Instant {
        self.ends_at
    }

    pub(super) fn renew(&mut self, actor: Actor) {
        self.ends_at = instant_of(actor.expires_at);
        self.actor = actor;
    }
}

impl Drop for Binding {
    fn drop(&mut self) {
        let (shared, handle) = (Arc::clone(&self.shared), Arc::clone(&self.handle));
        let (user, is_counted) = (self.actor.user_id, self.is_counted);
        self.shared.runtime.spawn(async move {
            if is_counted {
                shared.linger().await;
                // The hub still knows the person's rooms, and so who is to hear of it.
                shared.use_cases.presence.disconnected(user).await;
            }
            shared.hub.unregister(user, &handle);
            shared.something_ended();
        });
    }
}

/// Signs a connection in, or renews the token of one that is signed in as the same person.
pub(super) async fn authenticate(caller: &Rc<Caller>, token: &str) -> Result<Actor, Refusal> {
    let token = token.strip_prefix("Bearer ").unwrap_or(token);
    let actor = caller.use_cases().accounts.authenticate(token).await?;
    match caller.actor() {
        None => bind(caller, actor).await?,
        Some(bound) if bound.user_id == actor.user_id => {
            let renewed = caller.hub().renew(actor.user_id, actor.session_id, caller.handle());
            renewed.map_err(|refused| refuse(caller, refused))?;
            caller.renew(actor);
        }
        Some(_) => return Err(Failure::new(403, "this connection is signed in as somebody else").into()),
    }
    Ok(actor)
}

async fn bind(caller: &Rc<Caller>, actor: Actor) -> Result<(), Refusal> {
    let user = actor.user_id;
    let registered = caller
        .hub()
        .register(user, actor.session_id, caller.handle())
        .map_err(|refused| refuse(caller, refused))?;
    let mut binding = Binding::new(caller, actor);
    if registered.needs_rooms {
        let rooms = caller.use_cases().rooms.ids_of(user).await?;
        caller.hub().loaded(user, registered.generation, rooms);
    }
    binding.is_counted = true;
    caller.use_cases().presence.connected(user).await;
    caller.bind(binding);
    Ok(())
}

fn refuse(caller: &Caller, refused: Refused) -> Refusal {
    match refused {
        Refused::Revoked => {}
        Refused::TooMany => {
            caller.shared().counters.ended.add(1);
            caller.handle().outbox.end(Ending::TooManyConnections);
        }
    }
    Refusal::unauthorized()
}

/// The moment of a wall clock's time on the clock of timers.
fn instant_of(at: Timestamp) -> Instant {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = Timestamp(i64::try_from(now.as_millis()).unwrap_or(i64::MAX));
    Instant::now() + at.since(now).min(FAR)
}
