//! The use cases: what people can do with the chat, whatever edge they come through.
//!
//! Every use case takes an [`Actor`] and a command and answers a value or an [`Error`]. Inside,
//! always in this order: authorise, load, decide, save, announce. Nothing here knows HTTP,
//! WebSocket, JSON or SQL.

pub mod account;
pub mod friend;
pub mod healing;
pub mod invitation;
pub mod limits;
pub mod media;
pub mod message;
pub mod preference;
pub mod presence;
pub mod room;

mod actor;
mod audit;
mod decide;
mod error;
mod keyed_hash;
mod people;
mod policy;
mod sequencer;

use shaku::HasComponent;

pub use actor::Actor;
pub use error::{Error, Result};
pub use people::{Directory, People};
pub use policy::{Policy, Registration};
pub use sequencer::{RoomSequencer, RoomSequencerParameters, Sequencer};

use account::AccountService;
use friend::FriendService;
use invitation::InvitationService;
use media::MediaService;
use message::MessageService;
use preference::PreferenceService;
use presence::PresenceService;
use room::RoomService;

/// Everything that the edges can ask for. A module that lacks one of them does not compile.
pub trait Services:
    HasComponent<dyn AccountService>
    + HasComponent<dyn FriendService>
    + HasComponent<dyn InvitationService>
    + HasComponent<dyn MediaService>
    + HasComponent<dyn MessageService>
    + HasComponent<dyn PreferenceService>
    + HasComponent<dyn PresenceService>
    + HasComponent<dyn RoomService>
    + HasComponent<dyn domain::port::HealthCheck>
    + Send
    + Sync
{
}
