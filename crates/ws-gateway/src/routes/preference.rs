//! `preference.*`.

use std::rc::Rc;

use bytes::Bytes;
use service::Actor;
use wire::preference::{ListPreferences, Preference, SetPreferences};

use super::body::decode;
use super::page::{Keep, shorten};
use super::reply::{Reply, success};
use crate::connection::Caller;

pub(super) async fn list(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let query: ListPreferences = decode(&body)?;
    let (after, limit) = query.page()?;
    let found = caller
        .use_cases()
        .preferences
        .list(&actor, after.as_ref(), limit)
        .await?;
    let mut preferences: Vec<Preference> = found.iter().map(Into::into).collect();
    shorten(&mut preferences, caller.answer_budget(), Keep::First);
    success(&preferences)
}

/// What is left out of an answer that would be too long for the client is pushed, if it changed.
pub(super) async fn set(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: SetPreferences = decode(&body)?;
    let now = caller.use_cases().preferences.set(&actor, command.try_into()?).await?;
    let mut preferences: Vec<Preference> = now.iter().map(Into::into).collect();
    shorten(&mut preferences, caller.answer_budget(), Keep::First);
    success(&preferences)
}
