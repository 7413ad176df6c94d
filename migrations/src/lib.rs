//! The database schema, step by step, for SQLite and MySQL/MariaDB.
//!
//! One step per file, named by its day and number; each has a way back. A step that was released
//! is never changed: a new one follows. Rules that hold for all steps:
//!
//! - times are whole milliseconds since 1970 in a `BIGINT`; ids are `BIGINT`s of the database;
//! - on MySQL everything is `utf8mb4` compared byte by byte (`utf8mb4_bin`), as SQLite does;
//!   where case or width must not count, a `*_key` column holds the folded form;
//! - what must happen at most once is a unique key, never a habit of the code;
//! - MySQL stores each statement by itself, and a process may die between any two of them, so
//!   every statement of a step may be made again: whoever comes next begins the step anew.

mod helpers;
mod m20261101_000001_create_users;
mod m20261101_000002_create_server_state;
mod m20261101_000003_create_sessions;
mod m20261101_000004_create_rooms;
mod m20261101_000005_create_room_members;
mod m20261101_000006_create_user_friends;
mod m20261101_000007_create_messages;
mod m20261101_000008_create_reactions;
mod m20261101_000009_create_uploads;
mod m20261101_000010_create_message_search;
mod m20261101_000011_create_search_backlog;
mod m20261126_000012_search_without_accents;
mod m20261126_000013_find_rooms;
mod m20261126_000014_create_preferences;
mod m20261126_000015_create_message_marks;
mod m20261126_000016_create_membership_changes;
mod m20261126_000017_order_membership_changes;
mod m20261127_000018_count_picture_uses;
mod m20261127_000019_find_ended_sessions;
mod m20261127_000020_place_direct_uploads;
mod m20261127_000021_create_invitations;
mod m20261127_000022_sum_uploads;

use sea_orm_migration::{MigrationTrait, MigratorTrait};

/// All steps, in their order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261101_000001_create_users::Migration),
            Box::new(m20261101_000002_create_server_state::Migration),
            Box::new(m20261101_000003_create_sessions::Migration),
            Box::new(m20261101_000004_create_rooms::Migration),
            Box::new(m20261101_000005_create_room_members::Migration),
            Box::new(m20261101_000006_create_user_friends::Migration),
            Box::new(m20261101_000007_create_messages::Migration),
            Box::new(m20261101_000008_create_reactions::Migration),
            Box::new(m20261101_000009_create_uploads::Migration),
            Box::new(m20261101_000010_create_message_search::Migration),
            Box::new(m20261101_000011_create_search_backlog::Migration),
            Box::new(m20261126_000012_search_without_accents::Migration),
            Box::new(m20261126_000013_find_rooms::Migration),
            Box::new(m20261126_000014_create_preferences::Migration),
            Box::new(m20261126_000015_create_message_marks::Migration),
            Box::new(m20261126_000016_create_membership_changes::Migration),
            Box::new(m20261126_000017_order_membership_changes::Migration),
            Box::new(m20261127_000018_count_picture_uses::Migration),
            Box::new(m20261127_000019_find_ended_sessions::Migration),
            Box::new(m20261127_000020_place_direct_uploads::Migration),
            Box::new(m20261127_000021_create_invitations::Migration),
            Box::new(m20261127_000022_sum_uploads::Migration),
        ]
    }
}
