//! The search over messages: texts, captions and file names, by substring, in any script.
//!
//! Both databases keep an index of words, which Chinese has not and a substring is not. So what
//! they are given are words of our own making ([`tokens`]), and one way of looking serves both.
//!
//! Indexing a message costs several times what storing it costs. Small batches do it in their own
//! transaction; large ones only note it in `search_backlog` ([`index`]), and whoever looks for
//! something first works off what waits there: what is stored is found, always.
//!
//! What a message holds beside its words has a table of its own ([`marks`]), and a moment is a
//! place in the order of ids ([`moment`]): a filter without a query reads no message that it leaves out.

mod find;
mod index;
mod marks;
mod moment;
pub(crate) mod tokens;

pub(crate) use find::find;
pub(crate) use index::{add, drain, forget, forget_room, replace};
pub(crate) use marks::of_mention as mark_of_mention;
