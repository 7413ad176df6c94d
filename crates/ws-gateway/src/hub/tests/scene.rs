//! A hub with the connections of a few people, whose outboxes the tests read.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use domain::{Event, RoomId, SessionId, UserId};
use serde_json::Value;
use tokio::sync::mpsc::UnboundedReceiver;
use wire::message::Form;

use crate::hub::shard::Command;
use crate::hub::{Handle, Hub, Link, Shard};
use crate::stats::Counters;
use crate::transport::testing::{NoSocket, pushed_routes, pushes};
use crate::transport::{Outbox, QueueLimits, Transport};

pub(super) const ALICE: UserId = UserId(1);
pub(super) const BOB: UserId = UserId(2);
/// Is connected, but shares no room with the others.
pub(super) const CAROL: UserId = UserId(3);
/// Is not connected.
pub(super) const DAVE: UserId = UserId(4);
pub(super) const ROOM: RoomId = RoomId(100);
pub(super) const FAR_ROOM: RoomId = RoomId(200);

pub(super) const LIMITS: QueueLimits = QueueLimits {
    packets: 64,
    bytes: 1 << 20,
};

/// A hub with connections whose outboxes the test reads.
pub(super) struct Scene {
    pub(super) hub: Arc<Hub>,
    pub(super) shard: Rc<Shard>,
    pub(super) commands: RefCell<UnboundedReceiver<Command>>,
    pub(super) handles: BTreeMap<&'static str, Arc<Handle>>,
}

impl Scene {
    /// Alice on two devices and Bob on one are in the room, Carol is in another one.
    pub(super) fn new() -> Self {
        let hub = Arc::new(Hub::new(20, LIMITS, Arc::new(Counters::default())));
        let (shard, commands) = hub.shards.add();
        let mut scene = Self {
            hub,
            shard,
            commands: RefCell::new(commands),
            handles: BTreeMap::new(),
        };
        scene.connect("alice", ALICE, SessionId(11), &[ROOM]);
        scene.connect("alice's phone", ALICE, SessionId(12), &[ROOM]);
        scene.connect("bob", BOB, SessionId(21), &[ROOM]);
        scene.connect("carol", CAROL, SessionId(31), &[FAR_ROOM]);
        scene
    }

    pub(super) fn connect(&mut self, name: &'static str, user: UserId, session: SessionId, rooms: &[RoomId]) {
        self.connect_in(Form::Full, name, user, session, rooms);
    }

    pub(super) fn connect_in(
        &mut self,
        form: Form,
        name: &'static str,
        user: UserId,
        session: SessionId,
        rooms: &[RoomId],
    ) {
        let handle = self.open(Rc::new(NoSocket));
        handle.agree_on(form);
        self.bind(name, user, session, rooms, handle);
    }

    /// A connection that is nobody's yet.
    pub(super) fn open(&self, transport: Rc<dyn Transport>) -> Arc<Handle> {
        let id = self.handles.len() as u64;
        let handle = Arc::new(Handle::new(id, self.shard.id, Outbox::new(LIMITS)));
        self.shard.open(&Rc::new(Link::new(Arc::clone(&handle), transport)));
        handle
    }

    pub(super) fn bind(
        &mut self,
        name: &'static str,
        user: UserId,
        session: SessionId,
        rooms: &[RoomId],
        handle: Arc<Handle>,
    ) {
        let registered = self.hub.register(user, session, &handle).unwrap();
        self.hub.loaded(user, registered.generation, rooms.to_vec());
        self.turn();
        self.handles.insert(name, handle);
    }

    pub(super) fn tell(&self, event: Event) {
        self.hub.deliver(&event);
        self.turn();
    }

    /// Lets the shard do what it was told.
    pub(super) fn turn(&self) {
        self.poll_turn(&mut Context::from_waker(Waker::noop()));
    }

    /// The same, and waits for more.
    pub(super) fn poll_turn(&self, context: &mut Context<'_>) {
        while let Poll::Ready(Some(command)) = self.commands.borrow_mut().poll_recv(context) {
            self.shard.apply(&mut std::iter::once(command), &mut 0);
        }
    }

    pub(super) fn outbox(&self, name: &str) -> &Outbox {
        &self.handles[name].outbox
    }

    /// What each connection was told, for those that were told anything.
    pub(super) fn told(&self) -> BTreeMap<&'static str, Vec<String>> {
        let told = self
            .handles
            .iter()
            .map(|(name, handle)| (*name, pushed_routes(&handle.outbox)));
        told.filter(|(_, routes)| !routes.is_empty()).collect()
    }

    /// Asserts that these connections and no others were told this one thing.
    #[track_caller]
    pub(super) fn assert_told(&self, route: &str, names: &[&'static str]) {
        let expected = names.iter().map(|name| (*name, vec![route.to_owned()])).collect();
        assert_eq!(self.told(), expected);
    }

    /// The one push that a connection was told.
    #[track_caller]
    pub(super) fn push_to(&self, name: &str) -> Value {
        let mut pushes = pushes(self.outbox(name));
        assert_eq!(pushes.len(), 1, "{pushes:?}");
        pushes.remove(0).1
    }
}
