//! Why the server ends a connection: the reason that a kick tells, the close code, and what a
//! client does next.

use actix_http::ws::CloseCode;
use domain::RevocationReason;

/// Why the server ends a connection.
///
/// The client gets a kick packet `{"reason": …}` where [`is_told`](Self::is_told) says so, and
/// always a WebSocket close frame with [`close_code`](Self::close_code) and the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// No handshake, or no ack to it, in time.
    HandshakeTimeout,
    /// Still anonymous some time after the handshake.
    AuthTimeout,
    /// The person signed out on this device.
    Logout,
    /// The session was ended from elsewhere.
    SessionRevoked,
    /// The access token ended without being renewed.
    TokenExpired,
    /// The person has too many connections; this is the newest.
    TooManyConnections,
    /// The client reads too slowly.
    Slow,
    /// Nothing came from the client for three heartbeats.
    HeartbeatTimeout,
    /// The server stops or restarts.
    Shutdown,
    /// Bytes that break the protocol.
    Protocol,
    /// A kind of WebSocket message that the protocol does not have.
    Unsupported,
    /// A handshake or a body that cannot be read.
    BadPayload,
    /// A message, or what it inflates to, is larger than allowed.
    TooBig,
}

/// What a client does after it was disconnected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Comes back after a random wait, and asks for what it missed.
    Reconnect,
    /// Comes back once it has another token, by refreshing or by signing in.
    SignIn,
    /// Stays away until the person asks for it: coming back would end the same way.
    StayAway,
}

impl Ending {
    /// Every ending.
    pub const ALL: [Self; 13] = [
        Self::HandshakeTimeout,
        Self::AuthTimeout,
        Self::Logout,
        Self::SessionRevoked,
        Self::TokenExpired,
        Self::TooManyConnections,
        Self::Slow,
        Self::HeartbeatTimeout,
        Self::Shutdown,
        Self::Protocol,
        Self::Unsupported,
        Self::BadPayload,
        Self::TooBig,
    ];

    /// The stable word for it.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::HandshakeTimeout => "handshake_timeout",
            Self::AuthTimeout => "auth_timeout",
            Self::Logout => "logout",
            Self::SessionRevoked => "session_revoked",
            Self::TokenExpired => "token_expired",
            Self::TooManyConnections => "too_many_connections",
            Self::Slow => "slow",
            Self::HeartbeatTimeout => "heartbeat_timeout",
            Self::Shutdown => "shutdown",
            Self::Protocol => "protocol",
            Self::Unsupported => "unsupported",
            Self::BadPayload => "bad_payload",
            Self::TooBig => "too_big",
        }
    }

    /// The code of the close frame (RFC 6455, section 7.4.1, and the IANA registry).
    #[must_use]
    pub fn close_code(self) -> u16 {
        match self {
            Self::Protocol => 1002,
            Self::Unsupported => 1003,
            Self::BadPayload => 1007,
            Self::HandshakeTimeout
            | Self::AuthTimeout
            | Self::Logout
            | Self::SessionRevoked
            | Self::TokenExpired
            | Self::TooManyConnections
            | Self::HeartbeatTimeout => 1008,
            Self::TooBig => 1009,
            Self::Shutdown => 1012,
            Self::Slow => 1013,
        }
    }

    /// What the client does next.
    #[must_use]
    pub fn next(self) -> Next {
        match self {
            Self::HandshakeTimeout | Self::Slow | Self::HeartbeatTimeout | Self::Shutdown => Next::Reconnect,
            Self::AuthTimeout | Self::Logout | Self::SessionRevoked | Self::TokenExpired => Next::SignIn,
            Self::TooManyConnections | Self::Protocol | Self::Unsupported | Self::BadPayload | Self::TooBig => {
                Next::StayAway
            }
        }
    }

    /// True when a kick packet says it before the close frame. A client that breaks the protocol
    /// gets the close frame alone, as does one that has not shaken hands: it could not read a
    /// packet before the answer to its handshake.
    #[must_use]
    pub fn is_told(self) -> bool {
        !matches!(
            self,
            Self::HandshakeTimeout | Self::Protocol | Self::Unsupported | Self::BadPayload | Self::TooBig
        )
    }

    /// True when the client hears nothing any more of what still waits for it.
    pub(crate) fn discards(self) -> bool {
        matches!(self, Self::Logout | Self::SessionRevoked | Self::Slow)
    }

    pub(crate) fn code(self) -> CloseCode {
        CloseCode::from(self.close_code())
    }
}

impl From<RevocationReason> for Ending {
    fn from(reason: RevocationReason) -> Self {
        match reason {
            RevocationReason::Logout => Self::Logout,
            RevocationReason::Revoked | RevocationReason::PasswordChanged => Self::SessionRevoked,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_ending_has_its_own_reason_and_a_standard_code() {
        let reasons: HashSet<_> = Ending::ALL.iter().map(|ending| ending.reason()).collect();
        assert_eq!(reasons.len(), Ending::ALL.len());
        for ending in Ending::ALL {
            assert!(matches!(ending.close_code(), 1002 | 1003 | 1007..=1009 | 1012..=1013));
        }
    }

    #[test]
    fn the_codes_are_those_that_clients_know() {
        for (ending, reason, code, next) in [
            (Ending::AuthTimeout, "auth_timeout", 1008, Next::SignIn),
            (Ending::SessionRevoked, "session_revoked", 1008, Next::SignIn),
            (Ending::TokenExpired, "token_expired", 1008, Next::SignIn),
            (Ending::TooManyConnections, "too_many_connections", 1008, Next::StayAway),
            (Ending::Slow, "slow", 1013, Next::Reconnect),
            (Ending::Shutdown, "shutdown", 1012, Next::Reconnect),
            (Ending::Protocol, "protocol", 1002, Next::StayAway),
            (Ending::TooBig, "too_big", 1009, Next::StayAway),
        ] {
            assert_eq!(
                (ending.reason(), ending.close_code(), ending.next()),
                (reason, code, next)
            );
        }
    }

    #[test]
    fn a_revocation_says_what_the_event_says() {
        for reason in [
            RevocationReason::Logout,
            RevocationReason::Revoked,
            RevocationReason::PasswordChanged,
        ] {
            assert_eq!(Ending::from(reason).reason(), reason.as_str());
        }
    }
}
