//! Calls and their answers.

use pitaya_protocol::{Message, MessageKind, MessageRoute};
use serde_json::{Value, json};

use crate::client::Seen;
use crate::server::Server;

fn text(text: &str) -> String {
    json!({"channelId": 1, "contentType": "TEXT_MESSAGE", "textMessage": {"text": text}, "clientMsgId": "c1"})
        .to_string()
}

#[actix_web::test]
async fn a_sent_message_is_answered_with_what_was_stored() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let answer = client.request("room.sendMessage", &text("hi 😁")).await;
    assert_eq!((&answer["code"], &answer["message"]), (&json!(0), &json!("success")));
    let message = &answer["data"];
    assert_eq!(message["textMessage"]["text"], "hi 😁");
    assert_eq!((&message["userId"], &message["clientMsgId"]), (&json!(1), &json!("c1")));
    server.stop().await;
}

#[actix_web::test]
async fn a_server_type_in_front_changes_nothing_and_another_one_is_unknown() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let answer = client.request("chat.room.get", r#"{"id":1}"#).await;
    assert_eq!(answer["code"], 0);
    let answer = client.request("game.room.get", r#"{"id":1}"#).await;
    assert_eq!(answer["code"], "PIT-404");
    server.stop().await;
}

#[actix_web::test]
async fn a_route_may_be_called_by_its_code() {
    let server = Server::start();
    let mut client = server.connect().await;
    let answer = client.shake_hands(r#"{"user":{"token":"alice"}}"#).await;
    let code = u16::try_from(answer["sys"]["dict"]["room.get"].as_u64().unwrap()).unwrap();
    let kind = MessageKind::Request {
        id: u64::MAX,
        route: MessageRoute::Code(code),
    };
    let message = Message::new(kind, r#"{"id":"1"}"#);
    client.raw(message.encode_packet().unwrap()).await;
    let Seen::Answer(u64::MAX, body) = client.answer().await else {
        panic!("no answer");
    };
    assert_eq!(body["data"]["name"], "room1");
    server.stop().await;
}

#[actix_web::test]
async fn failures_of_the_chat_are_ordinary_answers() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    for (route, body, code) in [
        ("room.get", r#"{"id":9}"#.to_owned(), 404),
        ("room.update", r#"{"id":1}"#.to_owned(), 403),
        ("room.react", r#"{"messageId":1,"emoji":"👍"}"#.to_owned(), 409),
        ("room.sendMessage", text("forbidden"), 403),
        ("room.sendMessage", text("fail"), 500),
        (
            "room.sendMessage",
            r#"{"channelId":1,"contentType":"SYSTEM_MESSAGE"}"#.to_owned(),
            400,
        ),
        ("user.search", "{}".to_owned(), 1004),
        ("room.list", r#"{"limit":0}"#.to_owned(), 400),
        ("room.history", r#"{"id":1,"beforeSeq":1,"afterSeq":1}"#.to_owned(), 400),
    ] {
        let id = client.ask(route, &body).await;
        let Seen::Answer(answered, answer) = client.answer().await else {
            panic!("{route} {body}");
        };
        assert_eq!(answered, id);
        assert_eq!(
            (&answer["code"], &answer["data"]),
            (&json!(code), &json!({})),
            "{answer}"
        );
        assert!(!answer.to_string().contains("wishes") || code == 403, "{answer}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn bodies_that_cannot_be_read_are_errors_of_the_transport() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let deep = "[".repeat(10_000);
    for (route, body) in [
        ("room.get", ""),
        ("room.get", "{"),
        ("room.get", "{}"),
        ("room.get", r#"{"id":1.5}"#),
        ("room.get", r#"{"id":99999999999999999999}"#),
        ("room.list", deep.as_str()),
        ("session.auth", r#"{"token":7}"#),
    ] {
        let id = client.ask(route, body).await;
        let Seen::Error(answered, answer) = client.answer().await else {
            panic!("{route} {body}");
        };
        assert_eq!((answered, &answer["code"]), (id, &json!("PIT-400")), "{answer}");
    }
    server.stop().await;
}

#[actix_web::test]
async fn null_counts_as_an_empty_object() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let answer = client.request("room.list", "null").await;
    assert_eq!(answer["data"].as_array().unwrap().len(), 50);
    server.stop().await;
}

#[actix_web::test]
async fn a_notify_is_never_answered_and_a_request_to_one_is_refused() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    for (route, body) in [
        ("room.get", r#"{"id":1}"#),
        ("room.get", r#"{"id":404}"#),
        ("room.nope", "{}"),
        ("room.sendMessage", "{"),
        ("room.typing", "{"),
    ] {
        client.notify(route, body).await;
    }
    let answer = client.request("room.typing", r#"{"id":1,"on":true}"#).await;
    let refused = json!({"code": "PIT-400", "msg": "tried to request a notify route"});
    assert_eq!(answer, refused);
    assert!(server.world.asked("typing").is_empty());
    server.stop().await;
}

#[actix_web::test]
async fn a_request_with_id_zero_runs_without_an_answer() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    client.raw(crate::client::request(0, "room.leave", r#"{"id":5}"#)).await;
    assert!(client.is_alive().await);
    assert_eq!(server.world.count("remove 1 5 1"), 1);
    server.stop().await;
}

#[actix_web::test]
async fn leaving_is_removing_oneself_and_others_can_be_named() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    client.request("room.leave", r#"{"id":5}"#).await;
    client.request("room.leave", r#"{"id":5,"userId":2}"#).await;
    assert_eq!(server.world.asked("remove"), ["remove 1 5 1", "remove 1 5 2"]);
    server.stop().await;
}

#[actix_web::test]
async fn the_other_routes_answer_in_the_shapes_of_the_contract() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    for (route, body, pointer, expected) in [
        ("room.create", r#"{"roomName":"new"}"#, "/name", json!("new")),
        ("room.read", r#"{"id":1,"seq":99}"#, "/readSeq", json!(7)),
        (
            "room.sendMessage",
            r#"{"roomId":1,"contentType":"READ_MESSAGE","readMessage":{"lastReadSeq":3}}"#,
            "/readSeq",
            json!(3),
        ),
        ("room.members", r#"{"id":1}"#, "", json!([])),
        ("room.delete", r#"{"id":1}"#, "", json!({})),
        ("user.get", r#"{"id":2}"#, "/0/userName", json!("user2")),
        ("user.get", r#"{"id":9}"#, "", json!([])),
        ("friend.list", "{}", "/0/id", json!(2)),
        ("friend.add", r#"{"id":2}"#, "/id", json!(60)),
        ("friend.remove", r#"{"id":2}"#, "", json!({})),
        (
            "presence.get",
            r#"{"userIds":[2]}"#,
            "",
            json!([{"userId": 2, "online": true, "lastSeenAt": null}]),
        ),
        ("room.sync", r#"{"rooms":[{"id":1,"rev":3}]}"#, "/gone", json!([404])),
    ] {
        let answer = client.request(route, body).await;
        assert_eq!(answer["code"], 0, "{route}: {answer}");
        assert_eq!(answer["data"].pointer(pointer), Some(&expected), "{route}");
    }
    server.stop().await;
}

fn seqs(messages: &Value) -> Vec<i64> {
    let messages = messages.as_array().unwrap();
    messages
        .iter()
        .map(|message| message["seq"].as_i64().unwrap())
        .collect()
}

#[actix_web::test]
async fn pages_too_large_for_browsers_are_cut_next_to_the_asked_place() {
    let server = Server::start();
    server
        .world
        .history_text
        .store(3000, std::sync::atomic::Ordering::Relaxed);
    let mut client = server.signed_in("alice").await;
    for (place, expected) in [
        ("", (None, Some(1000))),
        (r#","beforeSeq":500"#, (None, Some(499))),
        (r#","afterSeq":500"#, (Some(501), None)),
    ] {
        let body = format!(r#"{{"id":1,"limit":100{place}}}"#);
        let answer = client.request("room.history", &body).await;
        assert!(answer.to_string().len() < 64 * 1024);
        let seqs = seqs(&answer["data"]);
        assert!((5..100).contains(&seqs.len()), "{seqs:?}");
        assert!(seqs.windows(2).all(|pair| pair[0] + 1 == pair[1]));
        let (first, last) = expected;
        assert!(first.is_none_or(|first| seqs.first() == Some(&first)), "{seqs:?}");
        assert!(last.is_none_or(|last| seqs.last() == Some(&last)), "{seqs:?}");
    }
    let around = client
        .request("room.history", r#"{"id":1,"limit":100,"aroundSeq":500}"#)
        .await;
    assert!(seqs(&around["data"]).contains(&500));
    server.stop().await;
}

#[actix_web::test]
async fn a_client_that_syncs_on_gets_everything_though_answers_are_cut() {
    let server = Server::start();
    server
        .world
        .history_text
        .store(3000, std::sync::atomic::Ordering::Relaxed);
    let mut client = server.signed_in("alice").await;
    let mut rev = 0;
    while rev < 100 {
        let body = json!({"rooms": [{"id": 1, "rev": rev}, {"id": 2, "rev": 0}]}).to_string();
        let answer = client.request("room.sync", &body).await;
        assert!(answer.to_string().len() < 64 * 1024);
        let rooms = &answer["data"]["rooms"];
        let seqs = seqs(&rooms[0]["messages"]);
        assert_eq!(seqs.first(), Some(&(rev + 1)));
        assert_eq!(rooms[0]["more"], true);
        assert_eq!((&rooms[1]["messages"], &rooms[1]["more"]), (&json!([]), &json!(true)));
        rev = *seqs.last().unwrap();
    }
    server.stop().await;
}

#[actix_web::test]
async fn too_many_rooms_in_one_sync_are_refused() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let rooms: Vec<Value> = (1..=501).map(|id| json!({"id": id, "rev": 0})).collect();
    let answer = client
        .request("room.sync", &json!({ "rooms": rooms }).to_string())
        .await;
    assert_eq!(answer["code"], 400, "{answer}");
    server.stop().await;
}

#[actix_web::test]
async fn a_handler_that_panics_costs_its_call_and_nothing_else() {
    let server = Server::start();
    let mut client = server.signed_in("alice").await;
    let id = client.ask("room.sendMessage", &text("panic")).await;
    let Seen::Error(answered, error) = client.answer().await else {
        panic!("no error");
    };
    assert_eq!((answered, &error["code"]), (id, &json!("PIT-500")));
    assert!(client.is_alive().await);
    assert_eq!(server.gateway.stats().panics, 1);
    server.stop().await;
}
