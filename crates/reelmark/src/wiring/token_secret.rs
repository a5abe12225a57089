//! The secret that an installation of one process makes for itself.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use reelmark_security::{SigningKey, SigningKeys, generate_secret};
use secrecy::{ExposeSecret, SecretString};

use crate::config::ONLY_KEY;
use crate::failure::{Failure, OrFail};

const FILE: &str = "jwt-secret";

/// The secret in the data folder, which the first start puts there.
///
/// # Errors
/// [`Failure`] when the file can't be read or made, or holds no good secret.
pub fn read_or_make(data_dir: &Path) -> Result<SigningKeys, Failure> {
    let path = data_dir.join(FILE);
    let shown = path.display();
    let secret = read(&path).or_fail(format!("could not read {shown}"))?;
    let secret = match secret {
        Some(secret) => secret,
        None => make(&path).or_fail(format!("could not make {shown}"))?,
    };
    let key = SigningKey::new(ONLY_KEY, secret.expose_secret().as_bytes());
    key.and_then(|key| SigningKeys::new(key, vec![]))
        .or_fail(format!("{shown} can't be used; remove it to have a new one made"))
}

fn read(path: &Path) -> io::Result<Option<SecretString>> {
    match fs::read_to_string(path) {
        Ok(text) => {
            keep_private(path)?;
            Ok(Some(text.trim().into()))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whoever reads this file can sign in as anybody.
fn keep_private(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        log::warn!(path:% = path.display(); "others could read the secret; now they can't any more");
        fs::set_permissions(path, Permissions::from_mode(0o600))?;
    }
    Ok(())
}

/// The file appears under its name once it is complete. When another process was faster, its
/// secret counts.
fn make(path: &Path) -> io::Result<SecretString> {
    if let Some(folder) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let draft = path.with_extension(std::process::id().to_string());
    let secret = generate_secret();
    let made = write(&draft, &secret).and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    match made {
        Ok(()) => Ok(secret.into()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            read(path)?.ok_or_else(|| ErrorKind::NotFound.into())
        }
        Err(error) => Err(error),
    }
}

fn write(path: &Path, secret: &str) -> io::Result<()> {
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(secret.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn makes_a_private_secret_once() {
        let folder = tempfile::tempdir().unwrap();
        let data_dir = folder.path().join("new/data");
        read_or_make(&data_dir).unwrap();
        let path = data_dir.join(FILE);
        let first = fs::read_to_string(&path).unwrap();
        assert_eq!((first.len(), mode(&path)), (43, 0o600));

        read_or_make(&data_dir).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), first);
        assert_eq!(fs::read_dir(&data_dir).unwrap().count(), 1);
    }

    #[test]
    fn takes_the_secret_of_a_faster_process() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, "0123456789abcdef0123456789abcdef\n").unwrap();
        let secret = make(&path).unwrap();
        assert_eq!(secret.expose_secret(), "0123456789abcdef0123456789abcdef");
    }

    #[test]
    fn takes_the_secret_away_from_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, generate_secret()).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        read_or_make(folder.path()).unwrap();
        assert_eq!(mode(&path), 0o600);
    }

    #[test]
    fn refuses_a_short_secret_without_repeating_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "hunter2").unwrap();
        let failure = read_or_make(folder.path()).unwrap_err();
        let text = crate::failure::cause_chain(&failure);
        assert!(text.contains("remove it to have a new one made"), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}
