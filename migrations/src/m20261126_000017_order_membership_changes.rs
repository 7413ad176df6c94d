//! At which change of its room somebody came or left: of two words on one membership the later
//! one counts, in whatever order they are heard.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.has_column("membership_changes", "rev").await? {
            return Ok(());
        }
        let rev = big_integer("rev").default(0).take();
        let table = Table::alter().table("membership_changes").add_column(rev).take();
        manager.alter_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if !manager.has_column("membership_changes", "rev").await? {
            return Ok(());
        }
        let table = Table::alter().table("membership_changes").drop_column("rev").take();
        manager.alter_table(table).await
    }
}
