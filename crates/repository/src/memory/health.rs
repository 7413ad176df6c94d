//! Health of the double: always good.

use async_trait::async_trait;
use domain::PortError;
use domain::port::HealthCheck;
use shaku::Component;

use super::MemoryDatabase;

/// Answers always.
#[derive(Component)]
#[shaku(interface = HealthCheck)]
pub struct MemoryHealthCheck {
    /// What all doubles share.
    db: MemoryDatabase,
}

#[async_trait]
impl HealthCheck for MemoryHealthCheck {
    async fn check(&self) -> Result<(), PortError> {
        drop(self.db.lock());
        Ok(())
    }
}
