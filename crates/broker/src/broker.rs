//! Events from one part of the process to the others.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use domain::Event;
use domain::port::{Broker, Listener};
use shaku::Component;

use crate::listeners::Listeners;

/// Tells the listeners of this process, inside the publisher's call.
///
/// One lock is held while an event goes round, so all listeners hear all events in the same
/// order, also when several threads publish at once. The price: a listener that blocks stops
/// every publisher, and one that publishes or attaches from inside
/// [`on_event`](Listener::on_event) waits for itself for ever. Listeners put the event into a
/// queue of their own and return.
///
/// A listener that panics is reported in the log; the others and the publisher do not notice.
#[derive(Component)]
#[shaku(interface = Broker)]
pub struct InProcessBroker {
    #[shaku(force_default)]
    listeners: Mutex<Listeners>,
}

impl InProcessBroker {
    /// A broker without listeners.
    #[must_use]
    pub fn new() -> Self {
        Self {
            listeners: Mutex::default(),
        }
    }

    /// The list is only ever pushed to, so it is whole even after a panic.
    fn listeners(&self) -> MutexGuard<'_, Listeners> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
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
        self.listeners().tell(&Arc::new(event));
    }

    fn attach(&self, listener: Arc<dyn Listener>) {
        self.listeners().attach(listener);
    }

    async fn caught_up(&self) {
        let listeners = self.listeners().clone();
        listeners.caught_up().await;
    }
}
