//! A folded text as words that an index of words can hold.
//!
//! Each pair of neighbouring characters becomes one word: the two code points in base 36, four
//! digits each. All words of a text in their order are its haystack; those of a query are a run
//! in it exactly when the query is a substring. A single character is the front half of a word,
//! for which the last character of each text is paired with NUL, which no query holds.

use domain::message::Content;
use domain::text::search_key;

/// Behind each text, and between the texts of one message.
const END: char = '\0';
/// Digits of a code point.
const DIGITS: usize = 4;
/// Most distinct words of a query that the index must find; the rest is only compared.
const REQUIRED_MAX: usize = 48;

/// The words of what a message holds, a blank before each; `None` when nothing can be found.
pub(crate) fn of_content(content: &Content) -> Option<String> {
    let mut folded = String::new();
    let mut add = |text: &str| {
        folded.push_str(&search_key(text));
        folded.push(END);
    };
    match content {
        Content::Text(text) => add(&text.text),
        Content::Media(media) => {
            add(&media.name);
            if let Some(caption) = &media.text {
                add(caption);
            }
        }
        Content::Notice(_) | Content::Recalled { .. } => return None,
    }
    let characters: Vec<char> = folded.chars().collect();
    let mut tokens = String::with_capacity(characters.len() * (2 * DIGITS + 1));
    for pair in characters.windows(2) {
        if let [first, second] = pair
            && *first != END
        {
            tokens.push(' ');
            push_digits(&mut tokens, *first);
            push_digits(&mut tokens, *second);
        }
    }
    (!tokens.is_empty()).then_some(tokens)
}

/// A folded query in the words of the index.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Needle {
    /// One character: the front half of words.
    Front(String),
    /// A run of words.
    Run(Vec<String>),
}

impl Needle {
    /// The needle of a folded query, which has at least one character.
    pub(crate) fn of(folded: &str) -> Self {
        let characters: Vec<char> = folded.chars().collect();
        if let [only] = characters.as_slice() {
            let mut front = String::new();
            push_digits(&mut front, *only);
            return Self::Front(front);
        }
        let word = |pair: &[char]| {
            let mut word = String::with_capacity(2 * DIGITS);
            pair.iter().for_each(|c| push_digits(&mut word, *c));
            word
        };
        Self::Run(characters.windows(2).map(word).collect())
    }

    /// The query for FTS5, which finds runs exactly.
    pub(crate) fn fts5(&self) -> String {
        match self {
            Self::Front(front) => format!("\"{front}\" *"),
            Self::Run(words) => format!("\"{}\"", words.join(" ")),
        }
    }

    /// The query for MySQL's boolean mode, which finds texts that hold all the words anywhere.
    pub(crate) fn boolean(&self) -> String {
        match self {
            Self::Front(front) => format!("+{front}*"),
            Self::Run(words) => {
                let mut distinct = words.clone();
                distinct.sort_unstable();
                distinct.dedup();
                distinct.truncate(REQUIRED_MAX);
                format!("+{}", distinct.join(" +"))
            }
        }
    }

    /// The LIKE pattern that finds runs exactly. Nothing in it needs an escape.
    pub(crate) fn like(&self) -> String {
        match self {
            Self::Front(front) => format!("% {front}%"),
            Self::Run(words) => format!("% {}%", words.join(" ")),
        }
    }
}

fn push_digits(to: &mut String, c: char) {
    let mut rest = u32::from(c);
    let mut digits = ['0'; DIGITS];
    for digit in digits.iter_mut().rev() {
        *digit = char::from_digit(rest % 36, 36).unwrap_or('0');
        rest /= 36;
    }
    to.extend(digits);
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::message::TextContent;

    fn haystack(text: &str) -> String {
        of_content(&Content::Text(TextContent::parse(text, &[]).unwrap())).unwrap()
    }

    fn finds(text: &str, query: &str) -> bool {
        let pattern = Needle::of(&search_key(query)).like();
        haystack(text).contains(pattern.trim_matches('%'))
    }

    #[test]
    fn a_run_of_words_is_found_exactly_where_the_substring_is() {
        let texts = [
            "你好世界",
            "Hello, World",
            "aaa",
            "100% _x_ \"q\" 'p'",
            "😀😁",
            "好你",
            "ab ab",
        ];
        let queries = [
            "你好", "世", "界", "lo, w", "aa", "aaaa", "%", "_", "\"", "'", "😁", "ab a", "b", "ba",
        ];
        for text in texts {
            for query in queries {
                let expected = search_key(text).contains(&search_key(query));
                assert_eq!(finds(text, query), expected, "{query} in {text}");
            }
        }
    }

    #[test]
    fn every_character_of_unicode_takes_four_digits() {
        let mut digits = String::new();
        push_digits(&mut digits, char::MAX);
        assert_eq!(digits, "nvnj");
    }

    #[test]
    fn boolean_queries_require_each_word_once_and_not_too_many() {
        assert_eq!(Needle::of("aaaa").boolean(), "+002p002p");
        let long: String = ('a'..='z').chain('A'..='Z').chain('0'..='9').collect();
        assert_eq!(Needle::of(&long).boolean().matches('+').count(), REQUIRED_MAX);
    }
}
