//! Use cases that refuse everything.

use std::sync::Arc;

use async_trait::async_trait;
use domain::media::{Scene, Upload};
use domain::message::{Anchor, MessageDetail};
use domain::port::{Chunks, HealthCheck, OpenedMedia};
use domain::preference::{Preference, PreferenceKey};
use domain::room::{OpenRoom, OpenRoomsPage, RoomDetail, RoomHead};
use domain::search::{SearchHit, SearchPage};
use domain::session::Session;
use domain::user::{Permission, Person, ProfileChange, User, UserFilter};
use domain::{MessageId, PortError, RoomId, SessionId, UserId};
use service::account::{AccountService, Device, Register, SignedIn, Tokens};
use service::friend::FriendService;
use service::invitation::{CreateInvitation, InvitationDetail, InvitationService, Preview};
use service::media::{MediaService, Presigned, Received, Servable};
use service::message::{MessageService, SendMessage, Synced};
use service::preference::{PreferenceService, SetPreference};
use service::presence::{PresenceInfo, PresenceService};
use service::room::{CreateRoom, Joined, MemberDetail, RoomService, UpdateRoom};
use service::{Actor, Error, Result, Services};
use shaku::Component;

#[derive(Component)]
#[shaku(interface = AccountService)]
struct Accounts;

#[derive(Component)]
#[shaku(interface = FriendService)]
struct Friends;

#[derive(Component)]
#[shaku(interface = InvitationService)]
struct Invitations;

#[derive(Component)]
#[shaku(interface = MediaService)]
struct Media;

#[derive(Component)]
#[shaku(interface = MessageService)]
struct Messages;

#[derive(Component)]
#[shaku(interface = PreferenceService)]
struct Preferences;

#[derive(Component)]
#[shaku(interface = PresenceService)]
struct Presences;

#[derive(Component)]
#[shaku(interface = RoomService)]
struct Rooms;

#[derive(Component)]
#[shaku(interface = HealthCheck)]
struct Health;

shaku::module! {
    pub(crate) Nobody: Services {
        components = [Accounts, Friends, Invitations, Media, Messages, Preferences, Presences, Rooms, Health],
        providers = []
    }
}

fn no<T>() -> Result<T> {
    Err(Error::NotFound)
}

#[async_trait]
impl AccountService for Accounts {
    async fn register(&self, _: Register, _: &Device) -> Result<Person> {
        Err(Error::EmailTaken)
    }
    async fn create(&self, _: Register, _: Permission) -> Result<User> {
        no()
    }
    async fn reset_password(&self, _: &str, _: &str) -> Result<()> {
        no()
    }

    async fn set_permission(&self, _: &str, _: Permission) -> Result<User> {
        no()
    }
    async fn login(&self, login: &str, _: &str, _: Device) -> Result<SignedIn> {
        assert!(login != "panic", "a use case that panics");
        match login {
            "fault" => Err(Error::internal("the disk is on fire")),
            "busy" => Err(Error::overloaded()),
            _ => Err(Error::WrongCredentials),
        }
    }
    async fn refresh(&self, _: &str, _: Device) -> Result<Tokens> {
        Err(Error::Unauthorized)
    }
    async fn logout(&self, _: &str) -> Result<()> {
        Ok(())
    }
    async fn authenticate(&self, token: &str) -> Result<Actor> {
        assert!(token != "panic", "a check that panics");
        match token {
            "fault" => Err(Error::internal("the disk is on fire")),
            "busy" => Err(Error::overloaded()),
            "silent" => std::future::pending().await,
            _ => Err(Error::Unauthorized),
        }
    }
    async fn authenticate_media(&self, _: &str) -> Result<UserId> {
        Err(Error::Unauthorized)
    }
    async fn profile(&self, _: &Actor) -> Result<Person> {
        no()
    }
    async fn update_profile(&self, _: &Actor, _: ProfileChange) -> Result<Person> {
        no()
    }
    async fn find(&self, _: &Actor, _: &UserFilter, _: Option<UserId>, _: u32) -> Result<Vec<Person>> {
        no()
    }
    async fn image_of(&self, name: &str, _: &Device) -> Result<String> {
        Ok(service::media::picture::generated(name))
    }
    async fn sessions(&self, _: &Actor) -> Result<Vec<Session>> {
        no()
    }
    async fn revoke_session(&self, _: &Actor, _: SessionId) -> Result<()> {
        no()
    }
    async fn change_password(&self, _: &Actor, _: &str, _: &str, _: &Device) -> Result<()> {
        no()
    }
}

#[async_trait]
impl FriendService for Friends {
    async fn add(&self, _: &Actor, _: UserId) -> Result<RoomDetail> {
        no()
    }
    async fn remove(&self, _: &Actor, _: UserId) -> Result<()> {
        no()
    }
    async fn list(&self, _: &Actor, _: Option<UserId>, _: u32) -> Result<Vec<Person>> {
        no()
    }
}

