//! The environment as a source: `BANTER_` and the key's parts, joined by `__`.

use figment::value::{Dict, Map, Value};
use figment::{Error, Metadata, Profile, Provider};

use super::{Problem, hint};

/// What every variable of ours begins with.
pub(super) const PREFIX: &str = "BANTER_";
/// Names the configuration file; no key.
pub(super) const FILE: &str = "BANTER_CONFIG";
/// Variables that the tests keep for themselves.
const TESTS: &str = "BANTER_TEST_";

/// One variable that sets a key.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    name: String,
    key: String,
    value: Value,
}

impl Variable {
    /// The variable's key and value, as the type of the key's default asks; `None` for variables
    /// of others.
    pub(super) fn parse(name: &str, text: &str, defaults: &Value) -> Option<Result<Self, Problem>> {
        if name == FILE || name.starts_with(TESTS) {
            return None;
        }
        let key = name.strip_prefix(PREFIX)?.to_ascii_lowercase().replace("__", ".");
        let value = match defaults.find_ref(&key) {
            // A text stays as it is, whatever it looks like: a password may be all digits.
            Some(Value::String(..)) => Value::from(text),
            Some(Value::Array(..)) => list(text),
            Some(Value::Dict(..)) => return Some(Err(Problem::new(key, name, "is a section; set the keys in it"))),
            Some(_) => scalar(text),
            None => return Some(Err(Problem::new(key.clone(), name, hint::unknown_path(defaults, &key)))),
        };
        let name = name.to_owned();
        Some(Ok(Self { name, key, value }))
    }
}

impl Provider for Variable {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        let nested = figment::util::nest(&self.key, self.value.clone());
        Ok(Profile::Default.collect(nested.into_dict().unwrap_or_default()))
    }
}

/// `a, b` or, as in YAML, `[a, b]`.
fn list(text: &str) -> Value {
    let inner = text.trim();
    let inner = inner
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
        .unwrap_or(inner);
    let items = inner
        .split(',')
        .map(|item| item.trim().trim_matches('"'))
        .filter(|item| !item.is_empty());
    Value::from(items.map(Value::from).collect::<Vec<_>>())
}

fn scalar(text: &str) -> Value {
    let text = text.trim();
    if let Ok(word) = text.parse::<bool>() {
        return Value::from(word);
    }
    match text.parse::<i64>() {
        Ok(number) => Value::from(number),
        Err(_) => Value::from(text),
    }
}
