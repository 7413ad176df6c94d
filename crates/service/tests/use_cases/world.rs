//! A world of its own for a test: all use cases over doubles, and an ear on the events.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use broker::{InProcessBroker, InProcessPresence};
use domain::media::StoredMedia;
use domain::port::{
    Audience, Broker, Chunks, Clock, Listener, MediaStore, MessageRepository, NodeFeed, OpenedMedia, PresignedPut,
    ReceiveError, RoomLog, UploadRepository,
};
use domain::room::RoomDetail;
use domain::{Event, PortError, RoomId, Timestamp, UserId};
use repository::memory::{
    MemoryDatabase, MemoryFriendRepository, MemoryFriendRepositoryParameters, MemoryInvitationRepository,
    MemoryInvitationRepositoryParameters, MemoryMessageRepository, MemoryMessageRepositoryParameters,
    MemoryNewsRepository, MemoryNewsRepositoryParameters, MemoryPreferenceRepository,
    MemoryPreferenceRepositoryParameters, MemoryRoomLog, MemoryRoomLogParameters, MemoryRoomRepository,
    MemoryRoomRepositoryParameters, MemorySessionRepository, MemorySessionRepositoryParameters, MemoryUploadRepository,
    MemoryUploadRepositoryParameters, MemoryUserRepository, MemoryUserRepositoryParameters,
};
use service::account::{AccountService, Accounts, AccountsParameters, Device, Register, SignedIn, TokenKey};
use service::friend::Friends;
use service::healing::{Healer, Healing, Patrol};
use service::invitation::{InvitationService, Invitations, InvitationsParameters};
use service::limits::{Limits, RateLimits, RateLimitsParameters};
use service::message::{Details, MessageDetails, MessageService, Messages, MessagesParameters, Outgoing, SendMessage};
use service::preference::{PreferenceService, Preferences};
use service::room::{CreateRoom, RoomService, Rooms, RoomsParameters, Views};
use service::{Actor, Directory, People, Policy, RoomSequencer, RoomSequencerParameters};
use shaku::{Component, HasComponent, ModuleBuilder, module};

module! {
    Doubles {
        components = [
            RateLimits, Accounts, Friends, Invitations, Messages, Preferences, Rooms, Details, Directory, RoomSequencer, Views,
            HandClock, NoMedia, InProcessBroker, InProcessPresence,
            MemoryFriendRepository, MemoryInvitationRepository, MemoryMessageRepository, MemoryPreferenceRepository,
            MemoryRoomLog, MemoryRoomRepository, MemoryNewsRepository,
            MemorySessionRepository, MemoryUploadRepository, MemoryUserRepository
        ],
        providers = []
    }
}

module! {
    Stored {
        components = [MemoryMessageRepository, MemoryRoomLog, MemoryUserRepository, Directory, InProcessPresence],
        providers = []
    }
}

fn stored(db: &MemoryDatabase) -> Stored {
    Stored::builder()
        .with_component_parameters::<MemoryMessageRepository>(MemoryMessageRepositoryParameters { db: db.clone() })
        .with_component_parameters::<MemoryRoomLog>(MemoryRoomLogParameters { db: db.clone() })
        .with_component_parameters::<MemoryUserRepository>(MemoryUserRepositoryParameters { db: db.clone() })
        .build()
}

/// A clock that stands still until it is moved.
#[derive(Component)]
#[shaku(interface = Clock)]
pub(crate) struct HandClock {
    now: Arc<AtomicI64>,
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }
}

/// A media store that nobody asks in these tests.
#[derive(Component)]
#[shaku(interface = MediaStore)]
pub(crate) struct NoMedia;

#[async_trait]
impl MediaStore for NoMedia {
    async fn receive(&self, _: &mut dyn Chunks, _: &str, _: u64, _: bool) -> Result<StoredMedia, ReceiveError> {
        Err(PortError::failed("no media in this world").into())
    }

    async fn open(&self, _: &str, _: Option<(u64, u64)>) -> Result<Option<OpenedMedia>, PortError> {
        Ok(None)
    }

    async fn remove(&self, _: &str) -> Result<(), PortError> {
        Ok(())
    }

    async fn presign_put(&self, _: &str) -> Result<Option<(String, PresignedPut)>, PortError> {
        Ok(None)
    }

    async fn adopt(&self, _: &str, _: u64) -> Result<Option<StoredMedia>, ReceiveError> {
        Ok(None)
    }

    async fn check(&self) -> Result<(), PortError> {
        Ok(())
    }
}

/// Hears all events.
#[derive(Default)]
pub(crate) struct Ear(Mutex<Vec<Arc<Event>>>);

impl Listener for Ear {
    fn on_event(&self, event: &Arc<Event>) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event.clone());
    }
}

