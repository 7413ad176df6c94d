//! Who may do what: every HTTP operation and every gateway route, for everybody.
//!
//! Complete by construction: an operation of the API document or a route of the gateway that
//! has no row here fails the test.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Person, Server, Socket, on_each_backend, text_message, unique};

/// Everybody who may ask. A room's people are made anew for each row, the accounts are not.
struct Cast {
    anonymous: Person,
    outsider: Person,
    member: Person,
    admin: Person,
    creator: Person,
    /// A plain member whom nobody else plays: the one that things are done to.
    target: Person,
}

impl Cast {
    async fn new(server: &std::sync::Arc<Server>) -> Self {
        Self {
            // The first account is the server's admin and plays nobody.
            anonymous: {
                let _ = Person::join(server, "Owner").await;
                Person::anonymous(server)
            },
            outsider: Person::join(server, "Outsider").await,
            member: Person::join(server, "Member").await,
            admin: Person::join(server, "Admin").await,
            creator: Person::join(server, "Creator").await,
            target: Person::join(server, "Target").await,
        }
    }

    fn roles(&self) -> [&Person; 5] {
        [
            &self.anonymous,
            &self.outsider,
            &self.member,
            &self.admin,
            &self.creator,
        ]
    }

    async fn scene(&self) -> Scene {
        let room = self.creator.room(&[&self.admin], &[&self.member, &self.target]).await;
        let message = self.target.say(room, "something to act on").await["id"]
            .as_i64()
            .expect("an id");
        Scene {
            room,
            message,
            target: self.target.id,
        }
    }
}

/// A new room with a message of the target in it.
struct Scene {
    room: i64,
    message: i64,
    target: i64,
}

/// anonymous, outsider, member, admin, creator
type Outcomes = [u16; 5];

const OPEN: Outcomes = [200, 200, 200, 200, 200];
const SIGNED_IN: Outcomes = [401, 200, 200, 200, 200];
const MEMBERS: Outcomes = [401, 404, 200, 200, 200];
const ADMINS: Outcomes = [401, 404, 403, 200, 200];
const CREATOR: Outcomes = [401, 404, 403, 403, 200];
const AUTHOR_ONLY: Outcomes = [401, 404, 403, 403, 403];

type Http = (Method, String, Option<Value>);

