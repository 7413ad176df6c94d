//! Changes to a room: who is in it, what it is called.

use std::collections::HashMap;

use domain::invitation::InvitationCode;
use domain::member::{Member, Role};
use domain::message::{Message, Notice};
use domain::port::{ChangeError, MemberAddition, MembershipKind, Outcome};
use domain::room::RoomChange;
use domain::text::search_key;
use domain::{RoomId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use super::Answer;
use super::rooms::Rooms;
use super::store::{placed, store};
use crate::entity::{member, room};
use crate::error::RepositoryError;
use crate::invitation;
use crate::news::note;
use crate::picture;
use crate::room::{existing_users, to_member};

pub(super) async fn add(
    tx: &DatabaseTransaction,
    rooms: &mut Rooms,
    room_id: RoomId,
    additions: &[MemberAddition],
    invitation: Option<InvitationCode>,
) -> Result<Answer, RepositoryError> {
    let at = rooms.at();
    let Some(room) = rooms.get(room_id) else {
        return Ok(Err(ChangeError::NotMember));
    };
    let read_seq = room.last_seq;
    let wanted = additions.iter().map(|addition| addition.user_id.0);
    let existing = existing_users(tx, wanted.clone()).await?;
    let mut members = members_of(tx, room_id, wanted.collect()).await?;
    let is_new =
        |addition: &MemberAddition| existing.contains(&addition.user_id.0) && !members.contains_key(&addition.user_id);
    if let Some(code) = invitation
        && additions.iter().any(is_new)
        && !invitation::count_use(tx, code, at).await?
    {
        return Ok(Err(ChangeError::NoSuchInvitation));
    }
    let (mut added, mut raised) = (Vec::new(), Vec::new());
    let mut notices = Vec::new();
    for addition in additions {
        if !existing.contains(&addition.user_id.0) {
            continue;
        }
        match members.get_mut(&addition.user_id) {
            Some(member) if member.role >= addition.role => continue,
            Some(member) => {
                member.role = addition.role;
                if !added.contains(&addition.user_id) && !raised.contains(&addition.user_id) {
                    raised.push(addition.user_id);
                }
            }
            None => {
                let member = Member {
                    room_id,
                    user_id: addition.user_id,
                    role: addition.role,
                    read_seq,
                    joined_at: at,
                };
                members.insert(addition.user_id, member);
                added.push(addition.user_id);
            }
        }
        notices.extend(
            addition
                .notice
                .as_ref()
                .and_then(|notice| placed(rooms, room_id, notice)),
        );
    }
    let take =
        |users: Vec<UserId>| -> Vec<Member> { users.iter().filter_map(|user| members.get(user).cloned()).collect() };
    let (added, raised) = (take(added), take(raised));
    insert(tx, &added).await?;
    let joined = added.iter().map(|member| MembershipKind::Joined(member.user_id));
    let rev = rooms.get(room_id).map_or(0, |room| room.last_rev);
    note(tx, room_id, rev, joined, at).await?;
    for member in &raised {
        set_role(tx, room_id, member.user_id, member.role).await?;
    }
    if let Some(room) = rooms.get_mut(room_id) {
        let count = i64::try_from(added.len()).map_err(|_| RepositoryError::Broken("too many members"))?;
        room.count_members(count);
    }
    Ok(Ok(Outcome::MembersAdded {
        added,
        raised,
        notices: store(tx, rooms, notices).await?,
        rev,
    }))
}

pub(super) async fn remove(
    tx: &DatabaseTransaction,
    rooms: &mut Rooms,
    room_id: RoomId,
    user_id: UserId,
    notice: &Notice,
) -> Result<Answer, RepositoryError> {
    if !is_member(tx, room_id, user_id).await? {
        return Ok(Err(ChangeError::NotMember));
    }
    let Some(room) = rooms.get_mut(room_id) else {
        return Ok(Err(ChangeError::NotMember));
    };
    room.count_members(-1);
    member::Entity::delete_by_id((room_id.0, user_id.0)).exec(tx).await?;
    let ended = MembershipKind::Ended(user_id, notice.kind.removal_reason());
    let notice = store_one(tx, rooms, room_id, notice).await?;
    note(tx, room_id, notice.rev, [ended], rooms.at()).await?;
    Ok(Ok(Outcome::MemberRemoved(notice)))
}

pub(super) async fn hand_over(
    tx: &DatabaseTransaction,
    rooms: &mut Rooms,
    room_id: RoomId,
    (from, to): (UserId, UserId),
    notice: &Notice,
) -> Result<Answer, RepositoryError> {
    let members = members_of(tx, room_id, vec![from.0, to.0]).await?;
    // Of two who are named heirs at once only the first one takes over.
    let is_creator = members.get(&from).is_some_and(|member| member.role == Role::Creator);
    if !is_creator || from == to || !members.contains_key(&to) {
        return Ok(Err(ChangeError::NotMember));
    }
    set_role(tx, room_id, from, Role::Admin).await?;
    set_role(tx, room_id, to, Role::Creator).await?;
    let notice = store_one(tx, rooms, room_id, notice).await?;
    Ok(Ok(Outcome::HandedOver(notice)))
}

pub(super) async fn update(
    tx: &DatabaseTransaction,
    rooms: &mut Rooms,
    room_id: RoomId,
    change: &RoomChange,
    notice: Option<&Notice>,
) -> Result<Answer, RepositoryError> {
    let at = rooms.at();
    let Some(room) = rooms.get_mut(room_id) else {
        return Ok(Err(ChangeError::NotMember));
    };
    room.touch(at);
    if let Some(new) = &change.image {
        let old = image_of(tx, room_id).await?;
        if !picture::replace(tx, &old, new, at).await? {
            return Ok(Err(ChangeError::NoSuchPicture));
        }
    }
    let name = change.name.as_ref().map(|name| name.as_str().to_owned());
    let policy = change.join_policy.map(|policy| policy.as_str().to_owned());
    if name.is_some() || policy.is_some() || change.image.is_some() {
        let row = room::ActiveModel {
            name_key: name.as_deref().map_or(NotSet, |name| Set(search_key(name))),
            name: name.map_or(NotSet, Set),
            image: change.image.clone().map_or(NotSet, Set),
            join_policy: policy.map_or(NotSet, Set),
            ..Default::default()
        };
        room::Entity::update_many()
            .set(row)
            .filter(room::Column::Id.eq(room_id.0))
            .exec(tx)
            .await?;
    }
    let notice = notice.and_then(|notice| placed(rooms, room_id, notice));
    let mut stored = store(tx, rooms, notice.into_iter().collect()).await?;
    Ok(Ok(Outcome::Updated(stored.pop())))
}

/// The picture of a room whose row is locked.
async fn image_of(tx: &DatabaseTransaction, room_id: RoomId) -> Result<String, RepositoryError> {
    let image = room::Entity::find_by_id(room_id.0)
        .select_only()
        .column(room::Column::Image);
    Ok(image.into_tuple().all(tx).await?.pop().unwrap_or_default())
}

pub(super) async fn is_member(
    tx: &DatabaseTransaction,
    room_id: RoomId,
    user_id: UserId,
) -> Result<bool, RepositoryError> {
    let found = member::Entity::find_by_id((room_id.0, user_id.0)).count(tx).await?;
    Ok(found > 0)
}

async fn store_one(
    tx: &DatabaseTransaction,
    rooms: &mut Rooms,
    room_id: RoomId,
    notice: &Notice,
) -> Result<Message, RepositoryError> {
    let new = placed(rooms, room_id, notice);
    let mut stored = store(tx, rooms, new.into_iter().collect()).await?;
    stored.pop().ok_or(RepositoryError::Broken("a notice was not stored"))
}

async fn members_of(
    tx: &DatabaseTransaction,
    room_id: RoomId,
    users: Vec<i64>,
) -> Result<HashMap<UserId, Member>, RepositoryError> {
    let rows = member::Entity::find()
        .filter(member::Column::RoomId.eq(room_id.0))
        .filter(member::Column::UserId.is_in(users))
        .all(tx)
        .await?;
    let members = rows.into_iter().map(to_member).collect::<Result<Vec<_>, _>>()?;
    Ok(members.into_iter().map(|member| (member.user_id, member)).collect())
}

async fn insert(tx: &DatabaseTransaction, members: &[Member]) -> Result<(), RepositoryError> {
    if members.is_empty() {
        return Ok(());
    }
    let rows = members.iter().map(|member| member::ActiveModel {
        room_id: Set(member.room_id.0),
        user_id: Set(member.user_id.0),
        role: Set(member.role.as_str().to_owned()),
        read_seq: Set(member.read_seq),
        joined_at: Set(member.joined_at.0),
    });
    member::Entity::insert_many(rows).exec_without_returning(tx).await?;
    Ok(())
}

async fn set_role(
    tx: &DatabaseTransaction,
    room_id: RoomId,
    user_id: UserId,
    role: Role,
) -> Result<(), RepositoryError> {
    member::Entity::update_many()
        .col_expr(member::Column::Role, Expr::value(role.as_str()))
        .filter(member::Column::RoomId.eq(room_id.0))
        .filter(member::Column::UserId.eq(user_id.0))
        .exec(tx)
        .await?;
    Ok(())
}
