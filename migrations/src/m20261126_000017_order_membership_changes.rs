//! At which change of its room somebody came or left: of two words on one membership the later
//! one counts, in whatever order they are heard.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{add_column, drop_column};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let rev = big_integer("rev").default(0).take();
        add_column(manager, "membership_changes", "rev", rev).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_column(manager, "membership_changes", "rev").await
    }
}
