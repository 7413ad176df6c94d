//! Care for a SQLite database's files: a copy taken while others use it, and an empty log.

use std::path::Path;

use sea_orm::{ConnectionTrait, DbBackend, Value};

use crate::Database;
use crate::error::RepositoryError;
use crate::sql::statement;

impl Database {
    /// Writes the database as it stands at one moment into a new file. Whoever reads or writes
    /// meanwhile is not held up.
    ///
    /// # Errors
    /// [`RepositoryError`] when it is no SQLite database, or the file exists or cannot be written.
    pub async fn copy_to(&self, file: &Path) -> Result<(), RepositoryError> {
        if self.backend() != DbBackend::Sqlite {
            return Err(RepositoryError::Broken(
                "only a SQLite database can be copied into a file",
            ));
        }
        let Some(file) = file.to_str() else {
            return Err(RepositoryError::Broken("the file's name is no text"));
        };
        // Readers may not write, not even into another file, so the writer does it.
        let copy = statement(DbBackend::Sqlite, "VACUUM INTO ?", vec![Value::from(file)]);
        self.writer().execute_raw(copy).await?;
        Ok(())
    }
}

impl Database {
    /// Moves what SQLite's write-ahead log holds into the database and empties the log, so that
    /// overwritten content (a recalled message, above all) is nowhere on disk any more. Does
    /// nothing on other databases.
    ///
    /// # Errors
    /// [`RepositoryError`] when the database does not answer.
    pub async fn empty_log(&self) -> Result<(), RepositoryError> {
        if self.backend() == DbBackend::Sqlite {
            self.writer()
                .execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)")
                .await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_copy_has_the_whole_schema_and_never_replaces_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let dsn = |name: &str| format!("sqlite://{}", folder.path().join(name).display());
        let db = Database::connect(&dsn("banter.db"), 2).await.unwrap();
        db.migrate().await.unwrap();
        let copy = folder.path().join("copy.db");
        db.copy_to(&copy).await.unwrap();
        let copied = Database::connect(&dsn("copy.db"), 1).await.unwrap();
        assert_eq!(copied.status().await.unwrap(), db.status().await.unwrap());
        assert!(db.copy_to(&copy).await.is_err());
    }

    #[tokio::test]
    async fn what_was_overwritten_is_nowhere_on_disk_once_the_log_is_emptied() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("banter.db");
        let db = Database::connect(&format!("sqlite://{}", file.display()), 2)
            .await
            .unwrap();
        db.migrate().await.unwrap();
        let secret = "quokka".repeat(20);
        for sql in [
            format!("CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('{secret}')"),
            "UPDATE words SET word = NULL".to_owned(),
        ] {
            db.writer().execute_unprepared(&sql).await.unwrap();
        }
        let on_disk = || {
            let files = std::fs::read_dir(folder.path()).unwrap().flatten();
            files
                .map(|file| std::fs::read(file.path()).unwrap())
                .any(|bytes| bytes.windows(secret.len()).any(|window| window == secret.as_bytes()))
        };
        assert!(on_disk(), "the log still holds it");
        db.empty_log().await.unwrap();
        assert!(!on_disk());
    }
}
