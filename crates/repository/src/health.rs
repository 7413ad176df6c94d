//! Whether the database answers.

use async_trait::async_trait;
use domain::PortError;
use domain::port::HealthCheck;
use sea_orm::ConnectionTrait;
use shaku::Component;

use crate::Database;
use crate::error::port;

/// Asks the database whether it is there.
#[derive(Component)]
#[shaku(interface = HealthCheck)]
pub struct SqlHealthCheck {
    /// The database.
    db: Database,
}

#[async_trait]
impl HealthCheck for SqlHealthCheck {
    async fn check(&self) -> Result<(), PortError> {
        self.db.reader().execute_unprepared("SELECT 1").await.map_err(port)?;
        self.db.writer().execute_unprepared("SELECT 1").await.map_err(port)?;
        Ok(())
    }
}
