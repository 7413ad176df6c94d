//! The effective configuration as YAML, with secrets masked.

use std::fmt::Write as _;

use figment::value::{Dict, Value};

use super::Loaded;

/// Writes every key with its value and, where it is no default, its source behind it. Secrets and
/// passwords in addresses are masked.
#[must_use]
pub fn to_yaml(loaded: &Loaded) -> String {
    let mut text = String::new();
    if let Ok(Value::Dict(_, keys)) = Value::serialize(&loaded.config) {
        write_section(&mut text, loaded, &keys, "", 0);
    }
    text
}

fn write_section(text: &mut String, loaded: &Loaded, keys: &Dict, above: &str, depth: usize) {
    for (name, value) in keys {
        let key = if above.is_empty() {
            name.clone()
        } else {
            format!("{above}.{name}")
        };
        let indent = "  ".repeat(depth);
        if let Value::Dict(_, inner) = value {
            let _ = writeln!(text, "{indent}{name}:");
            write_section(text, loaded, inner, &key, depth + 1);
            continue;
        }
        let source = loaded
            .source_of(&key)
            .map(|source| format!("  # {source}"))
            .unwrap_or_default();
        let _ = writeln!(text, "{indent}{name}: {}{source}", scalar(value));
    }
}

/// JSON's scalars and lists are YAML too.
fn scalar(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
