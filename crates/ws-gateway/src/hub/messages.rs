//! Messages on their way to the members: encoded once, and once more for each set of own
//! reactions among the readers.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::UserId;
use domain::message::MessageDetail;

use super::{Hub, Telling, Whom};
use crate::encode::Push;
use crate::message_json;

impl Hub {
    pub(super) fn deliver_message(&self, route: &'static str, detail: &MessageDetail) {
        let room = detail.message.room_id;
        if self.index().online_in(room).next().is_none() {
            return;
        }
        let Some(push) = message_json::push(route, detail, None) else {
            return;
        };
        let index = self.index();
        let personal = personal_pushes(route, detail, |user| index.is_online_in(room, user));
        self.shards.tell(&Telling {
            whom: Whom::Members(room),
            push,
            personal: (!personal.is_empty()).then(|| Arc::new(personal)),
        });
    }
}

/// The pushes of those who reacted and are there, encoded once for each set of own reactions.
fn personal_pushes(
    route: &'static str,
    detail: &MessageDetail,
    is_there: impl Fn(UserId) -> bool,
) -> HashMap<UserId, Push> {
    let mut encoded: HashMap<Vec<bool>, Option<Push>> = HashMap::new();
    let mut personal = HashMap::new();
    let reactors: HashSet<UserId> = reactions(detail).flatten().copied().collect();
    for user in reactors.into_iter().filter(|user| is_there(*user)) {
        let mine = reactions(detail).map(|users| users.contains(&user)).collect();
        let push = encoded
            .entry(mine)
            .or_insert_with(|| message_json::push(route, detail, Some(user)));
        personal.extend(push.clone().map(|push| (user, push)));
    }
    personal
}

/// Who reacted, for each reaction of a message and of the one that it answers.
fn reactions(detail: &MessageDetail) -> impl Iterator<Item = &Vec<UserId>> {
    let answered = detail.reply.as_deref().map(|reply| &reply.message.reactions);
    let all = detail.message.reactions.iter().chain(answered.into_iter().flatten());
    all.map(|reaction| &reaction.users)
}
