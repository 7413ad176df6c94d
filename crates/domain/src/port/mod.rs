//! The ports: what the use cases need from databases, storage, other nodes and the clock.
//!
//! How to add one: a trait here, documented with what is atomic, what order holds and what an
//! error leaves behind; an adapter in `repository`, `broker` or `storage`; a line in the wiring.
//! Conventions: absence is `Option`, time and ids come in, failures are opaque ([`PortError`]
//! with its source), nothing of SQL or HTTP shows in a signature. Everything that takes several
//! steps on the other side happens wholly or not at all.
//!
//! [`PortError`]: crate::PortError

mod broker;
mod clock;
mod cluster;
mod friend;
mod health;
mod invitation;
mod media;
mod message;
mod preference;
mod room;
mod room_log;
mod session;
mod upload;
mod user;

pub use broker::{Broker, Listener, Presence};
pub use clock::Clock;
pub use cluster::{
    Audience, Doubt, MembershipChange, MembershipKind, NewsRepository, NodeFeed, RoomPosition, SignInTries, SignInTry,
    SignInTryListener, Spender, Spending, SpendingListener, Spendings,
};
pub use friend::{Befriended, FriendRepository};
pub use health::HealthCheck;
pub use invitation::InvitationRepository;
pub use media::{Chunks, MediaStore, OpenedMedia, PresignedPut, ReceiveError};
pub use message::MessageRepository;
pub use preference::PreferenceRepository;
pub use room::{DeletedRoom, MembersPage, RoomPage, RoomRepository};
pub use room_log::{Change, ChangeError, Draft, Ground, MemberAddition, Outcome, RoomLog};
pub use session::SessionRepository;
pub use upload::UploadRepository;
pub use user::{Credentials, UserRepository};
