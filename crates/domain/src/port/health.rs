//! Whether what the use cases need answers.

use async_trait::async_trait;
use shaku::Interface;

use crate::PortError;

/// Says whether the other side of a port answers.
#[async_trait]
pub trait HealthCheck: Interface {
    /// Asks the other side something cheap.
    ///
    /// # Errors
    /// [`PortError`] when it does not answer.
    async fn check(&self) -> Result<(), PortError>;
}
