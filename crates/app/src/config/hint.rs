//! What somebody may have meant who wrote a key that there is not.

use figment::value::Value;

/// The whole name of a key of a section.
pub(super) fn below(section: &str, name: &str) -> String {
    if section.is_empty() {
        name.to_owned()
    } else {
        format!("{section}.{name}")
    }
}

/// What to say of a key that the section does not have.
pub(super) fn unknown(section: &Value, above: &str, name: &str) -> String {
    let mut siblings = section.as_dict().into_iter().flat_map(|keys| keys.keys());
    match siblings.find(|sibling| is_alike(sibling, name)) {
        Some(sibling) => format!("unknown key; did you mean {}?", below(above, sibling)),
        None => "unknown key".to_owned(),
    }
}

/// The same for a whole key, `a.b.c`, that is not among the defaults.
pub(super) fn unknown_path(defaults: &Value, key: &str) -> String {
    let (mut section, mut above) = (defaults, String::new());
    for name in key.split('.') {
        match section.find_ref(name) {
            Some(inner) => section = inner,
            None => return unknown(section, &above, name),
        }
        above = below(&above, name);
    }
    unknown(section, &above, "")
}

/// True when one slip of the finger makes one of the other: a letter more, less, other or swapped.
fn is_alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let most = a.len().min(b.len()) - head;
    let tail = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take(most)
        .take_while(|(a, b)| a == b)
        .count();
    let (a, b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    match (a, b) {
        (a, b) if a.len() <= 1 && b.len() <= 1 => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_of_the_finger_is_recognised() {
        for (a, b) in [
            ("port", "prt"),
            ("port", "ports"),
            ("port", "port"),
            ("port", "prot"),
            ("host", "hist"),
        ] {
            assert!(is_alike(a, b), "{a} {b}");
        }
        assert!(!is_alike("port", "host"));
        assert!(!is_alike("dir", "encoding"));
    }
}
