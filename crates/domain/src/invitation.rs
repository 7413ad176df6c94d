//! Invitations: links that bring people into a room, and on some servers to an account.

use std::fmt;
use std::time::Duration;

use crate::{Invalid, RoomId, Timestamp, UserId};

/// Most invitations of one room that hold at a time.
pub const LIVE_MAX: u64 = 50;
/// Most uses that an invitation may be bounded to.
pub const USES_MAX: i64 = 10_000;
/// Shortest and longest time that an invitation may be bounded to, in seconds: a minute and a year.
pub const LIFETIME: std::ops::RangeInclusive<i64> = 60..=366 * 24 * 60 * 60;
/// Characters of a code: as many digits as 128 bits take.
pub const CODE_LENGTH: usize = 22;

/// What the digits of a code are. All of them stay as they are in an address, also at its end.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The secret of an invitation: 128 random bits, written as [`CODE_LENGTH`] letters and digits.
/// Never shown by `Debug`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InvitationCode(u128);

impl InvitationCode {
    /// The code of these bits, which nobody may be able to guess.
    #[must_use]
    pub fn new(random: u128) -> Self {
        Self(random)
    }

    /// Reads a code; `None` for a text that is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != CODE_LENGTH {
            return None;
        }
        let digit = |byte| DIGITS.iter().zip(0_u128..).find(|(digit, _)| **digit == byte);
        text.bytes()
            .try_fold(0_u128, |sum, byte| sum.checked_mul(62)?.checked_add(digit(byte)?.1))
            .map(Self)
    }
}

impl fmt::Display for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [b'0'; CODE_LENGTH];
        let mut rest = self.0;
        for place in text.iter_mut().rev() {
            // A remainder of 62 is a digit.
            *place = DIGITS[usize::try_from(rest % 62).unwrap_or_default()];
            rest /= 62;
        }
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationCode(…)")
    }
}

/// An invitation into a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// What its link holds.
    pub code: InvitationCode,
    /// Where it leads.
    pub room_id: RoomId,
    /// Who made it.
    pub creator: UserId,
    /// How many people it brings in; 0 for any number.
    pub max_uses: i64,
    /// How many it has brought in.
    pub uses: i64,
    /// When it ends, if it does.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Invitation {
    /// True while it has a use left and its time has not come.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        (self.max_uses == 0 || self.uses < self.max_uses) && self.expires_at.is_none_or(|end| now < end)
    }
}

/// Reads how many people an invitation may bring in.
///
/// # Errors
/// [`Invalid`] for `maxUses` when it is out of bounds.
pub fn max_uses(asked: Option<i64>) -> Result<i64, Invalid> {
    match asked.unwrap_or(0) {
        uses @ 0..=USES_MAX => Ok(uses),
        _ => Err(Invalid::new("maxUses", format!("must be 0 to {USES_MAX}"))),
    }
}

/// Reads for how many seconds an invitation may hold; for ever when that is not said.
///
/// # Errors
/// [`Invalid`] for `expiresIn` when it is out of bounds.
pub fn lifetime(asked: Option<i64>) -> Result<Option<Duration>, Invalid> {
    let Some(seconds) = asked else { return Ok(None) };
    if !LIFETIME.contains(&seconds) {
        let problem = format!("must be {} to {} seconds", LIFETIME.start(), LIFETIME.end());
        return Err(Invalid::new("expiresIn", problem));
    }
    Ok(Some(Duration::from_secs(seconds.unsigned_abs())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_written() {
        for bits in [0, 1, 61, 62, u128::MAX / 3, u128::MAX] {
            let text = InvitationCode(bits).to_string();
            assert!(text.len() == CODE_LENGTH && text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            assert_eq!(InvitationCode::parse(&text), Some(InvitationCode(bits)), "{text}");
        }
        let one = InvitationCode(1).to_string();
        let beyond = "z".repeat(CODE_LENGTH);
        for text in [
            "",
            "0",
            &one[1..],
            &format!("{one}0"),
            &one.replace('1', "-"),
            &one.replace('1', "é"),
            &beyond,
        ] {
            assert_eq!(InvitationCode::parse(text), None, "{text}");
        }
        assert!(!format!("{:?}", InvitationCode(1)).contains('1'));
    }

    #[test]
    fn an_invitation_ends_with_its_uses_and_its_time() {
        let invitation = |max_uses, uses, end: Option<i64>| Invitation {
            code: InvitationCode(7),
            room_id: RoomId(1),
            creator: UserId(1),
            max_uses,
            uses,
            expires_at: end.map(Timestamp),
            created_at: Timestamp(0),
        };
        for (max_uses, uses, end, is_live) in [
            (0, 99, None, true),
            (1, 0, Some(11), true),
            (1, 1, None, false),
            (0, 0, Some(10), false),
        ] {
            assert_eq!(invitation(max_uses, uses, end).is_live(Timestamp(10)), is_live);
        }
    }

    #[test]
    fn bounds_are_kept() {
        assert_eq!((max_uses(None), max_uses(Some(10))), (Ok(0), Ok(10)));
        assert!(max_uses(Some(-1)).is_err() && max_uses(Some(USES_MAX + 1)).is_err());
        assert_eq!(lifetime(None), Ok(None));
        assert_eq!(lifetime(Some(60)), Ok(Some(Duration::from_secs(60))));
        assert!(lifetime(Some(0)).is_err() && lifetime(Some(i64::MAX)).is_err());
    }
}
