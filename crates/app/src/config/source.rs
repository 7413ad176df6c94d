//! Puts the sources together and finds every fault in them at once.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use figment::error::{Actual, Kind};
use figment::providers::{Format as _, Serialized, Yaml};
use figment::value::{Dict, Map, Value};
use figment::{Error, Figment, Metadata, Profile, Provider};

use super::environment::{FILE, PREFIX, Variable};
use super::{Config, Problem, check, hint};

/// Read when no other file is named, if it is there.
const USUAL_FILE: &str = "config/local.yml";
/// How faults name a value that nobody set.
const DEFAULTS: &str = "built-in default";

/// The configuration, and what is wrong with it.
#[derive(Debug)]
pub struct Loaded {
    /// The effective configuration; a faulty value is replaced by its default.
    pub config: Config,
    /// Every fault that was found.
    pub problems: Vec<Problem>,
    figment: Figment,
}

impl Loaded {
    /// Where the value of a key comes from; `None` for built-in defaults.
    #[must_use]
    pub fn source_of(&self, key: &str) -> Option<String> {
        let metadata = self.figment.find_metadata(key)?;
        (metadata.name != DEFAULTS).then(|| metadata.name.to_string())
    }
}

/// Loads the configuration: defaults, then the file (the named one, the one of `BANTER_CONFIG`,
/// or `config/local.yml` if there is one), then the `BANTER_…` variables of the environment.
#[must_use]
pub fn load(named: Option<&Path>, environment: impl Iterator<Item = (OsString, OsString)>) -> Loaded {
    let mut problems = Vec::new();
    let variables = ours(environment, &mut problems);
    let named = named.map(Path::to_owned).or_else(|| {
        let file = variables.iter().find(|(name, file)| name == FILE && !file.is_empty());
        file.map(|(_, file)| PathBuf::from(file))
    });
    let known = value_of(&Config::default());
    let mut sources = Figment::new();
    // A key that is missing is missed where one would write it.
    let mut unset = DEFAULTS.to_owned();
    if let Some(file) = File::read(named.as_deref(), &known, &mut problems) {
        unset.clone_from(&file.path);
        sources = sources.merge(file);
    }
    for (name, text) in &variables {
        match Variable::parse(name, text, &known) {
            Some(Ok(variable)) => sources = sources.merge(variable),
            Some(Err(problem)) => problems.push(problem),
            None => {}
        }
    }
    // Everything that is written lives below `data.dir`, unless it is told its own place.
    let defaults = match sources.extract_inner::<PathBuf>("data.dir") {
        Ok(dir) => Config::below(&dir),
        Err(_) => Config::default(),
    };
    let figment = Figment::from(Defaults(value_of(&defaults))).merge(sources);
    let (config, figment) = extract(figment, defaults, &mut problems);
    let is_typed = |key: &str| problems.iter().all(|problem| problem.key != key);
    let mut faults = Vec::new();
    for (key, text) in check::check(&config) {
        if is_typed(&key) {
            let source = figment.find_metadata(&key).map(|metadata| metadata.name.to_string());
            let source = source
                .filter(|source| source != DEFAULTS)
                .unwrap_or_else(|| unset.clone());
            faults.push(Problem::new(key, source, text));
        }
    }
    problems.extend(faults);
    Loaded {
        config,
        problems,
        figment,
    }
}

/// The variables that are meant for us.
fn ours(environment: impl Iterator<Item = (OsString, OsString)>, problems: &mut Vec<Problem>) -> Vec<(String, String)> {
    let mut ours = Vec::new();
    for (name, text) in environment {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else {
            continue;
        };
        match text.into_string() {
            Ok(text) => ours.push((name.to_owned(), text)),
            Err(_) => problems.push(Problem::new("", name, "is not valid UTF-8")),
        }
    }
    ours.sort();
    ours
}

