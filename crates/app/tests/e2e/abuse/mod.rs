//! The cases of docs/security.md, performed against the running server, one file for each group.

mod access;
mod accounts;
mod connections;
mod content;
mod exhaustion;
mod files;
mod identity;
mod pages;
mod privacy;
mod quota;
mod receivers;
mod sessions;
mod slow;
