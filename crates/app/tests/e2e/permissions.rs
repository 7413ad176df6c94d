//! Who may do what: every HTTP operation and every gateway route, for everybody.
//!
//! Complete by construction: an operation of the API document or a route of the gateway that
//! has no row here fails the test.

mod cast;
mod gateway;
mod http;

use std::collections::BTreeSet;

use serde_json::json;

use self::cast::{Cast, NOTHING};
use crate::support::{Person, Socket, on_each_backend, on_each_backend_with};

/// anonymous, outsider, member, admin, creator
type Outcomes = [u16; 5];

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
        let tested: BTreeSet<String> = http::rows().iter().map(|row| row.0.to_owned()).collect();
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
        for http::Row(operation, ask, outcomes) in http::rows() {
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

#[tokio::test]
async fn every_gateway_route_has_its_outcome_for_every_role() {
    // One of the sockets is nobody's, and stays until the end of the table.
    on_each_backend_with(&[("WS__AUTH_TIMEOUT", "1m")], |server| async move {
        let cast = Cast::new(&server).await;
        let mut anonymous = Socket::connect(&server).await;
        let dictionary = anonymous.handshake().await["sys"]["dict"]
            .as_object()
            .expect("a dictionary")
            .clone();
        let known: BTreeSet<&str> = dictionary.keys().map(String::as_str).collect();
        let tested: BTreeSet<&str> = gateway::rows()
            .iter()
            .map(|row| row.0)
            .chain(gateway::NOTIFIES)
            .collect();
        assert_eq!(known, tested, "routes of the dictionary against rows of this table");

        let mut sockets = vec![anonymous];
        for role in &cast.roles()[1..] {
            sockets.push(role.socket().await);
        }
        for gateway::Row(route, body, outcomes) in gateway::rows() {
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

/// Whoever walks through all ids learns nothing, wherever the tables above say 404.
#[tokio::test]
async fn what_one_may_not_see_looks_like_what_does_not_exist() {
    on_each_backend(|server| async move {
        let cast = Cast::new(&server).await;
        let scene = cast.scene().await;
        let mut compared = 0;
        for http::Row(operation, ask, outcomes) in http::rows() {
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
        for gateway::Row(route, body, outcomes) in gateway::rows() {
            if outcomes[1] != 404 || outcomes[2] == 404 {
                continue;
            }
            let hidden = socket.request(route, body(&scene)).await;
            assert_eq!(hidden["code"], 404, "{route}");
            assert_eq!(hidden, socket.request(route, body(&NOTHING)).await, "{route}");
        }
        let ids = json!({"rooms": [{"id": scene.room, "rev": 0}, {"id": NOTHING.room, "rev": 0}]});
        let synced = socket.request("room.sync", ids).await["data"].clone();
        assert_eq!(synced, json!({"rooms": [], "gone": [scene.room, NOTHING.room]}));
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
