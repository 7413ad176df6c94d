//! Making, changing and deleting rooms.

use domain::media::Scene;
use domain::member::Role;
use domain::message::{Notice, NoticeKind};
use domain::port::{Change, Ground, MemberAddition};
use domain::room::{ChannelType, JoinPolicy, NewRoom, Room, RoomChange, RoomDetail, RoomName};
use domain::user::Person;
use domain::{Event, Invalid, RoomId, UserId};

use super::read::Standing;
use super::{CreateRoom, Rooms, UpdateRoom};
use crate::media::picture;
use crate::{Actor, Error, Result, audit};

/// Most people in one `adminIds` or `memberIds`.
const PEOPLE_MAX: usize = 500;

impl Rooms {
    pub(super) async fn create_room(&self, actor: &Actor, wish: CreateRoom) -> Result<RoomDetail> {
        bounded("adminIds", &wish.admins)?;
        bounded("memberIds", &wish.members)?;
        let admins = others(&wish.admins, &[actor.user_id]);
        let members = others(&wish.members, &[&admins[..], &[actor.user_id]].concat());
        let new_room = NewRoom {
            name: RoomName::parse(&wish.name)?,
            image: self
                .room_image(actor, wish.image.as_deref().unwrap_or_default())
                .await?,
            join_policy: wish.join_policy.unwrap_or(JoinPolicy::Open),
            creator: Some(actor.user_id),
            admins: admins.clone(),
            members: members.clone(),
            is_lobby: false,
            created_at: self.clock.now(),
        };
        let all = [&[actor.user_id][..], &admins, &members].concat();
        let people = self.people.in_order(&all).await?;
        let room = self.rooms.create(new_room).await?;
        self.broker.publish(Event::MembersAdded {
            room_id: room.id,
            rev: room.last_rev,
            people,
        });
        self.get_room(actor, room.id).await
    }

    pub(super) async fn update_room(&self, actor: &Actor, id: RoomId, wish: UpdateRoom) -> Result<RoomDetail> {
        let Standing { room, role, ground } = self.own_room(actor, id).await?;
        may_change(&room, role, &wish)?;
        bounded("adminIds", &wish.admins)?;
        bounded("memberIds", &wish.members)?;
        let change = RoomChange {
            name: wish.name.as_deref().map(RoomName::parse).transpose()?,
            image: match &wish.image {
                Some(image) if *image == picture::of_room(&room) => None,
                Some(image) => Some(self.room_image(actor, image).await?),
                None => None,
            },
            join_policy: wish.join_policy,
        };
        let person = self.person(actor.user_id).await?;
        if change != RoomChange::default() {
            let renamed = change.name.as_ref().filter(|name| name.as_str() != room.name);
            let notice = renamed.map(|name| notice(NoticeKind::RoomRenamed, &person, None, name.as_str()));
            let change = Change::Update {
                room_id: id,
                change,
                notice,
            };
            self.sequencer.apply(change.given([ground])).await?;
        }
        self.add_people(&person, (id, ground), &wish).await?;
        for admin in &wish.admins {
            audit::note(actor.user_id, "room.name_admin", Some(id), admin);
        }
        if let Some(heir) = wish.creator.filter(|heir| *heir != actor.user_id) {
            let heir = self.person(heir).await?;
            let notice = notice(NoticeKind::HandedOver, &person, Some(&heir), "");
            let change = Change::HandOver {
                room_id: id,
                from: actor.user_id,
                to: heir.user.id,
                notice,
            };
            self.sequencer.apply(change).await?;
            audit::note(actor.user_id, "room.hand_over", Some(id), heir.user.id);
        }
        self.get_room(actor, id).await
    }

    pub(super) async fn delete_room(&self, actor: &Actor, id: RoomId) -> Result<()> {
        let Standing { role, ground, .. } = self.own_room(actor, id).await?;
        if !role.may_delete_room() {
            return Err(Error::Forbidden("only its creator deletes a room"));
        }
        let deleted = self.rooms.delete(id, &[ground], self.clock.now()).await?;
        deleted.ok_or(Error::Outdated)?;
        audit::note(actor.user_id, "room.delete", Some(id), id);
        self.broker.publish(Event::RoomDeleted { room_id: id });
        Ok(())
    }

