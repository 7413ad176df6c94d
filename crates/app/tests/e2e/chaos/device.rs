//! A device that behaves as the contract asks of a client: it comes back when its connection ends,
//! says again what was not answered, asks for what it missed, and holds what it hears to the
//! promises.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::{Value, json};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::model::Model;
use super::steps::{Manner, Step};
use super::view::{View, number};
use crate::support::{Ended, Incoming, Person, Socket};

/// How long it waits for an answer before it gives the connection up.
pub(super) const PATIENCE: Duration = Duration::from_secs(15);
/// How long a missing change may be on its way before it is asked for.
const GAP: Duration = Duration::from_millis(300);

/// Where the rooms stand at the end of a round.
pub(super) type Goal = HashMap<i64, i64>;

/// What is under way on a connection.
pub(super) enum Call {
    Step(Step),
    /// A step about that message.
    Change(Step, String),
    Sync(Vec<i64>),
}

/// A device.
pub(super) struct Device {
    pub(super) owner: Person,
    pub(super) name: String,
    pub(super) manner: Manner,
    /// True for somebody who is removed from a room on the way.
    pub(super) is_removed: bool,
    pub(super) model: Arc<Model>,
    pub(super) rng: StdRng,
    pub(super) steps: VecDeque<Step>,
    pub(super) rooms: HashMap<i64, View>,
    /// Rooms that it was told it has lost.
    pub(super) gone: HashSet<i64>,
    /// Every room and rev that it was ever shown.
    pub(super) shown: HashSet<(i64, i64)>,
    /// How its connections ended, those that it did not end itself.
    pub(super) ends: Vec<Ended>,
    pub(super) client: reqwest::Client,
}

/// One connection, and what was heard on it.
pub(super) struct Line {
    socket: Socket,
    calls: HashMap<u64, (Call, Instant)>,
    last_seq: HashMap<i64, i64>,
    pushed: HashSet<(i64, i64)>,
    pub(super) wake: Option<Instant>,
    ask_again: Option<Instant>,
    is_syncing: bool,
    /// True when it must ask though no gap is known.
    must_ask: bool,
}

enum Outcome {
    Finished,
    Lost,
    HungUp,
}

impl Device {
    /// Does all steps, says so, and goes on listening until it knows everything up to the goal.
    pub(super) async fn run(mut self, done: mpsc::Sender<String>, mut goal: watch::Receiver<Goal>) -> Self {
        let mut done = Some(done);
        loop {
            if let Some(line) = self.connect().await {
                match self.talk(line, &mut done, &mut goal).await {
                    Outcome::Finished => return self,
                    Outcome::HungUp => continue,
                    Outcome::Lost => {}
                }
            }
            // Chance keeps those who lost their node together from coming back together.
            sleep(Duration::from_millis(self.rng.random_range(5..60))).await;
        }
    }

    async fn connect(&mut self) -> Option<Line> {
        self.model.note(&self.name, "connecting");
        let addresses = self.model.addresses();
        let (_, url) = addresses.choose(&mut self.rng)?;
        let arrive = async {
            let mut socket = Socket::reach(&format!("{url}/ws")).await?;
            socket.try_handshake(json!({"sys": {"type": "test"}})).await?;
            Some(socket)
        };
        let socket = timeout(PATIENCE, arrive).await.ok()??;
        let mut line = Line {
            socket,
            calls: HashMap::new(),
            last_seq: HashMap::new(),
            pushed: HashSet::new(),
            wake: None,
            ask_again: None,
            is_syncing: false,
            must_ask: false,
        };
        let has_arrived = timeout(PATIENCE, self.sign_in(&mut line)).await;
        has_arrived.ok().flatten()?;
        self.sync(&mut line).await;
        Some(line)
    }

    /// `None` when the connection ends, or the server cannot say now whom a token belongs to.
    async fn sign_in(&mut self, line: &mut Line) -> Option<()> {
        let asked = line
            .socket
            .ask("session.auth", json!({"token": self.owner.token}))
            .await;
        loop {
            match line.socket.incoming().await? {
                Incoming::Push(route, body) => self.hear(line, &route, &body),
                Incoming::Answer(id, answer) => {
                    assert_eq!(id, asked, "{}: {answer}", self.name);
                    assert!(
                        answer["code"] == 0 || answer["code"] == 503,
                        "{}: a good token was answered with {answer}",
                        self.name
                    );
                    return (answer["code"] == 0).then_some(());
                }
            }
        }
    }

