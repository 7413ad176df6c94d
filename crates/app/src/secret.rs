//! The key that signs access tokens.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use rand::RngCore as _;

use crate::config::{Config, Problem};
use crate::exit::Misconfigured;

/// Random bytes of a key that the server makes.
const KEY_BYTES: usize = 48;
/// Shortest key in a file, in bytes; a shorter one was cut or written by hand.
const FILE_KEY_MIN: usize = 32;

/// The configured key, or the one that this server made for itself.
///
/// # Errors
/// When the file of the key is not for its owner alone, or cannot be read or made.
pub(crate) fn signing_key(config: &Config) -> Result<String> {
    let configured = config.security.jwt.key.expose();
    if !configured.is_empty() {
        return Ok(configured.to_owned());
    }
    let file = config.data.secret();
    if let Some(key) = read(&file)? {
        return Ok(key);
    }
    make(&file).with_context(|| format!("cannot make the signing key {}", file.display()))?;
    // Another process may have been quicker; both take what stands there now.
    read(&file)?.with_context(|| format!("the signing key {} is gone again", file.display()))
}

fn read(file: &Path) -> Result<Option<String>> {
    let wrong = |text: String| Misconfigured(Problem::new("security.jwt.key", file.display().to_string(), text));
    let key = match fs::read_to_string(file) {
        Ok(key) => key,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(wrong(format!("cannot be read: {error}")).into()),
    };
    if let Some(mode) = open_to_others(file)? {
        let text =
            format!("others may read it (mode {mode:04o}); run `chmod 600` on it, or delete it to make a new key");
        return Err(wrong(text).into());
    }
    let key = key.trim();
    if key.len() < FILE_KEY_MIN {
        return Err(wrong(format!(
            "has fewer than {FILE_KEY_MIN} bytes; delete it to make a new key"
        ))
        .into());
    }
    Ok(Some(key.to_owned()))
}

fn open_to_others(file: &Path) -> io::Result<Option<u32>> {
    let mode = fs::metadata(file)?.permissions().mode() & 0o777;
    Ok((mode & 0o077 != 0).then_some(mode))
}

/// Makes the file in one step, whole and for its owner only, unless it is there.
fn make(file: &Path) -> io::Result<()> {
    let mut random = [0_u8; KEY_BYTES];
    rand::rng().fill_bytes(&mut random);
    let key: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    // A name of its own: what a process that died has left must not be in the way.
    let draft = file.with_extension(format!("{:08x}.draft", rand::rng().next_u32()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let written = options.open(&draft).and_then(|mut file| {
        writeln!(file, "{key}")?;
        file.sync_all()
    });
    let linked = match written.and_then(|()| fs::hard_link(&draft, file)) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    };
    let _ = fs::remove_file(&draft);
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config_in(dir: &Path) -> Config {
        Config::below(dir)
    }

    #[test]
    fn a_key_is_made_once_for_its_owner_only() {
        let dir = tempfile::tempdir().unwrap();
        let config = config_in(dir.path());
        let key = signing_key(&config).unwrap();
        assert!(key.len() >= 64);
        assert_eq!(signing_key(&config).unwrap(), key);
        assert_eq!(open_to_others(&config.data.secret()).unwrap(), None);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let config = config_in(dir.path());
        signing_key(&config).unwrap();
        for mode in [0o640, 0o604, 0o666] {
            fs::set_permissions(config.data.secret(), fs::Permissions::from_mode(mode)).unwrap();
            let error = signing_key(&config).unwrap_err().to_string();
            assert!(error.contains("others may read it"), "{error}");
        }
    }

    #[test]
    fn an_empty_file_is_no_key() {
        let dir = tempfile::tempdir().unwrap();
        let config = config_in(dir.path());
        make(&config.data.secret()).unwrap();
        fs::write(config.data.secret(), "\n").unwrap();
        assert!(signing_key(&config).is_err());
    }

    #[test]
    fn processes_that_start_together_share_one_key() {
        let dir = tempfile::tempdir().unwrap();
        let config = config_in(dir.path());
        make(&config.data.secret()).unwrap();
        let first = signing_key(&config).unwrap();
        make(&config.data.secret()).unwrap();
        assert_eq!(signing_key(&config).unwrap(), first);
    }
}
