//! Time and health.

use async_trait::async_trait;
use shaku::Interface;

use crate::{PortError, Timestamp};

/// Tells the time. Tests move it by hand.
pub trait Clock: Interface {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Says whether the other side of a port answers.
#[async_trait]
pub trait HealthCheck: Interface {
    /// Asks the other side something cheap.
    ///
    /// # Errors
    /// [`PortError`] when it does not answer.
    async fn check(&self) -> Result<(), PortError>;
}
