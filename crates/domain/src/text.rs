//! Rules that several kinds of text share.

use unicode_normalization::UnicodeNormalization;

use crate::Invalid;

/// The form under which two spellings of one name or word count as equal:
/// compatibility-normalised (Unicode NFKC), without what cannot be seen, and in lower case.
#[must_use]
pub fn fold(text: &str) -> String {
    let seen = text.nfkc().filter(|c| takes_room(*c));
    seen.flat_map(char::to_lowercase).collect()
}

/// The form in which texts are searched: [`fold`]ed, and without what people leave out when they
/// type in a hurry, the accents of Latin, Greek and Cyrillic letters. Marks of other scripts stay:
/// there they make another letter.
#[must_use]
pub fn search_key(text: &str) -> String {
    let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    text.nfkd()
        .filter(|c| !is_accent(c))
        // Both ways, since some small letters share one capital, and ß is two.
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .nfc()
        .collect()
}

/// True for characters that show nothing or only change how the text around them is drawn:
/// controls, zero-width characters, direction marks, variation selectors, tags, the braille
/// pattern without dots, and what is no character at all.
///
/// Some are parts of emoji: texts are stored with them, names without.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    let is_no_character = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    c.is_control()
        || is_no_character
        || matches!(c,
            '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// True for what is seen, and for white space between it.
fn takes_room(c: char) -> bool {
    c.is_whitespace() || !is_invisible(c)
}

/// True when nothing of the text would be seen.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// A one-line label such as a name: Unicode NFC, without invisible characters, runs of white
/// space joined, 1 to `max` characters.
///
/// # Errors
/// [`Invalid`] naming `field` when nothing visible is left or it is too long.
pub fn label(field: &'static str, text: &str, max: usize) -> Result<String, Invalid> {
    let visible: String = text.nfc().filter(|c| takes_room(*c)).collect();
    let label = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if label.is_empty() || label.chars().count() > max {
        return Err(Invalid::new(field, format!("must have 1 to {max} visible characters")));
    }
    Ok(label)
}

/// An optional free text of a profile: at most `max` characters, no NUL.
///
/// # Errors
/// [`Invalid`] naming `field` when it is too long or holds a NUL.
pub fn free(field: &'static str, text: &str, max: usize) -> Result<String, Invalid> {
    if text.chars().count() > max {
        return Err(Invalid::new(field, format!("must have at most {max} characters")));
    }
    if text.contains('\0') {
        return Err(Invalid::new(field, "must not contain NUL"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_joins_case_and_width() {
        assert_eq!(fold("Ａlice"), fold("aLICE"));
        assert_eq!(fold("ÀÉ"), "àé");
        assert_eq!(fold("❤\u{fe0f} 👨\u{200d}👩 a\u{e0101}"), fold("❤ 👨👩 a"));
    }

    #[test]
    fn searching_overlooks_case_width_and_accents_but_no_letters() {
        for (one, other) in [
            ("Ａlice", "aLICE"),
            ("Élève", "eleve"),
            ("e\u{301}", "é"),
            ("Straße", "STRASSE"),
            ("ΛΌΓΟΣ", "λογος"),
            ("Ёлка", "елка"),
            ("İstanbul", "istanbul"),
            ("Đặng", "đang"),
            ("한글", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"),
        ] {
            assert_eq!(search_key(one), search_key(other), "{one}");
        }
        for (one, other) in [("か", "が"), ("हिन्दी", "हनद"), ("שָׁלוֹם", "שלום")] {
            assert_ne!(search_key(one), search_key(other), "{one}");
        }
    }

    #[test]
    fn a_label_loses_what_cannot_be_seen() {
        assert_eq!(label("name", "  a\u{202e}b \u{200b} c\n", 64).unwrap(), "ab c");
        assert_eq!(
            label("name", "❤\u{fe0f} sys\u{fe0f}tem\u{e0101}\u{2800}", 64).unwrap(),
            "❤ system"
        );
        assert!(label("name", "\u{200b}\u{3164}\u{2800}", 64).is_err());
        assert!(label("name", &"x".repeat(65), 64).is_err());
    }

    #[test]
    fn blank_sees_through_zero_width_text() {
        assert!(is_blank(" \u{200b}\u{feff}\n"));
        for nothing in [
            '\u{2800}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{1bca3}',
            '\u{1d17a}',
            '\u{e01ef}',
            '\u{e0fff}',
            '\u{fdd0}',
            '\u{fffe}',
            '\u{ffff}',
            '\u{10fffe}',
            '\u{10ffff}',
        ] {
            assert!(is_blank(&nothing.to_string()), "{nothing:?}");
        }
        for something in [
            "。",
            "\u{fffd}",
            "⠁",
            "❤\u{fe0f}",
            "👨\u{200d}👩\u{200d}👧",
            "🏴\u{e0067}\u{e007f}",
            "\u{1f1e8}",
        ] {
            assert!(!is_blank(something), "{something}");
        }
    }
}
