//! Changes to a message: edited, recalled, reacted to.

use domain::message::{Content, DISTINCT_REACTIONS_MAX, Emoji, Message, TextContent};
use domain::port::{ChangeError, Outcome};
use domain::{MessageId, RoomId, UserId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, Value};

use super::Answer;
use super::membership::is_member;
use super::rooms::Rooms;
use crate::entity::reaction;
use crate::error::RepositoryError;
use crate::message::load;
use crate::payload::{content_type, recall_json, text_json};
use crate::search;
use crate::sql::statement;

pub(super) async fn edit(
    tx: &DatabaseTransaction,
    rooms: &mut Rooms,
    room_id: RoomId,
    message_id: MessageId,
    text: &TextContent,
) -> Result<Answer, RepositoryError> {
    let at = rooms.at();
    let Some(mut message) = find(tx, room_id, message_id).await? else {
        return Ok(Err(ChangeError::NoSuchMessage));
    };
    let Content::Text(before) = &message.content else {
        return Ok(Err(ChangeError::NoSuchMessage));
    };
    let Some(room) = rooms.get_mut(room_id) else {
        return Ok(Err(ChangeError::NotMember));
    };
    if room.is_read_only {
        return Ok(Err(ChangeError::ReadOnly));
    }
    if before == text {
        return Ok(Ok(Outcome::Unchanged(message)));
    }
    message.content = Content::Text(text.clone());
    message.is_edited = true;
    message.rev = room.next_rev();
    message.updated_at = at;
    run(
        tx,
        "UPDATE messages SET text_message = ?, is_edited = ?, rev = ?, updated_at = ? WHERE id = ?",
        vec![
            text_json(text)?.into(),
            true.into(),
            message.rev.into(),
            at.0.into(),
            message_id.0.into(),
        ],
    )
    .await?;
    search::replace(tx, &message).await?;
    Ok(Ok(Outcome::Changed(message)))
}

pub(super) async fn recall(
    tx: &DatabaseTransaction,
    rooms: &mut Rooms,
    room_id: RoomId,
    message_id: MessageId,
    operator: UserId,
) -> Result<Answer, RepositoryError> {
    let at = rooms.at();
    let Some(mut message) = find(tx, room_id, message_id).await? else {
        return Ok(Err(ChangeError::NoSuchMessage));
    };
    match message.content {
        Content::Recalled { .. } => return Ok(Ok(Outcome::Unchanged(message))),
        Content::Notice(_) => return Ok(Err(ChangeError::NoSuchMessage)),
        Content::Text(_) | Content::Media(_) => {}
    }
    let Some(room) = rooms.get_mut(room_id) else {
        return Ok(Err(ChangeError::NotMember));
    };
    message.content = Content::Recalled { operator };
    message.reactions.clear();
    message.rev = room.next_rev();
    message.updated_at = at;
    let id = Value::from(message_id.0);
    search::forget(tx, message_id).await?;
    run(tx, "DELETE FROM reactions WHERE message_id = ?", vec![id.clone()]).await?;
    run(
        tx,
        "UPDATE uploads SET deleted_at = ? WHERE message_id = ? AND deleted_at IS NULL",
        vec![at.0.into(), id.clone()],
    )
    .await?;
    run(
        tx,
        "UPDATE messages SET content_type = ?, text_message = NULL, media_message = NULL, recall_message = ?, \
         unread_author = 0, reaction_count = 0, rev = ?, updated_at = ? WHERE id = ?",
        vec![
            content_type::RECALL.into(),
            recall_json(message_id, operator)?.into(),
            message.rev.into(),
            at.0.into(),
            id,
        ],
    )
    .await?;
    Ok(Ok(Outcome::Changed(message)))
}

pub(super) async fn react(
    tx: &DatabaseTransaction,
    rooms: &mut Rooms,
    (room_id, message_id): (RoomId, MessageId),
    user_id: UserId,
    emoji: &Emoji,
    on: bool,
) -> Result<Answer, RepositoryError> {
    let at = rooms.at();
    let Some(room) = rooms.get_mut(room_id) else {
        return Ok(Err(ChangeError::NotMember));
    };
    if !is_member(tx, room_id, user_id).await? {
        return Ok(Err(ChangeError::NotMember));
    }
    let Some(message) = find(tx, room_id, message_id).await? else {
        return Ok(Err(ChangeError::NoSuchMessage));
    };
    if !matches!(message.content, Content::Text(_) | Content::Media(_)) {
        return Ok(Err(ChangeError::NoSuchMessage));
    }
    if room.is_read_only {
        return Ok(Err(ChangeError::ReadOnly));
    }
    let known = message.reactions.iter().find(|reaction| reaction.emoji == *emoji);
    if known.is_some_and(|reaction| reaction.users.contains(&user_id)) == on {
        return Ok(Ok(Outcome::Unchanged(message)));
    }
    if on && known.is_none() && message.reactions.len() >= DISTINCT_REACTIONS_MAX {
        return Ok(Err(ChangeError::TooManyReactions));
    }
    let more: i64 = if on {
        let row = reaction::ActiveModel {
            message_id: Set(message_id.0),
            emoji: Set(emoji.as_str().to_owned()),
            user_id: Set(user_id.0),
            ..Default::default()
        };
        reaction::Entity::insert(row).exec_without_returning(tx).await?;
        1
    } else {
        reaction::Entity::delete_many()
            .filter(reaction::Column::MessageId.eq(message_id.0))
            .filter(reaction::Column::Emoji.eq(emoji.as_str()))
            .filter(reaction::Column::UserId.eq(user_id.0))
            .exec(tx)
            .await?;
        -1
    };
    run(
        tx,
        "UPDATE messages SET reaction_count = reaction_count + ?, rev = ?, updated_at = ? WHERE id = ?",
        vec![more.into(), room.next_rev().into(), at.0.into(), message_id.0.into()],
    )
    .await?;
    let changed = find(tx, room_id, message_id).await?;
    let changed = changed.ok_or(RepositoryError::Broken("a message vanished while its room was locked"))?;
    Ok(Ok(Outcome::Changed(changed)))
}

/// The message, if it stands in that room.
async fn find(
    tx: &DatabaseTransaction,
    room_id: RoomId,
    message_id: MessageId,
) -> Result<Option<Message>, RepositoryError> {
    let found = load(tx, [message_id.0]).await?;
    Ok(found.into_iter().find(|message| message.room_id == room_id))
}

pub(super) async fn run(tx: &DatabaseTransaction, sql: &str, values: Vec<Value>) -> Result<(), RepositoryError> {
    tx.execute_raw(statement(tx.get_database_backend(), sql, values))
        .await?;
    Ok(())
}
