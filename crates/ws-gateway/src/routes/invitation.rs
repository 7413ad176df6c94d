//! `invitation.*`.

use std::rc::Rc;

use bytes::Bytes;
use domain::RoomId;
use service::Actor;
use wire::Room;
use wire::invitation::{CreateInvitation, Invitation, ListInvitations, OneInvitation};

use super::body::decode;
use super::page::{Keep, shorten};
use super::reply::{Reply, done, success};
use crate::connection::Caller;

pub(super) async fn create(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let command: CreateInvitation = decode(&body)?;
    let made = caller.use_cases().invitations.create(&actor, command.into()).await?;
    success(&Invitation::new(&made, caller.base_url()))
}

pub(super) async fn list(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let ListInvitations { channel_id } = decode(&body)?;
    let live = caller
        .use_cases()
        .invitations
        .list(&actor, RoomId(channel_id.0))
        .await?;
    let mut invitations = Invitation::list(&live, caller.base_url());
    shorten(&mut invitations, caller.answer_budget(), Keep::First);
    success(&invitations)
}

pub(super) async fn revoke(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let OneInvitation { code } = decode(&body)?;
    caller.use_cases().invitations.revoke(&actor, &code).await?;
    done()
}

pub(super) async fn accept(caller: Rc<Caller>, actor: Actor, body: Bytes) -> Reply {
    let OneInvitation { code } = decode(&body)?;
    let detail = caller.use_cases().invitations.accept(&actor, &code).await?;
    success(&Room::for_reader(&detail, actor.user_id))
}
