//! Messages on their way to the members: encoded once in each form that somebody reads, and once
//! more for each set of own reactions among the readers.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::UserId;
use domain::message::MessageDetail;

use super::{Forms, Hub, Telling, Whom};
use crate::encode::Push;
use crate::message_json;

impl Hub {
    pub(super) fn deliver_message(&self, route: &'static str, detail: &MessageDetail) {
        let room = detail.message.room_id;
        let index = self.index();
        let mut forms = index.forms();
        if index.online_in(room).next().is_none() {
            return;
        }
        drop(index);
        let mut push = message_json::push(route, detail, None, forms);
        let index = self.index();
        if index.forms() != forms {
            // The first or last one who reads a form has come or gone meanwhile.
            forms = index.forms();
            push = message_json::push(route, detail, None, forms);
        }
        let Some(push) = push else { return };
        let personal = personal_pushes(route, detail, forms, |user| index.is_online_in(room, user));
        self.shards.tell(&Telling {
            personal: (!personal.is_empty()).then(|| Arc::new(personal)),
            ..Telling::new(Whom::Members(room), push)
        });
    }
}

/// The pushes of those who reacted and are there, encoded once for each set of own reactions.
fn personal_pushes(
    route: &'static str,
    detail: &MessageDetail,
    forms: Forms,
    is_there: impl Fn(UserId) -> bool,
) -> HashMap<UserId, Push> {
    let mut encoded: HashMap<Vec<bool>, Option<Push>> = HashMap::new();
    let mut personal = HashMap::new();
    let reactors: HashSet<UserId> = reactions(detail).flatten().copied().collect();
    for user in reactors.into_iter().filter(|user| is_there(*user)) {
        let mine = reactions(detail).map(|users| users.contains(&user)).collect();
        let push = encoded
            .entry(mine)
            .or_insert_with(|| message_json::push(route, detail, Some(user), forms));
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
