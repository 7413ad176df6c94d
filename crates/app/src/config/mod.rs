//! The configuration: built-in defaults, then a file, then the environment.
//!
//! One file per section holds its keys, their defaults and what can be wrong with them;
//! [`load`](source::load) puts the sources together and finds every fault at once. Nothing else
//! in the program reads the environment.

mod chat;
mod check;
mod data;
mod environment;
mod hint;
mod http;
mod log;
mod masked;
mod pace;
mod problem;
mod security;
mod show;
mod source;
mod traces;
mod units;
mod ws;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use chat::Chat;
pub use data::{Data, Db, Media, MediaDriver, Redis, S3};
pub use http::Http;
pub use log::{Encoding, Log};
pub use masked::{Address, Secret};
pub use pace::Pace;
pub use problem::Problem;
pub use security::{Jwt, RateLimit, Registration, Security};
pub use show::to_yaml;
pub use source::{Loaded, load};
pub use traces::Traces;
pub use units::{Size, Span};
pub use ws::Ws;

/// What the server is run for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// One's own machine: a missing signing key is made, cookies may travel without TLS.
    Local,
    /// Real use: weak or missing secrets and insecure cookies are refused.
    Prod,
}

/// The whole configuration. `config/prod.yml` says what each key means.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// What the server is run for.
    pub env: Environment,
    /// The HTTP listener: API, web app, uploads.
    pub http: Http,
    /// The WebSocket listener.
    pub ws: Ws,
    /// Sign-in, origins and limits.
    pub security: Security,
    /// Database, media and where they live.
    pub data: Data,
    /// The rules of the chat.
    pub chat: Chat,
    /// Logs.
    pub log: Log,
    /// Traces.
    pub traces: Traces,
}

impl Config {
    /// The defaults, with everything that is written below that folder.
    #[must_use]
    pub fn below(dir: &Path) -> Self {
        Self {
            env: Environment::Local,
            http: Http::default(),
            ws: Ws::default(),
            security: Security::default(),
            data: Data::below(dir),
            chat: Chat::default(),
            log: Log::below(dir),
            traces: Traces::default(),
        }
    }

    /// True for real use.
    #[must_use]
    pub fn is_prod(&self) -> bool {
        self.env == Environment::Prod
    }

    /// True when cookies must only travel over TLS.
    #[must_use]
    pub fn has_secure_cookies(&self) -> bool {
        self.is_prod() || self.http.base_url.starts_with("https://")
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::below(Path::new("storage"))
    }
}
