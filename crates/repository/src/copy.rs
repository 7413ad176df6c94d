//! A copy of a SQLite database, taken while others use it.

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
}
