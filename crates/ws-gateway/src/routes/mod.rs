//! The calls that clients can make: one table, and the way from a call to its answer.

mod body;
mod friend;
mod invitation;
mod message;
mod page;
mod preference;
mod presence;
mod reply;
mod room;
mod session;
mod user;

use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::LocalBoxFuture;
use metrics::Histogram;
use pitaya_protocol::{CallKind, ClientCall, ErrorBody, Route, RouteDictionary};
use service::Actor;
use tokio::time::{Instant, timeout};
use tracing::Instrument as _;
use tracing::field::Empty;

pub(crate) use body::{Peek, peek};
pub(crate) use reply::{Refusal, Reply, internal_error, transport_error};

use crate::connection::Caller;

/// The server type that clients may write in front of a route.
pub const SERVER_TYPE: &str = "chat";

/// Whether a route answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteKind {
    /// It answers.
    Request,
    /// It never answers.
    Notify,
}

/// What a route waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waits {
    /// For everything before it, and everything behind it waits for it.
    Alone,
    /// For what concerns the same room.
    ForRoom,
    /// For what concerns the room that was joined last.
    ForJoinedRoom,
}

type Answer = LocalBoxFuture<'static, Reply>;

/// Who may call a route; there is no third way.
#[derive(Clone, Copy)]
enum Handler {
    /// Everybody.
    Public(fn(Rc<Caller>, Bytes) -> Answer),
    /// Who is signed in.
    SignedIn(fn(Rc<Caller>, Actor, Bytes) -> Answer),
}

/// One route.
pub struct RouteRow {
    /// `service.method`.
    pub name: &'static str,
    /// Whether it answers.
    pub kind: RouteKind,
    pub(crate) waits: Waits,
    handler: Handler,
}

impl RouteRow {
    /// True when it may be called without being signed in.
    #[must_use]
    pub fn is_public(&self) -> bool {
        matches!(self.handler, Handler::Public(_))
    }
}

impl std::fmt::Debug for RouteRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, kind, .. } = self;
        write!(f, "{name} ({kind:?})")
    }
}

macro_rules! public {
    ($name:literal, $handler:path) => {
        RouteRow {
            name: $name,
            kind: RouteKind::Request,
            waits: Waits::Alone,
            handler: Handler::Public(|caller, body| Box::pin($handler(caller, body))),
        }
    };
}

macro_rules! signed_in {
    ($name:literal, $kind:ident, $waits:ident, $handler:path) => {
        RouteRow {
            name: $name,
            kind: RouteKind::$kind,
            waits: Waits::$waits,
            handler: Handler::SignedIn(|caller, actor, body| Box::pin($handler(caller, actor, body))),
        }
    };
}

/// Every route. The order gives the codes of the dictionary, from 1: new ones go to the end.
pub static ROUTES: &[RouteRow] = &[
    public!("session.auth", session::auth),
    signed_in!("room.create", Request, Alone, room::create),
    signed_in!("room.join", Request, Alone, room::join),
    signed_in!("room.leave", Request, Alone, room::leave),
    signed_in!("room.list", Request, Alone, room::list),
    signed_in!("room.get", Request, ForRoom, room::get),
    signed_in!("room.members", Request, ForRoom, room::members),
    signed_in!("room.update", Request, Alone, room::update),
    signed_in!("room.delete", Request, Alone, room::delete),
    signed_in!("room.sendMessage", Request, ForRoom, message::send),
    signed_in!("room.history", Request, ForRoom, message::history),
    signed_in!("room.sync", Request, Alone, message::sync),
    signed_in!("room.read", Request, ForRoom, message::read),
    signed_in!("room.recall", Request, Alone, message::recall),
    signed_in!("room.edit", Request, Alone, message::edit),
    signed_in!("room.react", Request, Alone, message::react),
    signed_in!("user.get", Request, Alone, user::get),
    signed_in!("user.search", Request, Alone, user::search),
    signed_in!("friend.list", Request, Alone, friend::list),
    signed_in!("friend.add", Request, Alone, friend::add),
    signed_in!("friend.remove", Request, Alone, friend::remove),
    signed_in!("presence.get", Request, Alone, presence::get),
    signed_in!("room.typing", Notify, ForRoom, message::typing),
    signed_in!("room.message", Notify, ForJoinedRoom, message::say),
    signed_in!("room.open", Request, Alone, room::open),
    signed_in!("preference.list", Request, Alone, preference::list),
    signed_in!("preference.set", Request, Alone, preference::set),
    signed_in!("invitation.create", Request, Alone, invitation::create),
    signed_in!("invitation.list", Request, Alone, invitation::list),
    signed_in!("invitation.revoke", Request, Alone, invitation::revoke),
    signed_in!("invitation.accept", Request, Alone, invitation::accept),
];

/// How long the calls of each route take.
static SECONDS: LazyLock<Vec<Histogram>> = LazyLock::new(|| {
    let of_route = |row: &RouteRow| metrics::histogram!("banter_ws_call_seconds", "route" => row.name);
    ROUTES.iter().map(of_route).collect()
});

/// The dictionary of the handshake: every route that clients call. Push routes are not in it:
/// libpitaya reads compressed pushes wrongly (docs/protocol.md, section 7).
pub(crate) fn dictionary() -> RouteDictionary {
    let mut dictionary = RouteDictionary::new();
    for row in ROUTES {
        if let Err(error) = dictionary.register(row.name) {
            tracing::error!(route = row.name, %error, "a route has no code");
        }
    }
    dictionary
}

/// A call whose route exists.
pub(crate) struct Task {
    row: &'static RouteRow,
    seconds: &'static Histogram,
    kind: CallKind,
    body: Bytes,
}

