//! Preferences: the same on every device of one person, and nobody else's business.

use serde_json::{Value, json};

use crate::support::{Person, on_each_backend};

#[tokio::test]
async fn preferences_follow_their_person_to_every_device() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let mut phone = alice.socket().await;
        let mut desk = alice.sign_in().await.socket().await;
        let draft = json!({"text": "half a thought 😁", "replyId": 7, "tags": [null, true, 1.5]});
        let items = json!({"items": [{"key": "draft:7", "value": draft}, {"key": "muted:7", "value": true}]});
        let set = phone.request("preference.set", items).await["data"].clone();
        assert_eq!(
            (set[0]["value"].clone(), set[1]["key"].clone()),
            (draft.clone(), json!("muted:7"))
        );
        for device in [&mut phone, &mut desk] {
            let heard = device.push("onPreference", |push| push["key"] == "draft:7").await;
            assert_eq!(heard, set[0]);
        }
        assert_eq!(alice.get("/api/preference").await.data(), set);
        assert_eq!(
            desk.request("preference.list", json!({"cursor": "draft:7"})).await["data"],
            json!([set[1]])
        );
        assert_eq!(alice.get("/api/preference?limit=1").await.data(), json!([set[0]]));
        assert_eq!(bob.get("/api/preference").await.data(), json!([]));

        let remove = json!({"items": [{"key": "draft:7", "value": null}]});
        let removed = alice.post("/api/preference", remove).await.data()[0].clone();
        assert_eq!(removed["value"], Value::Null);
        let heard = desk.push("onPreference", |push| push["value"].is_null()).await;
        assert_eq!(heard, removed);
        // What another device wrote before, and sends only now, does not bring it back.
        let late = json!({"items": [{"key": "draft:7", "value": "old", "updatedAt": set[0]["updatedAt"]}]});
        assert_eq!(alice.post("/api/preference", late).await.data(), json!([removed]));
        assert_eq!(alice.get("/api/preference").await.data(), json!([set[1]]));
    })
    .await;
}

#[tokio::test]
async fn preferences_are_bounded_and_checked() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        for (item, field) in [
            (json!({"key": "no spaces", "value": 1}), "items[0].key"),
            (json!({"key": "k", "value": "x".repeat(8191)}), "items[0].value"),
            (
                json!({"key": "k", "value": 1, "updatedAt": "soon"}),
                "items[0].updatedAt",
            ),
            (json!({"key": "k"}), "value"),
        ] {
            let answer = alice.post("/api/preference", json!({"items": [item]})).await;
            let message = answer.refused(400, 400).body["message"].to_string();
            assert!(message.contains(field), "{message}");
        }
        alice.get("/api/preference?cursor=a%20b").await.refused(400, 400);
        let some = |range: std::ops::Range<i32>| -> Value {
            let items: Vec<Value> = range.map(|n| json!({"key": format!("k{n}"), "value": n})).collect();
            json!({ "items": items })
        };
        alice.post("/api/preference", some(0..101)).await.refused(400, 400);
        for n in 0..10 {
            alice.post("/api/preference", some(n * 100..n * 100 + 100)).await.data();
        }
        let refused = alice.post("/api/preference", some(999..1001)).await;
        assert!(refused.refused(409, 409).body["message"].to_string().contains("1000"));
        alice.post("/api/preference", some(0..100)).await.data();
        assert_eq!(
            alice
                .get("/api/preference?limit=100")
                .await
                .data()
                .as_array()
                .map(Vec::len),
            Some(100)
        );
    })
    .await;
}
