//! Tokens: short-lived access tokens, refresh tokens and media cookies, all JSON Web Tokens
//! (RFC 7519) signed with HMAC-SHA256 and bound to a session.

use std::time::Duration;

use domain::session::Session;
use domain::{SessionId, Timestamp, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::Tokens;
use crate::{Error, Policy, Result};

const ISSUER: &str = "banter";
/// A token this far from the future is one of another node whose clock runs ahead.
const CLOCK_SKEW: Duration = Duration::from_secs(60);
/// No token of ours is longer.
const TOKEN_MAX: usize = 1024;

/// What a token is for; one kind is never taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Access,
    Refresh,
    Media,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
            Self::Media => "media",
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: i64,
    #[serde(rename = "gen")]
    generation: i64,
    iat: i64,
    exp: i64,
}

/// What a genuine token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoken {
    pub(super) user_id: UserId,
    pub(super) session_id: SessionId,
    pub(super) generation: i64,
    issued_at: Timestamp,
    pub(super) expires_at: Timestamp,
}

impl Spoken {
    /// True for a token that this session may have been given by now. One from the future is
    /// genuine where its session was there as well: the clock was set back since.
    pub(super) fn is_of(&self, session: &Session, now: Timestamp) -> bool {
        let newest = now.max(session.last_used_at).plus(CLOCK_SKEW);
        session.user_id == self.user_id && self.issued_at <= newest
    }
}

/// The key that signs the server's tokens.
#[derive(Clone)]
pub struct TokenKey {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl TokenKey {
    /// A key from a secret of at least 32 bytes; the caller sees to its quality.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
        }
    }

    /// All tokens of a session as it stands now.
    pub(super) fn tokens(&self, session: &Session, policy: &Policy, now: Timestamp) -> Result<Tokens> {
        let expires_at = now.plus(policy.access_ttl).min(session.expires_at);
        Ok(Tokens {
            access: self.sign(session, Purpose::Access, now, expires_at)?,
            expires_at: Timestamp(expires_at.unix_seconds() * 1000),
            refresh: self.sign(session, Purpose::Refresh, now, session.expires_at)?,
            media: self.sign(session, Purpose::Media, now, session.expires_at)?,
            refresh_expires_at: session.expires_at,
        })
    }

    fn sign(&self, session: &Session, purpose: Purpose, now: Timestamp, expires_at: Timestamp) -> Result<String> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: purpose.as_str().to_owned(),
            sub: session.user_id.to_string(),
            sid: session.id.0,
            generation: session.generation,
            iat: now.unix_seconds(),
            exp: expires_at.unix_seconds(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).map_err(Error::internal)
    }

    /// Reads a genuine token that has not expired by now; its session has the last word.
    pub(super) fn read(&self, token: &str, purpose: Purpose, now: Timestamp) -> Result<Spoken> {
        let spoken = self.read_expired(token, purpose)?;
        if now < spoken.expires_at {
            Ok(spoken)
        } else {
            Err(Error::Unauthorized)
        }
    }

    /// Reads a genuine token, whether it has expired or not.
    pub(super) fn read_expired(&self, token: &str, purpose: Purpose) -> Result<Spoken> {
        if token.len() > TOKEN_MAX {
            return Err(Error::Unauthorized);
        }
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[purpose.as_str()]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        // Times are compared with the chat's own clock, below and by the caller.
        validation.validate_exp = false;
        let token = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation);
        let claims = token.map_err(|_| Error::Unauthorized)?.claims;
        if claims.sub.is_empty() {
            return Err(Error::EmptyUserId);
        }
        let user_id = claims.sub.parse().map_err(|_| Error::Unauthorized)?;
        Ok(Spoken {
            user_id: UserId(user_id),
            session_id: SessionId(claims.sid),
            generation: claims.generation,
            issued_at: Timestamp(claims.iat.saturating_mul(1000)),
            expires_at: Timestamp(claims.exp.saturating_mul(1000)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn session() -> Session {
        Session {
            id: SessionId(3),
            user_id: UserId(7),
            user_agent: String::new(),
            address: String::new(),
            generation: 2,
            created_at: NOW,
            last_used_at: NOW,
            expires_at: NOW.plus(Policy::default().refresh_ttl),
            revoked_at: None,
        }
    }

    fn key() -> TokenKey {
        TokenKey::new(&[7; 32])
    }

    #[test]
    fn a_token_speaks_for_its_session_until_it_ends() {
        let tokens = key().tokens(&session(), &Policy::default(), NOW).unwrap();
        let spoken = key().read(&tokens.access, Purpose::Access, NOW).unwrap();
        assert_eq!(
            (spoken.user_id, spoken.session_id, spoken.generation),
            (UserId(7), SessionId(3), 2)
        );
        assert!(matches!(
            key().read(&tokens.access, Purpose::Access, tokens.expires_at),
            Err(Error::Unauthorized)
        ));
        assert!(key().read_expired(&tokens.access, Purpose::Access).is_ok());
    }

    #[test]
    fn one_kind_of_token_is_not_taken_for_another() {
        let tokens = key().tokens(&session(), &Policy::default(), NOW).unwrap();
        for (token, kind) in [
            (&tokens.access, Purpose::Refresh),
            (&tokens.refresh, Purpose::Access),
            (&tokens.media, Purpose::Access),
        ] {
            assert!(matches!(key().read(token, kind, NOW), Err(Error::Unauthorized)));
        }
    }

    #[test]
    fn forged_tokens_are_refused() {
        let foreign = TokenKey::new(&[8; 32])
            .tokens(&session(), &Policy::default(), NOW)
            .unwrap()
            .access;
        // {"alg":"none"} and the claims of a genuine token.
        let genuine = key().tokens(&session(), &Policy::default(), NOW).unwrap().access;
        let claims = genuine.split('.').nth(1).unwrap();
        let unsigned = format!("eyJhbGciOiJub25lIn0.{claims}.");
        for token in [foreign, unsigned, String::new(), "a.b.c".into(), "x".repeat(1 << 20)] {
            assert!(matches!(
                key().read(&token, Purpose::Access, NOW),
                Err(Error::Unauthorized)
            ));
        }
    }

    #[test]
    fn a_token_from_the_future_is_one_of_a_session_that_was_there() {
        let hour = Duration::from_secs(3600);
        let later = NOW.plus(hour);
        let early = key().tokens(&session(), &Policy::default(), later).unwrap().access;
        let spoken = key().read(&early, Purpose::Access, NOW).unwrap();
        assert!(!spoken.is_of(&session(), NOW), "forged");
        assert!(spoken.is_of(&session(), later));
        let was_there = Session {
            last_used_at: later,
            ..session()
        };
        assert!(spoken.is_of(&was_there, NOW), "the clock was set back");
        let of_another = Session {
            user_id: UserId(8),
            ..was_there
        };
        assert!(!spoken.is_of(&of_another, NOW));
    }
}
