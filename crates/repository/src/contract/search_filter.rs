//! The search with filters, with and without a query.

use domain::media::MediaKind;
use domain::message::{Content, TextContent};
use domain::port::{Change, Draft};
use domain::search::{Has, SearchFilter, SearchPage, SearchQuery};
use domain::{MessageId, RoomId, UserId};

use super::build::{at, draft, edit, media, message_of, recall, remove};
use super::world::World;

fn only(filter: SearchFilter) -> SearchPage {
    SearchPage {
        filter,
        limit: 100,
        ..SearchPage::default()
    }
}

fn has(has: Has) -> SearchPage {
    only(SearchFilter {
        has: Some(has),
        ..SearchFilter::default()
    })
}

fn from(author: UserId) -> SearchPage {
    only(SearchFilter {
        author: Some(author),
        ..SearchFilter::default()
    })
}

fn mentions() -> SearchPage {
    only(SearchFilter {
        mentions_searcher: true,
        ..SearchFilter::default()
    })
}

fn within(room: RoomId, page: SearchPage) -> SearchPage {
    SearchPage {
        room_id: Some(room),
        ..page
    }
}

async fn found(world: &World, searcher: UserId, page: &SearchPage) -> Vec<MessageId> {
    let messages = world.messages.search(searcher, page).await.unwrap();
    messages.iter().map(|message| message.id).collect()
}

async fn store(world: &World, draft: Draft) -> MessageId {
    message_of(world.apply(Change::Append(draft)).await.unwrap()).id
}

fn file(room: RoomId, author: UserId, kind: MediaKind, caption: Option<&str>) -> Draft {
    let mut content = media("key", "name.bin", caption);
    content.kind = kind;
    Draft {
        content: Content::Media(content),
        ..draft(room, author, "x")
    }
}

fn mentioning(room: RoomId, author: UserId, words: &str, people: &[UserId]) -> Draft {
    Draft {
        content: Content::Text(TextContent::parse(words, people).unwrap()),
        ..draft(room, author, "x")
    }
}

pub(super) async fn every_filter_leaves_only_what_it_names(world: &World) {
    let (a, b, c) = (world.user("a").await, world.user("b").await, world.user("c").await);
    let (room, other) = (world.room("room", &[a, b]).await, world.room("other", &[a, c]).await);
    let foreign = world.room("foreign", &[c]).await;
    let image = store(world, file(room, a, MediaKind::Image, None)).await;
    let gif = store(world, file(other, c, MediaKind::Gif, None)).await;
    let voice = store(world, file(room, b, MediaKind::Audio, None)).await;
    let video = store(world, file(room, b, MediaKind::Video, None)).await;
    let paper = store(world, file(room, b, MediaKind::File, Some("from https://a.example"))).await;
    let link = store(world, draft(room, b, "read HTTP://b.example")).await;
    let mention = store(world, mentioning(room, b, "hi you two", &[a, b])).await;
    let words = store(world, draft(room, a, "no link: http://")).await;
    store(world, mentioning(foreign, c, "https://c.example", &[a])).await;
    store(world, file(foreign, c, MediaKind::Image, None)).await;
    for (page, expected) in [
        (has(Has::Image), vec![gif, image]),
        (has(Has::Voice), vec![voice]),
        (has(Has::Video), vec![video]),
        (has(Has::File), vec![paper]),
        (has(Has::Link), vec![link, paper]),
        (mentions(), vec![mention]),
        (from(b), vec![mention, link, paper, video, voice]),
        (from(c), vec![gif]),
        (from(UserId(999_999)), vec![]),
        (within(room, has(Has::Image)), vec![image]),
        (within(other, has(Has::Image)), vec![gif]),
        (within(other, mentions()), vec![]),
        (within(room, from(a)), vec![words, image]),
        (
            within(room, only(SearchFilter::default())),
            vec![words, mention, link, paper, video, voice, image],
        ),
        (within(foreign, only(SearchFilter::default())), vec![]),
        (within(foreign, has(Has::Image)), vec![]),
    ] {
        assert_eq!(found(world, a, &page).await, expected, "{page:?}");
    }
    world.apply(remove(other, c)).await.unwrap();
    assert_eq!(
        found(world, c, &has(Has::Image)).await.len(),
        1,
        "who left finds nothing there"
    );
}

pub(super) async fn filters_narrow_a_query_and_each_other(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let (room, other) = (world.room("room", &[a, b]).await, world.room("other", &[a, b]).await);
    let plan = store(world, file(room, a, MediaKind::File, Some("the plan"))).await;
    let picture = store(
        world,
        file(other, b, MediaKind::Image, Some("a plan at https://a.example")),
    )
    .await;
    let asked = store(world, mentioning(room, b, "the plan https://b.example", &[a])).await;
    store(world, draft(room, b, "nothing")).await;
    let with = |query: &str, page: SearchPage| SearchPage {
        query: SearchQuery::parse_optional(Some(query)).unwrap(),
        ..page
    };
    let all = |filter: &dyn Fn(&mut SearchFilter)| {
        let mut page = only(SearchFilter::default());
        filter(&mut page.filter);
        page
    };
    for (page, expected) in [
        (with("plan", only(SearchFilter::default())), vec![asked, picture, plan]),
        (with("plan", from(b)), vec![asked, picture]),
        (with("plan", has(Has::Link)), vec![asked, picture]),
        (with("plan", mentions()), vec![asked]),
        (with("plan", within(room, from(a))), vec![plan]),
        (with("nothing", has(Has::Link)), vec![]),
        (
            all(&|filter| (filter.author, filter.has) = (Some(b), Some(Has::Link))),
            vec![asked, picture],
        ),
        (
            all(&|filter| (filter.mentions_searcher, filter.has) = (true, Some(Has::Link))),
            vec![asked],
        ),
        (
            all(&|filter| (filter.mentions_searcher, filter.author) = (true, Some(a))),
            vec![],
        ),
        (
            with(
                "plan",
                all(&|filter| {
                    *filter = SearchFilter {
                        author: Some(b),
                        since: Some(at(0)),
                        until: Some(at(9)),
                        has: Some(Has::Image),
                        mentions_searcher: false,
                    }
                }),
            ),
            vec![picture],
        ),
    ] {
        assert_eq!(found(world, a, &page).await, expected, "{page:?}");
    }
}

