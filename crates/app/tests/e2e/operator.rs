//! What the operator's commands change is so for servers that run.

use serde_json::json;

use crate::support::{Person, on_each_backend};

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
