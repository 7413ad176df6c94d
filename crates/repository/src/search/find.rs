//! Looking for messages.
//!
//! Each search walks one table from its newest rows down and looks the rest up for each of them:
//! the index of words when there is a query, else what the filter leaves least of.

use std::time::Duration;

use domain::search::SearchPage;
use domain::{Timestamp, UserId};
use sea_orm::{ConnectionTrait, DbBackend, Value};

use super::index::drain_all;
use super::marks::{of_has, of_mention};
use super::moment::first_id_at;
use super::tokens::Needle;
use crate::Database;
use crate::error::RepositoryError;
use crate::sql::statement;

/// How far the clocks of several servers may be apart.
const CLOCK_SKEW: Duration = Duration::from_secs(60);

/// Ids of the messages that a page of a search holds, newest first.
pub(crate) async fn find(db: &Database, user_id: UserId, page: &SearchPage) -> Result<Vec<i64>, RepositoryError> {
    if page.query.is_some()
        && let Err(error) = drain_all(db).await
    {
        if !error.is_full() {
            return Err(error);
        }
        tracing::warn!(%error, "there is no room for search entries: messages that wait for theirs are not found");
    }
    let mut find = Find::begin(db.backend(), user_id, page);
    find.narrow(page);
    find.between(db, page).await?;
    let (sql, values) = find.end(page.limit);
    let rows = db
        .searcher()
        .query_all_raw(statement(db.backend(), sql, values))
        .await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()?)
}

/// A query under construction. `m` are the messages, `rm` the searcher's memberships.
struct Find {
    sql: String,
    values: Vec<Value>,
    /// The column of the message's id in the table that is walked.
    id: &'static str,
    /// The column of its room.
    room: &'static str,
    is_one_room: bool,
    /// The column along which it is walked.
    order: &'static str,
    /// What is still to be looked up for each row.
    author: Option<UserId>,
    marks: Vec<String>,
}

impl Find {
    /// Chooses the table to walk, and joins the others.
    fn begin(backend: DbBackend, user_id: UserId, page: &SearchPage) -> Self {
        // Both keep the order of the tables.
        let join = match backend {
            DbBackend::Sqlite => "CROSS JOIN",
            _ => "STRAIGHT_JOIN",
        };
        let filter = &page.filter;
        let mut find = Self {
            sql: String::new(),
            values: vec![user_id.0.into()],
            id: "m.id",
            room: "m.room_id",
            is_one_room: page.room_id.is_some(),
            order: if page.room_id.is_some() { "m.seq" } else { "m.id" },
            author: filter.author,
            marks: filter.has.map(of_has).into_iter().collect(),
        };
        if filter.mentions_searcher {
            find.marks.push(of_mention(user_id));
        }
        if let Some(query) = &page.query {
            find.walk_words(backend, &Needle::of(query.folded()));
        } else if let Some(mark) = find.marks.pop() {
            let needs_message = find.author.is_some() || filter.since.is_some() || filter.until.is_some();
            find.walk_marks(join, mark, needs_message);
        } else if page.room_id.is_some() || find.author.is_some() {
            find.walk_rooms(join);
        } else {
            find.walk_time(join);
        }
        find
    }

    fn walk_words(&mut self, backend: DbBackend, needle: &Needle) {
        if backend == DbBackend::Sqlite {
            (self.id, self.order) = ("s.rowid", "s.rowid");
            self.add(
                "SELECT s.rowid FROM message_search s CROSS JOIN messages m ON m.id = s.rowid \
                 CROSS JOIN room_members rm ON rm.room_id = m.room_id AND rm.user_id = ? \
                 WHERE s.message_search MATCH ?",
                [needle.fts5().into()],
            );
        } else {
            (self.id, self.order) = ("s.message_id", "s.message_id");
            self.add(
                "SELECT s.message_id FROM message_search s JOIN messages m ON m.id = s.message_id \
                 JOIN room_members rm ON rm.room_id = m.room_id AND rm.user_id = ? \
                 WHERE MATCH (s.tokens) AGAINST (? IN BOOLEAN MODE) AND s.tokens LIKE ?",
                [needle.boolean().into(), needle.like().into()],
            );
        }
    }

