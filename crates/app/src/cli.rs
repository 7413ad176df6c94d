//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand, ValueEnum};
use rustix::fs::Mode;

use crate::commands::{self, backup, config_check, health, migrate, openapi, restore, serve, user};
use crate::config::{Config, Loaded, load};
use crate::exit::Failure;

/// Banter, a chat server that is yours.
///
/// Without a command it serves: `banter` alone, in an empty folder, makes a database there and
/// says which address to open.
#[derive(Debug, Parser)]
#[command(name = "banter", version, propagate_version = true, after_help = AFTER_HELP)]
struct Cli {
    /// Configuration file [default: config/local.yml if it is there; or BANTER_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

const AFTER_HELP: &str = "\
Configuration: built-in defaults, then the file, then the environment: BANTER_ and the key with
`__` between its parts, such as BANTER_HTTP__PORT=9000. `banter config check` shows what results.

Signals: SIGTERM or SIGINT ends the server in order, within 10 seconds; a second one at once.

Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (the default); the database is migrated first
    Serve,
    /// Ask the running server of this configuration whether it is ready
    ///
    /// For container engines and scripts: it fails unless the server answers and has its database.
    Health,
    /// Change or show the database schema
    Migrate {
        #[command(subcommand)]
        action: Option<Migrate>,
    },
    /// Create and manage accounts
    ///
    /// Passwords are asked for, or read as one line from standard input; never from an argument.
    #[command(subcommand)]
    User(User),
    /// Check the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print the API document without starting anything
    Openapi {
        /// As Swagger 2.0 instead of OpenAPI 3
        #[arg(long)]
        v2: bool,
    },
    /// Write a consistent copy of database and local media to a file, while the server runs
    ///
    /// The file (tar, gzip) holds password hashes and all messages: it is made readable for its
    /// owner only. It does not hold the signing key, so after a restore people sign in again.
    Backup {
        /// File to write; must not exist
        file: PathBuf,
    },
    /// Bring a backup back into an empty data folder
    Restore {
        /// File that `banter backup` wrote
        file: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub(crate) enum Migrate {
    /// Bring the schema up to date (the default)
    Up,
    /// Revert the last migrations; their data is lost
    Down {
        /// How many
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        steps: u32,
    },
    /// Show which steps the database has
    Status,
}

#[derive(Debug, Subcommand)]
pub(crate) enum User {
    /// Create an account; the first one of a server becomes admin
    Create {
        /// Address to sign in with
        #[arg(long)]
        email: String,
        /// Name that others see [default: made from the address]
        #[arg(long)]
        name: Option<String>,
        /// Make it an admin of the server, who looks after the lobby
        #[arg(long)]
        admin: bool,
    },
    /// Set a new password and sign the account out everywhere
    Passwd(Login),
    /// Make an account admin of the server, or an ordinary one again, and sign it out everywhere
    Permission {
        /// Address or name of the account
        #[arg(value_name = "EMAIL_OR_NAME")]
        login: String,
        /// What it shall be
        #[arg(value_enum)]
        permission: Grant,
    },
    /// Show all accounts
    List,
}

/// What an account may do on the server.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Grant {
    /// Look after the lobby
    Admin,
    /// What everybody may
    User,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Login {
    /// Address or name of the account
    #[arg(value_name = "EMAIL_OR_NAME")]
    login: Option<String>,
    /// Address of the account
    #[arg(long)]
    email: Option<String>,
}

impl Login {
    /// Whatever of the two was given.
    pub(crate) fn as_str(&self) -> &str {
        self.login.as_deref().or(self.email.as_deref()).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum ConfigCommand {
    /// Print the effective configuration, secrets masked, and every problem in it
    Check,
}

/// Does what the arguments of the process ask for.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    // What is written is for the owner, and for the group to read; others have no business with it.
    rustix::process::umask(Mode::RWXO | Mode::WGRP);
    // Fails only if something else chose a provider before, and then there is one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let loaded = load(cli.config.as_deref(), std::env::vars_os());
    match dispatch(cli.command.unwrap_or(Command::Serve), loaded) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn dispatch(command: Command, loaded: Loaded) -> Result<(), Failure> {
    match command {
        Command::Openapi { v2 } => Ok(openapi::run(v2)?),
        Command::Config(ConfigCommand::Check) => config_check::run(&loaded),
        Command::Serve => on_runtime(serve::run(valid(loaded)?)),
        Command::Health => on_runtime(health::run(valid(loaded)?)),
        Command::Migrate { action } => on_runtime(migrate::run(valid(loaded)?, action.unwrap_or(Migrate::Up))),
        Command::User(action) => on_runtime(user::run(valid(loaded)?, action)),
        Command::Backup { file } => on_runtime(backup::run(valid(loaded)?, file)),
        Command::Restore { file } => Ok(restore::run(&valid(loaded)?, &file)?),
    }
}

fn valid(loaded: Loaded) -> Result<Config, Failure> {
    if loaded.problems.is_empty() {
        Ok(loaded.config)
    } else {
        Err(Failure::Configuration(loaded.problems))
    }
}

fn on_runtime(command: impl Future<Output = anyhow::Result<()>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("banter")
        .build()
        .context("cannot start threads")?;
    let done = runtime.block_on(command);
    // Whatever still runs has had its time.
    runtime.shutdown_timeout(commands::LAST_WORDS);
    Ok(done?)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn serving_is_what_happens_without_a_command() {
        assert!(Cli::parse_from(["banter"]).command.is_none());
        let cli = Cli::parse_from(["banter", "serve", "--config", "x.yml"]);
        assert!(matches!(cli.command, Some(Command::Serve)));
        assert_eq!(cli.config, Some("x.yml".into()));
    }

    #[test]
    fn a_password_cannot_be_an_argument() {
        for arguments in [
            vec!["banter", "user", "create", "--email", "a@b.example", "--password", "x"],
            vec!["banter", "user", "passwd", "a", "b"],
            vec!["banter", "user", "passwd"],
        ] {
            assert!(Cli::try_parse_from(arguments).is_err());
        }
    }
}
