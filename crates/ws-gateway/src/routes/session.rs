//! `session.*`: signing in.

use std::rc::Rc;

use bytes::Bytes;
use serde::Deserialize;
use wire::room::Head;
use wire::session::Bound;
use wire::time;

use super::body::decode;
use super::page::{Keep, shorten};
use super::reply::{Reply, success};
use crate::connection::Caller;

#[derive(Deserialize)]
struct Auth {
    token: String,
}

/// Signs the connection in, or renews its token. The heads are read after the connection has
/// begun to listen: what is stored later is pushed. Should the list be too long for the client,
/// the rooms with the newest activity stand in it.
pub(super) async fn auth(caller: Rc<Caller>, body: Bytes) -> Reply {
    let Auth { token } = decode(&body)?;
    let actor = caller.sign_in(&token).await?;
    let heads = caller.use_cases().rooms.heads(&actor).await?;
    let mut rooms: Vec<Head> = heads.iter().map(Head::from).collect();
    shorten(&mut rooms, caller.answer_budget(), Keep::First);
    success(&Bound {
        user_id: actor.user_id.0,
        session_id: actor.session_id.0,
        expires_at: time::text(actor.expires_at),
        rooms,
    })
}