#[async_trait]
impl InvitationService for Invitations {
    async fn create(&self, _: &Actor, _: CreateInvitation) -> Result<InvitationDetail> {
        no()
    }
    async fn list(&self, _: &Actor, _: RoomId) -> Result<Vec<InvitationDetail>> {
        no()
    }
    async fn revoke(&self, _: &Actor, _: &str) -> Result<()> {
        no()
    }
    async fn preview(&self, _: &str, _: &Device) -> Result<Preview> {
        no()
    }
    async fn accept(&self, _: &Actor, _: &str) -> Result<RoomDetail> {
        no()
    }
    async fn register(&self, _: Register, _: &str, _: &Device) -> Result<Person> {
        no()
    }
}

#[async_trait]
impl MediaService for Media {
    async fn receive(&self, _: &Actor, _: &str, _: Option<Scene>, _: &mut dyn Chunks) -> Result<Received> {
        no()
    }

    async fn keep(&self, _: &Actor, _: Received, _: Scene) -> Result<Upload> {
        no()
    }

    async fn discard(&self, _: Received) -> Result<()> {
        no()
    }
    async fn presign(&self, _: &Actor, _: &str, _: Scene) -> Result<Presigned> {
        no()
    }
    async fn find(&self, _: Option<UserId>, _: &str) -> Result<Servable> {
        no()
    }
    async fn open(&self, _: &Servable, _: Option<(u64, u64)>) -> Result<OpenedMedia> {
        no()
    }
    async fn tidy(&self) -> Result<()> {
        no()
    }
    async fn check(&self) -> Result<()> {
        Ok(())
    }
}

#[async_trait]
impl MessageService for Messages {
    async fn send(&self, _: &Actor, _: SendMessage) -> Result<Arc<MessageDetail>> {
        no()
    }
    async fn edit(&self, _: &Actor, _: MessageId, _: String, _: Vec<UserId>) -> Result<Arc<MessageDetail>> {
        no()
    }
    async fn recall(&self, _: &Actor, _: MessageId) -> Result<Arc<MessageDetail>> {
        no()
    }
    async fn react(&self, _: &Actor, _: MessageId, _: &str, _: bool) -> Result<Arc<MessageDetail>> {
        no()
    }
    async fn mark_read(&self, _: &Actor, _: RoomId, _: i64) -> Result<i64> {
        no()
    }
    async fn history(&self, _: &Actor, _: RoomId, _: Anchor, _: u32) -> Result<Vec<Arc<MessageDetail>>> {
        no()
    }
    async fn sync(&self, _: &Actor, _: &[(RoomId, i64)]) -> Result<Synced> {
        no()
    }
    async fn search(&self, _: &Actor, _: SearchPage) -> Result<Vec<SearchHit>> {
        no()
    }
    async fn typing(&self, _: &Actor, _: RoomId, _: bool) -> Result<()> {
        no()
    }
}

#[async_trait]
impl PreferenceService for Preferences {
    async fn list(&self, _: &Actor, _: Option<&PreferenceKey>, _: u32) -> Result<Vec<Preference>> {
        no()
    }
    async fn set(&self, _: &Actor, _: Vec<SetPreference>) -> Result<Vec<Preference>> {
        no()
    }
}

#[async_trait]
impl PresenceService for Presences {
    async fn connected(&self, _: UserId) {}
    async fn disconnected(&self, _: UserId) {}
    async fn get(&self, _: &Actor, _: &[UserId]) -> Result<Vec<PresenceInfo>> {
        no()
    }
}

#[async_trait]
impl RoomService for Rooms {
    async fn create(&self, _: &Actor, _: CreateRoom) -> Result<RoomDetail> {
        no()
    }
    async fn get(&self, _: &Actor, _: RoomId) -> Result<RoomDetail> {
        no()
    }
    async fn list(&self, _: &Actor, _: Option<RoomId>, _: u32) -> Result<Vec<RoomDetail>> {
        no()
    }
    async fn open(&self, _: &Actor, _: &OpenRoomsPage) -> Result<Vec<OpenRoom>> {
        no()
    }
    async fn members(&self, _: &Actor, _: RoomId, _: Option<UserId>, _: u32) -> Result<Vec<MemberDetail>> {
        no()
    }
    async fn update(&self, _: &Actor, _: RoomId, _: UpdateRoom) -> Result<RoomDetail> {
        no()
    }
    async fn join(&self, _: &Actor, _: Option<RoomId>) -> Result<Joined> {
        no()
    }
    async fn remove_member(&self, _: &Actor, _: RoomId, _: UserId) -> Result<()> {
        no()
    }
    async fn delete(&self, _: &Actor, _: RoomId) -> Result<()> {
        no()
    }
    async fn heads(&self, _: &Actor) -> Result<Vec<RoomHead>> {
        no()
    }
    async fn ids_of(&self, _: UserId) -> Result<Vec<RoomId>> {
        no()
    }
    async fn ids_of_each(&self, _: &[UserId]) -> Result<Vec<(UserId, RoomId)>> {
        no()
    }
    async fn as_seen_by(&self, _: RoomId, _: &[UserId]) -> Result<Vec<(UserId, RoomDetail)>> {
        no()
    }
}

#[async_trait]
impl HealthCheck for Health {
    async fn check(&self) -> std::result::Result<(), PortError> {
        Err(PortError::failed("no database"))
    }
}
