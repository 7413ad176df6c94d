//! What a client knows of a room, held to the contract: seq orders, rev finds what changed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// A message as far as everybody must see the same of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) id: i64,
    pub(super) rev: i64,
    pub(super) author: Option<i64>,
    pub(super) key: Option<String>,
    pub(super) text: Option<String>,
    pub(super) is_recalled: bool,
    /// Emoji and how many chose it.
    reactions: Vec<(String, i64)>,
    /// What a notice says, and of whom.
    pub(super) notice: Option<(String, Option<i64>)>,
}

impl Seen {
    /// A message of the wire: its seq and what is seen of it.
    pub(super) fn of(message: &Value) -> (i64, Self) {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let reactions = message["reactions"].as_array().expect("reactions").iter();
        let mut reactions: Vec<_> = reactions
            .map(|one| (text(&one["emoji"]).expect("an emoji"), number(&one["count"])))
            .collect();
        reactions.sort();
        let notice = &message["systemMessage"];
        let seen = Self {
            id: number(&message["id"]),
            rev: number(&message["rev"]),
            author: message["userId"].as_i64(),
            key: text(&message["clientMsgId"]),
            text: text(&message["textMessage"]["text"]),
            is_recalled: message["isRecalled"] == json!(true),
            reactions,
            notice: text(&notice["kind"]).map(|kind| (kind, notice["subject"].as_i64())),
        };
        (number(&message["seq"]), seen)
    }
}

/// A number that must be there.
pub(super) fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or_else(|| panic!("no number: {value}"))
}

/// A room.
#[derive(Debug, Default, Clone)]
pub(super) struct View {
    pub(super) messages: BTreeMap<i64, Seen>,
    /// Everything up to this rev is known.
    pub(super) done: i64,
    /// Revs beyond it that are known too.
    ahead: BTreeSet<i64>,
}

impl View {
    /// Takes a message that was pushed or asked for.
    pub(super) fn take(&mut self, message: &Value) {
        let (seq, seen) = Seen::of(message);
        let rev = seen.rev;
        let newest = self.messages.get(&seq).is_none_or(|known| known.rev < rev);
        if newest {
            self.messages.insert(seq, seen);
        }
        self.ahead.insert(rev);
        self.close_up();
    }

    /// Everything up to there has been asked for.
    pub(super) fn is_done_to(&mut self, rev: i64) {
        self.done = self.done.max(rev);
        self.close_up();
    }

    fn close_up(&mut self) {
        while let Some(first) = self.ahead.first().copied().filter(|first| *first <= self.done + 1) {
            self.ahead.remove(&first);
            self.done = self.done.max(first);
        }
    }

    /// True when a change before one that is known is not.
    pub(super) fn has_gap(&self) -> bool {
        !self.ahead.is_empty()
    }
}
