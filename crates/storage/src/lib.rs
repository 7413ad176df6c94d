//! The ports' media side: uploaded bytes on local disk or in S3-compatible object storage.
//!
//! [`ObjectMediaStore`] does what is the same for both: it takes bytes into a spool file, looks
//! into them (`sniff`), cleans and shrinks pictures (`picture`) and gives them a key
//! (`key`). A [`Place`] is where finished files live (`disk`, `bucket`); it never sees a
//! file before it was looked into.
//!
//! **Invariant:** nothing in here decides by a file's name or by what its sender says of it.

mod bucket;
mod disk;
mod key;
mod picture;
mod place;
mod sniff;
mod spool;
mod store;
mod treatment;

pub use bucket::S3Settings;
pub use picture::PictureLimits;
pub use place::{Place, SetupError};
pub use store::{ObjectMediaStore, ObjectMediaStoreParameters};
