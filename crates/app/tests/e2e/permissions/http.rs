//! The table of HTTP operations.

use reqwest::Method;
use serde_json::{Value, json};

use super::Outcomes;
use super::cast::Scene;
use crate::support::{text_message, unique};

const OPEN: Outcomes = [200, 200, 200, 200, 200];
const SIGNED_IN: Outcomes = [401, 200, 200, 200, 200];
const MEMBERS: Outcomes = [401, 404, 200, 200, 200];
const ADMINS: Outcomes = [401, 404, 403, 200, 200];
const CREATOR: Outcomes = [401, 404, 403, 403, 200];
const AUTHOR_ONLY: Outcomes = [401, 404, 403, 403, 403];

type Http = (Method, String, Option<Value>);

/// One operation: how it is asked for in a scene, and how it ends for each role.
pub(super) struct Row(
    pub(super) &'static str,
    pub(super) fn(&Scene) -> Http,
    pub(super) Outcomes,
);

fn get(path: String) -> Http {
    (Method::GET, path, None)
}

fn post(path: &str, body: Value) -> Http {
    (Method::POST, path.to_owned(), Some(body))
}

fn delete(path: String) -> Http {
    (Method::DELETE, path, None)
}

pub(super) fn rows() -> Vec<Row> {
    vec![
        Row(
            "POST /api/register",
            |_| {
                let email = format!("{}@banter.example", unique("someone"));
                post("/api/register", json!({"email": email, "password": "long enough"}))
            },
            OPEN,
        ),
        Row(
            "POST /api/login",
            |_| {
                post(
                    "/api/login",
                    json!({"email": "nobody@banter.example", "password": "wrong one"}),
                )
            },
            [401; 5],
        ),
        Row(
            "POST /api/refresh",
            |_| (Method::POST, "/api/refresh".into(), None),
            [401; 5],
        ),
        Row("GET /api/userInfo", |_| get("/api/userInfo".into()), SIGNED_IN),
        Row(
            "POST /api/userInfo",
            |_| post("/api/userInfo", json!({"bio": "hello"})),
            SIGNED_IN,
        ),
        Row(
            "GET /api/user",
            |s| get(format!("/api/user?id={}", s.target)),
            SIGNED_IN,
        ),
        Row(
            "GET /api/userImage",
            |_| get("/api/userImage?username=anybody".into()),
            OPEN,
        ),
        Row(
            "POST /api/upload",
            |_| post("/api/upload", json!({"fileExt": "png", "uploadScene": "message"})),
            [401, 409, 409, 409, 409],
        ),
        Row(
            "POST /api/friend",
            |s| post("/api/friend", json!({"id": s.target})),
            SIGNED_IN,
        ),
        Row("GET /api/friend", |_| get("/api/friend".into()), SIGNED_IN),
        Row(
            "DELETE /api/friend",
            |_| delete("/api/friend?id=999999".into()),
            [401, 404, 404, 404, 404],
        ),
        Row(
            "POST /api/room",
            |_| post("/api/room", json!({"name": "New room"})),
            SIGNED_IN,
        ),
        Row("GET /api/room", |s| get(format!("/api/room?id={}", s.room)), MEMBERS),
        Row(
            "PATCH /api/room",
            |s| {
                (
                    Method::PATCH,
                    "/api/room".into(),
                    Some(json!({"id": s.room, "name": "Renamed"})),
                )
            },
            ADMINS,
        ),
        Row(
            "DELETE /api/room",
            |s| delete(format!("/api/room?id={}", s.room)),
            CREATOR,
        ),
        Row("GET /api/room/open", |_| get("/api/room/open".into()), SIGNED_IN),
        Row(
            "POST /api/joinRoom",
            |s| post("/api/joinRoom", json!({"id": s.room})),
            SIGNED_IN,
        ),
        Row(
            "GET /api/room/messages",
            |s| get(format!("/api/room/messages?id={}", s.room)),
            MEMBERS,
        ),
        Row(
            "POST /api/room/message",
            |s| post("/api/room/message", text_message(s.room, "hi")),
            MEMBERS,
        ),
        Row(
            "PATCH /api/room/message",
            |s| {
                let body = json!({"id": s.message, "textMessage": {"text": "not my words"}});
                (Method::PATCH, "/api/room/message".into(), Some(body))
            },
            AUTHOR_ONLY,
        ),
        Row(
            "DELETE /api/room/message",
            |s| delete(format!("/api/room/message?id={}", s.message)),
            ADMINS,
        ),
        Row(
            "POST /api/room/read",
            |s| post("/api/room/read", json!({"id": s.room, "seq": 1})),
            MEMBERS,
        ),
        Row(
            "POST /api/room/reaction",
            |s| post("/api/room/reaction", json!({"id": s.message, "emoji": "👍"})),
            MEMBERS,
        ),
        Row(
            "DELETE /api/room/reaction",
            |s| {
                (
                    Method::DELETE,
                    "/api/room/reaction".into(),
                    Some(json!({"id": s.message, "emoji": "👍"})),
                )
            },
            MEMBERS,
        ),
        Row(
            "GET /api/room/member",
            |s| get(format!("/api/room/member?id={}", s.room)),
            MEMBERS,
        ),
        Row(
            "DELETE /api/room/member",
            |s| delete(format!("/api/room/member?id={}&userId={}", s.room, s.target)),
            ADMINS,
        ),
        Row(
            "GET /api/search",
            |s| get(format!("/api/search?q=something&roomId={}", s.room)),
            MEMBERS,
        ),
        Row("GET /api/preference", |_| get("/api/preference".into()), SIGNED_IN),
        Row(
            "POST /api/preference",
            |_| post("/api/preference", json!({"items": [{"key": "theme", "value": "dark"}]})),
            SIGNED_IN,
        ),
        Row(
            "POST /api/invitation",
            |s| post("/api/invitation", json!({"channelId": s.room})),
            ADMINS,
        ),
        Row(
            "GET /api/invitation",
            |s| get(format!("/api/invitation?channelId={}", s.room)),
            ADMINS,
        ),
        Row(
            "DELETE /api/invitation",
            |s| delete(format!("/api/invitation?code={}", s.invitation)),
            ADMINS,
        ),
        Row(
            "GET /api/invitation/{code}",
            |s| get(format!("/api/invitation/{}", s.invitation)),
            OPEN,
        ),
        Row(
            "POST /api/invitation/accept",
            |s| post("/api/invitation/accept", json!({"code": s.invitation})),
            SIGNED_IN,
        ),
        Row("GET /api/session", |_| get("/api/session".into()), SIGNED_IN),
        Row(
            "DELETE /api/session",
            |_| delete("/api/session?id=999999".into()),
            [401, 404, 404, 404, 404],
        ),
        Row(
            "POST /api/password",
            |_| {
                post(
                    "/api/password",
                    json!({"oldPassword": "wrong one", "newPassword": "long enough"}),
                )
            },
            [401; 5],
        ),
        // Last: it would sign the cast out.
        Row("POST /api/logout", |_| post("/api/logout", json!({})), OPEN),
    ]
}
