//! What tests make to put into a world: people, messages and changes, with sensible defaults.

use domain::media::{MediaContent, MediaKind, Scene, StoredMedia, Upload};
use domain::message::{ClientMsgId, Content, Emoji, Message, Notice, NoticeKind, TextContent};
use domain::port::{Change, Draft, Outcome};
use domain::user::{Email, NewUser, Permission, UserName};
use domain::{RoomId, Timestamp, UserId};

/// A moment of the test's day.
pub(super) fn at(millis: i64) -> Timestamp {
    Timestamp(1_790_000_000_000 + millis)
}

pub(super) fn new_user(name: &str) -> NewUser {
    NewUser {
        name: UserName::parse(name).unwrap(),
        email: Email::parse(&format!("{name}@example.com")).unwrap(),
        password_hash: format!("hash of {name}"),
        permission: Permission::User,
        invitation: None,
        created_at: at(0),
    }
}

pub(super) fn text(words: &str) -> Content {
    Content::Text(TextContent::parse(words, &[]).unwrap())
}

pub(super) fn media(key: &str, name: &str, caption: Option<&str>) -> MediaContent {
    MediaContent {
        url: format!("/uploads/{key}"),
        name: name.to_owned(),
        extension: "png".to_owned(),
        mime: "image/png".to_owned(),
        size: 1 << 40,
        width: Some(640),
        height: Some(480),
        duration: Some(1.5),
        thumbnail: None,
        kind: MediaKind::Image,
        text: caption.map(str::to_owned),
        peaks: None,
    }
}

pub(super) fn upload(key: &str, owner: UserId) -> Upload {
    Upload {
        media: StoredMedia {
            key: key.to_owned(),
            object_key: None,
            mime: "image/png".to_owned(),
            extension: "png".to_owned(),
            kind: MediaKind::Image,
            size: 1 << 40,
            width: Some(640),
            height: None,
            thumbnail: Some(format!("thumb.{key}")),
        },
        name: "图 \"1\".png".to_owned(),
        owner,
        scene: Scene::Message,
        message_id: None,
        is_pending: false,
        created_at: at(0),
        deleted_at: None,
    }
}

pub(super) fn notice(kind: NoticeKind, actor: Option<UserId>, subject: UserId) -> Notice {
    Notice {
        kind,
        actor,
        subject: Some(subject),
        text: "something happened".to_owned(),
    }
}

pub(super) fn draft(room_id: RoomId, author: UserId, words: &str) -> Draft {
    Draft {
        room_id,
        author,
        content: text(words),
        reply_id: None,
        client_msg_id: None,
        upload_key: None,
    }
}

pub(super) fn draft_with_id(room_id: RoomId, author: UserId, words: &str, id: &str) -> Draft {
    Draft {
        client_msg_id: Some(ClientMsgId::parse(id).unwrap()),
        ..draft(room_id, author, words)
    }
}

pub(super) fn react(message: &Message, user_id: UserId, emoji: &str, on: bool) -> Change {
    Change::React {
        room_id: message.room_id,
        message_id: message.id,
        user_id,
        emoji: Emoji::parse(emoji).unwrap(),
        on,
    }
}

pub(super) fn recall(message: &Message, operator: UserId) -> Change {
    Change::Recall {
        room_id: message.room_id,
        message_id: message.id,
        operator,
    }
}

pub(super) fn edit(message: &Message, words: &str) -> Change {
    Change::Edit {
        room_id: message.room_id,
        message_id: message.id,
        text: TextContent::parse(words, &[]).unwrap(),
    }
}

pub(super) fn remove(room_id: RoomId, user_id: UserId) -> Change {
    Change::RemoveMember {
        room_id,
        user_id,
        notice: notice(NoticeKind::MemberLeft, Some(user_id), user_id),
    }
}

/// The message of an outcome that has just one.
pub(super) fn message_of(outcome: Outcome) -> Message {
    match outcome {
        Outcome::Appended(message)
        | Outcome::Repeated(message)
        | Outcome::Changed(message)
        | Outcome::Unchanged(message)
        | Outcome::HandedOver(message)
        | Outcome::MemberRemoved(message) => message,
        other => panic!("no single message in {other:?}"),
    }
}
