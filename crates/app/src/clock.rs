//! The system's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::Timestamp;
use domain::port::Clock;
use shaku::Component;

/// Tells the time of the machine.
#[derive(Component)]
#[shaku(interface = Clock)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        // A machine whose clock stands before 1970 gets 1970.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}
