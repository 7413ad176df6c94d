//! Search: what people look for, and where in a text it stands.

use std::sync::Arc;

use crate::media::MediaKind;
use crate::message::{Content, MessageDetail};
use crate::{Invalid, MessageId, RoomId, Timestamp, UserId, text};

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

/// What a message can hold beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Has {
    /// A file to download.
    File,
    /// A picture, still or moving.
    Image,
    /// A video.
    Video,
    /// A voice message.
    Voice,
    /// The address of a page.
    Link,
}

impl Has {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::File, Self::Image, Self::Video, Self::Voice, Self::Link];

    /// The word that wire and database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Image => "image",
            Self::Video => "video",
            Self::Voice => "voice",
            Self::Link => "link",
        }
    }

    /// Parses what `as_str` gives.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|has| has.as_str() == word)
    }

    /// True when a message with that content holds it.
    #[must_use]
    pub fn is_in(self, content: &Content) -> bool {
        match (self, content) {
            (Self::Link, Content::Text(words)) => has_link(&words.text),
            (Self::Link, Content::Media(media)) => media.text.as_deref().is_some_and(has_link),
            (_, Content::Media(media)) => {
                self == match media.kind {
                    MediaKind::Image | MediaKind::Gif => Self::Image,
                    MediaKind::Audio => Self::Voice,
                    MediaKind::Video => Self::Video,
                    MediaKind::File => Self::File,
                }
            }
            _ => false,
        }
    }
}

fn has_link(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.split("http").skip(1).any(|rest| {
        let rest = rest.strip_prefix('s').unwrap_or(rest).strip_prefix("://");
        rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()))
    })
}

/// Which messages a search is confined to; nothing by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// Only those of this author.
    pub author: Option<UserId>,
    /// Only those stored at this moment or later.
    pub since: Option<Timestamp>,
    /// Only those stored before this moment.
    pub until: Option<Timestamp>,
    /// Only those that hold this.
    pub has: Option<Has>,
    /// Only those of others that mention who searches.
    pub mentions_searcher: bool,
}

/// One page of a search.
#[derive(Debug, Clone, Default)]
pub struct SearchPage {
    /// What to find; `None` for whatever the filter and the room leave.
    pub query: Option<SearchQuery>,
    /// Which messages count.
    pub filter: SearchFilter,
    /// Only in this room.
    pub room_id: Option<RoomId>,
    /// Only messages older than this one: the last of the page before.
    pub before: Option<MessageId>,
    /// Most rows.
    pub limit: u32,
}

impl SearchPage {
    /// True when it would find everything.
    #[must_use]
    pub fn asks_nothing(&self) -> bool {
        self.query.is_none() && self.room_id.is_none() && self.filter == SearchFilter::default()
    }
}

/// A message that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// The message.
    pub detail: Arc<MessageDetail>,
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
    fn links_are_told_from_words() {
        let words = |text: &str| Content::Text(crate::message::TextContent::parse(text, &[]).unwrap());
        for text in [
            "see https://a.example",
            "HTTP://B",
            "(http://c)",
            "http http://d",
            "网址https://例子",
        ] {
            assert!(Has::Link.is_in(&words(text)), "{text}");
        }
        for text in ["http", "https:// no", "http:/x", "ftp://x", "://x"] {
            assert!(!Has::Link.is_in(&words(text)), "{text}");
        }
        assert!(!Has::File.is_in(&words("a.pdf")));
    }

    #[test]
    fn a_query_must_ask_something() {
        assert!(SearchQuery::parse("   ").is_err());
        assert!(SearchQuery::parse(&"x".repeat(257)).is_err());
        assert_eq!(SearchQuery::parse("100%_\"'").unwrap().folded(), "100%_\"'");
    }
}
