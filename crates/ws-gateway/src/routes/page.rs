//! Pages that fit: lists cut so that an answer stays small enough for every client.
//!
//! Browser clients of the starx family cannot read messages above some 64 KiB; a page that would
//! be larger is cut shorter, as if a smaller limit had been asked for. A page keeps at least one
//! row, so that whoever pages on always gets further.

use std::ops::Range;

use pitaya_protocol::to_json;
use serde::Serialize;
use wire::message::Message;
use wire::sync::Sync;

/// Which rows of a page are kept.
#[derive(Debug, Clone, Copy)]
pub(super) enum Keep {
    /// The first ones.
    First,
    /// The last ones.
    Last,
    /// Those around the row of this index.
    Around(usize),
}

/// Cuts a page to at most `budget` bytes of JSON.
pub(super) fn shorten<T: Serialize>(rows: &mut Vec<T>, budget: usize, keep: Keep) {
    let sizes: Vec<usize> = rows.iter().map(json_bytes).collect();
    let kept = fitting(&sizes, budget, keep);
    rows.truncate(kept.end);
    rows.drain(..kept.start);
}

/// Cuts an answer to `room.sync`: rooms whose messages are cut say `more`, and a room that gets
/// none of its messages is asked for again with the rev that the client has.
pub(super) fn shorten_sync(sync: &mut Sync, budget: usize) {
    let mut left = budget.saturating_sub(json_bytes(&sync.gone));
    let mut is_first = true;
    for room in &mut sync.rooms {
        let messages = std::mem::take(&mut room.messages);
        left = left.saturating_sub(json_bytes(room));
        room.messages = messages;
        let keep = if room.reset { Keep::Last } else { Keep::First };
        let count = room.messages.len();
        let sizes: Vec<usize> = room.messages.iter().map(json_bytes).collect();
        let mut kept = fitting(&sizes, left, keep);
        let needed: usize = sizes.get(kept.clone()).unwrap_or_default().iter().sum();
        if needed > left && !is_first {
            kept = 0..0;
            room.reset = false;
        }
        left = left.saturating_sub(needed);
        is_first &= kept.is_empty();
        if kept.len() < count {
            room.more = true;
        }
        room.messages.truncate(kept.end);
        room.messages.drain(..kept.start);
    }
}

/// The index of the message with this seq, or where it would stand.
pub(super) fn position(messages: &[Message], seq: i64) -> usize {
    messages.partition_point(|message| message.seq() < seq)
}

/// The longest run of rows that fits, at least one.
fn fitting(sizes: &[usize], budget: usize, keep: Keep) -> Range<usize> {
    // A comma follows each row.
    let mut total: usize = sizes.iter().map(|size| size + 1).sum();
    let mut kept = 0..sizes.len();
    while total > budget && kept.len() > 1 {
        let drops_front = match keep {
            Keep::First => false,
            Keep::Last => true,
            Keep::Around(middle) => middle.saturating_sub(kept.start) > kept.end.saturating_sub(middle + 1),
        };
        let dropped = if drops_front {
            kept.start += 1;
            kept.start - 1
        } else {
            kept.end -= 1;
            kept.end
        };
        total -= sizes.get(dropped).map_or(0, |size| size + 1);
    }
    kept
}

fn json_bytes<T: Serialize + ?Sized>(value: &T) -> usize {
    to_json(value).map_or(0, |json| json.len())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::message::{Content, MessageDetail, TextContent};
    use domain::{MessageId, RoomId, Timestamp, UserId};
    use wire::sync::SyncRoom;

    use super::*;

    fn shortened(rows: &[usize], budget: usize, keep: Keep) -> Vec<usize> {
        // Each row takes four bytes: three digits and a comma.
        let mut rows = rows.to_vec();
        shorten(&mut rows, budget, keep);
        rows
    }

    #[test]
    fn what_fits_stays_whole() {
        assert_eq!(shortened(&[100, 101, 102], 12, Keep::First), [100, 101, 102]);
        assert_eq!(shortened(&[], 0, Keep::Last), [0; 0]);
    }

    #[test]
    fn the_rows_next_to_the_asked_place_stay() {
        let rows = [100, 101, 102, 103, 104];
        assert_eq!(shortened(&rows, 8, Keep::First), [100, 101]);
        assert_eq!(shortened(&rows, 8, Keep::Last), [103, 104]);
        assert_eq!(shortened(&rows, 12, Keep::Around(2)), [101, 102, 103]);
        assert_eq!(shortened(&rows, 4, Keep::Around(3)), [103]);
    }

    #[test]
    fn one_row_stays_whatever_its_size() {
        assert_eq!(shortened(&[100, 101], 1, Keep::First), [100]);
        assert_eq!(shortened(&[100, 101], 1, Keep::Last), [101]);
    }

    fn message(seq: i64) -> Message {
        let message = domain::message::Message {
            id: MessageId(seq),
            room_id: RoomId(1),
            seq,
            rev: seq,
            author: Some(UserId(1)),
            client_msg_id: None,
            content: Content::Text(TextContent {
                text: "hi".to_owned(),
                mention: Vec::new(),
            }),
            reply_id: None,
            is_edited: false,
            reactions: Vec::new(),
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
        };
        Message::for_reader(&Arc::new(MessageDetail::new(message, None, None)), UserId(1))
    }

    fn room(id: i64, messages: i64, reset: bool) -> SyncRoom {
        SyncRoom {
            id,
            last_seq: messages,
            last_rev: messages,
            read_seq: 0,
            unread_count: 0,
            messages: (1..=messages).map(message).collect(),
            more: false,
            reset,
        }
    }

    fn synced(rooms: Vec<SyncRoom>, budget: usize) -> Vec<(usize, Option<i64>, bool, bool)> {
        let mut sync = Sync {
            rooms,
            gone: Vec::new(),
        };
        shorten_sync(&mut sync, budget);
        let row = |room: &SyncRoom| {
            let first = room.messages.first().map(Message::seq);
            (room.messages.len(), first, room.more, room.reset)
        };
        sync.rooms.iter().map(row).collect()
    }

    #[test]
    fn a_sync_that_fits_is_left_alone() {
        let rooms = vec![room(1, 3, false), room(2, 2, true)];
        assert_eq!(
            synced(rooms, 64 * 1024),
            [(3, Some(1), false, false), (2, Some(1), false, true)]
        );
    }

    #[test]
    fn a_cut_room_says_more_and_later_rooms_are_asked_for_again() {
        let rooms = vec![room(1, 20, false), room(2, 5, false), room(3, 5, true)];
        let seen = synced(rooms, 2_000);
        let (kept, first, more, _) = seen[0];
        assert!((1..20).contains(&kept) && more && first == Some(1), "{seen:?}");
        assert_eq!(seen[2], (0, None, true, false));
    }

    #[test]
    fn a_reset_keeps_the_newest_messages() {
        let seen = synced(vec![room(1, 20, true)], 2_000);
        let (kept, first, more, reset) = seen[0];
        assert!(more && reset);
        assert_eq!(first, Some(21 - i64::try_from(kept).unwrap()));
    }

    #[test]
    fn every_sync_gets_further_however_small_the_budget() {
        let seen = synced(vec![room(1, 5, false), room(2, 5, false)], 1);
        assert_eq!(seen, [(1, Some(1), true, false), (0, None, true, false)]);
    }
}