    /// Of the searcher's rooms, or the one, what has this mark.
    fn walk_marks(&mut self, join: &str, mark: String, needs_message: bool) {
        self.id = "k.message_id";
        self.room = "k.room_id";
        self.order = if self.is_one_room { "k.seq" } else { "k.message_id" };
        let tables = self.tables(join, "message_marks k");
        let message = if needs_message {
            format!(" {join} messages m ON m.id = k.message_id")
        } else {
            String::new()
        };
        let sql = format!(
            "SELECT k.message_id FROM {tables} ON rm.room_id = k.room_id{message} WHERE rm.user_id = ? AND k.mark = ?"
        );
        self.add(&sql, [mark.into()]);
    }

    /// Of the searcher's rooms, or the one, what this author wrote, or everything that was written.
    fn walk_rooms(&mut self, join: &str) {
        let tables = self.tables(join, "messages m");
        let sql = format!("SELECT m.id FROM {tables} ON rm.room_id = m.room_id WHERE rm.user_id = ?");
        self.add(&sql, []);
        match self.author.take() {
            // The author of what counts as unread, and an index by it.
            Some(author) => self.add(" AND m.unread_author = ?", [author.0.into()]),
            None => self.add(&format!(" AND {WRITTEN}"), []),
        }
    }

    /// The searcher's memberships and what is walked in each of them. For one room the walk comes
    /// first, so that its order stands and nothing is sorted.
    fn tables(&self, join: &str, walked: &str) -> String {
        if self.is_one_room {
            format!("{walked} {join} room_members rm")
        } else {
            format!("room_members rm {join} {walked}")
        }
    }

    /// Everything that was written in a while.
    fn walk_time(&mut self, join: &str) {
        let sql = format!(
            "SELECT m.id FROM messages m {join} room_members rm ON rm.room_id = m.room_id AND rm.user_id = ? \
             WHERE {WRITTEN}"
        );
        self.add(&sql, []);
    }

    /// What the walk did not see to.
    fn narrow(&mut self, page: &SearchPage) {
        if let Some(room_id) = page.room_id {
            let sql = format!(" AND {} = ?", self.room);
            self.add(&sql, [room_id.0.into()]);
        }
        if let Some(author) = self.author.take() {
            self.add(" AND m.user_id = ?", [author.0.into()]);
        }
        for mark in std::mem::take(&mut self.marks) {
            // No EXISTS, which MySQL would begin with.
            let sql = format!(
                " AND (SELECT COUNT(*) FROM message_marks o WHERE o.message_id = {} AND o.mark = ?) = 1",
                self.id
            );
            self.add(&sql, [mark.into()]);
        }
        if let Some(before) = page.before {
            let sql = format!(" AND {} < ?", self.id);
            self.add(&sql, [before.0.into()]);
        }
    }

    /// Moments bound the ids, roughly, and then the rows.
    async fn between(&mut self, db: &Database, page: &SearchPage) -> Result<(), RepositoryError> {
        let skew = i64::try_from(CLOCK_SKEW.as_millis()).unwrap_or(i64::MAX);
        if let Some(since) = page.filter.since {
            let first = first_id_at(db, Timestamp(since.0.saturating_sub(skew))).await?;
            let sql = format!(" AND {} >= ? AND m.created_at >= ?", self.id);
            self.add(&sql, [first.into(), since.0.into()]);
        }
        if let Some(until) = page.filter.until {
            let behind = first_id_at(db, Timestamp(until.0.saturating_add(skew))).await?;
            let sql = format!(" AND {} < ? AND m.created_at < ?", self.id);
            self.add(&sql, [behind.into(), until.0.into()]);
        }
        Ok(())
    }

    fn end(mut self, limit: u32) -> (String, Vec<Value>) {
        let sql = format!(" ORDER BY {} DESC LIMIT ?", self.order);
        self.add(&sql, [i64::from(limit).into()]);
        (self.sql, self.values)
    }

    fn add<const N: usize>(&mut self, sql: &str, values: [Value; N]) {
        self.sql.push_str(sql);
        self.values.extend(values);
    }
}

/// Neither notices nor recalled messages.
const WRITTEN: &str = "m.content_type IN ('TEXT_MESSAGE', 'MEDIA_MESSAGE')";
