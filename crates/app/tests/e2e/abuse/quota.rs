//! Nobody fills the disk alone.

use serde_json::json;

use crate::support::{Person, on_each_backend_with};

#[tokio::test]
async fn nobody_fills_the_disk_alone() {
    let settings = [("DATA__MEDIA__QUOTA", "10KiB")];
    on_each_backend_with(&settings, async |server| {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        let file = vec![b'x'; 6 * 1024];
        let first = alice.upload("message", "first.txt", &file).await.data();
        let media =
            json!({ "channelId": room, "contentType": "MEDIA_MESSAGE", "mediaMessage": { "url": first["url"] } });
        let sent = alice.post("/api/room/message", media).await.data();
        let refused = alice.upload("message", "second.txt", &file).await;
        refused.refused(413, 413);
        assert!(
            refused.body["message"].as_str().unwrap().contains("10240 bytes"),
            "{:?}",
            refused.body
        );

        // Others have room, and texts go on.
        bob.upload("message", "his.txt", &file).await.data();
        alice.say(room, "still here").await;

        // What is taken back makes room.
        let taken_back = json!({ "messageId": sent["id"] });
        alice.socket().await.request("room.recall", taken_back).await;
        alice.upload("message", "second.txt", &file).await.data();
    })
    .await;
}
