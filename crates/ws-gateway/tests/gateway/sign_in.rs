//! From anonymous to somebody, and how long that lasts.

use std::time::Duration;

use domain::{Event, RevocationReason, SessionId, UserId};
use pitaya_protocol::{Packet, PacketType};
use serde_json::json;
use ws_gateway::{GatewayOptions, ROUTES, RouteKind};

use crate::client::Seen;
use crate::server::{Server, options};

#[actix_web::test]
async fn a_token_in_the_handshake_signs_in_before_the_first_call() {
    let server = Server::start();
    let mut client = server.connect().await;
    client.shake_hands(r#"{"user":{"token":"alice"}}"#).await;
    let answer = client.request("room.get", r#"{"id":1}"#).await;
    assert_eq!(answer["code"], 0, "{answer}");
    assert_eq!(server.world.count("connected 1"), 1);
    assert_eq!(
        server.world.count("follow 1"),
        1,
        "it hears what happens on other nodes"
    );
    server.stop().await;
}

#[actix_web::test]
async fn a_wrong_token_in_the_handshake_leaves_the_connection_anonymous() {
    let server = Server::start();
    let mut client = server.connect().await;
    client.shake_hands(r#"{"user":{"token":"mallory"}}"#).await;
    let answer = client.request("room.get", r#"{"id":1}"#).await;
    assert_eq!(answer, json!({"code": "PIT-401", "msg": "unauthorized"}));
    server.stop().await;
}

#[actix_web::test]
async fn signing_in_says_who_and_where_one_stands() {
    let server = Server::start();
    let mut client = server.anonymous().await;
    let answer = client.request("session.auth", r#"{"token":"alice"}"#).await;
    assert_eq!(answer["code"], 0);
    let data = &answer["data"];
    assert_eq!((&data["userId"], &data["sessionId"]), (&json!(1), &json!(10)));
    assert!(data["expiresAt"].as_str().unwrap().ends_with('Z'));
    assert_eq!(
        data["rooms"],
        json!([{"id": 1, "lastSeq": 7, "lastRev": 9, "readSeq": 5, "unreadCount": 2}])
    );
    assert_eq!(server.gateway.stats().signed_in, 1);
    server.stop().await;
}

#[actix_web::test]
async fn a_wrong_token_is_answered_and_another_try_is_allowed() {
    let server = Server::start();
    let mut client = server.anonymous().await;
    let refused = json!({"code": "PIT-401", "msg": "unauthorized"});
    for token in ["mallory", "", "Bearer mallory"] {
        let body = json!({ "token": token }).to_string();
        assert_eq!(client.request("session.auth", &body).await, refused);
    }
    let answer = client.request("session.auth", r#"{"token":"Bearer alice"}"#).await;
    assert_eq!(answer["code"], 0);
    server.stop().await;
}

#[actix_web::test]
async fn every_route_but_signing_in_is_closed_to_strangers() {
    let server = Server::start();
    let mut client = server.anonymous().await;
    for row in ROUTES.iter().filter(|row| !row.is_public()) {
        for body in ["{}", "null", "", r#"{"id":1,"userId":1,"token":"alice"}"#] {
            let answer = client.request(row.name, body).await;
            assert_eq!(answer, json!({"code": "PIT-401", "msg": "unauthorized"}), "{row:?}");
        }
        client.notify(row.name, r#"{"id":1,"on":true,"content":"hi"}"#).await;
    }
    assert!(client.is_alive().await);
    assert!(server.world.asked("").is_empty(), "{:?}", server.world.asked(""));
    server.stop().await;
}

#[actix_web::test]
async fn a_connection_stays_with_the_person_who_signed_in_first() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let answer = client.request("session.auth", r#"{"token":"bob"}"#).await;
    assert_eq!(answer["code"], 403, "{answer}");
    let answer = client.request("session.auth", r#"{"token":"alice/12"}"#).await;
    assert_eq!((&answer["code"], &answer["data"]["sessionId"]), (&json!(0), &json!(12)));
    assert_eq!(server.world.count("connected 1"), 1);
    assert_eq!(server.world.count("connected 2"), 0);
    server.stop().await;
}

#[actix_web::test]
async fn who_stays_anonymous_is_kicked() {
    let server = Server::with(GatewayOptions {
        auth_timeout: Duration::from_millis(100),
        ..options()
    });
    let mut client = server.anonymous().await;
    assert_eq!(
        client.rest().await,
        [
            Seen::Kick("auth_timeout".to_owned()),
            Seen::Close(1008, "auth_timeout".to_owned())
        ]
    );
    let mut signed_in = server.signed_in("alice").await;
    let mut stranger = server.anonymous().await;
    stranger.rest().await;
    assert!(signed_in.is_alive().await);
    server.stop().await;
}

#[actix_web::test]
async fn a_token_that_ends_takes_the_connection_with_it_unless_it_is_renewed() {
    let server = Server::start();
    let mut brief = server.signed_in("alice/11/300").await;
    let mut renewed = server.signed_in("alice/12/300").await;
    let answer = renewed.request("session.auth", r#"{"token":"alice/12"}"#).await;
    assert_eq!(answer["code"], 0);
    assert_eq!(
        brief.rest().await,
        [
            Seen::Kick("token_expired".to_owned()),
            Seen::Close(1008, "token_expired".to_owned())
        ]
    );
    assert!(renewed.is_alive().await);
    server.stop().await;
}

#[actix_web::test]
async fn revoked_sessions_are_kicked_and_hear_nothing_more() {
    let server = Server::start();
    let mut laptop = server.signed_in("alice/11").await;
    let mut phone = server.signed_in("alice/12").await;
    server.tell(Event::SessionsRevoked {
        user_id: UserId(1),
        sessions: vec![SessionId(11)],
        reason: RevocationReason::PasswordChanged,
    });
    phone.request("room.sendMessage", &text("secret")).await;
    assert_eq!(
        laptop.rest().await,
        [
            Seen::Kick("session_revoked".to_owned()),
            Seen::Close(1008, "session_revoked".to_owned())
        ]
    );
    assert!(phone.is_alive().await);

    let mut late = server.anonymous().await;
    let answer = late.request("session.auth", r#"{"token":"alice/11"}"#).await;
    assert_eq!(answer["code"], "PIT-401", "its token was checked before the revocation");
    server.stop().await;
}

#[actix_web::test]
async fn the_newest_of_too_many_connections_is_refused() {
    let server = Server::with(GatewayOptions {
        connections_per_user: 2,
        ..options()
    });
    let mut first = server.signed_in("alice").await;
    let _second = server.signed_in("alice").await;
    let mut third = server.connect().await;
    let handshake = Packet::new(PacketType::Handshake, r#"{"user":{"token":"alice"}}"#);
    third.send(handshake).await;
    let seen = third.rest().await;
    assert_eq!(
        seen[1..],
        [
            Seen::Kick("too_many_connections".to_owned()),
            Seen::Close(1008, "too_many_connections".to_owned())
        ]
    );
    assert!(first.is_alive().await);
    server.signed_in("bob").await;
    server.stop().await;
}

#[actix_web::test]
async fn who_comes_back_at_once_has_not_gone() {
    let server = Server::with(GatewayOptions {
        linger: Duration::from_secs(3600),
        ..options()
    });
    let gateway = server.gateway.clone();
    drop(server.signed_in("alice").await);
    while gateway.stats().connections > 0 {
        actix_web::rt::task::yield_now().await;
    }
    let back = server.signed_in("alice").await;
    assert_eq!(server.world.count("connected 1"), 2);
    assert_eq!(server.world.count("disconnected 1"), 0);
    drop(back);
    let world = server.world.clone();
    server.stop().await;
    assert_eq!(world.count("disconnected 1"), 2, "a server that ends waits for nobody");
    assert_eq!(gateway.stats().signed_in, 0);
}

#[actix_web::test]
async fn presence_counts_each_connection_once_however_it_ends() {
    let server = Server::start();
    let client = server.signed_in("alice").await;
    let mut polite = server.signed_in("alice").await;
    assert_eq!(server.world.count("connected 1"), 2);
    drop(client);
    server.world.wait_for("disconnected 1", 1).await;
    polite.frame(tokio_tungstenite::tungstenite::Message::Close(None)).await;
    polite.rest().await;
    server.world.wait_for("disconnected 1", 2).await;
    let world = server.world.clone();
    let gateway = server.gateway.clone();
    server.stop().await;
    assert_eq!(world.count("disconnected 1"), 2);
    assert_eq!((gateway.stats().connections, gateway.stats().signed_in), (0, 0));
}

#[actix_web::test]
async fn the_dictionary_and_the_heartbeat_come_with_the_handshake() {
    let server = Server::start();
    let mut client = server.connect().await;
    let answer = client.shake_hands(r#"{"sys":{"batch":true}}"#).await;
    assert_eq!(answer["sys"]["heartbeat"], 15);
    assert_eq!(answer["sys"]["batch"], true);
    let dictionary = answer["sys"]["dict"].as_object().unwrap();
    assert_eq!(dictionary.len(), ROUTES.len());
    assert_eq!(dictionary["session.auth"], 1);
    assert!(ROUTES.iter().any(|row| row.kind == RouteKind::Notify));
    let plain = server.anonymous().await.shake_hands("{}").await;
    assert_eq!(plain["sys"].get("batch"), None);
    server.stop().await;
}

fn text(text: &str) -> String {
    json!({"channelId": 1, "contentType": "TEXT_MESSAGE", "textMessage": {"text": text}}).to_string()
}
