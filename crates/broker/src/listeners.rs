//! Those who hear events in this process.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use domain::Event;
use domain::port::Listener;

/// Who hears events.
#[derive(Clone, Default)]
pub(crate) struct Listeners(Vec<Arc<dyn Listener>>);

impl Listeners {
    pub(crate) fn attach(&mut self, listener: Arc<dyn Listener>) {
        self.0.push(listener);
    }

    /// Tells everybody, in the order in which they were attached. A listener that panics is
    /// reported in the log; the others do not notice.
    pub(crate) fn tell(&self, event: &Arc<Event>) {
        for listener in &self.0 {
            if catch_unwind(AssertUnwindSafe(|| listener.on_event(event))).is_err() {
                tracing::error!("a listener panicked over an event");
            }
        }
    }

    /// Whether one of them has more to do than it can keep up with.
    pub(crate) fn is_behind(&self) -> bool {
        self.0.iter().any(|listener| listener.is_behind())
    }

    /// Waits while one of them has more to do than it can keep up with.
    pub(crate) async fn caught_up(self) {
        for listener in self.0 {
            listener.caught_up().await;
        }
    }
}
