//! Invitations: links into rooms, and to accounts where nobody else gets one.

use serde_json::{Value, json};

use crate::support::{Backend, PASSWORD, Person, Server, on_each_backend, on_each_backend_with, unique};

const BY_INVITATION: (&str, &str) = ("SECURITY__REGISTRATION", "invite");

/// The server's admin, as the operator makes one.
async fn operator(server: &std::sync::Arc<Server>) -> Person {
    let command = [
        "user",
        "create",
        "--email",
        "op@banter.example",
        "--name",
        "Op",
        "--admin",
    ];
    server.operate(&command, PASSWORD).await;
    let operator = Person {
        email: "op@banter.example".into(),
        ..Person::anonymous(server)
    };
    operator.sign_in().await
}

async fn secret_room(creator: &Person) -> i64 {
    let wish = json!({"name": "Secret", "joinPolicy": "invite"});
    creator.post("/api/room", wish).await.data()["id"]
        .as_i64()
        .expect("an id")
}

fn wish(name: &str, code: &str) -> Value {
    let email = format!("{name}@banter.example");
    json!({"email": email, "password": PASSWORD, "userName": name, "invitation": code})
}

async fn members(asking: &Person, room: i64) -> usize {
    let members = asking.get(&format!("/api/room/member?id={room}")).await.data();
    members.as_array().expect("members").len()
}

#[tokio::test]
async fn a_link_brings_into_a_closed_room_and_is_taken_back() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let eve = Person::join(&server, "Eve").await;
        let room = secret_room(&alice).await;
        let mut a = alice.socket().await;
        let asked = json!({"channelId": room, "maxUses": 2, "expiresIn": 3600});
        let made = a.request("invitation.create", asked).await["data"].clone();
        let code = made["code"].as_str().expect("a code");
        assert_eq!(made["url"], format!("/invite/{code}"));
        assert_eq!((&made["maxUses"], &made["uses"]), (&json!(2), &json!(0)));

        let anonymous = Person::anonymous(&server);
        let preview = anonymous.get(&format!("/api/invitation/{code}")).await.data();
        assert_eq!(
            (&preview["room"]["name"], &preview["room"]["memberCount"]),
            (&json!("Secret"), &json!(1))
        );
        assert_eq!(preview["inviter"]["userName"], alice.name);

        // Bob is told of his new room on all of his devices, and the others of him.
        let mut b = bob.socket().await;
        let entered = b.request("invitation.accept", json!({"code": code})).await;
        assert_eq!(entered["data"]["id"], room);
        let heard = a.push("onNewUser", |push| push["roomId"] == room).await;
        assert_eq!(heard["user"]["id"], bob.id);
        let again = bob.post("/api/invitation/accept", json!({"code": code})).await.data();
        assert_eq!(again["memberCount"], 2);
        let path = format!("/api/invitation?channelId={room}");
        assert_eq!(alice.get(&path).await.data()[0]["uses"], 1);
        assert_eq!(
            a.request("invitation.list", json!({"channelId": room})).await["data"][0]["uses"],
            1
        );

        alice.delete(&format!("/api/invitation?code={code}")).await.data();
        assert_eq!(alice.get(&path).await.data(), json!([]));
        // What is taken back is told from what never was by nobody.
        let mut e = eve.socket().await;
        let mut answers = Vec::new();
        for code in [code, "0000000000000000000000", "nonsense"] {
            let accept = json!({"code": code});
            let seen = anonymous.get(&format!("/api/invitation/{code}")).await;
            let tried = eve.post("/api/invitation/accept", accept.clone()).await;
            let registered = anonymous.post("/api/register", wish(&unique("eve"), code)).await;
            let taken_back = eve.delete(&format!("/api/invitation?code={code}")).await;
            let mut answer: Vec<Value> = [seen, tried, registered, taken_back]
                .iter()
                .map(|answer| answer.refused(404, 404).body.clone())
                .collect();
            answer.push(e.request("invitation.accept", accept).await);
            answers.push(answer);
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        eve.get(&format!("/api/room?id={room}")).await.refused(404, 404);
        let page = server.client.get(server.url(&format!("/invite/{code}"))).send().await;
        assert!(page.is_ok());
        assert!(!server.logs().contains(code), "whoever reads the log comes in nowhere");
    })
    .await;
}

#[tokio::test]
async fn the_last_use_of_a_link_has_one_winner() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = secret_room(&alice).await;
        let code = alice.invitation(room, 1).await;
        let guests = futures_util::future::join_all((0..8).map(|_| Person::join(&server, "Guest"))).await;
        let accept = json!({"code": code});
        let tries = guests
            .iter()
            .map(|guest| guest.post("/api/invitation/accept", accept.clone()));
        let mut statuses: Vec<u16> = futures_util::future::join_all(tries)
            .await
            .iter()
            .map(|answer| answer.status)
            .collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 404, 404, 404, 404, 404, 404, 404]);
        assert_eq!(members(&alice, room).await, 2);
    })
    .await;
}

#[tokio::test]
async fn the_last_use_of_an_invitation_makes_one_account() {
    on_each_backend_with(&[BY_INVITATION], |server| async move {
        let operator = operator(&server).await;
        let room = secret_room(&operator).await;
        let code = operator.invitation(room, 1).await;
        let anonymous = Person::anonymous(&server);
        let names: Vec<String> = (0..8).map(|_| unique("guest")).collect();
        let tries = names
            .iter()
            .map(|name| anonymous.post("/api/register", wish(name, &code)));
        let answers = futures_util::future::join_all(tries).await;
        let (made, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
        assert_eq!(made.len(), 1);
        for answer in refused {
            answer.refused(404, 404);
        }
        assert_eq!(members(&operator, room).await, 2);
        for name in names.iter().filter(|name| made[0].data()["userName"] != **name) {
            let found = operator.get(&format!("/api/user?userName={name}")).await.data();
            assert!(!found.to_string().contains(&format!("\"{name}\"")), "{found}");
        }
    })
    .await;
}

#[tokio::test]
async fn where_registration_is_by_invitation_only_an_admins_opens_it() {
    let server = Server::start(Backend::Sqlite, &[BY_INVITATION]).await;
    let operator = operator(&server).await;
    let anonymous = Person::anonymous(&server);
    let lobby = operator.post("/api/joinRoom", json!({})).await.data()["id"].clone();
    let code = operator.invitation(lobby.as_i64().expect("an id"), 0).await;
    let preview = anonymous.get(&format!("/api/invitation/{code}")).await.data();
    assert_eq!(preview["registers"], true);
    anonymous.post("/api/register", wish("ann", &code)).await.data();
    let ann = Person {
        email: "ann@banter.example".into(),
        ..anonymous.clone()
    };
    let ann = ann.sign_in().await;
    let room = secret_room(&ann).await;
    let by_ann = ann.invitation(room, 0).await;
    assert_eq!(
        anonymous.get(&format!("/api/invitation/{by_ann}")).await.data()["registers"],
        false
    );
    anonymous
        .post("/api/register", wish("eve", &by_ann))
        .await
        .refused(403, 403);
    operator
        .post("/api/invitation/accept", json!({"code": by_ann}))
        .await
        .data();
}
