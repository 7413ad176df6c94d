//! What people look for: a text is found exactly where its words stand, and the queries that
//! the databases get hold nothing but the index's own words.

#![no_main]

// The file itself: the crate around it brings two databases, which take minutes to build.
#[path = "../../crates/repository/src/search/tokens.rs"]
#[allow(dead_code, unreachable_pub)]
mod tokens;

use domain::message::{Content, TextContent};
use domain::search::SearchQuery;
use domain::text::search_key;
use libfuzzer_sys::fuzz_target;
use tokens::Needle;

fuzz_target!(|input: (&str, &str)| {
    let (query, text) = input;
    let Ok(query) = SearchQuery::parse(query) else { return };
    let needle = Needle::of(query.folded());
    for written in [needle.fts5(), needle.boolean(), needle.like()] {
        let is_plain = |c: char| c.is_ascii_digit() || c.is_ascii_lowercase() || " %+*\"".contains(c);
        assert!(written.chars().all(is_plain), "{written}");
    }
    for (first, end) in query.spans(text) {
        assert!(first < end && end <= text.chars().count());
    }
    // A query of the text's own middle must be found, too.
    let middle: String = text.chars().skip(query.folded().len() % 7).take(9).collect();
    let middle = SearchQuery::parse(&middle);
    for query in [Ok(query), middle].iter().flatten() {
        let Ok(words) = TextContent::parse(text, &[]) else {
            return;
        };
        let expected = search_key(&words.text).contains(query.folded());
        let haystack = tokens::of_content(&Content::Text(words)).unwrap_or_default();
        let pattern = Needle::of(query.folded()).like();
        assert_eq!(haystack.contains(pattern.trim_matches('%')), expected);
    }
});