impl Task {
    /// Finds the route of a call.
    pub(crate) fn find(call: ClientCall) -> Result<Self, ErrorBody> {
        let behind_server_type = call
            .route
            .strip_prefix(SERVER_TYPE)
            .and_then(|rest| rest.strip_prefix('.'));
        let name = behind_server_type.unwrap_or(&call.route);
        match ROUTES.iter().zip(&*SECONDS).find(|(row, _)| row.name == name) {
            Some((row, seconds)) => Ok(Self {
                row,
                seconds,
                kind: call.kind,
                body: call.body,
            }),
            None => {
                let route = Route::parse(&call.route)?.with_server_type(SERVER_TYPE);
                Err(ErrorBody::route_not_found(route))
            }
        }
    }

    pub(crate) fn waits(&self) -> Waits {
        self.row.waits
    }

    /// The id for the answer, if there is to be one.
    pub(crate) fn answer_id(&self) -> Option<u64> {
        match self.kind {
            CallKind::Request { id } => Some(id),
            CallKind::RequestWithoutAnswer | CallKind::Notify => None,
        }
    }

    /// What the body says of its room and its place in the order.
    pub(crate) fn peek(&self) -> Option<Peek> {
        peek(&self.body)
    }

    /// Runs the handler. `None` when nobody waits for the answer.
    pub(crate) async fn run(self, caller: Rc<Caller>) -> Option<Bytes> {
        let (row, seconds, id, begun) = (self.row, self.seconds, self.answer_id(), Instant::now());
        let span = tracing::info_span!(
            target: "trace", "call", otel.name = row.name, otel.kind = "server", code = Empty, otel.status_code = Empty
        );
        let reply = self.reply(&caller).instrument(span.clone()).await;
        seconds.record(begun.elapsed());
        if let Err(refusal) = &reply {
            reply::note(refusal, &span);
            if id.is_none() {
                tracing::debug!(route = row.name, ?refusal, "a call without an answer was refused");
            }
        }
        reply::packet(id?, reply)
    }

    async fn reply(self, caller: &Rc<Caller>) -> Reply {
        let patience = caller.patience();
        let wants_answer = self.answer_id().is_some();
        let caller = Rc::clone(caller);
        match (self.row.handler, caller.actor()) {
            (Handler::SignedIn(_), None) => Err(Refusal::unauthorized()),
            (Handler::SignedIn(_), _) if wants_answer && self.row.kind == RouteKind::Notify => {
                Err(Refusal::Transport(ErrorBody::request_to_notify_route()))
            }
            (Handler::SignedIn(handler), Some(actor)) => within(patience, handler(caller, actor, self.body)).await,
            (Handler::Public(handler), _) => within(patience, handler(caller, self.body)).await,
        }
    }
}

/// Whoever calls what nothing answers is told so.
async fn within(patience: Duration, answer: Answer) -> Reply {
    let late = |_| Err(service::Error::overloaded().into());
    timeout(patience, answer).await.unwrap_or_else(late)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(route: &str) -> Result<&'static str, String> {
        let call = ClientCall {
            kind: CallKind::Request { id: 1 },
            route: route.to_owned(),
            body: Bytes::new(),
        };
        Task::find(call)
            .map(|task| task.row.name)
            .map_err(|error| format!("{} {}", error.code, error.message))
    }

    #[test]
    fn the_table_is_the_contracts_list() {
        let requests: Vec<_> = ROUTES
            .iter()
            .filter(|row| row.kind == RouteKind::Request)
            .map(|row| row.name)
            .collect();
        let expected = "session.auth room.create room.join room.leave room.list room.get room.members room.update \
             room.delete room.sendMessage room.history room.sync room.read room.recall room.edit room.react user.get \
             user.search friend.list friend.add friend.remove presence.get room.open \
             preference.list preference.set invitation.create invitation.list invitation.revoke invitation.accept";
        assert_eq!(requests, expected.split_whitespace().collect::<Vec<_>>());
        let notifies: Vec<_> = ROUTES
            .iter()
            .filter(|row| row.kind == RouteKind::Notify)
            .map(|row| row.name)
            .collect();
        assert_eq!(notifies, ["room.typing", "room.message"]);
    }

    #[test]
    fn only_signing_in_is_public() {
        let public: Vec<_> = ROUTES
            .iter()
            .filter(|row| row.is_public())
            .map(|row| row.name)
            .collect();
        assert_eq!(public, ["session.auth"]);
    }

    #[test]
    fn the_dictionary_holds_every_route_from_code_one() {
        let dictionary = dictionary();
        assert_eq!(dictionary.len(), ROUTES.len());
        for (row, code) in ROUTES.iter().zip(1..) {
            assert_eq!(dictionary.code(row.name), Some(code));
        }
    }

    #[test]
    fn a_server_type_may_stand_in_front() {
        assert_eq!(find("room.join"), Ok("room.join"));
        assert_eq!(find("chat.room.join"), Ok("room.join"));
    }

    #[test]
    fn unknown_routes_are_told_from_impossible_ones() {
        for (route, answer) in [
            ("room.nope", "PIT-404 pitaya/handler: chat.room.nope not found"),
            (
                "connector.room.join",
                "PIT-404 pitaya/handler: connector.room.join not found",
            ),
            ("Room.join", "PIT-404 pitaya/handler: chat.Room.join not found"),
            ("join", "PIT-400 invalid route"),
            ("a.b.c.d", "PIT-400 invalid route"),
            ("", "PIT-400 route field can not be empty"),
            ("room. ", "PIT-400 route field can not be empty"),
        ] {
            assert_eq!(find(route), Err(answer.to_owned()));
        }
    }
}
