//! Searches on the wire.

use domain::search::{Has, SearchFilter, SearchPage, SearchQuery};
use domain::{MessageId, RoomId, UserId};
use serde::Deserialize;

use crate::command::{after, invalid, limit};
use crate::id::Flag;
use crate::{Failure, Id, time};

/// Which messages to find: by their words, by what they are, or both.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "openapi", derive(paperclip::actix::Apiv2Schema))]
#[serde(rename_all = "camelCase")]
pub struct Search {
    /// A text, taken as it stands, 1 to 256 characters; may be left out where a room or one of
    /// the filters is given.
    pub q: Option<String>,
    /// Only in this room.
    pub room_id: Option<Id>,
    /// Only what this person wrote.
    pub from: Option<Id>,
    /// Only what was written before this time, or this day (UTC).
    pub before: Option<String>,
    /// Only what was written at this time or later, or on this day (UTC) or later.
    pub after: Option<String>,
    /// Only what holds a `file`, an `image`, a `video`, a `voice` message or a `link`.
    pub has: Option<String>,
    /// Only what mentions the caller.
    pub mentions_me: Option<Flag>,
    /// Most messages, 1 to 100.
    pub limit: Option<Id>,
    /// The id of the last message of the page before.
    pub cursor: Option<Id>,
}

impl TryFrom<Search> for SearchPage {
    type Error = Failure;

    fn try_from(command: Search) -> Result<Self, Failure> {
        let moment = |field, text: Option<String>| text.map(|text| time::parse_moment_or_day(field, &text)).transpose();
        let author = command.from.map(|id| match id {
            Id(id) if id < 1 => Err(Failure::new(400, "from: must be at least 1")),
            Id(id) => Ok(UserId(id)),
        });
        let has = command.has.map(|word| {
            Has::parse(&word).ok_or_else(|| Failure::new(400, "has: must be file, image, video, voice or link"))
        });
        Ok(Self {
            query: SearchQuery::parse_optional(command.q.as_deref()).map_err(invalid)?,
            filter: SearchFilter {
                author: author.transpose()?,
                since: moment("after", command.after)?,
                until: moment("before", command.before)?,
                has: has.transpose()?,
                mentions_searcher: command.mentions_me.is_some_and(|flag| flag.0),
            },
            room_id: command.room_id.map(|id| RoomId(id.0)),
            before: after("cursor", command.cursor, MessageId)?,
            limit: limit(command.limit)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;
    use serde_json::json;

    use super::*;

    fn read(query: serde_json::Value) -> Result<SearchPage, String> {
        let search: Search = crate::decode::decode_value(query).map_err(|failure| failure.message)?;
        search.try_into().map_err(|failure: Failure| failure.message)
    }

    #[test]
    fn filters_are_read_from_text() {
        let page = read(json!({
            "q": " ", "from": "7", "after": "2026-01-31", "before": "2026-02-01T00:00:00+01:00",
            "has": "link", "mentionsMe": "true", "cursor": "9",
        }))
        .unwrap();
        let filter = SearchFilter {
            author: Some(UserId(7)),
            since: Some(Timestamp(1_769_817_600_000)),
            until: Some(Timestamp(1_769_900_400_000)),
            has: Some(Has::Link),
            mentions_searcher: true,
        };
        assert_eq!(
            (page.query, page.filter, page.before),
            (None, filter, Some(MessageId(9)))
        );
        assert!(read(json!({"mentionsMe": "false"})).unwrap().asks_nothing());
    }

    #[test]
    fn errors_name_the_field() {
        for (field, value) in [
            ("from", "0"),
            ("from", "me"),
            ("after", "yesterday"),
            ("before", "2026-02-30"),
            ("has", "cats"),
            ("mentionsMe", "perhaps"),
        ] {
            let message = read(json!({field: value})).unwrap_err();
            assert!(message.starts_with(&format!("{field}: ")), "{message}");
        }
    }
}
