//! People: their accounts and what others see of them.

use std::sync::Arc;

use crate::invitation::InvitationCode;
use crate::memo::Memo;
use crate::{Invalid, Timestamp, UserId, text};

/// Longest user name, in characters.
pub const USER_NAME_MAX: usize = 32;
/// Longest e-mail address, in bytes (RFC 5321, section 4.5.3.1.3).
pub const EMAIL_MAX: usize = 254;

/// Shortest password, in bytes.
pub const PASSWORD_MIN: usize = 8;
/// Longest password, in bytes: bcrypt ignores what comes after
/// (Provos and Mazières, "A Future-Adaptable Password Scheme", 1999).
pub const PASSWORD_MAX: usize = 72;

/// What an account may do on the whole server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// An ordinary person.
    User,
    /// Looks after the server; may change other people's permission.
    Admin,
}

impl Permission {
    /// The word that wire and database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Admin => "admin",
        }
    }

    /// Parses what `as_str` gives.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "user" => Some(Self::User),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }
}

/// An account. Everything but the password hash, which never leaves the repository's credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The name that others see; unique without regard to case.
    pub name: UserName,
    /// The address to sign in with; unique without regard to case.
    pub email: Email,
    /// URL of the picture; empty when a generated one is shown.
    pub image: String,
    /// A few words about oneself.
    pub bio: String,
    /// GitHub name.
    pub github: String,
    /// QQ number.
    pub qq: String,
    /// WeChat name.
    pub wechat: String,
    /// What the account may do on the whole server.
    pub permission: Permission,
    /// When it registered.
    pub created_at: Timestamp,
    /// When its profile changed last.
    pub updated_at: Timestamp,
    /// When its last connection ended, if it ever had one.
    pub last_seen_at: Option<Timestamp>,
}

impl User {
    /// A new account: of an ordinary person, with nothing in its profile yet.
    #[must_use]
    pub fn new(id: UserId, name: UserName, email: Email, created_at: Timestamp) -> Self {
        Self {
            id,
            name,
            email,
            image: String::new(),
            bio: String::new(),
            github: String::new(),
            qq: String::new(),
            wechat: String::new(),
            permission: Permission::User,
            created_at,
            updated_at: created_at,
            last_seen_at: None,
        }
    }
}

/// A person as others see them now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account; many messages share it.
    pub user: Arc<User>,
    /// True while at least one connection of theirs is open.
    pub online: bool,
}

/// A user name: 1 to [`USER_NAME_MAX`] visible characters without `@`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UserName {
    text: String,
    picture: Memo<Box<str>>,
}

impl UserName {
    /// Parses a name that somebody chose.
    ///
    /// # Errors
    /// [`Invalid`] for `userName` when it is empty, too long, holds an `@` (sign-in tells
    /// addresses from names by it) or is reserved for the server's own voice.
    pub fn parse(name: &str) -> Result<Self, Invalid> {
        let name = text::label("userName", name, USER_NAME_MAX)?;
        if name.contains('@') {
            return Err(Invalid::new("userName", "must not contain @"));
        }
        if matches!(text::fold(&name).as_str(), "system" | "系统" | "banter") {
            return Err(Invalid::new("userName", "is reserved"));
        }
        Ok(Self::from_stored(name))
    }

    /// Takes a name that was parsed before it was stored.
    #[must_use]
    pub fn from_stored(name: String) -> Self {
        Self {
            text: name,
            picture: Memo::default(),
        }
    }

    /// The name for an account that chose none: the address up to its `@`, cut to fit.
    #[must_use]
    pub fn suggested(email: &Email) -> Self {
        let local = email.as_str().split('@').next().unwrap_or_default();
        let cut: String = local.chars().take(USER_NAME_MAX - 5).collect();
        Self::parse(&cut).unwrap_or_else(|_| Self::from_stored("user".to_owned()))
    }

    /// The same name with a number behind it, for when the plain one is taken.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Self {
        let suffix = number.to_string();
        let room = USER_NAME_MAX.saturating_sub(suffix.len());
        Self::from_stored(self.text.chars().take(room).chain(suffix.chars()).collect())
    }

    /// The name as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The form that must be unique and that look-ups compare.
    #[must_use]
    pub fn key(&self) -> String {
        text::fold(&self.text)
    }

    /// URL of the picture that is drawn from it; `locate` is asked once.
    pub fn picture(&self, locate: impl FnOnce(&Self) -> String) -> &str {
        self.picture.get_or_make(|| locate(self).into_boxed_str())
    }
}

