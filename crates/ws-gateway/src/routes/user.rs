//! `user.*`: looking people up.

use std::rc::Rc;

use bytes::Bytes;
use domain::UserId;
use domain::user::UserFilter;
use serde::Deserialize;
use service::Actor;
use wire::Id;
use wire::command::{FindUsers, after, limit};
use wire::room::users;

use super::body::decode;
use super::page::{Keep, shorten};
use super::reply::{Reply, success};
use crate::connection::Caller;

#[derive(Deserialize)]
struct OneUser {
    #[serde(alias = "userId")]
    id: Id,
}

/// A list of one, or an empty one, as over HTTP.
pub(super) async fn get(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let OneUser { id } = decode(&body)?;
    let filter = UserFilter::Id(UserId(id.0));
    let people = caller.use_cases().accounts.find(&actor, &filter, None, 1).await?;
    success(&users(&people))
}

pub(super) async fn search(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: FindUsers = decode(&body)?;
    let after = after("start", command.start, UserId)?;
    let limit = limit(command.limit)?;
    let people = caller
        .use_cases()
        .accounts
        .find(&actor, &command.filter()?, after, limit)
        .await?;
    let mut found = users(&people);
    shorten(&mut found, caller.answer_budget(), Keep::First);
    success(&found)
}