    pub(super) async fn person(&self, id: UserId) -> Result<Person> {
        self.people.one(id).await?.ok_or(Error::NotFound)
    }

    async fn add_people(&self, person: &Person, (room_id, ground): (RoomId, Ground), wish: &UpdateRoom) -> Result<()> {
        let members = others(&wish.members, &wish.admins);
        let wanted = wish
            .admins
            .iter()
            .map(|id| (*id, Role::Admin))
            .chain(members.into_iter().map(|id| (id, Role::Member)));
        let wanted: Vec<(UserId, Role)> = wanted.collect();
        if wanted.is_empty() {
            return Ok(());
        }
        let ids: Vec<UserId> = wanted.iter().map(|(id, _)| *id).collect();
        let people = self.people.by_id(&ids).await?;
        let addition = |(user_id, role): &(UserId, Role)| {
            let other = people.get(user_id)?;
            let kind = if *role == Role::Admin {
                NoticeKind::AdminNamed
            } else {
                NoticeKind::MemberAdded
            };
            Some(MemberAddition {
                user_id: *user_id,
                role: *role,
                notice: Some(notice(kind, person, Some(other), "")),
            })
        };
        let additions: Vec<MemberAddition> = wanted.iter().filter_map(addition).collect();
        if !additions.is_empty() {
            let change = Change::AddMembers {
                room_id,
                additions,
                invitation: None,
            };
            self.sequencer.apply(change.given([ground])).await?;
        }
        Ok(())
    }

    /// A room's picture must be an upload of the caller's, made for a room.
    async fn room_image(&self, actor: &Actor, image: &str) -> Result<String> {
        if image.is_empty() {
            return Ok(String::new());
        }
        let own = picture::own(&*self.uploads, actor.user_id, Scene::Room, image).await?;
        own.ok_or_else(|| Invalid::new("image", "is no picture that you uploaded for a room").into())
    }
}

fn may_change(room: &Room, role: Role, wish: &UpdateRoom) -> Result<()> {
    if room.channel_type == ChannelType::Private {
        return Err(Error::Forbidden("the room of two friends cannot be changed"));
    }
    if !role.may_manage_room() {
        return Err(Error::Forbidden("only creator and admins change a room"));
    }
    if !wish.admins.is_empty() && !role.may_name_admins() {
        return Err(Error::Forbidden("only the creator names admins"));
    }
    if wish.creator.is_some() && role != Role::Creator {
        return Err(Error::Forbidden("only the creator hands a room over"));
    }
    Ok(())
}

/// A notice in the words of the server; `name` is the new name of a renamed room.
pub(super) fn notice(kind: NoticeKind, actor: &Person, subject: Option<&Person>, name: &str) -> Notice {
    let who = actor.user.name.as_str();
    let whom = subject.map_or("", |subject| subject.user.name.as_str());
    let text = match kind {
        NoticeKind::MemberJoined => format!("{who} joined"),
        NoticeKind::MemberAdded => format!("{who} added {whom}"),
        NoticeKind::MemberLeft => format!("{who} left"),
        NoticeKind::MemberRemoved => format!("{who} removed {whom}"),
        NoticeKind::AdminNamed => format!("{who} made {whom} an admin"),
        NoticeKind::HandedOver => format!("{who} handed the room over to {whom}"),
        NoticeKind::RoomRenamed => format!("{who} renamed the room to {name}"),
    };
    Notice {
        kind,
        actor: Some(actor.user.id),
        subject: subject.map(|subject| subject.user.id),
        text,
    }
}

fn others(ids: &[UserId], but: &[UserId]) -> Vec<UserId> {
    let mut rest: Vec<UserId> = ids.iter().copied().filter(|id| !but.contains(id)).collect();
    rest.sort_unstable();
    rest.dedup();
    rest
}

fn bounded(field: &'static str, ids: &[UserId]) -> Result<()> {
    if ids.len() > PEOPLE_MAX {
        return Err(Invalid::new(field, format!("must have at most {PEOPLE_MAX} people")).into());
    }
    Ok(())
}
