//! `presence.*`: who is here.

use std::rc::Rc;

use bytes::Bytes;
use domain::UserId;
use serde::Deserialize;
use service::Actor;
use wire::id::numbers;
use wire::user::Presence;
use wire::{Failure, Id};

use super::body::decode;
use super::reply::{Reply, success};
use crate::connection::Caller;

/// Most people in one `presence.get`.
const PEOPLE_MAX: usize = 500;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct People {
    user_ids: Vec<Id>,
}

pub(super) async fn get(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let People { user_ids } = decode(&body)?;
    if user_ids.len() > PEOPLE_MAX {
        return Err(Failure::new(400, format!("userIds: must have at most {PEOPLE_MAX} people")).into());
    }
    let users = numbers(Some(user_ids), UserId);
    let infos = caller.use_cases().presence.get(&actor, &users).await?;
    success(&infos.iter().map(Presence::from).collect::<Vec<_>>())
}
