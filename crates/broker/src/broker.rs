//! Events from one part of the process to the others.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use domain::Event;
use domain::port::{Broker, Listener};
use shaku::Component;

use crate::listeners::Listeners;
use crate::memberships::Memberships;

/// Tells the listeners of this process, inside the publisher's call.
///
/// One lock is held while an event goes round, so all listeners hear all events in the same
/// order, also when several threads publish at once. The price: a listener that blocks stops
/// every publisher, and one that publishes or attaches from inside
/// [`on_event`](Listener::on_event) waits for itself for ever. Listeners put the event into a
/// queue of their own and return.
///
/// A listener that panics is reported in the log; the others and the publisher do not notice.
///
/// Whoever makes a room or an account tells of the members without waiting for what others do in
/// that room meanwhile: a word on a membership that comes after a newer one is told to nobody.
#[derive(Component)]
#[shaku(interface = Broker)]
pub struct InProcessBroker {
    #[shaku(force_default)]
    told: Mutex<Told>,
}

/// Who is told, and what they were told of memberships.
#[derive(Default)]
struct Told {
    listeners: Listeners,
    memberships: Memberships,
}

impl InProcessBroker {
    /// A broker without listeners.
    #[must_use]
    pub fn new() -> Self {
        Self { told: Mutex::default() }
    }

    /// The list is only ever pushed to, and words are noted one by one, so both are whole even
    /// after a panic.
    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for InProcessBroker {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Broker for InProcessBroker {
    fn publish(&self, event: Event) {
        let mut told = self.told();
        if let Some(news) = told.memberships.take(Arc::new(event), Instant::now()) {
            told.listeners.tell(&news);
        }
    }

    fn attach(&self, listener: Arc<dyn Listener>) {
        self.told().listeners.attach(listener);
    }

    async fn caught_up(&self) {
        let listeners = self.told().listeners.clone();
        listeners.caught_up().await;
    }
}

#[cfg(test)]
#[path = "broker_tests.rs"]
mod tests;
