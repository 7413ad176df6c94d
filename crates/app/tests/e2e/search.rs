//! Search: substrings in any script, and nothing that the reader may not see.

use serde_json::json;

use crate::support::{Person, on_each_backend};

#[tokio::test]
async fn finds_substrings_in_any_script_and_marks_them() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = alice.room(&[], &[]).await;
        for text in [
            "我们明天在北京见面",
            "The QUICK brown fox",
            "100% _sure_ \"quoted\"",
            "日本語のテキスト",
            "emoji 😁 here",
        ] {
            alice.say(room, text).await;
        }
        for (query, text) in [
            ("北京", "我们明天在北京见面"),
            ("见", "我们明天在北京见面"),
            ("明天在", "我们明天在北京见面"),
            ("quick", "The QUICK brown fox"),
            ("ow", "The QUICK brown fox"),
            ("100%25", "100% _sure_ \"quoted\""),
            ("_sure_", "100% _sure_ \"quoted\""),
            ("%22quoted", "100% _sure_ \"quoted\""),
            ("テキスト", "日本語のテキスト"),
            ("😁", "emoji 😁 here"),
        ] {
            let hits = alice.get(&format!("/api/search?q={query}")).await.data();
            let texts: Vec<_> = hits
                .as_array()
                .expect("hits")
                .iter()
                .map(|hit| hit["textMessage"]["text"].clone())
                .collect();
            assert_eq!(texts, [json!(text)], "{query}");
        }
        let hit = alice.get("/api/search?q=quick").await.data()[0].clone();
        assert_eq!(hit["spans"], json!([{"start": 4, "end": 9}]));
        for operators in [
            "OR",
            "NEAR(x)",
            "x*",
            "\"",
            "'; DROP TABLE messages",
            "%25",
            "_",
            "-",
            "(",
            "+a -b",
        ] {
            assert_eq!(
                alice.get(&format!("/api/search?q={operators}")).await.status,
                200,
                "{operators}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn shows_nothing_of_foreign_rooms_recalled_messages_or_old_words() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        let message = alice.say(room, "the secret word is xylophone").await;
        let hits = |person: Person, q: &'static str| async move {
            person
                .get(&format!("/api/search?q={q}"))
                .await
                .data()
                .as_array()
                .expect("hits")
                .len()
        };
        assert_eq!(hits(bob.clone(), "xylophone").await, 1);
        let edit = json!({"id": message["id"], "textMessage": {"text": "the secret word is marimba"}});
        alice.patch("/api/room/message", edit).await.data();
        assert_eq!(
            (hits(bob.clone(), "xylophone").await, hits(bob.clone(), "marimba").await),
            (0, 1)
        );
        alice
            .delete(&format!("/api/room/member?id={room}&userId={}", bob.id))
            .await
            .data();
        assert_eq!(hits(bob.clone(), "marimba").await, 0);
        assert_eq!(hits(alice.clone(), "marimba").await, 1);
        alice
            .delete(&format!("/api/room/message?id={}", message["id"]))
            .await
            .data();
        assert_eq!(hits(alice.clone(), "marimba").await, 0);
    })
    .await;
}

#[tokio::test]
async fn filters_leave_only_what_they_name() {
    on_each_backend(|server| async move {
        let (alice, bob) = (Person::join(&server, "Alice").await, Person::join(&server, "Bob").await);
        let room = alice.room(&[], &[&bob]).await;
        let upload = bob
            .upload("message", "Übersicht-季度报告.pdf", b"%PDF-1.7\nnothing in it\n%%EOF\n")
            .await
            .data();
        let file = json!({"channelId": room, "contentType": "MEDIA_MESSAGE",
            "mediaMessage": {"url": upload["url"], "text": "Voilà les chiffres"}});
        let file = bob.post("/api/room/message", file).await.data()["id"].clone();
        let mention = json!({"channelId": room, "contentType": "TEXT_MESSAGE",
            "textMessage": {"text": "see https://banter.example", "mention": [alice.id]}});
        let mention = bob.post("/api/room/message", mention).await.data()["id"].clone();
        let words = alice.say(room, "voila, nothing else").await;
        let (words, at) = (
            words["id"].clone(),
            words["createdAt"].as_str().expect("a time").to_owned(),
        );
        for (query, expected) in [
            // Any part of a file's name or caption, two Chinese characters, whatever the accents.
            ("q=bersicht-季".to_owned(), vec![&file]),
            ("q=报告".to_owned(), vec![&file]),
            ("q=UBERSICHT".to_owned(), vec![&file]),
            ("q=chiffre".to_owned(), vec![&file]),
            ("q=voila".to_owned(), vec![&words, &file]),
            (format!("q=voila&from={}", alice.id), vec![&words]),
            (format!("from={}", bob.id), vec![&mention, &file]),
            (format!("from={}&has=file&roomId={room}", bob.id), vec![&file]),
            ("has=link".to_owned(), vec![&mention]),
            ("has=voice".to_owned(), vec![]),
            ("mentionsMe=true".to_owned(), vec![&mention]),
            (format!("mentionsMe=false&roomId={room}"), vec![&words, &mention, &file]),
            (format!("q=&roomId={room}&cursor={words}"), vec![&mention, &file]),
            (format!("after={at}"), vec![&words]),
            (format!("roomId={room}&before=2001-01-01"), vec![]),
            (format!("roomId={room}&after=2001-01-01&has=file"), vec![&file]),
        ] {
            let hits = alice.get(&format!("/api/search?{query}")).await.data();
            let hits = hits.as_array().expect("hits");
            let ids: Vec<_> = hits.iter().map(|hit| &hit["id"]).collect();
            assert_eq!(ids, expected, "{query}");
        }
        for (query, field) in [
            ("", "q"),
            ("q=%20&mentionsMe=false", "q"),
            ("has=cats", "has"),
            ("from=0", "from"),
            ("before=soon", "before"),
            ("after=2026-02-30", "after"),
            ("mentionsMe=maybe", "mentionsMe"),
        ] {
            let refused = alice.get(&format!("/api/search?{query}")).await;
            let message = refused.refused(400, 400).body["message"]
                .as_str()
                .expect("a text")
                .to_owned();
            assert!(message.starts_with(field), "{query}: {message}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_go_back_in_time_without_a_gap() {
    on_each_backend(|server| async move {
        let alice = Person::join(&server, "Alice").await;
        let room = alice.room(&[], &[]).await;
        for n in 0..25 {
            alice.say(room, &format!("needle {n}")).await;
        }
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = alice
                .get(&format!("/api/search?q=needle&limit=10{cursor}"))
                .await
                .data();
            let page = page.as_array().expect("hits").clone();
            let Some(last) = page.last() else { break };
            cursor = format!("&cursor={}", last["id"]);
            found.extend(page.iter().map(|hit| hit["seq"].as_i64().expect("a seq")));
        }
        assert_eq!(found, (1..=25).rev().collect::<Vec<_>>());
    })
    .await;
}
