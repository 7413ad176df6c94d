//! The people and rooms of Banter, made once; each run starts on a copy of their data.

use std::fs;
use std::path::{Path, PathBuf};
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
    template: PathBuf,
    /// One seat for each person in the big room.
    pub(crate) crowd: Vec<Seat>,
    /// One seat for each person in a small room, room after room.
    pub(crate) small: Vec<Seat>,
}

struct Person {
    id: i64,
    token: String,
}

impl People {
    /// Makes everybody on a server of its own.
    pub(crate) fn make(binary: &Path, folder: &Path, scale: Scale) -> Result<Self> {
        let template = folder.join("template");
        fs::create_dir(&template)?;
        let server = Banter::start(binary, &template, None)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let api = Api::new(format!("http://{}/api", server.http))?;
        let (crowd, small) = runtime.block_on(api.fill(scale)).context("cannot make the people")?;
        server.stop()?;
        Ok(Self { template, crowd, small })
    }

    /// A fresh folder with everybody in it.
    pub(crate) fn copy(&self, folder: &Path) -> Result<TempDir> {
        let copy = tempfile::Builder::new().prefix("run-").tempdir_in(folder)?;
        let (from, to) = (self.template.join("storage"), copy.path().join("storage"));
        fs::create_dir(&to)?;
        for entry in fs::read_dir(&from)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                fs::copy(entry.path(), to.join(entry.file_name()))?;
            }
        }
        Ok(copy)
    }
}

/// Banter's HTTP API.
struct Api {
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

    async fn fill(&self, scale: Scale) -> Result<(Vec<Seat>, Vec<Seat>)> {
        let all = scale.crowd + scale.small_rooms * SMALL_ROOM;
        let mut people: Vec<Person> = stream::iter(0..all)
            .map(|number| self.person(number))
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        let small = people.split_off(scale.crowd);
        let crowd_seats = self.seats(&people).await?;
        let rooms: Vec<Vec<Seat>> = stream::iter(small.chunks(SMALL_ROOM))
            .map(|members| self.seats(members))
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        Ok((crowd_seats, rooms.concat()))
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
    async fn seats(&self, people: &[Person]) -> Result<Vec<Seat>> {
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
        let seats = people.iter().map(|person| Seat {
            token: person.token.clone(),
            room,
            join: false,
        });
        Ok(seats.collect())
    }

    /// Asks, and returns the answer's data.
    async fn call(&self, method: Method, path: &str, token: Option<&str>, body: Value) -> Result<Value> {
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
