//! The route dictionary: two-byte codes for routes that are sent often.
//!
//! The server fixes it at start and sends it with every handshake answer
//! (docs/protocol.md, sections 3 and 7; "Route compression" in the pomelo wiki).

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::error::DecodeError;
use crate::message::{MAX_ROUTE_BYTES, MessageRoute};

/// Why a route can not be registered.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum DictionaryError {
    /// Without a code such a route could not be written at all.
    #[error("route of {length} bytes is above the limit of 255")]
    RouteTooLong {
        /// Route bytes asked for.
        length: usize,
    },
    /// The empty route can not be called.
    #[error("route is empty")]
    RouteEmpty,
    /// Browser clients take code 0 as "not in the dictionary".
    #[error("route code 0 is reserved")]
    CodeZero,
    /// The route has a code already.
    #[error("route {route} is registered twice")]
    RouteTaken {
        /// The route asked for.
        route: String,
    },
    /// Another route has the code.
    #[error("route code {code} is registered twice")]
    CodeTaken {
        /// The code asked for.
        code: u16,
    },
    /// No code is left above the highest one in use.
    #[error("no route code is left")]
    CodesExhausted,
}

/// Routes and their codes, 1 to 65535.
///
/// Serializes as the `sys.dict` object of the handshake answer, route to code.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct RouteDictionary {
    codes_by_route: BTreeMap<String, u16>,
    routes_by_code: BTreeMap<u16, String>,
}

impl RouteDictionary {
    /// A dictionary without routes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives `route` the code after the highest one in use and returns it; the
    /// first code is 1.
    ///
    /// # Errors
    ///
    /// A route that is empty, above [`MAX_ROUTE_BYTES`] or already registered,
    /// or no code left.
    pub fn register(&mut self, route: impl Into<String>) -> Result<u16, DictionaryError> {
        let highest = self.routes_by_code.keys().next_back().copied().unwrap_or(0);
        let code = highest.checked_add(1).ok_or(DictionaryError::CodesExhausted)?;
        self.register_with_code(route, code)?;
        Ok(code)
    }

    /// Gives `route` this code.
    ///
    /// # Errors
    ///
    /// A route that is empty, above [`MAX_ROUTE_BYTES`] or already registered,
    /// or a code that is 0 or taken.
    pub fn register_with_code(&mut self, route: impl Into<String>, code: u16) -> Result<(), DictionaryError> {
        let route = route.into();
        let length = route.len();
        if length == 0 {
            return Err(DictionaryError::RouteEmpty);
        }
        if length > MAX_ROUTE_BYTES {
            return Err(DictionaryError::RouteTooLong { length });
        }
        if code == 0 {
            return Err(DictionaryError::CodeZero);
        }
        if self.codes_by_route.contains_key(&route) {
            return Err(DictionaryError::RouteTaken { route });
        }
        if self.routes_by_code.contains_key(&code) {
            return Err(DictionaryError::CodeTaken { code });
        }
        self.codes_by_route.insert(route.clone(), code);
        self.routes_by_code.insert(code, route);
        Ok(())
    }

    /// The code of `route`, if it has one.
    #[must_use]
    pub fn code(&self, route: &str) -> Option<u16> {
        self.codes_by_route.get(route).copied()
    }

    /// The route with this code, if there is one.
    #[must_use]
    pub fn route(&self, code: u16) -> Option<&str> {
        self.routes_by_code.get(&code).map(String::as_str)
    }

    /// The shortest way to name `route` in a message.
    #[must_use]
    pub fn shorten(&self, route: &str) -> MessageRoute {
        match self.code(route) {
            Some(code) => MessageRoute::Code(code),
            None => MessageRoute::Name(route.to_owned()),
        }
    }

    /// The text of a message's route.
    ///
    /// # Errors
    ///
    /// [`DecodeError::RouteCodeUnknown`] for a code without a route.
    pub fn expand(&self, route: MessageRoute) -> Result<String, DecodeError> {
        match route {
            MessageRoute::Name(name) => Ok(name),
            MessageRoute::Code(code) => self
                .route(code)
                .map(str::to_owned)
                .ok_or(DecodeError::RouteCodeUnknown { code }),
        }
    }

    /// Number of routes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes_by_route.len()
    }

    /// Whether there are no routes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes_by_route.is_empty()
    }
}

impl Serialize for RouteDictionary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.codes_by_route.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_start_at_one() {
        let mut dictionary = RouteDictionary::new();
        assert_eq!(dictionary.register("room.join"), Ok(1));
        assert_eq!(dictionary.register("onMessage"), Ok(2));
        assert_eq!(dictionary.register_with_code("room.echo", 300), Ok(()));
        assert_eq!(dictionary.register("room.leave"), Ok(301));
        assert_eq!(dictionary.len(), 4);
        assert_eq!(dictionary.code("onMessage"), Some(2));
        assert_eq!(dictionary.route(300), Some("room.echo"));
    }

    #[test]
    fn what_clients_can_not_take_is_refused() {
        let mut dictionary = RouteDictionary::new();
        assert_eq!(
            dictionary.register("r".repeat(256)),
            Err(DictionaryError::RouteTooLong { length: 256 })
        );
        assert_eq!(dictionary.register(""), Err(DictionaryError::RouteEmpty));
        assert_eq!(dictionary.register_with_code("a.b", 0), Err(DictionaryError::CodeZero));
        assert!(dictionary.is_empty());
        assert_eq!(dictionary.register("r".repeat(255)), Ok(1));
    }

    #[test]
    fn routes_and_codes_are_unique() {
        let mut dictionary = RouteDictionary::new();
        dictionary.register_with_code("a.b", u16::MAX).unwrap();
        assert_eq!(
            dictionary.register_with_code("a.b", 1),
            Err(DictionaryError::RouteTaken { route: "a.b".into() })
        );
        assert_eq!(
            dictionary.register_with_code("c.d", u16::MAX),
            Err(DictionaryError::CodeTaken { code: u16::MAX })
        );
        assert_eq!(dictionary.register("c.d"), Err(DictionaryError::CodesExhausted));
    }

    #[test]
    fn routes_are_shortened_and_expanded() {
        let mut dictionary = RouteDictionary::new();
        dictionary.register("room.join").unwrap();
        for route in ["room.join", "room.leave"] {
            let shortened = dictionary.shorten(route);
            assert_eq!(dictionary.expand(shortened).unwrap(), route);
        }
        assert_eq!(dictionary.shorten("room.join"), MessageRoute::Code(1));
        assert_eq!(
            dictionary.expand(MessageRoute::Code(9)),
            Err(DecodeError::RouteCodeUnknown { code: 9 })
        );
    }
}
