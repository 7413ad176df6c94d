//! What the operator's commands change is so for servers that run.

use serde_json::json;

use crate::support::{PASSWORD, Person, on_each_backend, on_each_backend_with};

#[tokio::test]
async fn who_is_made_admin_or_is_none_any_more_has_that_power_at_once() {
    on_each_backend(async |server| {
        let alice = Person::join(&server, "Alice").await;
        let bob = Person::join(&server, "Bob").await;
        let lobby = alice.post("/api/joinRoom", json!({})).await.data()["id"].clone();
        let rename = async |person: &Person, name: &str| {
            person
                .patch("/api/room", json!({ "id": lobby, "name": name }))
                .await
                .status
        };
        assert_eq!(rename(&alice, "Hall").await, 200);
        assert_eq!(rename(&bob, "Mine").await, 403);

        let mut socket = bob.socket().await;
        server.operate(&["user", "permission", &bob.email, "admin"], "").await;
        while socket.packet().await.is_some() {}
        bob.get("/api/userInfo").await.refused(401, 401);
        let bob = bob.sign_in().await;
        assert_eq!(rename(&bob, "Ours").await, 200);

        server.operate(&["user", "permission", &alice.email, "user"], "").await;
        let alice = alice.sign_in().await;
        assert_eq!(rename(&alice, "Hall again").await, 403);
    })
    .await;
}

#[tokio::test]
async fn the_invitations_of_who_is_no_admin_any_more_make_no_accounts() {
    let settings = [("SECURITY__REGISTRATION", "invite")];
    on_each_backend_with(&settings, async |server| {
        let accounts = [("alice@example.com", "Alice"), ("bob@example.com", "Bob")];
        for (email, name) in accounts {
            let create = ["user", "create", "--email", email, "--name", name, "--admin"];
            server.operate(&create, PASSWORD).await;
        }
        let nobody = Person::anonymous(&server);
        let sign_in = json!({ "email": "bob@example.com", "password": PASSWORD });
        let token = nobody.post("/api/login", sign_in).await.data()["accessToken"].clone();
        let bob = Person {
            token: token.as_str().unwrap().to_owned(),
            ..nobody.clone()
        };
        let lobby = bob.post("/api/joinRoom", json!({})).await.data()["id"].clone();
        let invitation = bob.post("/api/invitation", json!({ "channelId": lobby })).await.data();
        let code = invitation["code"].as_str().unwrap();
        let register = async |email: &str| {
            let wish = json!({ "email": email, "password": PASSWORD, "invitation": code });
            nobody.post("/api/register", wish).await
        };
        register("carol@example.com").await.data();
        server.operate(&["user", "permission", "Bob", "user"], "").await;
        register("dave@example.com").await.refused(404, 404);
    })
    .await;
}