/// An e-mail address: something, an `@`, something; at most [`EMAIL_MAX`] bytes, no white space.
/// Whether it exists only a message could tell, so no more is checked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// Parses an address.
    ///
    /// # Errors
    /// [`Invalid`] for `email` when it has not the form of an address.
    pub fn parse(email: &str) -> Result<Self, Invalid> {
        let email = email.trim();
        let well_formed = email.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && !host.starts_with('.')
                && !host.ends_with('.')
        });
        let clean = email
            .chars()
            .all(|c| !c.is_whitespace() && !text::is_invisible(c) && !matches!(c, '<' | '>' | '"' | ',' | ';'));
        if !well_formed || !clean || email.len() > EMAIL_MAX {
            return Err(Invalid::new("email", "is not an e-mail address"));
        }
        Ok(Self(email.to_owned()))
    }

    /// Takes an address that was parsed before it was stored.
    #[must_use]
    pub fn from_stored(email: String) -> Self {
        Self(email)
    }

    /// The address as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that must be unique and that sign-in compares.
    #[must_use]
    pub fn key(&self) -> String {
        text::fold(&self.0)
    }
}

/// A password in the clear: [`PASSWORD_MIN`] to [`PASSWORD_MAX`] bytes. Never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Parses a password that somebody chose; `field` is its name on the wire.
    ///
    /// # Errors
    /// [`Invalid`] for `field` when its length is out of bounds or it holds a NUL.
    pub fn parse(field: &'static str, password: &str) -> Result<Self, Invalid> {
        if !(PASSWORD_MIN..=PASSWORD_MAX).contains(&password.len()) {
            return Err(Invalid::new(field, "must have 8 to 72 bytes"));
        }
        if password.contains('\0') {
            return Err(Invalid::new(field, "must not contain NUL"));
        }
        Ok(Self(password.to_owned()))
    }

    /// The password in the clear, for hashing.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// What to store for a new account.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Its name.
    pub name: UserName,
    /// Its address.
    pub email: Email,
    /// bcrypt hash of its password.
    pub password_hash: String,
    /// What it may do; the first account of a server becomes [`Permission::Admin`] whatever stands here.
    pub permission: Permission,
    /// The invitation that it comes by, which is used once.
    pub invitation: Option<InvitationCode>,
    /// When it registers.
    pub created_at: Timestamp,
}

/// Which parts of a profile change; `None` leaves a part as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// New name.
    pub name: Option<UserName>,
    /// New address.
    pub email: Option<Email>,
    /// New picture URL; empty for the generated one.
    pub image: Option<String>,
    /// New words about oneself.
    pub bio: Option<String>,
    /// New GitHub name.
    pub github: Option<String>,
    /// New QQ number.
    pub qq: Option<String>,
    /// New WeChat name.
    pub wechat: Option<String>,
    /// New permission; only an admin's command carries one.
    pub permission: Option<Permission>,
}

/// How to look people up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserFilter {
    /// The one with this id.
    Id(UserId),
    /// Those whose name starts so, without regard to case.
    NamePrefix(String),
    /// The one with exactly this address, without regard to case.
    Email(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_refuse_addresses_and_the_servers_own_voice() {
        assert!(UserName::parse("a@b").is_err());
        assert!(UserName::parse("Ｓystem").is_err());
        assert!(UserName::parse("sys\u{fe0f}tem").is_err());
        assert_eq!(UserName::parse(" 小明 ").unwrap().as_str(), "小明");
    }

    #[test]
    fn a_suggested_name_comes_from_the_address_and_can_be_numbered() {
        let email = Email::parse("Alice.B@example.com").unwrap();
        let name = UserName::suggested(&email);
        assert_eq!(name.as_str(), "Alice.B");
        assert_eq!(name.numbered(12).as_str(), "Alice.B12");
        let long = UserName::from_stored("x".repeat(USER_NAME_MAX));
        assert_eq!(long.numbered(7).as_str().chars().count(), USER_NAME_MAX);
    }

    #[test]
    fn addresses_need_two_sides_and_no_markup() {
        for bad in ["", "a", "@b", "a@", "a@b@c", "a b@c", "<a@b>", "a@.b"] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Email::parse("A@B.example").unwrap().key(), "a@b.example");
    }

    #[test]
    fn a_password_never_shows_in_debug_output() {
        let password = Password::parse("password", "correct horse").unwrap();
        assert!(!format!("{password:?}").contains("horse"));
        assert!(Password::parse("password", "short").is_err());
        assert!(Password::parse("password", &"x".repeat(73)).is_err());
    }
}
