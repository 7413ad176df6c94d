//! What can go wrong below the use cases: a broken rule, or a port that failed.

use std::borrow::Cow;
use std::error::Error;

/// A value breaks a rule. The text names the field and is safe to show to its sender.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct Invalid {
    /// The field as the wire spells it, for example `textMessage.text`.
    pub field: Cow<'static, str>,
    /// What is wrong with it, for example `must have 1 to 4000 characters`.
    pub problem: Cow<'static, str>,
}

impl Invalid {
    /// Says that `field` has `problem`.
    pub fn new(field: impl Into<Cow<'static, str>>, problem: impl Into<Cow<'static, str>>) -> Self {
        Self {
            field: field.into(),
            problem: problem.into(),
        }
    }
}

/// A port could not do its work. Callers cannot mend it; they pass it on.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// A unique value is taken already. `field` names it (`email`, `userName`, …).
    #[error("{field} is in use already")]
    Taken {
        /// Which unique key clashed.
        field: &'static str,
    },
    /// Somebody must stay admin: there is no other one.
    #[error("there is no other admin")]
    LastAdmin,
    /// A picture that was uploaded is gone, or never was.
    #[error("there is no such picture")]
    NoSuchPicture,
    /// An invitation is unknown or has ended.
    #[error("there is no such invitation")]
    NoSuchInvitation,
    /// The other side cannot take more work now, or cannot be reached; trying again may help.
    #[error("unavailable for now: {0}")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
    /// There is no room left to store anything; reading goes on.
    #[error("no room left: {0}")]
    Full(#[source] Box<dyn Error + Send + Sync>),
    /// Anything else; the source says what.
    #[error("{0}")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}

impl PortError {
    /// Wraps any error, or a text, as [`PortError::Failed`].
    pub fn failed(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Failed(source.into())
    }

    /// Wraps any error, or a text, as [`PortError::Unavailable`].
    pub fn unavailable(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unavailable(source.into())
    }

    /// Wraps any error, or a text, as [`PortError::Full`].
    pub fn full(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Full(source.into())
    }
}
