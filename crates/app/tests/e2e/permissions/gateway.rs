//! The table of gateway routes.

use serde_json::{Value, json};

use super::Outcomes;
use super::cast::Scene;
use crate::support::text_message;

/// One route of the gateway. 401 stands for the transport's error, 0 for success.
pub(super) struct Row(
    pub(super) &'static str,
    pub(super) fn(&Scene) -> Value,
    pub(super) Outcomes,
);

const MEMBERS: Outcomes = [401, 404, 0, 0, 0];
const ADMINS: Outcomes = [401, 404, 403, 0, 0];
const SIGNED_IN: Outcomes = [401, 0, 0, 0, 0];

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row("session.auth", |_| json!({"token": "not a token"}), [401; 5]),
        Row("room.create", |_| json!({"roomName": "New room"}), SIGNED_IN),
        Row("room.join", |s| json!({"id": s.room}), SIGNED_IN),
        Row("room.leave", |s| json!({"id": s.room}), [401, 404, 0, 0, 409]),
        Row("room.list", |_| json!({}), SIGNED_IN),
        Row("room.get", |s| json!({"id": s.room}), MEMBERS),
        Row("room.members", |s| json!({"id": s.room}), MEMBERS),
        Row(
            "room.update",
            |s| json!({"id": s.room, "name": "Renamed"}),
            [401, 404, 403, 0, 0],
        ),
        Row("room.delete", |s| json!({"id": s.room}), [401, 404, 403, 403, 0]),
        Row("room.sendMessage", |s| text_message(s.room, "hi"), MEMBERS),
        Row("room.history", |s| json!({"id": s.room}), MEMBERS),
        Row("room.sync", |s| json!({"rooms": [{"id": s.room, "rev": 0}]}), SIGNED_IN),
        Row("room.read", |s| json!({"id": s.room, "seq": 1}), MEMBERS),
        Row(
            "room.recall",
            |s| json!({"messageId": s.message}),
            [401, 404, 403, 0, 0],
        ),
        Row(
            "room.edit",
            |s| json!({"messageId": s.message, "textMessage": {"text": "x"}}),
            [401, 404, 403, 403, 403],
        ),
        Row(
            "room.react",
            |s| json!({"messageId": s.message, "emoji": "👍", "on": true}),
            MEMBERS,
        ),
        Row("user.get", |s| json!({"id": s.target}), SIGNED_IN),
        Row("user.search", |_| json!({"userName": "T"}), SIGNED_IN),
        Row("friend.list", |_| json!({}), SIGNED_IN),
        Row("friend.add", |s| json!({"id": s.target}), SIGNED_IN),
        Row("friend.remove", |_| json!({"id": 999_999}), [401, 404, 404, 404, 404]),
        Row("room.open", |_| json!({"q": "room"}), SIGNED_IN),
        Row("preference.list", |_| json!({}), SIGNED_IN),
        Row(
            "preference.set",
            |_| json!({"items": [{"key": "theme", "value": "dark"}]}),
            SIGNED_IN,
        ),
        Row("invitation.create", |s| json!({"channelId": s.room}), ADMINS),
        Row("invitation.list", |s| json!({"channelId": s.room}), ADMINS),
        Row("invitation.revoke", |s| json!({"code": s.invitation}), ADMINS),
        Row("invitation.accept", |s| json!({"code": s.invitation}), SIGNED_IN),
        Row("presence.get", |s| json!({"userIds": [s.target]}), SIGNED_IN),
    ]
}

/// Notifies are never answered; what they do for whom stands in the tests of sockets.
pub(super) const NOTIFIES: [&str; 2] = ["room.typing", "room.message"];
