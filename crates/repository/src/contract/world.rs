//! A world to test in: all ports over one backend, and people and rooms to fill it with.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::media::Scene;
use domain::message::Message;
use domain::port::{
    Change, ChangeError, FriendRepository, HealthCheck, InvitationRepository, MessageRepository, NewsRepository,
    Outcome, PreferenceRepository, RoomLog, RoomRepository, SessionRepository, UploadRepository, UserRepository,
};
use domain::room::{JoinPolicy, NewRoom, Room, RoomChange, RoomHead, RoomName};
use domain::user::{ProfileChange, User};
use domain::{MessageId, PortError, RoomId, Timestamp, UserId};
use sea_orm::{ConnectionTrait, Statement};
use shaku::{HasComponent, module};

use super::build::{at, draft, message_of, new_user, upload};
use crate::memory::*;
use crate::*;

module! {
    SqlModule {
        components = [
            SqlUserRepository, SqlSessionRepository, SqlFriendRepository, SqlRoomRepository,
            SqlMessageRepository, SqlRoomLog, SqlUploadRepository, SqlPreferenceRepository, SqlHealthCheck,
            SqlNewsRepository, SqlInvitationRepository
        ],
        providers = []
    }
}

module! {
    MemoryModule {
        components = [
            MemoryUserRepository, MemorySessionRepository, MemoryFriendRepository, MemoryRoomRepository,
            MemoryMessageRepository, MemoryRoomLog, MemoryUploadRepository, MemoryPreferenceRepository,
            MemoryHealthCheck, MemoryNewsRepository, MemoryInvitationRepository
        ],
        providers = []
    }
}

/// All ports over one backend.
pub(super) struct World {
    pub(super) users: Arc<dyn UserRepository>,
    pub(super) sessions: Arc<dyn SessionRepository>,
    pub(super) friends: Arc<dyn FriendRepository>,
    pub(super) rooms: Arc<dyn RoomRepository>,
    pub(super) messages: Arc<dyn MessageRepository>,
    pub(super) log: Arc<dyn RoomLog>,
    pub(super) uploads: Arc<dyn UploadRepository>,
    pub(super) preferences: Arc<dyn PreferenceRepository>,
    pub(super) news: Arc<dyn NewsRepository>,
    pub(super) invitations: Arc<dyn InvitationRepository>,
    pub(super) health: Arc<dyn HealthCheck>,
    /// The database, unless the world is in memory.
    pub(super) db: Option<Database>,
    _home: Option<Home>,
}

/// What goes away with the world.
enum Home {
    Folder(tempfile::TempDir),
    Server { dsn: String, database: String },
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Self::Server { dsn, database } = self {
            let (dsn, sql) = (dsn.clone(), format!("DROP DATABASE {database}"));
            let work = move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                runtime.block_on(on_server(&dsn, &sql));
            };
            std::thread::spawn(work).join().unwrap();
        }
    }
}

async fn on_server(dsn: &str, sql: &str) {
    let mut options = sea_orm::ConnectOptions::new(dsn);
    options.sqlx_logging(false).max_connections(1);
    let server = sea_orm::Database::connect(options).await.unwrap();
    server.execute_unprepared(sql).await.unwrap();
    server.close().await.unwrap();
}

impl World {
    pub(super) fn memory() -> Self {
        let db = MemoryDatabase::new();
        macro_rules! parameters {
            ($builder:expr, $($component:ident => $parameters:ident),*) => {
                $builder$(.with_component_parameters::<$component>($parameters { db: db.clone() }))*.build()
            };
        }
        let module = parameters!(
            MemoryModule::builder(),
            MemoryUserRepository => MemoryUserRepositoryParameters,
            MemorySessionRepository => MemorySessionRepositoryParameters,
            MemoryFriendRepository => MemoryFriendRepositoryParameters,
            MemoryRoomRepository => MemoryRoomRepositoryParameters,
            MemoryMessageRepository => MemoryMessageRepositoryParameters,
            MemoryRoomLog => MemoryRoomLogParameters,
            MemoryUploadRepository => MemoryUploadRepositoryParameters,
            MemoryPreferenceRepository => MemoryPreferenceRepositoryParameters,
            MemoryHealthCheck => MemoryHealthCheckParameters,
            MemoryNewsRepository => MemoryNewsRepositoryParameters,
            MemoryInvitationRepository => MemoryInvitationRepositoryParameters
        );
        Self::over(&module, None, None)
    }

