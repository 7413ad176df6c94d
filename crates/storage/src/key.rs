//! Names of files in the store.
//!
//! A key is unguessable, so it may stand in an address, and so plain that no file system and no
//! address needs to quote it.

/// Most characters of an extension.
const EXTENSION_MAX: usize = 8;
/// Most characters before the dot, for keys that come from outside.
const STEM_MAX: usize = 64;
/// What a file is called whose name tells no extension.
pub(crate) const UNKNOWN_EXTENSION: &str = "bin";

/// A new key: 160 random bits in base 32, and the extension.
pub(crate) fn random(extension: &str) -> String {
    let mut key = random_stem();
    key.push('.');
    key.push_str(extension);
    key
}

/// 160 random bits of the system's quality, as 32 letters and digits.
pub(crate) fn random_stem() -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    rand::random::<[u8; 32]>()
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}

/// The key of a file's preview. It follows from the file's own key, so that looking into a file
/// a second time overwrites the preview instead of leaving a stray one.
pub(crate) fn of_preview(key: &str, extension: &str) -> String {
    let stem = key.split('.').next().unwrap_or(key);
    format!("{stem}t.{extension}")
}

/// True for what [`random`] and [`of_preview`] make; anything else never reaches disk or network.
pub(crate) fn is_valid(key: &str) -> bool {
    let plain = |text: &str, max: usize| {
        (1..=max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    key.split_once('.')
        .is_some_and(|(stem, extension)| plain(stem, STEM_MAX) && plain(extension, EXTENSION_MAX))
}

/// A harmless extension out of a file's name: what follows the last dot, in lower case, if it is
/// short and plain.
pub(crate) fn extension_of(name: &str) -> String {
    name.rsplit_once('.').map_or_else(
        || UNKNOWN_EXTENSION.to_owned(),
        |(_, extension)| plain_extension(extension),
    )
}

/// The extension itself, in lower case, if it is short and plain.
pub(crate) fn plain_extension(extension: &str) -> String {
    let is_plain =
        (1..=EXTENSION_MAX).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_plain {
        extension.to_ascii_lowercase()
    } else {
        UNKNOWN_EXTENSION.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_are_valid_and_never_come_twice() {
        let keys: HashSet<_> = (0..1_000).map(|_| random("jpg")).collect();
        assert_eq!(keys.len(), 1_000);
        assert!(keys.iter().all(|key| is_valid(key) && key.len() == 36));
    }

    #[test]
    fn every_letter_of_the_alphabet_turns_up() {
        let letters: HashSet<_> = (0..200).flat_map(|_| random_stem().into_bytes()).collect();
        assert_eq!(letters.len(), 32);
    }

    #[test]
    fn a_preview_has_a_valid_key_of_its_own() {
        let key = random("png");
        let preview = of_preview(&key, "png");
        assert!(is_valid(&preview));
        assert_ne!(preview, key);
    }

    #[test]
    fn keys_that_we_never_made_are_refused() {
        for key in [
            "",
            ".",
            "a",
            "a.",
            ".png",
            "../a.png",
            "a/b.png",
            "a.png/",
            "A.png",
            "a.PNG",
            "a.png.png",
            "a..png",
            "a b.png",
            "a.png\0",
            "%2e%2e.png",
            "c:a.png",
            "a.ninechars",
            "\u{e4}.png",
            ".incoming",
        ] {
            assert!(!is_valid(key), "{key:?}");
        }
        assert!(!is_valid(&format!("{}.png", "a".repeat(STEM_MAX + 1))));
    }

    #[test]
    fn a_name_gives_a_plain_extension_or_none() {
        for (name, extension) in [
            ("report.PDF", "pdf"),
            ("archive.tar.gz", "gz"),
            ("no dot", "bin"),
            ("ends with.", "bin"),
            ("../../etc/passwd", "bin"),
            ("a.b/c", "bin"),
            ("x.p\0g", "bin"),
            ("x.toolongext", "bin"),
            ("x.\u{e4}", "bin"),
        ] {
            assert_eq!(extension_of(name), extension, "{name:?}");
        }
    }
}