impl Ear {
    /// What was heard since the last call.
    pub(crate) fn heard(&self) -> Vec<Arc<Event>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// All use cases and what happened in them.
pub(crate) struct World {
    now: Arc<AtomicI64>,
    ear: Arc<Ear>,
    module: Doubles,
    pub(crate) accounts: Arc<dyn AccountService>,
    pub(crate) rooms: Arc<dyn RoomService>,
    pub(crate) messages: Arc<dyn MessageService>,
    pub(crate) friends: Arc<dyn service::friend::FriendService>,
    pub(crate) preferences: Arc<dyn PreferenceService>,
    pub(crate) invitations: Arc<dyn InvitationService>,
}

pub(crate) const PASSWORD: &str = "correct horse";

impl World {
    pub(crate) fn new() -> Self {
        Self::with(Policy::default())
    }

    pub(crate) fn with(policy: Policy) -> Self {
        Self::build(policy, MemoryDatabase::new(), |builder| builder)
    }

    /// A world with a broker of the test's.
    pub(crate) fn told_by(broker: Box<dyn Broker>) -> Self {
        let adjust = |builder: ModuleBuilder<Doubles>| builder.with_component_override(broker);
        Self::build(Policy::default(), MemoryDatabase::new(), adjust)
    }

    /// A world with limits of the test's.
    pub(crate) fn limited_by(limits: Box<dyn Limits>) -> Self {
        let adjust = |builder: ModuleBuilder<Doubles>| builder.with_component_override(limits);
        Self::build(Policy::default(), MemoryDatabase::new(), adjust)
    }

    /// A world that keeps its files in a store of the test's.
    pub(crate) fn storing_in(store: Box<dyn MediaStore>) -> Self {
        let adjust = |builder: ModuleBuilder<Doubles>| builder.with_component_override(store);
        Self::build(Policy::default(), MemoryDatabase::new(), adjust)
    }

    /// A world whose messages and people are read through something of the test's.
    pub(crate) fn over(
        messages: impl FnOnce(Arc<dyn MessageRepository>) -> Box<dyn MessageRepository>,
        people: impl FnOnce(Arc<dyn People>) -> Box<dyn People>,
    ) -> Self {
        let db = MemoryDatabase::new();
        let stored = stored(&db);
        let (messages, people) = (messages(stored.resolve()), people(stored.resolve()));
        Self::build(Policy::default(), db, |builder| {
            builder
                .with_component_override(messages)
                .with_component_override(people)
        })
    }

    /// A world whose rooms change through something of the test's.
    pub(crate) fn logging(through: impl FnOnce(Arc<dyn RoomLog>) -> Box<dyn RoomLog>) -> Self {
        let db = MemoryDatabase::new();
        let log = through(stored(&db).resolve());
        Self::build(Policy::default(), db, |builder| builder.with_component_override(log))
    }

    /// The same, with a log that soon is given up.
    pub(crate) fn logging_shortly(through: impl FnOnce(Arc<dyn RoomLog>) -> Box<dyn RoomLog>) -> Self {
        let db = MemoryDatabase::new();
        let log = through(stored(&db).resolve());
        let soon = Duration::from_millis(10);
        Self::committing(Policy::default(), db, soon, |builder| {
            builder.with_component_override(log)
        })
    }

    fn build(
        policy: Policy,
        db: MemoryDatabase,
        adjust: impl FnOnce(ModuleBuilder<Doubles>) -> ModuleBuilder<Doubles>,
    ) -> Self {
        Self::committing(policy, db, Duration::from_secs(60), adjust)
    }

