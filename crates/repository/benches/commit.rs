//! The writer: what a message costs that is durable when its commit returns, alone and in
//! batches, in a SQLite file that is opened as the server opens it.
//!
//! An iteration is a message, so that batches of different sizes can be compared.

#![allow(clippy::unwrap_used, reason = "what fails here ends the benchmark")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode};
use domain::message::{ClientMsgId, Content, TextContent};
use domain::port::{Change, Draft, RoomLog, RoomRepository, UserRepository};
use domain::room::{JoinPolicy, NewRoom, RoomName};
use domain::user::{Email, NewUser, Permission, UserName};
use domain::{RoomId, Timestamp, UserId};
use repository::{
    Database, SqlRoomLog, SqlRoomLogParameters, SqlRoomRepository, SqlRoomRepositoryParameters, SqlUserRepository,
    SqlUserRepositoryParameters,
};
use shaku::{HasComponent, module};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

const BATCHES: [usize; 3] = [1, 16, 256];
const ROOMS: [(&str, usize); 2] = [("one-room", 1), ("256-rooms", 256)];
/// Connections that only read.
const READERS: u32 = 8;
const NOW: Timestamp = Timestamp(1_790_000_000_000);

module! {
    Ports {
        components = [SqlUserRepository, SqlRoomRepository, SqlRoomLog],
        providers = []
    }
}

fn main() {
    let mut criterion = Criterion::default()
        .without_plots()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(5))
        // Disks vary more than processors.
        .noise_threshold(0.1)
        .configure_from_args();
    for (name, rooms) in ROOMS {
        let mut group = criterion.benchmark_group(format!("commit-into-{name}"));
        group.sampling_mode(SamplingMode::Flat);
        for batch in BATCHES {
            group.bench_function(format!("{batch} at once"), |bencher| {
                // Made for each anew, so that none pays for what others have stored.
                let mut writer = Writer::new(rooms);
                bencher.iter_custom(|messages| writer.time(messages, batch));
            });
        }
    }
    criterion.final_summary();
}

/// Somebody who talks in rooms, one after the other.
struct Writer {
    runtime: Runtime,
    log: Arc<dyn RoomLog>,
    author: UserId,
    rooms: Vec<RoomId>,
    sent: usize,
    _home: TempDir,
}

impl Writer {
    fn new(rooms: usize) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        // Beside what is built: folders for temporary files may be in memory.
        let home = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let dsn = format!("sqlite://{}", home.path().join("banter.db").display());
        let (log, author, rooms) = runtime.block_on(open(&dsn, rooms));
        Self {
            runtime,
            log,
            author,
            rooms,
            sent: 0,
            _home: home,
        }
    }

    /// How long it takes to store so many messages. Whole batches are stored, and the time of
    /// those that were not asked for is taken off.
    fn time(&mut self, messages: u64, batch: usize) -> Duration {
        let messages = usize::try_from(messages).unwrap();
        let batches = messages.div_ceil(batch);
        let spent: Duration = (0..batches).map(|_| self.commit(batch)).sum();
        spent.mul_f64(messages as f64 / (batches * batch) as f64)
    }

    fn commit(&mut self, batch: usize) -> Duration {
        let changes = (0..batch).map(|_| Change::Append(self.draft())).collect();
        let begin = Instant::now();
        let answers = self.runtime.block_on(self.log.commit(changes, NOW));
        let spent = begin.elapsed();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), batch);
        spent
    }

    fn draft(&mut self) -> Draft {
        self.sent += 1;
        Draft {
            room_id: self.rooms.get(self.sent % self.rooms.len()).copied().unwrap(),
            author: self.author,
            content: Content::Text(TextContent::parse(&"Plain words. ".repeat(10), &[]).unwrap()),
            reply_id: None,
            client_msg_id: Some(ClientMsgId::from_stored(format!("message-{}", self.sent))),
            upload_key: None,
        }
    }
}

/// A new database with one person who is in so many rooms.
async fn open(dsn: &str, rooms: usize) -> (Arc<dyn RoomLog>, UserId, Vec<RoomId>) {
    let db = Database::connect(dsn, READERS).await.unwrap();
    db.migrate().await.unwrap();
    let ports = Ports::builder()
        .with_component_parameters::<SqlUserRepository>(SqlUserRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlRoomRepository>(SqlRoomRepositoryParameters { db: db.clone() })
        .with_component_parameters::<SqlRoomLog>(SqlRoomLogParameters { db })
        .build();
    let users: Arc<dyn UserRepository> = ports.resolve();
    let author = users.insert(new_user("ada")).await.unwrap().id;
    let repository: Arc<dyn RoomRepository> = ports.resolve();
    let mut ids = Vec::with_capacity(rooms);
    for number in 0..rooms {
        let room = new_room(&format!("room {number}"), author);
        ids.push(repository.create(room).await.unwrap().id);
    }
    (ports.resolve(), author, ids)
}

fn new_user(name: &str) -> NewUser {
    NewUser {
        name: UserName::parse(name).unwrap(),
        email: Email::parse(&format!("{name}@example.com")).unwrap(),
        password_hash: "none".to_owned(),
        permission: Permission::User,
        invitation: None,
        created_at: NOW,
    }
}

fn new_room(name: &str, creator: UserId) -> NewRoom {
    NewRoom {
        name: RoomName::parse(name).unwrap(),
        image: String::new(),
        join_policy: JoinPolicy::Open,
        creator: Some(creator),
        admins: Vec::new(),
        members: Vec::new(),
        is_lobby: false,
        created_at: NOW,
    }
}
