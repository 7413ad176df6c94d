//! The components: thin doors to the world.

use std::sync::Arc;

use async_trait::async_trait;
use domain::media::{Scene, Upload};
use domain::message::{Anchor, MessageDetail};
use domain::port::{Broker, Chunks, HealthCheck, OpenedMedia};
use domain::preference::{Preference, PreferenceKey};
use domain::room::{OpenRoom, OpenRoomsPage, RoomDetail, RoomHead};
use domain::search::{SearchHit, SearchPage};
use domain::session::Session;
use domain::user::{Permission, Person, ProfileChange, User, UserFilter};
use domain::{Event, MessageId, PortError, RoomId, SessionId, UserId};
use service::account::{AccountService, Device, Register, SignedIn, Tokens};
use service::friend::FriendService;
use service::invitation::{CreateInvitation, InvitationDetail, InvitationService, Preview};
use service::media::{MediaService, Presigned, Received, Servable};
use service::message::{MessageService, SendMessage, Synced, SyncedRoom};
use service::preference::{PreferenceService, SetPreference};
use service::presence::{PresenceInfo, PresenceService};
use service::room::{CreateRoom, Joined, MemberDetail, RoomService, UpdateRoom};
use service::{Actor, Error, Result, Services};
use shaku::{Component, module};

use crate::builders::{person, room};
use crate::world::{LOBBY, World, head};

/// Everything that the gateway asks for.
pub(crate) fn services(world: &Arc<World>) -> impl Services {
    Doubles::builder()
        .with_component_parameters::<Accounts>(AccountsParameters { world: world.clone() })
        .with_component_parameters::<Messages>(MessagesParameters { world: world.clone() })
        .with_component_parameters::<Presences>(PresencesParameters { world: world.clone() })
        .with_component_parameters::<Rooms>(RoomsParameters { world: world.clone() })
        .build()
}

module! {
    Doubles {
        components = [Accounts, Friends, Invitations, Media, Messages, Preferences, Presences, Rooms, Health],
        providers = []
    }
}

impl Services for Doubles {}

#[derive(Component)]
#[shaku(interface = AccountService)]
struct Accounts {
    world: Arc<World>,
}

#[async_trait]
impl AccountService for Accounts {
    async fn authenticate(&self, access_token: &str) -> Result<Actor> {
        self.world.note(format!("authenticate {access_token}"));
        self.world.authenticate(access_token)
    }

    async fn find(&self, _: &Actor, filter: &UserFilter, _: Option<UserId>, _: u32) -> Result<Vec<Person>> {
        match filter {
            UserFilter::Id(id) if id.0 <= 3 => Ok(vec![person(*id)]),
            _ => Ok(Vec::new()),
        }
    }

    async fn register(&self, _: Register, _: &Device) -> Result<Person> {
        Err(Error::NotFound)
    }

    async fn create(&self, _: Register, _: Permission) -> Result<User> {
        Err(Error::NotFound)
    }

    async fn reset_password(&self, _: &str, _: &str) -> Result<()> {
        Err(Error::NotFound)
    }

    async fn set_permission(&self, _: &str, _: Permission) -> Result<User> {
        Err(Error::NotFound)
    }

    async fn login(&self, _: &str, _: &str, _: Device) -> Result<SignedIn> {
        Err(Error::NotFound)
    }

    async fn refresh(&self, _: &str, _: Device) -> Result<Tokens> {
        Err(Error::NotFound)
    }

    async fn logout(&self, _: &str) -> Result<()> {
        Err(Error::NotFound)
    }

    async fn authenticate_media(&self, _: &str) -> Result<UserId> {
        Err(Error::NotFound)
    }

    async fn profile(&self, _: &Actor) -> Result<Person> {
        Err(Error::NotFound)
    }

    async fn update_profile(&self, _: &Actor, _: ProfileChange) -> Result<Person> {
        Err(Error::NotFound)
    }

    async fn image_of(&self, _: &str, _: &Device) -> Result<String> {
        Err(Error::NotFound)
    }

    async fn sessions(&self, _: &Actor) -> Result<Vec<Session>> {
        Err(Error::NotFound)
    }

    async fn revoke_session(&self, _: &Actor, _: SessionId) -> Result<()> {
        Err(Error::NotFound)
    }

    async fn change_password(&self, _: &Actor, _: &str, _: &str, _: &Device) -> Result<()> {
        Err(Error::NotFound)
    }
}

#[derive(Component)]
#[shaku(interface = MessageService)]
struct Messages {
    world: Arc<World>,
}

