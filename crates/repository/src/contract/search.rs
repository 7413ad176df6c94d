//! The search.

use domain::message::Content;
use domain::port::Change;
use domain::search::{SearchPage, SearchQuery};
use domain::{MessageId, UserId};

use super::build::{at, draft, edit, media, message_of, recall, remove};
use super::world::World;

pub(super) fn page(query: &str, limit: u32) -> SearchPage {
    SearchPage {
        query: SearchQuery::parse_optional(Some(query)).unwrap(),
        limit,
        ..SearchPage::default()
    }
}

pub(super) async fn found(world: &World, user_id: UserId, query: &str) -> Vec<MessageId> {
    let messages = world.messages.search(user_id, &page(query, 100)).await.unwrap();
    messages.iter().map(|message| message.id).collect()
}

pub(super) async fn substrings_of_any_script_and_length_are_found(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let chinese = world.say(room, a, "大家你好，世界!").await.id;
    let latin = world.say(room, a, "Hello, World").await.id;
    let emoji = world.say(room, a, "see 😀😁 there").await.id;
    let short = world.say(room, a, "a").await.id;
    for (query, expected) in [
        ("世界", vec![chinese]),
        ("世", vec![chinese]),
        ("!", vec![chinese]),
        ("你好,世界", vec![chinese]),
        ("好你", vec![]),
        ("lo, wo", vec![latin]),
        ("lo", vec![latin]),
        ("hel", vec![latin]),
        ("helo", vec![]),
        ("World", vec![latin]),
        ("😀", vec![emoji]),
        ("😀😁", vec![emoji]),
        ("😁😀", vec![]),
        ("a", vec![short]),
        ("the", vec![emoji]),
        ("ee 😀", vec![emoji]),
        ("zz", vec![]),
        ("l", vec![latin]),
        ("aa", vec![]),
    ] {
        assert_eq!(found(world, a, query).await, expected, "{query}");
    }
}

pub(super) async fn no_character_of_a_query_has_a_meaning(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let special = world
        .say(room, a, r#"100% of_it "is" 'so' (a OR b) NOT* c\d -e +f ~g @h <i> ;--"#)
        .await
        .id;
    world.say(room, a, "100 of it is so a b").await;
    for query in [
        "%", "_", "\"", "'", "0%", "f_i", "\"is\"", "'so'", "*", "\\", "NOT*", "a OR b", "(a", "-e", "+f", "~g", "@h",
        "<i>", ";--", "c\\d", ") N",
    ] {
        assert_eq!(found(world, a, query).await, [special], "{query}");
    }
    for query in [
        "%%",
        "__",
        "\"\"",
        "''",
        "**",
        "a AND b",
        "NEAR",
        "x\" OR \"a",
        "1' OR '1'='1",
        "^100",
        "col:a",
    ] {
        assert!(found(world, a, query).await.is_empty(), "{query}");
    }
}

pub(super) async fn case_width_and_accents_do_not_matter(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let message = world.say(room, a, "ＨＥＬＬＯ Ünïcode ﬁn").await.id;
    for query in ["hello", "HeLLo", "ｈｅｌｌｏ", "üNÏ", "uni", "FIN", "h"] {
        assert_eq!(found(world, a, query).await, [message], "{query}");
    }
}

pub(super) async fn captions_and_file_names_are_found(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let mut file = draft(room, a, "x");
    file.content = Content::Media(media("key0", "Bericht.pdf", Some("der Entwurf")));
    let file = message_of(world.apply(Change::Append(file)).await.unwrap()).id;
    assert_eq!(found(world, a, "bericht.p").await, [file]);
    assert_eq!(found(world, a, "entwurf").await, [file]);
    assert!(found(world, a, "fder").await.is_empty(), "not across both");
    assert!(found(world, a, "key0").await.is_empty(), "not in what nobody sees");
}

pub(super) async fn only_rooms_of_the_searcher_are_searched(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let (shared, own) = (world.room("shared", &[a, b]).await, world.room("own", &[a]).await);
    let first = world.say(shared, a, "needle 针头").await.id;
    let second = world.say(own, a, "needle 针头").await.id;
    for query in ["needle", "针头", "针"] {
        assert_eq!(found(world, a, query).await, [second, first], "{query}");
        assert_eq!(found(world, b, query).await, [first], "{query}");
    }
    let mut in_room = page("needle", 9);
    in_room.room_id = Some(own);
    assert_eq!(world.messages.search(a, &in_room).await.unwrap().len(), 1);
    assert!(world.messages.search(b, &in_room).await.unwrap().is_empty());
    world.apply(remove(shared, b)).await.unwrap();
    assert!(
        found(world, b, "needle").await.is_empty(),
        "who left finds nothing any more"
    );
}

pub(super) async fn recalled_messages_and_notices_are_never_found(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a, b]).await;
    let message = world.say(room, a, "something secret").await;
    world.apply(recall(&message, a)).await.unwrap();
    world.apply(remove(room, b)).await.unwrap();
    for query in ["something", "secret", "so", "s", "happened"] {
        assert!(found(world, a, query).await.is_empty(), "{query}");
    }
}

