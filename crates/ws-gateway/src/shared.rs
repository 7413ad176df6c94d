//! What all connections of a gateway share.

use std::collections::HashMap;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use pitaya_protocol::{ConnectionLimits, HandshakeCode, HandshakeResponse, PACKET_HEADER_BYTES, RouteDictionary};
use service::Services;
use service::account::AccountService;
use service::friend::FriendService;
use service::invitation::InvitationService;
use service::message::MessageService;
use service::preference::PreferenceService;
use service::presence::PresenceService;
use service::room::RoomService;
use shaku::HasComponent;
use tokio::runtime::Handle as Runtime;
use tokio::sync::Notify;
use tokio::time::timeout;
use wire::Failure;
use wire::message::Form;

use crate::guests::{Guest, Guests};
use crate::hub::{Handle, Hub, Shard};
use crate::options::GatewayOptions;
use crate::stats::Counters;
use crate::transport::{Outbox, QueueLimits};

/// The use cases that the routes call.
pub(crate) struct UseCases {
    pub(crate) accounts: Arc<dyn AccountService>,
    pub(crate) friends: Arc<dyn FriendService>,
    pub(crate) invitations: Arc<dyn InvitationService>,
    pub(crate) messages: Arc<dyn MessageService>,
    pub(crate) preferences: Arc<dyn PreferenceService>,
    pub(crate) presence: Arc<dyn PresenceService>,
    pub(crate) rooms: Arc<dyn RoomService>,
}

impl From<&dyn Services> for UseCases {
    fn from(services: &dyn Services) -> Self {
        Self {
            accounts: HasComponent::<dyn AccountService>::resolve(services),
            friends: HasComponent::<dyn FriendService>::resolve(services),
            invitations: HasComponent::<dyn InvitationService>::resolve(services),
            messages: HasComponent::<dyn MessageService>::resolve(services),
            preferences: HasComponent::<dyn PreferenceService>::resolve(services),
            presence: HasComponent::<dyn PresenceService>::resolve(services),
            rooms: HasComponent::<dyn RoomService>::resolve(services),
        }
    }
}

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) options: GatewayOptions,
    pub(crate) use_cases: UseCases,
    pub(crate) hub: Arc<Hub>,
    pub(crate) counters: Arc<Counters>,
    pub(crate) dictionary: Arc<RouteDictionary>,
    /// Where work goes on that outlives a connection.
    pub(crate) runtime: Runtime,
    guests: Arc<Guests>,
    open: Mutex<HashMap<u64, Arc<Handle>>>,
    ids: AtomicU64,
    is_closing: AtomicBool,
    news: Notify,
    closing: Notify,
}

/// An open connection; it counts as open as long as this lives.
pub(crate) struct Admission {
    pub(crate) handle: Arc<Handle>,
    pub(crate) shard: Rc<Shard>,
    /// Its place among those who are not signed in.
    pub(crate) guest: Option<Guest>,
    shared: Arc<Shared>,
}

impl Shared {
    pub(crate) fn new(services: &dyn Services, options: GatewayOptions, dictionary: RouteDictionary) -> Self {
        let counters = Arc::new(Counters::default());
        Self {
            hub: Arc::new(Hub::new(
                options.connections_per_user,
                queue_limits(&options),
                Arc::clone(&counters),
            )),
            options,
            use_cases: UseCases::from(services),
            counters,
            dictionary: Arc::new(dictionary),
            runtime: Runtime::current(),
            guests: Arc::default(),
            open: Mutex::default(),
            ids: AtomicU64::new(1),
            is_closing: AtomicBool::new(false),
            news: Notify::new(),
            closing: Notify::new(),
        }
    }

    /// Lets one more connection of the calling worker thread in.
    ///
    /// # Errors
    /// When the node is full or stops, or too many of that address have not signed in.
    pub(crate) fn admit(self: &Arc<Self>, address: Option<IpAddr>) -> Result<Admission, Failure> {
        let shard = self.hub.shard_here();
        let mut open = self.open();
        let max = self.options.max_connections;
        if self.is_closing.load(Ordering::Acquire) || (max > 0 && open.len() >= max) {
            return Err(Failure::of(503));
        }
        let guest = match self.options.anonymous_per_address {
            0 => None,
            most => Some(self.guests.admit(address, most).ok_or_else(too_many)?),
        };
        let limits = queue_limits(&self.options);
        let id = self.ids.fetch_add(1, Ordering::Relaxed);
        let handle = Arc::new(Handle::new(id, shard.id, Outbox::new(limits)));
        open.insert(handle.id, Arc::clone(&handle));
        self.counters.connections.add(1);
        self.counters.accepted.add(1);
        Ok(Admission {
            handle,
            shard,
            guest,
            shared: Arc::clone(self),
        })
    }

    /// Asks all connections to end and lets no new ones in.
    pub(crate) fn close(&self) {
        self.is_closing.store(true, Ordering::Release);
        self.closing.notify_waiters();
        for handle in self.open().values() {
            handle.outbox.drain();
        }
    }

    /// Lets the time pass for which somebody who has gone still counts as here, unless the
    /// gateway closes.
    pub(crate) async fn linger(&self) {
        let closing = self.closing.notified();
        if !self.is_closing.load(Ordering::Acquire) && !self.options.linger.is_zero() {
            let _ = timeout(self.options.linger, closing).await;
        }
    }

    /// The connections that are open.
    pub(crate) fn handles(&self) -> Vec<Arc<Handle>> {
        self.open().values().cloned().collect()
    }

    /// Waits until no connection is open and nobody is signed in.
    pub(crate) async fn emptied(&self) {
        loop {
            let news = self.news.notified();
            if self.counters.connections.get() == 0 && self.counters.signed_in.get() == 0 {
                return;
            }
            news.await;
        }
    }

    /// To be called when a connection or a binding has ended.
    pub(crate) fn something_ended(&self) {
        self.news.notify_waiters();
    }

    pub(crate) fn protocol_limits(&self) -> ConnectionLimits {
        ConnectionLimits {
            max_packet_body_bytes: self.max_packet_body(),
            max_inflated_body_bytes: self.options.max_frame,
            // As Pitaya: the ack alone unlocks a connection.
            handshake_rule: pitaya_protocol::HandshakeRule::Optional,
        }
    }

    pub(crate) fn max_packet_body(&self) -> usize {
        self.options.max_frame.saturating_sub(PACKET_HEADER_BYTES)
    }

    pub(crate) fn handshake_answer(&self, code: HandshakeCode, batch: bool, form: Form) -> Bytes {
        let seconds = self.options.heartbeat.as_millis().div_ceil(1000);
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        let answer = HandshakeResponse {
            code,
            heartbeat_seconds: NonZeroU32::new(seconds).unwrap_or(NonZeroU32::MIN),
            dictionary: &self.dictionary,
            batch,
            compact: form == Form::Compact,
        };
        answer.encode_packet().unwrap_or_default()
    }

    fn open(&self) -> MutexGuard<'_, HashMap<u64, Arc<Handle>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn too_many() -> Failure {
    Failure::new(429, "too many connections from this address are not signed in")
}

fn queue_limits(options: &GatewayOptions) -> QueueLimits {
    QueueLimits {
        packets: options.queue,
        bytes: options.queue_bytes,
    }
}

impl Drop for Admission {
    fn drop(&mut self) {
        self.shared.open().remove(&self.handle.id);
        self.shared.counters.connections.subtract(1);
        self.shared.something_ended();
    }
}
