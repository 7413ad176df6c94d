//! What a use case can answer instead of its result: one enum that the edges map once.

use std::time::Duration;

use domain::port::{ChangeError, ReceiveError};
use domain::{Invalid, PortError};

/// Why a use case was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A value breaks a rule; the text names the field.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Nobody is signed in: the token is missing, malformed, expired or revoked.
    #[error("unauthorized")]
    Unauthorized,
    /// The token names no user.
    #[error("user id is empty")]
    EmptyUserId,
    /// E-mail or password is wrong; which of them is not told.
    #[error("wrong email or password")]
    WrongCredentials,
    /// Signed in, but not allowed.
    #[error("{0}")]
    Forbidden(&'static str),
    /// There is no such thing, or the caller may not know of it.
    #[error("not found")]
    NotFound,
    /// The present state does not allow it.
    #[error("{0}")]
    Conflict(&'static str),
    /// What it was allowed for does not hold any more: to be decided anew.
    #[error("somebody else has changed that meanwhile")]
    Outdated,
    /// Another account has this e-mail address.
    #[error("email already in use")]
    EmailTaken,
    /// Another account has this name.
    #[error("user name already in use")]
    UserNameTaken,
    /// A file is too large.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// Most bytes.
        limit: u64,
    },
    /// The files of the person take all that they may.
    #[error("your files take all of the {quota} bytes that they may; take some messages with files back")]
    QuotaReached {
        /// Most bytes.
        quota: u64,
    },
    /// Too many tries; come back later.
    #[error("too many requests, try again in {} seconds", retry_after.as_secs().max(1))]
    TooManyRequests {
        /// How long to wait.
        retry_after: Duration,
    },
    /// The server has more to do than it can take; nothing was done.
    #[error("the server is busy, try again in {} seconds", retry_after.as_secs().max(1))]
    Overloaded {
        /// How long to wait.
        retry_after: Duration,
    },
    /// There is no room left to store anything; nothing was done.
    #[error("the server has no room to store anything, try again later")]
    Full,
    /// Our fault. The source is for the log, not for the caller.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What every use case answers.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Wraps a fault of ours.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(source.into())
    }

    /// More work than can be taken now.
    #[must_use]
    pub fn overloaded() -> Self {
        Self::Overloaded {
            retry_after: Duration::from_secs(1),
        }
    }
}

impl From<PortError> for Error {
    fn from(error: PortError) -> Self {
        match error {
            PortError::Taken { field: "email" } => Self::EmailTaken,
            PortError::Taken { field: "userName" } => Self::UserNameTaken,
            PortError::LastAdmin => Self::Conflict("make somebody else admin first"),
            PortError::NoSuchPicture => no_such_picture(),
            PortError::NoSuchInvitation => Self::NotFound,
            PortError::Unavailable(source) => {
                tracing::warn!(error = %source, "a port is unavailable");
                Self::overloaded()
            }
            PortError::Full(source) => {
                tracing::error!(error = %source, "there is no room left to store anything");
                Self::Full
            }
            other => Self::internal(other),
        }
    }
}

impl From<ChangeError> for Error {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotMember | ChangeError::NoSuchMessage | ChangeError::NoSuchInvitation => Self::NotFound,
            ChangeError::Outdated => Self::Outdated,
            ChangeError::ReadOnly => Self::Forbidden("the room is read-only"),
            ChangeError::NoSuchReply => Invalid::new("replyId", "is no message of this room").into(),
            ChangeError::NoSuchUpload => {
                Invalid::new("mediaMessage.url", "is no upload of yours that waits to be sent").into()
            }
            ChangeError::NoSuchPicture => no_such_picture(),
            ChangeError::TooManyReactions => Self::Conflict("the message has too many different reactions"),
            ChangeError::Port(error) => error.into(),
        }
    }
}

fn no_such_picture() -> Error {
    Invalid::new("image", "is no picture that you uploaded for this").into()
}

impl From<ReceiveError> for Error {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::TooLarge { limit } => Self::TooLarge { limit },
            ReceiveError::Empty => Invalid::new("file", "is empty").into(),
            ReceiveError::NotAPicture => Invalid::new("file", "is not a PNG, JPEG, GIF or WebP picture").into(),
            ReceiveError::Port(error) => error.into(),
        }
    }
}