pub(super) async fn edited_messages_are_found_by_their_new_words_only(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let message = world.say(room, a, "before 之前").await;
    world.apply(edit(&message, "after 之后")).await.unwrap();
    for query in ["before", "之前", "前"] {
        assert!(found(world, a, query).await.is_empty(), "{query}");
    }
    for query in ["after", "之后", "后"] {
        assert_eq!(found(world, a, query).await, [message.id], "{query}");
    }
}

pub(super) async fn hits_come_newest_first_in_pages(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let mut ids = Vec::new();
    for n in 0..7 {
        ids.push(world.say(room, a, &format!("needle {n}")).await.id);
        world.say(room, a, "hay").await;
    }
    ids.reverse();
    for query in ["needle", "n"] {
        let mut listed = Vec::new();
        let mut asked = page(query, 3);
        loop {
            let hits = world.messages.search(a, &asked).await.unwrap();
            let Some(last) = hits.last() else { break };
            asked.before = Some(last.id);
            listed.extend(hits.iter().map(|message| message.id));
        }
        assert_eq!(listed, ids, "{query}");
    }
}

pub(super) async fn a_large_batch_is_found_at_once(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let batch: Vec<Change> = (0..300)
        .map(|n| Change::Append(draft(room, a, &format!("批量 number {n} of many"))))
        .collect();
    let mut said = Vec::new();
    for answer in world.log.commit(batch, at(1)).await {
        said.push(message_of(answer.unwrap()));
    }
    // Changed before anybody looked: neither the old words nor the recalled ones turn up later.
    world.apply(edit(&said[7], "quite different")).await.unwrap();
    world.apply(recall(&said[8], a)).await.unwrap();
    assert!(found(world, a, "number 7 of").await.is_empty());
    assert!(found(world, a, "number 8 of").await.is_empty());
    assert_eq!(found(world, a, "quite different").await, [said[7].id]);
    assert_eq!(found(world, a, "number 299 of").await, [said[299].id]);
    assert_eq!(found(world, a, "批量").await.len(), 100);
    if let Some(db) = &world.db {
        let mut others: Vec<Change> = (0..40).map(|_| Change::Append(draft(room, a, "later words"))).collect();
        others.push(Change::Append(draft(room, a, &"长文".repeat(2000))));
        for answer in world.log.commit(others, at(2)).await {
            answer.unwrap();
        }
        assert_eq!(world.number("SELECT COUNT(*) FROM search_backlog").await, 41);
        assert_eq!(db.index_pending(10).await.unwrap(), 10);
        assert_eq!(db.index_pending(1000).await.unwrap(), 31);
        assert_eq!(db.index_pending(1000).await.unwrap(), 0);
        assert_eq!(found(world, a, "later words").await.len(), 40);
        assert_eq!(found(world, a, "文长文长").await.len(), 1);
    }
}