    fn committing(
        policy: Policy,
        db: MemoryDatabase,
        commit_max: Duration,
        adjust: impl FnOnce(ModuleBuilder<Doubles>) -> ModuleBuilder<Doubles>,
    ) -> Self {
        let policy = Arc::new(Policy {
            bcrypt_cost: 4,
            ..policy
        });
        let now = Arc::new(AtomicI64::new(1_800_000_000_000));
        let module = adjust(Doubles::builder())
            .with_component_parameters::<Accounts>(AccountsParameters::new(policy.clone(), TokenKey::new(&[1; 32])))
            .with_component_parameters::<Invitations>(InvitationsParameters { policy: policy.clone() })
            .with_component_parameters::<Messages>(MessagesParameters { policy: policy.clone() })
            .with_component_parameters::<Rooms>(RoomsParameters { policy })
            .with_component_parameters::<RateLimits>(RateLimitsParameters {
                buckets: Arc::default(),
            })
            .with_component_parameters::<RoomSequencer>(RoomSequencerParameters {
                runtime: tokio::runtime::Handle::current(),
                waiting_max: 4096,
                commit_max,
            })
            .with_component_parameters::<HandClock>(HandClockParameters { now: now.clone() })
            .with_component_parameters::<MemoryFriendRepository>(MemoryFriendRepositoryParameters { db: db.clone() })
            .with_component_parameters::<MemoryInvitationRepository>(MemoryInvitationRepositoryParameters {
                db: db.clone(),
            })
            .with_component_parameters::<MemoryMessageRepository>(MemoryMessageRepositoryParameters { db: db.clone() })
            .with_component_parameters::<MemoryPreferenceRepository>(MemoryPreferenceRepositoryParameters {
                db: db.clone(),
            })
            .with_component_parameters::<MemoryRoomLog>(MemoryRoomLogParameters { db: db.clone() })
            .with_component_parameters::<MemoryRoomRepository>(MemoryRoomRepositoryParameters { db: db.clone() })
            .with_component_parameters::<MemorySessionRepository>(MemorySessionRepositoryParameters { db: db.clone() })
            .with_component_parameters::<MemoryUploadRepository>(MemoryUploadRepositoryParameters { db: db.clone() })
            .with_component_parameters::<MemoryNewsRepository>(MemoryNewsRepositoryParameters { db: db.clone() })
            .with_component_parameters::<MemoryUserRepository>(MemoryUserRepositoryParameters { db })
            .build();
        let ear = Arc::new(Ear::default());
        let broker: Arc<dyn Broker> = module.resolve();
        broker.attach(ear.clone());
        Self {
            now,
            ear,
            accounts: module.resolve(),
            rooms: module.resolve(),
            messages: module.resolve(),
            friends: module.resolve(),
            preferences: module.resolve(),
            invitations: module.resolve(),
            module,
        }
    }

    /// A healer of another node over the same database, which completes messages that way.
    pub(crate) async fn healer(
        &self,
        feed: Arc<dyn NodeFeed>,
        audience: Arc<dyn Audience>,
        details: Arc<dyn MessageDetails>,
    ) -> Healer {
        let parts = Healing {
            feed,
            audience,
            news: self.module.resolve(),
            messages: self.module.resolve(),
            details,
            people: self.module.resolve(),
        };
        Healer::new(parts).await.expect("a healer")
    }

    pub(crate) fn patrol(&self) -> Patrol {
        Patrol::new(self.module.resolve())
    }

    pub(crate) fn uploads(&self) -> Arc<dyn UploadRepository> {
        self.module.resolve()
    }

    pub(crate) fn details(&self) -> Arc<dyn MessageDetails> {
        self.module.resolve()
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.now
            .fetch_add(i64::try_from(time.as_millis()).expect("a short time"), Ordering::SeqCst);
    }

    /// Sets the clock of the server back.
    pub(crate) fn set_back(&self, time: Duration) {
        self.now
            .fetch_sub(i64::try_from(time.as_millis()).expect("a short time"), Ordering::SeqCst);
    }

    /// What happened since the last call.
    pub(crate) fn heard(&self) -> Vec<Arc<Event>> {
        self.ear.heard()
    }

    pub(crate) async fn register(&self, name: &str) -> SignedIn {
        let email = format!("{name}@banter.example");
        let wish = Register {
            email: email.clone(),
            password: PASSWORD.into(),
            user_name: Some(name.into()),
            invited: None,
        };
        self.accounts
            .register(wish, &Device::default())
            .await
            .expect("an account");
        self.accounts
            .login(&email, PASSWORD, Device::default())
            .await
            .expect("a session")
    }

    /// Somebody new, signed in.
    pub(crate) async fn person(&self, prefix: &str) -> Actor {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let signed_in = self
            .register(&format!("{prefix}{}", NEXT.fetch_add(1, Ordering::Relaxed)))
            .await;
        self.actor(&signed_in).await
    }

    /// The person on the device that has signed in.
    pub(crate) async fn actor(&self, signed_in: &SignedIn) -> Actor {
        let actor = self.accounts.authenticate(&signed_in.tokens.access).await;
        actor.expect("a good token")
    }

    pub(crate) async fn room(&self, creator: &Actor, members: &[&Actor]) -> RoomDetail {
        let members: Vec<UserId> = members.iter().map(|member| member.user_id).collect();
        let wish = CreateRoom {
            name: "Room".into(),
            members,
            ..CreateRoom::default()
        };
        self.rooms.create(creator, wish).await.expect("a room")
    }

    pub(crate) async fn say(&self, who: &Actor, room_id: RoomId, text: &str) -> Arc<domain::message::MessageDetail> {
        self.messages
            .send(who, text_message(room_id, text))
            .await
            .expect("a message")
    }
}

pub(crate) fn text_message(room_id: RoomId, text: &str) -> SendMessage {
    let body = Outgoing::Text {
        text: text.into(),
        mention: Vec::new(),
    };
    SendMessage {
        room_id,
        body,
        reply_id: None,
        client_msg_id: None,
    }
}