#[async_trait]
impl MessageService for Messages {
    async fn send(&self, actor: &Actor, message: SendMessage) -> Result<Arc<MessageDetail>> {
        self.world.send(actor, message).await
    }

    async fn edit(&self, _: &Actor, _: MessageId, _: String, _: Vec<UserId>) -> Result<Arc<MessageDetail>> {
        Err(Error::NotFound)
    }

    async fn recall(&self, _: &Actor, _: MessageId) -> Result<Arc<MessageDetail>> {
        Err(Error::NotFound)
    }

    async fn react(&self, _: &Actor, _: MessageId, _: &str, _: bool) -> Result<Arc<MessageDetail>> {
        Err(Error::Conflict("the message has too many different reactions"))
    }

    async fn mark_read(&self, _: &Actor, _: RoomId, seq: i64) -> Result<i64> {
        Ok(seq.clamp(0, 7))
    }

    async fn history(&self, _: &Actor, room: RoomId, anchor: Anchor, limit: u32) -> Result<Vec<Arc<MessageDetail>>> {
        Ok(self.world.history(room, anchor, limit))
    }

    async fn sync(&self, _: &Actor, rooms: &[(RoomId, i64)]) -> Result<Synced> {
        let room = |(id, rev): &(RoomId, i64)| SyncedRoom {
            head: head(*id),
            messages: self.world.history(*id, Anchor::After(*rev), 100),
            more: false,
            reset: false,
        };
        Ok(Synced {
            rooms: rooms.iter().map(room).collect(),
            gone: vec![RoomId(404)],
        })
    }

    async fn search(&self, _: &Actor, _: SearchPage) -> Result<Vec<SearchHit>> {
        Err(Error::NotFound)
    }

    async fn typing(&self, actor: &Actor, room: RoomId, on: bool) -> Result<()> {
        self.world.note(format!("typing {} {room} {on}", actor.user_id));
        self.world.broker.publish(Event::Typing {
            room_id: room,
            user_id: actor.user_id,
            on,
        });
        Ok(())
    }
}

#[derive(Component)]
#[shaku(interface = RoomService)]
struct Rooms {
    world: Arc<World>,
}

#[async_trait]
impl RoomService for Rooms {
    async fn join(&self, actor: &Actor, id: Option<RoomId>) -> Result<Joined> {
        let id = id.unwrap_or(LOBBY);
        self.world.note(format!("join {} {id}", actor.user_id));
        let is_new = id != LOBBY;
        if is_new {
            self.world.broker.publish(Event::MembersAdded {
                room_id: id,
                rev: 1,
                people: vec![person(actor.user_id)],
            });
        }
        Ok(Joined {
            detail: room(id),
            is_new,
            member_ids: vec![UserId(1), UserId(2)],
            person: person(actor.user_id),
        })
    }

    async fn list(&self, _: &Actor, after: Option<RoomId>, limit: u32) -> Result<Vec<RoomDetail>> {
        let first = after.map_or(1, |id| id.0 + 1);
        Ok((first..first + i64::from(limit)).map(|id| room(RoomId(id))).collect())
    }

    async fn heads(&self, _: &Actor) -> Result<Vec<RoomHead>> {
        Ok(vec![head(LOBBY)])
    }

    async fn ids_of(&self, user_id: UserId) -> Result<Vec<RoomId>> {
        self.world.note(format!("follow {user_id}"));
        Ok(vec![LOBBY])
    }

    async fn ids_of_each(&self, users: &[UserId]) -> Result<Vec<(UserId, RoomId)>> {
        Ok(users.iter().map(|user| (*user, LOBBY)).collect())
    }

    async fn as_seen_by(&self, id: RoomId, users: &[UserId]) -> Result<Vec<(UserId, RoomDetail)>> {
        Ok(users.iter().map(|user| (*user, room(id))).collect())
    }

    async fn create(&self, _: &Actor, wish: CreateRoom) -> Result<RoomDetail> {
        let mut detail = room(RoomId(50));
        detail.room.name = wish.name;
        Ok(detail)
    }

    async fn get(&self, _: &Actor, id: RoomId) -> Result<RoomDetail> {
        if id == LOBBY {
            Ok(room(id))
        } else {
            Err(Error::NotFound)
        }
    }

    async fn open(&self, _: &Actor, _: &OpenRoomsPage) -> Result<Vec<OpenRoom>> {
        Ok(Vec::new())
    }

    async fn members(&self, _: &Actor, _: RoomId, _: Option<UserId>, _: u32) -> Result<Vec<MemberDetail>> {
        Ok(Vec::new())
    }