    async fn talk(
        &mut self,
        mut line: Line,
        done: &mut Option<mpsc::Sender<String>>,
        goal: &mut watch::Receiver<Goal>,
    ) -> Outcome {
        let window = if self.manner == Manner::Careful { 1 } else { 6 };
        loop {
            while line.under_way() < window && line.wake.is_none() {
                let Some(step) = self.steps.pop_front() else { break };
                if matches!(step, Step::HangUp) {
                    self.lose(line);
                    return Outcome::HungUp;
                }
                self.start(&mut line, step).await;
            }
            if line.under_way() == 0 && self.steps.is_empty() && line.wake.is_none() {
                if let Some(done) = done.take() {
                    done.send(self.name.clone()).await.expect("the round goes on");
                }
                if self.has_reached(&goal.borrow_and_update()) {
                    return Outcome::Finished;
                }
            }
            let oldest = line.calls.values().map(|(_, since)| *since + PATIENCE).min();
            let now = Instant::now();
            let next = [line.wake, line.ask_again, oldest].into_iter().flatten().min();
            let next = next.unwrap_or(now + Duration::from_secs(3600));
            tokio::select! {
                incoming = line.socket.incoming() => match incoming {
                    Some(Incoming::Push(route, body)) => self.hear(&mut line, &route, &body),
                    Some(Incoming::Answer(id, body)) => self.answered(&mut line, id, &body).await,
                    None => {
                        self.ends.push(line.socket.ending());
                        self.lose(line);
                        return Outcome::Lost;
                    }
                },
                () = sleep_until(next) => {
                    let now = Instant::now();
                    if oldest.is_some_and(|end| end <= now) {
                        self.lose(line);
                        return Outcome::Lost;
                    }
                    line.wake = line.wake.filter(|wake| *wake > now);
                    if line.ask_again.is_some_and(|at| at <= now) {
                        line.ask_again = None;
                        if std::mem::take(&mut line.must_ask) || self.rooms.values().any(View::has_gap) {
                            self.sync(&mut line).await;
                        }
                    }
                }
                _ = goal.changed(), if done.is_none() => {}
            }
        }
    }

    fn has_reached(&self, goal: &Goal) -> bool {
        !goal.is_empty()
            && self
                .rooms
                .iter()
                .all(|(room, view)| goal.get(room).is_none_or(|rev| view.done >= *rev))
    }

    /// What was not answered comes first on the next connection, in its order.
    fn lose(&mut self, line: Line) {
        let mut calls: Vec<_> = line.calls.into_iter().collect();
        calls.sort_by_key(|(id, _)| *id);
        for (_, (call, _)) in calls.into_iter().rev() {
            match call {
                Call::Step(step) | Call::Change(step, _) => self.steps.push_front(step),
                Call::Sync(_) => {}
            }
        }
    }

    async fn sync(&mut self, line: &mut Line) {
        if line.is_syncing {
            return;
        }
        let rooms: Vec<_> = self
            .rooms
            .iter()
            .map(|(id, view)| json!({"id": id, "rev": view.done}))
            .collect();
        let ids = self.rooms.keys().copied().collect();
        line.is_syncing = true;
        line.ask("room.sync", json!({"rooms": rooms}), Call::Sync(ids)).await;
    }

    fn hear(&mut self, line: &mut Line, route: &str, push: &Value) {
        match route {
            "onMessage" | "onMessageUpdated" => {
                let (room, rev) = (number(&push["roomId"]), number(&push["rev"]));
                self.shown.insert((room, rev));
                if !self.rooms.contains_key(&room) {
                    return;
                }
                assert!(line.pushed.insert((room, rev)), "{}: told twice: {push}", self.name);
                if route == "onMessage" {
                    let seq = number(&push["seq"]);
                    let last = line.last_seq.insert(room, seq);
                    assert!(
                        last.is_none_or(|last| last < seq),
                        "{}: {last:?}, then {push}",
                        self.name
                    );
                }
                self.take(line, room, push);
            }
            "onRoomRemoved" => {
                let room = number(&push["id"]);
                self.rooms.remove(&room);
                self.gone.insert(room);
            }
            _ => {}
        }
    }

    fn take(&mut self, line: &mut Line, room: i64, message: &Value) {
        let Some(view) = self.rooms.get_mut(&room) else { return };
        view.take(message);
        if view.has_gap() && line.ask_again.is_none() {
            line.ask_again = Some(Instant::now() + GAP);
        }
    }

    async fn answered(&mut self, line: &mut Line, id: u64, answer: &Value) {
        let (call, _) = line.calls.remove(&id).expect("something that was asked");
        if let Call::Sync(asked) = call {
            line.is_syncing = false;
            if self.synced(line, &asked, answer) {
                self.sync(line).await;
            }
            return;
        }
        self.settle(line, call, answer);
    }

    /// True when there is more to ask for.
    fn synced(&mut self, line: &mut Line, asked: &[i64], answer: &Value) -> bool {
        if answer["code"] == 503 {
            line.ask_again = Some(Instant::now() + GAP);
            line.must_ask = true;
            return false;
        }
        assert_eq!(answer["code"], 0, "{}: {answer}", self.name);
        for room in answer["data"]["gone"].as_array().expect("rooms") {
            self.rooms.remove(&number(room));
            self.gone.insert(number(room));
        }
        let mut more = false;
        let mut told = HashSet::new();
        for synced in answer["data"]["rooms"].as_array().expect("rooms") {
            let room = number(&synced["id"]);
            told.insert(room);
            assert_ne!(synced["reset"], true, "{}: {synced}", self.name);
            let mut last = 0;
            for message in synced["messages"].as_array().expect("messages") {
                last = number(&message["rev"]);
                self.shown.insert((room, last));
                self.take(line, room, message);
            }
            let is_cut = synced["more"] == true;
            more |= is_cut;
            if let Some(view) = self.rooms.get_mut(&room) {
                view.is_done_to(if is_cut { last } else { number(&synced["lastRev"]) });
            }
        }
        assert!(told.iter().all(|room| asked.contains(room)), "{}: {answer}", self.name);
        more
    }
}

impl Line {
    fn under_way(&self) -> usize {
        self.calls
            .values()
            .filter(|(call, _)| !matches!(call, Call::Sync(_)))
            .count()
    }

    pub(super) async fn ask(&mut self, route: &str, body: Value, call: Call) {
        let id = self.socket.ask(route, body).await;
        self.calls.insert(id, (call, Instant::now()));
    }
}
