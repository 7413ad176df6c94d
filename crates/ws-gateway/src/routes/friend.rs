//! `friend.*`.

use std::rc::Rc;

use bytes::Bytes;
use domain::UserId;
use serde::Deserialize;
use service::Actor;
use wire::command::{Page, after, limit};
use wire::room::users;
use wire::{Id, Room};

use super::body::decode;
use super::page::{Keep, shorten};
use super::reply::{Reply, done, success};
use crate::connection::Caller;

#[derive(Deserialize)]
struct Other {
    #[serde(alias = "userId")]
    id: Id,
}

pub(super) async fn list(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let page: Page = decode(&body)?;
    let after = after("cursor", page.cursor, UserId)?;
    let people = caller
        .use_cases()
        .friends
        .list(&actor, after, limit(page.limit)?)
        .await?;
    let mut friends = users(&people);
    shorten(&mut friends, caller.answer_budget(), Keep::First);
    success(&friends)
}

pub(super) async fn add(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let Other { id } = decode(&body)?;
    let detail = caller.use_cases().friends.add(&actor, UserId(id.0)).await?;
    success(&Room::for_reader(&detail, actor.user_id))
}

pub(super) async fn remove(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let Other { id } = decode(&body)?;
    caller.use_cases().friends.remove(&actor, UserId(id.0)).await?;
    done()
}
