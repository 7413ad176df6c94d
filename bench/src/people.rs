//! The people and rooms of Banter, made once; each run starts on a copy of their data.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Once;

use anyhow::{Context, Result, ensure};
use futures_util::{StreamExt, TryStreamExt, stream};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::dialect::Seat;
use crate::server::Banter;

const PASSWORD: &str = "correct horse battery";
/// Requests at once.
const AT_ONCE: usize = 32;
/// Most people that one request may add to a room.
const ADDED_AT_ONCE: usize = 500;
pub(crate) const SMALL_ROOM: usize = 5;

/// How many there are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    /// People in the one big room.
    pub(crate) crowd: usize,
    /// Rooms of five. Nobody of them is in the big room.
    pub(crate) small_rooms: usize,
}

/// Everybody, with the data folder that knows them.
pub(crate) struct People {
    pub(crate) template: DataFolder,
    /// One seat for each person in the big room.
    pub(crate) crowd: Vec<Seat>,
    /// One seat for each person in a small room, room after room.
    pub(crate) small: Vec<Seat>,
}

/// Somebody with an account.
pub(crate) struct Person {
    pub(crate) id: i64,
    pub(crate) token: String,
}

impl Person {
    /// Their place in a room.
    pub(crate) fn seat(&self, room: i64) -> Seat {
        Seat {
            token: self.token.clone(),
            room,
            join: false,
        }
    }
}

/// What a stopped Banter leaves behind. It is removed when this is dropped.
pub(crate) struct DataFolder(TempDir);

impl DataFolder {
    /// With nothing in it yet.
    pub(crate) fn empty(parent: &Path) -> Result<Self> {
        Ok(Self(tempfile::Builder::new().prefix("run-").tempdir_in(parent)?))
    }

    /// Starts a server on a new folder, lets `work` talk to it, and stops it.
    pub(crate) fn make<T>(
        binary: &Path,
        parent: &Path,
        work: impl AsyncFnOnce(&Api) -> Result<T>,
    ) -> Result<(Self, T)> {
        let folder = Self::empty(parent)?;
        let server = Banter::start(binary, folder.path(), None, None)?;
        let made = ask(server.http, work)?;
        server.stop()?;
        Ok((folder, made))
    }

    /// A fresh folder with the same in it.
    pub(crate) fn copy(&self, parent: &Path) -> Result<Self> {
        let copy = Self::empty(parent)?;
        let (from, to) = (self.path().join("storage"), copy.path().join("storage"));
        fs::create_dir(&to)?;
        for entry in fs::read_dir(&from)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                fs::copy(entry.path(), to.join(entry.file_name()))?;
            }
        }
        Ok(copy)
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

impl People {
    /// Makes everybody on a server of its own.
    pub(crate) fn make(binary: &Path, folder: &Path, scale: Scale) -> Result<Self> {
        let made = DataFolder::make(binary, folder, async |api| api.fill(scale).await);
        let (template, (crowd, small)) = made.context("cannot make the people")?;
        Ok(Self { template, crowd, small })
    }
}

/// Lets `work` talk to the API at an address, to its end.
pub(crate) fn ask<T>(address: SocketAddr, work: impl AsyncFnOnce(&Api) -> Result<T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let api = Api::new(format!("http://{address}/api"))?;
    runtime.block_on(work(&api))
}

/// Banter's HTTP API.
pub(crate) struct Api {
    client: Client,
    base: String,
}

impl Api {
    fn new(base: String) -> Result<Self> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Fails only where there is one already.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let client = Client::builder().no_proxy().build()?;
        Ok(Self { client, base })
    }

    /// Makes everybody, and their rooms: one seat for each person of the big one and of the small.
    pub(crate) async fn fill(&self, scale: Scale) -> Result<(Vec<Seat>, Vec<Seat>)> {
        let all = scale.crowd + scale.small_rooms * SMALL_ROOM;
        let mut people = self.people(all).await?;
        let small = people.split_off(scale.crowd);
        let crowd_seats = self.seats(&people).await?;
        let rooms: Vec<Vec<Seat>> = stream::iter(small.chunks(SMALL_ROOM))
            .map(|members| self.seats(members))
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        Ok((crowd_seats, rooms.concat()))
    }

    /// Makes people who share no room.
    pub(crate) async fn people(&self, count: usize) -> Result<Vec<Person>> {
        let people = stream::iter(0..count).map(|number| self.person(number));
        people.buffered(AT_ONCE).try_collect().await
    }

    /// Registers somebody and signs them in. They leave the lobby, which has everybody in it and
    /// would make the small rooms' people hear of the whole crowd.
    async fn person(&self, number: usize) -> Result<Person> {
        let email = format!("person-{number}@bench.example");
        let account = json!({"email": email, "password": PASSWORD, "userName": format!("person{number}")});
        self.call(Method::POST, "/register", None, account).await?;
        let login = json!({"email": email, "password": PASSWORD});
        let signed_in = self.call(Method::POST, "/login", None, login).await?;
        let id = number_of(&signed_in["user"]["id"])?;
        let token = signed_in["accessToken"].as_str().context("no token")?.to_owned();
        let rooms = self.call(Method::GET, "/room", Some(&token), Value::Null).await?;
        for room in rooms.as_array().into_iter().flatten() {
            let leave = format!("/room/member?id={}&userId={id}", room["id"]);
            // The lobby's creator may be unable to leave; one person more hurts nobody.
            let _ = self.call(Method::DELETE, &leave, Some(&token), Value::Null).await;
        }
        Ok(Person { id, token })
    }

    /// Puts people into a room of their own.
    pub(crate) async fn seats(&self, people: &[Person]) -> Result<Vec<Seat>> {
        let [owner, others @ ..] = people else {
            return Ok(Vec::new());
        };
        let new = json!({"name": "Bench"});
        let room = self.call(Method::POST, "/room", Some(&owner.token), new).await?;
        let room = number_of(&room["id"])?;
        for others in others.chunks(ADDED_AT_ONCE) {
            let ids: Vec<i64> = others.iter().map(|person| person.id).collect();
            let change = json!({"id": room, "memberIds": ids});
            self.call(Method::PATCH, "/room", Some(&owner.token), change).await?;
        }
        Ok(people.iter().map(|person| person.seat(room)).collect())
    }

    /// Asks, and returns the answer's data.
    pub(crate) async fn call(&self, method: Method, path: &str, token: Option<&str>, body: Value) -> Result<Value> {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if !body.is_null() {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let answer = request.send().await?.bytes().await?;
        let mut answer: Value = serde_json::from_slice(&answer)?;
        ensure!(answer["code"] == 0, "{path}: {answer}");
        Ok(answer["data"].take())
    }
}

fn number_of(value: &Value) -> Result<i64> {
    value.as_i64().with_context(|| format!("{value} is no id"))
}