/// Types everything. A value of the wrong type is told, replaced by its default, and the rest
/// gets its turn.
fn extract(mut figment: Figment, defaults: Config, problems: &mut Vec<Problem>) -> (Config, Figment) {
    let default_values = value_of(&defaults);
    // Each round mends one key; the bound is for faults that cannot be mended so.
    for _ in 0..200 {
        let error = match figment.extract::<Config>() {
            Ok(config) => return (config, figment),
            Err(error) => error,
        };
        let source = error
            .metadata
            .as_ref()
            .map_or(DEFAULTS.into(), |metadata| metadata.name.to_string());
        let text = describe(&error.kind);
        let mut path = error.path;
        while !path.is_empty() && default_values.find_ref(&path.join(".")).is_none() {
            path.pop();
        }
        let key = path.join(".");
        problems.push(Problem::new(key.clone(), source, text));
        match default_values.find_ref(&key) {
            Some(default) if !key.is_empty() => {
                figment = figment.merge(Mended {
                    key,
                    value: default.clone(),
                })
            }
            _ => break,
        }
    }
    (defaults, figment)
}

fn describe(kind: &Kind) -> String {
    let wanted = |what: &str| match what {
        "u8" | "u16" => "a whole number from 0 to 65535".to_owned(),
        "u32" | "u64" | "usize" => "a whole number that is not negative".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" | "path string" => "a text".to_owned(),
        "a sequence" => "a list".to_owned(),
        other if other.starts_with("struct ") => "a section with keys".to_owned(),
        other => other.to_owned(),
    };
    match kind {
        Kind::Message(text) => text.clone(),
        // The value itself may be a secret, so only its kind is told.
        Kind::InvalidType(actual, what) | Kind::InvalidValue(actual, what) => match actual {
            Actual::Unsigned(number) => format!("must be {}, not {number}", wanted(what)),
            Actual::Signed(number) => format!("must be {}, not {number}", wanted(what)),
            Actual::Bool(word) => format!("must be {}, not {word}", wanted(what)),
            Actual::Seq => format!("must be {}, not a list", wanted(what)),
            Actual::Map => format!("must be {}, not a section", wanted(what)),
            _ => format!("must be {}", wanted(what)),
        },
        Kind::UnknownVariant(word, known) => format!("must be one of {}, not {word}", known.join(", ")),
        other => other.to_string(),
    }
}

fn value_of(config: &Config) -> Value {
    // Plain structs of texts, numbers and lists always serialise.
    Value::serialize(config).unwrap_or_else(|_| Value::from(Dict::new()))
}

/// The built-in defaults.
struct Defaults(Value);

impl Provider for Defaults {
    fn metadata(&self) -> Metadata {
        Metadata::named(DEFAULTS)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(Profile::Default.collect(self.0.as_dict().cloned().unwrap_or_default()))
    }
}

/// A default in the place of a faulty value.
struct Mended {
    key: String,
    value: Value,
}

impl Provider for Mended {
    fn metadata(&self) -> Metadata {
        Metadata::named(DEFAULTS)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Serialized::default(&self.key, &self.value).data()
    }
}

/// A YAML file without the keys that are unknown or left empty.
struct File {
    path: String,
    keys: Dict,
}

impl File {
    fn read(named: Option<&Path>, known: &Value, problems: &mut Vec<Problem>) -> Option<Self> {
        let usual = Path::new(USUAL_FILE);
        let path = match named {
            Some(path) => path,
            None if usual.exists() => usual,
            None => return None,
        };
        let name = path.display().to_string();
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                problems.push(Problem::new(
                    "",
                    name,
                    format!("the configuration file cannot be read: {error}"),
                ));
                return None;
            }
        };
        match Yaml::from_str::<Option<Dict>>(&text) {
            Ok(keys) => {
                let mut keys = keys.unwrap_or_default();
                prune(&mut keys, known, "", &name, problems);
                Some(Self { path: name, keys })
            }
            Err(error) => {
                problems.push(Problem::new("", name, format!("is no valid YAML: {error}")));
                None
            }
        }
    }
}

impl Provider for File {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.path.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, Error> {
        Ok(Profile::Default.collect(self.keys.clone()))
    }
}

/// Removes keys without a value, and tells and removes those that nobody knows.
fn prune(keys: &mut Dict, known: &Value, above: &str, file: &str, problems: &mut Vec<Problem>) {
    keys.retain(|name, value| {
        let key = hint::below(above, name);
        match (known.find_ref(name).filter(|_| !name.contains('.')), value) {
            (_, Value::Empty(..)) => false,
            (None, _) => {
                problems.push(Problem::new(key, file, hint::unknown(known, above, name)));
                false
            }
            (Some(section @ Value::Dict(..)), Value::Dict(_, inner)) => {
                prune(inner, section, &key, file, problems);
                true
            }
            _ => true,
        }
    });
}

#[cfg(test)]
mod tests;
