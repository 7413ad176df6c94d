//! Who asks, and the room that they ask about.

use std::sync::Arc;

use crate::support::{Person, Server};

/// Everybody who may ask. A room's people are made anew for each row, the accounts are not.
pub(super) struct Cast {
    pub(super) anonymous: Person,
    pub(super) outsider: Person,
    pub(super) member: Person,
    pub(super) admin: Person,
    pub(super) creator: Person,
    /// A plain member whom nobody else plays: the one that things are done to.
    target: Person,
}

impl Cast {
    pub(super) async fn new(server: &Arc<Server>) -> Self {
        Self {
            // The first account is the server's admin and plays nobody.
            anonymous: {
                let _ = Person::join(server, "Owner").await;
                Person::anonymous(server)
            },
            outsider: Person::join(server, "Outsider").await,
            member: Person::join(server, "Member").await,
            admin: Person::join(server, "Admin").await,
            creator: Person::join(server, "Creator").await,
            target: Person::join(server, "Target").await,
        }
    }

    pub(super) fn roles(&self) -> [&Person; 5] {
        [
            &self.anonymous,
            &self.outsider,
            &self.member,
            &self.admin,
            &self.creator,
        ]
    }

    pub(super) async fn scene(&self) -> Scene {
        let room = self.creator.room(&[&self.admin], &[&self.member, &self.target]).await;
        let message = self.target.say(room, "something to act on").await["id"]
            .as_i64()
            .expect("an id");
        let invitation = self.creator.invitation(room, 0).await;
        Scene {
            room,
            message,
            invitation,
            target: self.target.id,
        }
    }
}

/// A new room with a message of the target in it.
pub(super) struct Scene {
    pub(super) room: i64,
    pub(super) message: i64,
    /// The code of one of its invitations.
    pub(super) invitation: String,
    pub(super) target: i64,
}

/// What nobody has been given.
pub(super) const NOTHING: Scene = Scene {
    room: 888_888,
    message: 888_888,
    invitation: String::new(),
    target: 888_888,
};