pub(super) async fn filtered_hits_come_newest_first_in_pages(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let rooms = [world.room("one", &[a, b]).await, world.room("two", &[a, b]).await];
    let mut all = Vec::new();
    for n in 0..14 {
        let room = rooms[n % 2];
        all.push((room, store(world, mentioning(room, b, "https://x.example", &[a])).await));
        store(world, draft(room, a, "hay")).await;
    }
    all.reverse();
    for page in [has(Has::Link), mentions(), from(b)] {
        for room in [None, Some(rooms[0])] {
            let expected = all
                .iter()
                .filter(|(in_room, _)| room.is_none_or(|room| room == *in_room));
            let expected: Vec<MessageId> = expected.map(|(_, id)| *id).collect();
            let mut asked = SearchPage {
                room_id: room,
                limit: 3,
                ..page.clone()
            };
            let mut listed = Vec::new();
            loop {
                let hits = found(world, a, &asked).await;
                let Some(last) = hits.last() else { break };
                asked.before = Some(*last);
                listed.extend(hits);
            }
            assert_eq!(listed, expected, "{asked:?}");
        }
    }
}

pub(super) async fn moments_bound_a_search_to_the_millisecond(world: &World) {
    let a = world.user("a").await;
    let room = world.room("room", &[a]).await;
    let mut ids = Vec::new();
    for n in 0..20 {
        // Hours apart, and the last two at once.
        let moment = at(n.min(18) * 3_600_000);
        let message = world.apply_at(Change::Append(draft(room, a, "word https://x.example")), moment);
        ids.push(message_of(message.await.unwrap()).id);
    }
    let hour = |n: i64, more: i64| Some(at(n * 3_600_000 + more));
    for (since, until, expected) in [
        (hour(3, 0), None, &ids[3..]),
        (hour(3, 1), None, &ids[4..]),
        (None, hour(3, 0), &ids[..3]),
        (None, hour(3, 1), &ids[..4]),
        (hour(3, 0), hour(7, 0), &ids[3..7]),
        (hour(18, 0), None, &ids[18..]),
        (hour(18, 1), None, &[]),
        (None, hour(0, 0), &[]),
        (hour(-9, 0), hour(99, 0), &ids[..]),
        (hour(7, 0), hour(3, 0), &[]),
    ] {
        let filter = SearchFilter {
            since,
            until,
            ..SearchFilter::default()
        };
        let expected: Vec<MessageId> = expected.iter().rev().copied().collect();
        let with_query = SearchPage {
            query: SearchQuery::parse_optional(Some("word")).unwrap(),
            ..only(filter.clone())
        };
        let with_mark = SearchFilter {
            has: Some(Has::Link),
            ..filter.clone()
        };
        let with_author = SearchFilter {
            author: Some(a),
            ..filter.clone()
        };
        for page in [
            with_query,
            only(with_mark),
            only(with_author),
            within(room, only(filter.clone())),
            only(filter),
        ] {
            assert_eq!(found(world, a, &page).await, expected, "{page:?}");
        }
    }
}

pub(super) async fn marks_follow_edits_recalls_and_rooms(world: &World) {
    let (a, b) = (world.user("a").await, world.user("b").await);
    let room = world.room("room", &[a, b]).await;
    let said = message_of(
        world
            .apply(Change::Append(mentioning(room, a, "https://x.example", &[b])))
            .await
            .unwrap(),
    );
    let picture = message_of(
        world
            .apply(Change::Append(file(room, a, MediaKind::Image, None)))
            .await
            .unwrap(),
    );
    world.apply(edit(&said, "neither")).await.unwrap();
    assert!(found(world, b, &has(Has::Link)).await.is_empty());
    assert!(found(world, b, &mentions()).await.is_empty());
    world.apply(edit(&said, "http://y.example")).await.unwrap();
    assert_eq!(found(world, b, &has(Has::Link)).await, [said.id]);
    world.apply(recall(&picture, a)).await.unwrap();
    assert!(found(world, b, &has(Has::Image)).await.is_empty());
    assert_eq!(
        found(world, b, &within(room, only(SearchFilter::default()))).await,
        [said.id]
    );
    world.rooms.delete(room, &[], at(9)).await.unwrap();
    assert!(found(world, b, &has(Has::Link)).await.is_empty());
    if world.db.is_some() {
        assert_eq!(world.number("SELECT COUNT(*) FROM message_marks").await, 0);
    }
}
