//! The time.

use shaku::Interface;

use crate::Timestamp;

/// Tells the time. Tests move it by hand.
pub trait Clock: Interface {
    /// Now.
    fn now(&self) -> Timestamp;
}
