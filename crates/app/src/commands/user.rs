//! `banter user`: accounts from the terminal.

use std::io::{self, BufRead as _, IsTerminal as _};

use anyhow::{Context as _, Result, anyhow, bail};
use domain::port::UserRepository;
use domain::user::{Permission, UserFilter};
use service::account::{AccountService, Register};
use shaku::HasComponent as _;

use crate::cli::{Grant, User};
use crate::config::Config;
use crate::console::say;
use crate::{database, secret, wiring};

/// Accounts that are looked up at once.
const PAGE: u32 = 100;

/// Makes an account, changes one, or lists all of them.
pub(crate) async fn run(config: Config, action: User) -> Result<()> {
    if !matches!(action, User::Create { .. }) {
        // In the wrong folder an empty server would be made, and found to have no accounts.
        database::expect(&config)?;
    }
    let db = database::open(&config).await?;
    db.migrate().await.context("cannot migrate the database")?;
    let key = secret::signing_key(&config)?;
    let operator = wiring::operator(&db, &key, wiring::policy(&config));
    let accounts: &dyn AccountService = operator.resolve_ref();
    match action {
        User::Create { email, name, admin } => create(accounts, email, name, admin).await,
        User::Passwd(login) => {
            let password = read_password()?;
            let login = login.as_str();
            let reset = accounts.reset_password(login, &password).await;
            reset.map_err(|error| about(&config, login, error))?;
            say(format!("{login} has a new password and is signed out everywhere."));
            Ok(())
        }
        User::Permission { login, permission } => {
            let permission = match permission {
                Grant::Admin => Permission::Admin,
                Grant::User => Permission::User,
            };
            let user = accounts.set_permission(&login, permission).await;
            let user = user.map_err(|error| about(&config, &login, error))?;
            say(format!(
                "{} has permission {} and is signed out everywhere.",
                user.name.as_str(),
                user.permission.as_str()
            ));
            Ok(())
        }
        User::List => list(operator.resolve_ref()).await,
    }
}

/// Why nothing was done with an account.
fn about(config: &Config, login: &str, error: service::Error) -> anyhow::Error {
    match error {
        service::Error::NotFound => anyhow!(
            "{} has no account {login:?}; `banter user list` shows all",
            config.data.db.dsn
        ),
        other => anyhow::Error::new(other).context(format!("cannot change the account {login:?}")),
    }
}

async fn create(accounts: &dyn AccountService, email: String, name: Option<String>, admin: bool) -> Result<()> {
    let password = read_password()?;
    let permission = if admin { Permission::Admin } else { Permission::User };
    let wish = Register {
        email,
        password,
        user_name: name,
        invited: None,
    };
    let user = accounts
        .create(wish, permission)
        .await
        .context("cannot make the account")?;
    say(format!(
        "{} <{}> is user {}, permission {}.",
        user.name.as_str(),
        user.email.as_str(),
        user.id,
        user.permission.as_str()
    ));
    Ok(())
}

async fn list(users: &dyn UserRepository) -> Result<()> {
    let everybody = UserFilter::NamePrefix(String::new());
    let mut after = None;
    loop {
        let page = users
            .find(&everybody, after, PAGE)
            .await
            .context("cannot list accounts")?;
        for user in &page {
            let (permission, name) = (user.permission.as_str(), user.name.as_str());
            say(format!(
                "{:>6}  {permission:<5}  {name}  <{}>",
                user.id,
                user.email.as_str()
            ));
        }
        after = page.last().map(|user| user.id);
        if page.len() < PAGE as usize {
            return Ok(());
        }
    }
}

/// Asks twice at a terminal; otherwise takes the first line of standard input.
fn read_password() -> Result<String> {
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin()
            .lock()
            .read_line(&mut line)
            .context("cannot read the password from standard input")?;
        let password = line.trim_end_matches(['\r', '\n']);
        if password.is_empty() {
            bail!("standard input holds no password; write it there as one line");
        }
        return Ok(password.to_owned());
    }
    let password = rpassword::prompt_password("Password (8 to 72 bytes): ").context("cannot read the password")?;
    let again = rpassword::prompt_password("Once more: ").context("cannot read the password")?;
    if password != again {
        bail!("the two passwords differ; nothing was changed");
    }
    Ok(password)
}