    /// The ports over an open, migrated database.
    pub(super) fn sql(db: &Database, home: Option<HomeKey>) -> Self {
        macro_rules! parameters {
            ($builder:expr, $($component:ident => $parameters:ident),*) => {
                $builder$(.with_component_parameters::<$component>($parameters { db: db.clone() }))*.build()
            };
        }
        let module = parameters!(
            SqlModule::builder(),
            SqlUserRepository => SqlUserRepositoryParameters,
            SqlSessionRepository => SqlSessionRepositoryParameters,
            SqlFriendRepository => SqlFriendRepositoryParameters,
            SqlRoomRepository => SqlRoomRepositoryParameters,
            SqlMessageRepository => SqlMessageRepositoryParameters,
            SqlRoomLog => SqlRoomLogParameters,
            SqlUploadRepository => SqlUploadRepositoryParameters,
            SqlPreferenceRepository => SqlPreferenceRepositoryParameters,
            SqlHealthCheck => SqlHealthCheckParameters,
            SqlNewsRepository => SqlNewsRepositoryParameters,
            SqlInvitationRepository => SqlInvitationRepositoryParameters
        );
        Self::over(&module, Some(db.clone()), home.map(|key| key.0))
    }

    fn over<M>(module: &M, db: Option<Database>, home: Option<Home>) -> Self
    where
        M: HasComponent<dyn UserRepository>
            + HasComponent<dyn SessionRepository>
            + HasComponent<dyn FriendRepository>
            + HasComponent<dyn RoomRepository>
            + HasComponent<dyn MessageRepository>
            + HasComponent<dyn RoomLog>
            + HasComponent<dyn UploadRepository>
            + HasComponent<dyn PreferenceRepository>
            + HasComponent<dyn HealthCheck>
            + HasComponent<dyn NewsRepository>
            + HasComponent<dyn InvitationRepository>,
    {
        Self {
            users: module.resolve(),
            sessions: module.resolve(),
            friends: module.resolve(),
            rooms: module.resolve(),
            messages: module.resolve(),
            log: module.resolve(),
            uploads: module.resolve(),
            preferences: module.resolve(),
            health: module.resolve(),
            news: module.resolve(),
            invitations: module.resolve(),
            db,
            _home: home,
        }
    }

    pub(super) async fn sqlite() -> Self {
        let (db, home) = sqlite().await;
        db.migrate().await.unwrap();
        Self::sql(&db, Some(home))
    }

    pub(super) async fn mysql() -> Option<Self> {
        let (db, home) = mysql().await?;
        db.migrate().await.unwrap();
        Some(Self::sql(&db, Some(home)))
    }
}

/// Keeps a database's home until the test is over.
pub(super) struct HomeKey(Home);

impl HomeKey {
    /// The address of the database.
    pub(super) fn dsn(&self) -> String {
        match &self.0 {
            Home::Folder(folder) => sqlite_dsn(folder),
            Home::Server { dsn, database } => format!("{dsn}/{database}"),
        }
    }
}

fn sqlite_dsn(folder: &tempfile::TempDir) -> String {
    format!("sqlite://{}", folder.path().join("deep/er/banter.db").display())
}

/// An empty SQLite file in a folder that does not exist before.
pub(super) async fn sqlite() -> (Database, HomeKey) {
    let folder = tempfile::tempdir().unwrap();
    let db = Database::connect(&sqlite_dsn(&folder), 4).await.unwrap();
    (db, HomeKey(Home::Folder(folder)))
}

/// An empty database on the test server, if there is one.
pub(super) async fn mysql() -> Option<(Database, HomeKey)> {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let Ok(server) = std::env::var("BANTER_TEST_MYSQL_DSN") else {
        let required = ["CI", "BANTER_TEST_REQUIRE_MYSQL"]
            .iter()
            .any(|name| std::env::var_os(name).is_some());
        assert!(!required, "BANTER_TEST_MYSQL_DSN must name a MySQL or MariaDB server");
        println!("skipped: BANTER_TEST_MYSQL_DSN names no server");
        return None;
    };
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let database = format!("banter_test_{}_{number}", std::process::id());
    let server = server.trim_end_matches('/').to_owned();
    on_server(&server, &format!("CREATE DATABASE {database}")).await;
    let home = Home::Server {
        dsn: server.clone(),
        database: database.clone(),
    };
    let db = Database::connect(&format!("{server}/{database}"), 8).await.unwrap();
    Some((db, HomeKey(home)))
}

impl World {
    pub(super) async fn user(&self, name: &str) -> UserId {
        self.account(name).await.id
    }

    pub(super) async fn account(&self, name: &str) -> User {
        self.users.insert(new_user(name)).await.unwrap()
    }