/// One operation: how it is asked for in a scene, and how it ends for each role.
struct Row(&'static str, fn(&Scene) -> Http, Outcomes);

fn get(path: String) -> Http {
    (Method::GET, path, None)
}

fn post(path: &str, body: Value) -> Http {
    (Method::POST, path.to_owned(), Some(body))
}

fn delete(path: String) -> Http {
    (Method::DELETE, path, None)
}

fn rows() -> Vec<Row> {
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

#[tokio::test]
async fn every_http_operation_has_its_outcome_for_every_role() {
    on_each_backend(|server| async move {
        let document = Person::anonymous(&server).get("/openapi.json").await.body;
        let mut documented = BTreeSet::new();
        for (path, operations) in document["paths"].as_object().expect("paths") {
            for method in operations.as_object().expect("operations").keys() {
                documented.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
        let tested: BTreeSet<String> = rows().iter().map(|row| row.0.to_owned()).collect();
        let api = |operations: &BTreeSet<String>| -> BTreeSet<String> {
            operations
                .iter()
                .filter(|operation| operation.contains(" /api/"))
                .cloned()
                .collect()
        };
        assert_eq!(
            api(&documented),
            tested,
            "operations of the document against rows of this table"
        );

        let cast = Cast::new(&server).await;
        for Row(operation, ask, outcomes) in rows() {
            let mut seen = Vec::new();
            for role in cast.roles() {
                let (method, path, body) = ask(&cast.scene().await);
                let answer = role.ask(method, &path, body).await;
                assert_eq!(
                    answer.status == 200,
                    answer.body["code"] == 0,
                    "{operation}: {}",
                    answer.body
                );
                seen.push(answer.status);
            }
            assert_eq!(
                seen, outcomes,
                "{operation}: anonymous, outsider, member, admin, creator"
            );
        }
    })
    .await;
}

/// One route of the gateway. 401 stands for the transport's error, 0 for success.
struct RouteRow(&'static str, fn(&Scene) -> Value, [u16; 5]);

const SOCKET_MEMBERS: [u16; 5] = [401, 404, 0, 0, 0];
const SOCKET_SIGNED_IN: [u16; 5] = [401, 0, 0, 0, 0];

fn routes() -> Vec<RouteRow> {
    vec![
        RouteRow("session.auth", |_| json!({"token": "not a token"}), [401; 5]),
        RouteRow("room.create", |_| json!({"roomName": "New room"}), SOCKET_SIGNED_IN),
        RouteRow("room.join", |s| json!({"id": s.room}), SOCKET_SIGNED_IN),
        RouteRow("room.leave", |s| json!({"id": s.room}), [401, 404, 0, 0, 409]),
        RouteRow("room.list", |_| json!({}), SOCKET_SIGNED_IN),
        RouteRow("room.get", |s| json!({"id": s.room}), SOCKET_MEMBERS),
        RouteRow("room.members", |s| json!({"id": s.room}), SOCKET_MEMBERS),
        RouteRow(
            "room.update",
            |s| json!({"id": s.room, "name": "Renamed"}),
            [401, 404, 403, 0, 0],
        ),
        RouteRow("room.delete", |s| json!({"id": s.room}), [401, 404, 403, 403, 0]),
        RouteRow("room.sendMessage", |s| text_message(s.room, "hi"), SOCKET_MEMBERS),
        RouteRow("room.history", |s| json!({"id": s.room}), SOCKET_MEMBERS),
        RouteRow(
            "room.sync",
            |s| json!({"rooms": [{"id": s.room, "rev": 0}]}),
            SOCKET_SIGNED_IN,
        ),
        RouteRow("room.read", |s| json!({"id": s.room, "seq": 1}), SOCKET_MEMBERS),
        RouteRow(
            "room.recall",
            |s| json!({"messageId": s.message}),
            [401, 404, 403, 0, 0],
        ),
        RouteRow(
            "room.edit",
            |s| json!({"messageId": s.message, "textMessage": {"text": "x"}}),
            [401, 404, 403, 403, 403],
        ),
        RouteRow(
            "room.react",
            |s| json!({"messageId": s.message, "emoji": "👍", "on": true}),
            SOCKET_MEMBERS,
        ),
        RouteRow("user.get", |s| json!({"id": s.target}), SOCKET_SIGNED_IN),
        RouteRow("user.search", |_| json!({"userName": "T"}), SOCKET_SIGNED_IN),
        RouteRow("friend.list", |_| json!({}), SOCKET_SIGNED_IN),
        RouteRow("friend.add", |s| json!({"id": s.target}), SOCKET_SIGNED_IN),
        RouteRow("friend.remove", |_| json!({"id": 999_999}), [401, 404, 404, 404, 404]),
        RouteRow("room.open", |_| json!({"q": "room"}), SOCKET_SIGNED_IN),
        RouteRow("preference.list", |_| json!({}), SOCKET_SIGNED_IN),
        RouteRow(
            "preference.set",
            |_| json!({"items": [{"key": "theme", "value": "dark"}]}),
            SOCKET_SIGNED_IN,
        ),
        RouteRow("presence.get", |s| json!({"userIds": [s.target]}), SOCKET_SIGNED_IN),
    ]
}

/// Notifies are never answered; what they do for whom stands in the tests of sockets.
const NOTIFIES: [&str; 2] = ["room.typing", "room.message"];

#[tokio::test]
async fn every_gateway_route_has_its_outcome_for_every_role() {
    on_each_backend(|server| async move {
        let cast = Cast::new(&server).await;
        let mut anonymous = Socket::connect(&server).await;
        let dictionary = anonymous.handshake().await["sys"]["dict"]
            .as_object()
            .expect("a dictionary")
            .clone();
        let known: BTreeSet<&str> = dictionary.keys().map(String::as_str).collect();
        let tested: BTreeSet<&str> = routes().iter().map(|row| row.0).chain(NOTIFIES).collect();
        assert_eq!(known, tested, "routes of the dictionary against rows of this table");

        let mut sockets = vec![anonymous];
        for role in &cast.roles()[1..] {
            sockets.push(role.socket().await);
        }
        for RouteRow(route, body, outcomes) in routes() {
            let mut seen = Vec::new();
            for socket in &mut sockets {
                let answer = socket.request(route, body(&cast.scene().await)).await;
                seen.push(match answer["code"].as_u64() {
                    Some(code) => u16::try_from(code).expect("a code"),
                    None => answer["code"]
                        .as_str()
                        .and_then(|code| code.strip_prefix("PIT-")?.parse().ok())
                        .expect("a code"),
                });
            }
            assert_eq!(seen, outcomes, "{route}: anonymous, outsider, member, admin, creator");
        }
    })
    .await;
}

/// What nobody has been given.
const NOTHING: Scene = Scene {
    room: 888_888,
    message: 888_888,
    target: 888_888,
};

/// Whoever walks through all ids learns nothing, wherever the tables above say 404.
#[tokio::test]
async fn what_one_may_not_see_looks_like_what_does_not_exist() {
    on_each_backend(|server| async move {
        let cast = Cast::new(&server).await;
        let scene = cast.scene().await;
        let mut compared = 0;
        for Row(operation, ask, outcomes) in rows() {
            if outcomes[1] != 404 || outcomes[2] == 404 {
                continue;
            }
            let mut bodies = Vec::new();
            for scene in [&scene, &NOTHING] {
                let (method, path, body) = ask(scene);
                let answer = cast.outsider.ask(method, &path, body).await;
                bodies.push(answer.refused(404, 404).body.clone());
            }
            assert_eq!(bodies[0], bodies[1], "{operation}");
            compared += 1;
        }
        assert!(compared >= 10, "{compared}");
        let mut socket = cast.outsider.socket().await;
        for RouteRow(route, body, outcomes) in routes() {
            if outcomes[1] != 404 || outcomes[2] == 404 {
                continue;
            }
            let hidden = socket.request(route, body(&scene)).await;
            assert_eq!(hidden["code"], 404, "{route}");
            assert_eq!(hidden, socket.request(route, body(&NOTHING)).await, "{route}");
        }
        let ids = serde_json::json!({"rooms": [{"id": scene.room, "rev": 0}, {"id": NOTHING.room, "rev": 0}]});
        let synced = socket.request("room.sync", ids).await["data"].clone();
        assert_eq!(
            synced,
            serde_json::json!({"rooms": [], "gone": [scene.room, NOTHING.room]})
        );
    })
    .await;
}

#[tokio::test]
async fn an_author_edits_and_recalls_what_is_theirs() {
    on_each_backend(|server| async move {
        let (creator, author) = (
            Person::join(&server, "Creator").await,
            Person::join(&server, "Author").await,
        );
        let room = creator.room(&[], &[&author]).await;
        let message = author.say(room, "first words").await["id"].clone();
        let edit = json!({"id": message, "textMessage": {"text": "better words"}});
        assert_eq!(author.patch("/api/room/message", edit).await.data()["isEdited"], true);
        assert_eq!(
            author.delete(&format!("/api/room/message?id={message}")).await.data()["isRecalled"],
            true
        );
        // Nobody below them recalls what creators say.
        let order = creator.say(room, "an order").await["id"].clone();
        author
            .delete(&format!("/api/room/message?id={order}"))
            .await
            .refused(403, 403);
    })
    .await;
}

#[tokio::test]
async fn roles_are_given_by_the_creator_alone_and_handed_over_before_leaving() {
    on_each_backend(|server| async move {
        let cast = Cast::new(&server).await;
        let room = cast.scene().await.room;
        let name_admin = json!({"id": room, "adminIds": [cast.member.id]});
        cast.admin
            .patch("/api/room", name_admin.clone())
            .await
            .refused(403, 403);
        cast.member
            .patch("/api/room", name_admin.clone())
            .await
            .refused(403, 403);
        cast.creator.patch("/api/room", name_admin).await.data();
        let leave = |person: &Person| format!("/api/room/member?id={room}&userId={}", person.id);
        cast.admin.delete(&leave(&cast.creator)).await.refused(403, 403);
        cast.creator.delete(&leave(&cast.creator)).await.refused(409, 409);
        let hand_over = json!({"id": room, "creatorId": cast.admin.id});
        cast.admin.patch("/api/room", hand_over.clone()).await.refused(403, 403);
        let after = cast.creator.patch("/api/room", hand_over).await.data();
        assert_eq!(after["creator"]["id"], cast.admin.id);
        cast.creator.delete(&leave(&cast.creator)).await.data();
        cast.creator
            .get(&format!("/api/room?id={room}"))
            .await
            .refused(404, 404);
    })
    .await;
}
