//! What there is once per server: its one row tells who registered first.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::helpers::{drop_table, reference, table};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                table(manager, "server_state")
                    .col(big_integer("id").primary_key())
                    .col(big_integer_null("first_user_id"))
                    .foreign_key(&mut reference(
                        "server_state_first_user",
                        ("server_state", "first_user_id"),
                        ("users", "id"),
                    ))
                    .take(),
            )
            .await?;
        let row = Query::insert()
            .into_table("server_state")
            .columns(["id"])
            .values_panic([1.into()])
            .on_conflict(OnConflict::new().do_nothing_on(["id"]).to_owned())
            .to_owned();
        manager.execute(row).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "server_state").await
    }
}
