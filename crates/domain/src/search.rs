//! Search: what people look for, and where in a text it stands.

use crate::message::MessageDetail;
use crate::{Invalid, MessageId, RoomId, text};

/// Longest query, in characters.
pub const QUERY_MAX: usize = 256;

/// A question to the search: one substring, in any script, without regard to case, width or accents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    folded: String,
}

impl SearchQuery {
    /// Parses what somebody typed. No character of it has a special meaning.
    ///
    /// # Errors
    /// [`Invalid`] for `q` when it is blank or too long.
    pub fn parse(query: &str) -> Result<Self, Invalid> {
        let folded = text::search_key(query.trim());
        if text::is_blank(&folded) || query.chars().count() > QUERY_MAX || folded.contains('\0') {
            return Err(Invalid::new(
                "q",
                format!("must have 1 to {QUERY_MAX} characters, some of them visible"),
            ));
        }
        Ok(Self { folded })
    }

    /// Parses what somebody may have typed; `None` when they left it out or blank.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn parse_optional(query: Option<&str>) -> Result<Option<Self>, Invalid> {
        let typed = query.filter(|query| !query.trim().is_empty());
        typed.map(Self::parse).transpose()
    }

    /// The substring to find in folded texts (see [`text::search_key`]).
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Where the query stands in `text`: pairs of first character and the one behind the last,
    /// counted in characters (Unicode scalar values), not overlapping.
    #[must_use]
    pub fn spans(&self, text: &str) -> Vec<(usize, usize)> {
        // Folding may change the number of characters (ß, ﬁ), so each folded character
        // remembers the original one that it came from.
        let mut folded = Vec::new();
        for (position, c) in text.chars().enumerate() {
            let key = text::search_key(c.encode_utf8(&mut [0; 4]));
            folded.extend(key.chars().map(|f| (f, position)));
        }
        let needle: Vec<char> = self.folded.chars().collect();
        let mut spans = Vec::new();
        let mut at = 0;
        while let Some(window) = folded.get(at..at + needle.len()) {
            if window.iter().map(|(c, _)| c).eq(needle.iter()) {
                if let (Some((_, first)), Some((_, last))) = (window.first(), window.last()) {
                    spans.push((*first, last + 1));
                }
                at += needle.len();
            } else {
                at += 1;
            }
        }
        spans
    }
}

/// One page of a search.
#[derive(Debug, Clone)]
pub struct SearchPage {
    /// What to find.
    pub query: SearchQuery,
    /// Only in this room.
    pub room_id: Option<RoomId>,
    /// Only messages older than this one: the last of the page before.
    pub before: Option<MessageId>,
    /// Most rows.
    pub limit: u32,
}

/// A message that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The message.
    pub detail: MessageDetail,
    /// Where the query stands in its text (see [`SearchQuery::spans`]).
    pub spans: Vec<(usize, usize)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_characters_of_the_original() {
        let query = SearchQuery::parse("hello").unwrap();
        assert_eq!(query.spans("😁 Hello, HELLO"), vec![(2, 7), (9, 14)]);
        assert_eq!(SearchQuery::parse("你好").unwrap().spans("大家你好!"), vec![(2, 4)]);
        assert_eq!(
            SearchQuery::parse("Eleve").unwrap().spans("l'e\u{301}lève"),
            vec![(2, 8)]
        );
        assert_eq!(SearchQuery::parse("ss").unwrap().spans("x"), vec![]);
    }

    #[test]
    fn a_query_must_ask_something() {
        assert!(SearchQuery::parse("   ").is_err());
        assert!(SearchQuery::parse(&"x".repeat(257)).is_err());
        assert_eq!(SearchQuery::parse("100%_\"'").unwrap().folded(), "100%_\"'");
    }
}