    /// A public room of these people, the first one its creator.
    pub(super) async fn room(&self, name: &str, people: &[UserId]) -> RoomId {
        self.new_room(name, people, "").await.unwrap()
    }

    pub(super) async fn new_room(&self, name: &str, people: &[UserId], image: &str) -> Result<RoomId, PortError> {
        let room = NewRoom {
            name: RoomName::parse(name).unwrap(),
            image: image.to_owned(),
            join_policy: JoinPolicy::Open,
            creator: people.first().copied(),
            admins: Vec::new(),
            members: people.iter().skip(1).copied().collect(),
            is_lobby: false,
            created_at: at(0),
        };
        self.rooms.create(room).await.map(|room| room.id)
    }

    /// An upload for that scene.
    pub(super) async fn picture(&self, key: &str, owner: UserId, scene: Scene) {
        let mut picture = upload(key, owner);
        picture.scene = scene;
        self.uploads.insert(&picture).await.unwrap();
    }

    pub(super) async fn picture_of_user(&self, user_id: UserId, url: &str) -> Result<(), PortError> {
        let change = ProfileChange {
            image: Some(url.to_owned()),
            ..ProfileChange::default()
        };
        self.users.update(user_id, change, at(2)).await.map(drop)
    }

    pub(super) async fn picture_of_room(&self, room_id: RoomId, url: &str) -> Result<(), ChangeError> {
        let change = RoomChange {
            image: Some(url.to_owned()),
            ..RoomChange::default()
        };
        let notice = None;
        self.apply(Change::Update {
            room_id,
            change,
            notice,
        })
        .await
        .map(drop)
    }

    /// The keys of all uploads that are marked as deleted, sorted.
    pub(super) async fn deleted_uploads(&self) -> Vec<String> {
        let deleted = self.uploads.deleted(100).await.unwrap();
        let mut keys: Vec<String> = deleted.into_iter().map(|upload| upload.media.key).collect();
        keys.sort_unstable();
        keys
    }

    pub(super) async fn stored_room(&self, id: RoomId) -> Room {
        self.rooms.get_many(&[id]).await.unwrap().pop().unwrap()
    }

    pub(super) async fn apply(&self, change: Change) -> Result<Outcome, ChangeError> {
        self.apply_at(change, at(1)).await
    }

    pub(super) async fn apply_at(&self, change: Change, at: Timestamp) -> Result<Outcome, ChangeError> {
        let mut answers = self.log.commit(vec![change], at).await;
        assert_eq!(answers.len(), 1);
        answers.pop().unwrap()
    }

    pub(super) async fn say(&self, room_id: RoomId, author: UserId, words: &str) -> Message {
        message_of(self.apply(Change::Append(draft(room_id, author, words))).await.unwrap())
    }

    pub(super) async fn stored_message(&self, id: MessageId) -> Message {
        self.messages.get_many(&[id]).await.unwrap().pop().unwrap()
    }

    pub(super) async fn head(&self, user_id: UserId, room_id: RoomId) -> RoomHead {
        self.rooms
            .heads(user_id, Some(&[room_id]))
            .await
            .unwrap()
            .pop()
            .unwrap()
    }

    /// Checks that seqs and revs of a room are 1, 2, 3 … and agree with its counters.
    pub(super) async fn assert_no_holes(&self, room_id: RoomId) -> Vec<Message> {
        let room = self.stored_room(room_id).await;
        let mut all = Vec::new();
        loop {
            let last = all.last().map_or(0, |message: &Message| message.seq);
            let page = self
                .messages
                .history(room_id, domain::message::Anchor::After(last), 100)
                .await
                .unwrap();
            if page.is_empty() {
                break;
            }
            all.extend(page);
        }
        let seqs: Vec<i64> = all.iter().map(|message| message.seq).collect();
        assert_eq!(seqs, (1..=room.last_seq).collect::<Vec<_>>());
        let mut revs: Vec<i64> = all.iter().map(|message| message.rev).collect();
        revs.sort_unstable();
        revs.dedup();
        assert_eq!(revs.len(), all.len(), "revs are unique");
        assert_eq!(revs.last().copied().unwrap_or(0), room.last_rev);
        all
    }

    /// Asks the database for one number.
    pub(super) async fn number(&self, sql: &str) -> i64 {
        let db = self.db.as_ref().unwrap();
        let row = db
            .reader()
            .query_one_raw(Statement::from_string(db.backend(), sql))
            .await
            .unwrap();
        row.unwrap().try_get_by_index(0).unwrap()
    }
}