    async fn update(&self, _: &Actor, _: RoomId, _: UpdateRoom) -> Result<RoomDetail> {
        Err(Error::Forbidden("only creator and admins change a room"))
    }

    async fn remove_member(&self, actor: &Actor, id: RoomId, user_id: UserId) -> Result<()> {
        self.world.note(format!("remove {} {id} {user_id}", actor.user_id));
        Ok(())
    }

    async fn delete(&self, _: &Actor, _: RoomId) -> Result<()> {
        Ok(())
    }
}

#[derive(Component)]
#[shaku(interface = InvitationService)]
struct Invitations;

#[async_trait]
impl InvitationService for Invitations {
    async fn create(&self, _: &Actor, _: CreateInvitation) -> Result<InvitationDetail> {
        Err(Error::NotFound)
    }

    async fn list(&self, _: &Actor, _: RoomId) -> Result<Vec<InvitationDetail>> {
        Ok(Vec::new())
    }

    async fn revoke(&self, _: &Actor, _: &str) -> Result<()> {
        Err(Error::NotFound)
    }

    async fn preview(&self, _: &str, _: &Device) -> Result<Preview> {
        Err(Error::NotFound)
    }

    async fn accept(&self, _: &Actor, _: &str) -> Result<RoomDetail> {
        Err(Error::NotFound)
    }

    async fn register(&self, _: Register, _: &str, _: &Device) -> Result<Person> {
        Err(Error::NotFound)
    }
}

#[derive(Component)]
#[shaku(interface = PreferenceService)]
struct Preferences;

#[async_trait]
impl PreferenceService for Preferences {
    async fn list(&self, _: &Actor, _: Option<&PreferenceKey>, _: u32) -> Result<Vec<Preference>> {
        Ok(Vec::new())
    }

    async fn set(&self, _: &Actor, _: Vec<SetPreference>) -> Result<Vec<Preference>> {
        Ok(Vec::new())
    }
}

#[derive(Component)]
#[shaku(interface = PresenceService)]
struct Presences {
    world: Arc<World>,
}

#[async_trait]
impl PresenceService for Presences {
    async fn connected(&self, user_id: UserId) {
        self.world.note(format!("connected {user_id}"));
    }

    async fn disconnected(&self, user_id: UserId) {
        self.world.note(format!("disconnected {user_id}"));
    }

    async fn get(&self, _: &Actor, users: &[UserId]) -> Result<Vec<PresenceInfo>> {
        let info = |user: &UserId| PresenceInfo {
            user_id: *user,
            online: true,
            last_seen_at: None,
        };
        Ok(users.iter().map(info).collect())
    }
}

#[derive(Component)]
#[shaku(interface = FriendService)]
struct Friends;

#[async_trait]
impl FriendService for Friends {
    async fn add(&self, _: &Actor, _: UserId) -> Result<RoomDetail> {
        Ok(room(RoomId(60)))
    }

    async fn remove(&self, _: &Actor, _: UserId) -> Result<()> {
        Ok(())
    }

    async fn list(&self, _: &Actor, _: Option<UserId>, _: u32) -> Result<Vec<Person>> {
        Ok(vec![person(UserId(2))])
    }
}

#[derive(Component)]
#[shaku(interface = MediaService)]
struct Media;

#[async_trait]
impl MediaService for Media {
    async fn receive(&self, _: &Actor, _: &str, _: Option<Scene>, _: &mut dyn Chunks) -> Result<Received> {
        Err(Error::NotFound)
    }

    async fn keep(&self, _: &Actor, _: Received, _: Scene) -> Result<Upload> {
        Err(Error::NotFound)
    }

    async fn discard(&self, _: Received) -> Result<()> {
        Err(Error::NotFound)
    }

    async fn presign(&self, _: &Actor, _: &str, _: Scene) -> Result<Presigned> {
        Err(Error::NotFound)
    }

    async fn find(&self, _: Option<UserId>, _: &str) -> Result<Servable> {
        Err(Error::NotFound)
    }

    async fn open(&self, _: &Servable, _: Option<(u64, u64)>) -> Result<OpenedMedia> {
        Err(Error::NotFound)
    }

    async fn tidy(&self) -> Result<()> {
        Ok(())
    }

    async fn check(&self) -> Result<()> {
        Ok(())
    }
}

#[derive(Component)]
#[shaku(interface = HealthCheck)]
struct Health;

#[async_trait]
impl HealthCheck for Health {
    async fn check(&self) -> std::result::Result<(), PortError> {
        Ok(())
    }
}
