//! Routes: `service.method` or `serverType.service.method`.
//!
//! See docs/protocol.md, sections 7 and 9, and "Routes" in the Pitaya
//! documentation.

use std::fmt;

use thiserror::Error;

/// Why a route can not be called. The texts are the `msg` of Pitaya's answers;
/// the code is PIT-400 for both, see [`crate::ErrorBody`].
#[derive(Clone, Copy, Debug, Error, Eq, PartialEq)]
pub enum RouteError {
    /// Neither two nor three segments.
    #[error("invalid route")]
    WrongNumberOfSegments,
    /// A segment is empty or blank.
    #[error("route field can not be empty")]
    EmptySegment,
}

/// A route in its parts. Names are case-sensitive.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Route<'a> {
    /// The server type, when the route has three segments.
    pub server_type: Option<&'a str>,
    /// The group of methods, for example `room`.
    pub service: &'a str,
    /// The method, for example `join`.
    pub method: &'a str,
}

impl<'a> Route<'a> {
    /// Splits a route at its dots.
    ///
    /// # Errors
    ///
    /// [`RouteError::EmptySegment`] for an empty or blank segment, also in a
    /// route of the wrong length, and so for the empty route;
    /// [`RouteError::WrongNumberOfSegments`] for anything but two or three.
    pub fn parse(route: &'a str) -> Result<Self, RouteError> {
        if route.split('.').any(|segment| segment.trim().is_empty()) {
            return Err(RouteError::EmptySegment);
        }
        let mut segments = route.split('.');
        match (segments.next(), segments.next(), segments.next(), segments.next()) {
            (Some(service), Some(method), None, _) => Ok(Self {
                server_type: None,
                service,
                method,
            }),
            (Some(server_type), Some(service), Some(method), None) => Ok(Self {
                server_type: Some(server_type),
                service,
                method,
            }),
            _ => Err(RouteError::WrongNumberOfSegments),
        }
    }

    /// The same route with `default_server_type` where it names none.
    #[must_use]
    pub fn with_server_type(self, default_server_type: &'a str) -> Self {
        Self {
            server_type: self.server_type.or(Some(default_server_type)),
            ..self
        }
    }
}

impl fmt::Display for Route<'_> {
    /// Writes the route as [`Route::parse`] reads it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(server_type) = self.server_type {
            write!(formatter, "{server_type}.")?;
        }
        write!(formatter, "{}.{}", self.service, self.method)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_or_three_segments() {
        let short = Route::parse("room.join").unwrap();
        assert_eq!((short.server_type, short.service, short.method), (None, "room", "join"));
        assert_eq!(short.with_server_type("chat"), Route::parse("chat.room.join").unwrap());
        let long = Route::parse("other.room.join").unwrap();
        assert_eq!(long.with_server_type("chat"), long);
        assert_eq!(long.to_string(), "other.room.join");
    }

    #[test]
    fn other_numbers_of_segments_are_invalid() {
        for route in ["join", "a.b.c.d"] {
            assert_eq!(Route::parse(route).unwrap_err().to_string(), "invalid route");
        }
    }

    #[test]
    fn blank_segments_are_refused() {
        for route in ["", ".", "room.", ".join", "a..b", "room. ", "a.b.c."] {
            assert_eq!(
                Route::parse(route).unwrap_err().to_string(),
                "route field can not be empty",
                "{route:?}"
            );
        }
    }
}
