//! The ports' database side, for SQLite and MySQL/MariaDB
