//! One round: some people talk while something goes wrong, and in the end everybody agrees.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::deployment::Deployment;
use super::device::Device;
use super::faults::{Fault, strike};
use super::model::Model;
use super::steps::{Manner, script};
use super::verify::verify;
use super::view::{View, number};
use crate::support::{Answer, Person, on, unique};

/// How long everything may take until it is as it should be.
const PATIENCE: Duration = Duration::from_secs(120);

/// Who takes part, and where.
pub(super) struct Cast {
    pub(super) creator: Person,
    others: Vec<Person>,
    /// Somebody who is removed from the first room on the way.
    pub(super) removed: Person,
    pub(super) rooms: Vec<i64>,
}

impl Cast {
    async fn gather(all: &Deployment) -> Self {
        let node = |place: usize| &all.nodes[place % all.nodes.len()].server;
        let creator = Person::join(node(0), "Creator").await;
        let others = vec![Person::join(node(1), "Ann").await, Person::join(node(0), "Ben").await];
        let removed = Person::join(node(1), "Removed").await;
        let everybody = [&others[0], &others[1], &removed];
        let rooms = vec![creator.room(&[], &everybody).await, creator.room(&[], &everybody).await];
        Self {
            creator,
            others,
            removed,
            rooms,
        }
    }

    /// Those who are in a room at the end.
    pub(super) fn who_is_in(&self, room: i64) -> impl Iterator<Item = &Person> {
        let removed = (room != self.rooms[0]).then_some(&self.removed);
        std::iter::once(&self.creator).chain(&self.others).chain(removed)
    }

    fn devices(&self, model: &Arc<Model>, rng: &mut StdRng) -> Vec<Device> {
        let devices = [
            (&self.creator, Manner::Careful),
            (&self.others[0], Manner::Careful),
            (&self.others[0], Manner::Eager),
            (&self.others[1], Manner::Eager),
            (&self.removed, Manner::Careful),
        ];
        let client = self.creator.server.client.clone();
        let devices = devices.into_iter().map(|(owner, manner)| {
            let name = unique(&owner.name);
            let steps = script(rng, &name, manner, &self.rooms, 40).into();
            Device {
                owner: owner.clone(),
                name,
                manner,
                is_removed: owner.id == self.removed.id,
                model: model.clone(),
                rng: StdRng::seed_from_u64(rng.random()),
                steps,
                rooms: self.rooms.iter().map(|room| (*room, View::default())).collect(),
                gone: HashSet::new(),
                shown: HashSet::new(),
                ends: Vec::new(),
                client: client.clone(),
            }
        });
        devices.collect()
    }
}

/// Plays a round. Whatever breaks a promise panics.
pub(super) async fn play(all: &mut Deployment, seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    let fault = Fault::of_seed(seed);
    let cast = Cast::gather(all).await;
    let model = Arc::new(Model::new());
    model.set_addresses(all.addresses());
    let (goal, goals) = watch::channel(HashMap::new());
    let (done, mut all_done) = mpsc::channel(16);
    let mut at_work = JoinSet::new();
    let devices = cast.devices(&model, &mut rng);
    let mut unfinished: HashSet<_> = devices.iter().map(|device| device.name.clone()).collect();
    for device in devices {
        at_work.spawn(device.run(done.clone(), goals.clone()));
    }
    let removal = remove(&cast, model.clone(), rng.random_range(10..60));
    let all_said = async {
        while !unfinished.is_empty() {
            tokio::select! {
                name = all_done.recv() => { unfinished.remove(&name.expect("a device")); }
                // Nobody leaves before the goal is known, unless something is wrong.
                Some(ended) = at_work.join_next() => drop(ended.map_err(|error| std::panic::resume_unwind(error.into_panic()))),
            }
        }
    };
    let everything = async { tokio::join!(strike(fault, all, &model, &mut rng), removal, all_said) };
    if timeout(PATIENCE, everything).await.is_err() {
        let doing = model.doing();
        panic!("{fault:?}: not done: {unfinished:?}\n{doing:#?}\n{}", all.complaints());
    }
    goal.send_replace(last_words(all, &cast).await);
    let mut devices = Vec::new();
    let reaching = async {
        while let Some(device) = at_work.join_next().await {
            devices.push(device.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic())));
        }
    };
    if timeout(PATIENCE, reaching).await.is_err() {
        let there: Vec<_> = devices.iter().map(|device| &device.name).collect();
        panic!("{fault:?}: only {there:?} know everything\n{}", all.complaints());
    }
    verify(all, &cast, &model, &devices, fault).await;
}

/// The creator removes somebody, and tries again until it is acknowledged.
async fn remove(cast: &Cast, model: Arc<Model>, after: usize) {
    model.acknowledged(after).await;
    let creator = &cast.creator;
    loop {
        for (http, _) in model.addresses() {
            let url = format!("{http}/api/room/member?id={}&userId={}", cast.rooms[0], cast.removed.id);
            let request = creator
                .server
                .client
                .request(Method::DELETE, url)
                .bearer_auth(&creator.token);
            match request.send().await.map(|answer| answer.status().as_u16()) {
                // The second answer to somebody whose first one was lost.
                Ok(200 | 404) => return,
                Ok(503) | Err(_) => {}
                Ok(other) => panic!("the removal was answered with {other}"),
            }
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// Says a last word in each room. With it everybody can tell that they know everything; nobody
/// asks for it without having heard of it.
async fn last_words(all: &Deployment, cast: &Cast) -> HashMap<i64, i64> {
    let mut goal = HashMap::new();
    for (place, room) in cast.rooms.iter().enumerate() {
        let creator = on(&all.nodes[place % all.nodes.len()].server, &cast.creator);
        let words = json!({"id": room, "name": unique("The end ")});
        insist(&creator, Method::PATCH, "/api/room", Some(words)).await.data();
        let view = told(&creator, &format!("/api/room?id={room}")).await.data();
        goal.insert(*room, number(&view["lastRev"]));
    }
    goal
}

/// Asks until the server is not busy: the fault is mended, but connections that it took are missed
/// only when they are used.
async fn insist(person: &Person, method: Method, path: &str, body: Option<Value>) -> Answer {
    loop {
        let answer = person.ask(method.clone(), path, body.clone()).await;
        if answer.status != 503 {
            return answer;
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// What a server says once it is not busy.
pub(super) async fn told(person: &Person, path: &str) -> Answer {
    insist(person, Method::GET, path, None).await
}
