//! Signing in on the wire.

use domain::SessionId;
use domain::session::Session as DomainSession;
use serde::{Deserialize, Serialize};

use crate::room::Head;
use crate::{Profile, time};

/// What signing in answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// Goes into the `Authorization` header.
    pub access_token: String,
    /// When it ends.
    pub expires_at: String,
    /// Who signed in.
    pub user: Profile,
}

/// What refreshing answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Refreshed {
    /// Goes into the `Authorization` header.
    pub access_token: String,
    /// When it ends.
    pub expires_at: String,
}

/// A signed-in device.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Id.
    pub id: i64,
    /// What the device calls itself.
    pub user_agent: String,
    /// Where it signed in or refreshed from last.
    pub address: String,
    /// True for the device that asks.
    pub current: bool,
    /// When it signed in.
    pub created_at: String,
    /// When it refreshed last.
    pub last_used_at: String,
    /// When it ends unless it is refreshed before.
    pub expires_at: String,
}

impl Session {
    /// The session as the device of session `current` sees it.
    #[must_use]
    pub fn for_device(session: &DomainSession, current: SessionId) -> Self {
        Self {
            id: session.id.0,
            user_agent: session.user_agent.clone(),
            address: session.address.clone(),
            current: session.id == current,
            created_at: time::text(session.created_at),
            last_used_at: time::text(session.last_used_at),
            expires_at: time::text(session.expires_at),
        }
    }
}

/// What binding a connection answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bound {
    /// Who is signed in.
    pub user_id: i64,
    /// On which device.
    pub session_id: i64,
    /// When the access token ends.
    pub expires_at: String,
    /// Where the caller stands in each of their rooms.
    pub rooms: Vec<Head>,
}
