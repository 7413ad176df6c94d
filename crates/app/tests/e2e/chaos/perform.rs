//! How a device does its steps, and what it makes of the answers.

use std::time::Duration;

use rand::Rng;
use rand::seq::IndexedRandom;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

use super::device::{Call, Device, Line, PATIENCE};
use super::model::Said;
use super::steps::Step;
use super::view::number;
use crate::support::said_once;

impl Device {
    pub(super) async fn start(&mut self, line: &mut Line, step: Step) {
        self.model.note(&self.name, &step);
        match step.clone() {
            Step::Say {
                room,
                key,
                place,
                over_http,
            } => {
                let said = Said {
                    author: self.owner.id,
                    room,
                    place,
                    text: key.clone(),
                    stored: None,
                    is_recalled: false,
                };
                self.model.begin(&key, said);
                let body = said_once(room, &key);
                if over_http {
                    self.post(line, step, &key, body).await;
                } else {
                    line.ask("room.sendMessage", body, Call::Change(step, key)).await;
                }
            }
            Step::Repeat { pick } => {
                let keys = self.model.keys_of(self.owner.id);
                let Some(key) = keys.get(pick % keys.len().max(1)) else {
                    return;
                };
                let room = self.model.said()[key].room;
                line.ask(
                    "room.sendMessage",
                    said_once(room, key),
                    Call::Change(step, key.clone()),
                )
                .await;
            }
            Step::Edit { pick, .. } | Step::React { pick, .. } | Step::Recall { pick } => {
                let Some((key, id)) = self.own_message(pick) else {
                    return;
                };
                let (route, body) = match &step {
                    Step::Edit { text, .. } => ("room.edit", json!({"messageId": id, "textMessage": {"text": text}})),
                    Step::React { on, .. } => ("room.react", json!({"messageId": id, "emoji": "👍", "on": on})),
                    _ => ("room.recall", json!({"messageId": id})),
                };
                line.ask(route, body, Call::Change(step, key)).await;
            }
            Step::Read { room } => {
                let Some(seq) = self
                    .rooms
                    .get(&room)
                    .and_then(|view| view.messages.keys().last().copied())
                else {
                    return;
                };
                line.ask("room.read", json!({"id": room, "seq": seq}), Call::Step(step))
                    .await;
            }
            Step::Rest(millis) => line.wake = Some(Instant::now() + Duration::from_millis(millis)),
            Step::HangUp => {}
        }
    }

    /// One of the messages that this device itself has said, is sure of and has not taken back.
    fn own_message(&self, pick: usize) -> Option<(String, i64)> {
        let said = self.model.said();
        let mut own: Vec<_> = said
            .into_iter()
            .filter(|(key, _)| key.rsplit_once('.').is_some_and(|(device, _)| device == self.name))
            .filter(|(_, one)| !one.is_recalled && self.rooms.contains_key(&one.room))
            .filter_map(|(key, one)| Some((key, one.stored?.0)))
            .collect();
        own.sort();
        (!own.is_empty()).then(|| own.swap_remove(pick % own.len()))
    }

    async fn post(&mut self, line: &mut Line, step: Step, key: &str, body: Value) {
        let addresses = self.model.addresses();
        let answer = match addresses.choose(&mut self.rng) {
            Some((http, _)) => {
                let request = self
                    .client
                    .post(format!("{http}/api/room/message"))
                    .bearer_auth(&self.owner.token);
                let request = request
                    .header("content-type", "application/json")
                    .body(body.to_string());
                let answer = async { request.send().await.ok()?.bytes().await.ok() };
                timeout(PATIENCE, answer).await.ok().flatten()
            }
            None => None,
        };
        match answer {
            Some(bytes) => {
                let answer: Value = serde_json::from_slice(&bytes).expect("JSON");
                self.settle(line, Call::Change(step, key.to_owned()), &answer);
            }
            None => self.again(line, step),
        }
    }

    pub(super) fn settle(&mut self, line: &mut Line, call: Call, answer: &Value) {
        let code = answer["code"].as_i64();
        let (step, key) = match call {
            Call::Step(step) => (step, None),
            Call::Change(step, key) => (step, Some(key)),
            Call::Sync(_) => return,
        };
        match (code, &step, key) {
            (Some(0), Step::Say { .. } | Step::Repeat { .. }, Some(key)) => {
                self.model.acknowledge(&key, &answer["data"]);
            }
            (Some(0), Step::Edit { text, .. }, Some(key)) => {
                self.model.changed(&key, |said| said.text.clone_from(text))
            }
            (Some(0), Step::Recall { .. }, Some(key)) => self.model.changed(&key, |said| said.is_recalled = true),
            (Some(0), Step::Read { room }, _) => {
                self.model
                    .read(*room, self.owner.id, number(&answer["data"]["readSeq"]));
            }
            (Some(0), ..) => {}
            (Some(503), ..) => self.again(line, step),
            // Who was removed is a stranger.
            (Some(404), ..) if self.is_removed => {}
            _ => panic!("{}: {step:?} was answered with {answer}", self.name),
        }
    }

    /// Does a step again a little later.
    fn again(&mut self, line: &mut Line, step: Step) {
        self.model.note(&self.name, ("again", &step));
        self.steps.push_front(step);
        line.wake = Some(Instant::now() + Duration::from_millis(self.rng.random_range(30..120)));
    }
}
