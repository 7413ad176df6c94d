//! Pictures of people and rooms: their own, or for those who have none one that is drawn from a
//! name, the same for the same name.

use std::fmt::Write;

use domain::UserId;
use domain::media::{Scene, UPLOADS, key_of, url_of};
use domain::port::UploadRepository;
use domain::room::Room;
use domain::user::User;
use sha2::{Digest, Sha256};

use crate::Result;

/// Hexadecimal digits in the name of a generated picture.
const DIGITS: usize = 16;
/// Squares on a side; the right half mirrors the left one.
const GRID: usize = 5;

/// URL of a person's picture.
#[must_use]
pub fn of_user(user: &User) -> &str {
    if user.image.is_empty() {
        user.name.picture(|name| generated(&name.key()))
    } else {
        &user.image
    }
}

/// URL of a room's picture.
#[must_use]
pub fn of_room(room: &Room) -> String {
    if room.image.is_empty() {
        generated(&format!("room {}", room.id))
    } else {
        room.image.clone()
    }
}

/// What to store of the picture at that URL; `None` unless its owner uploaded it for that.
pub(crate) async fn own(
    uploads: &dyn UploadRepository,
    owner: UserId,
    scene: Scene,
    url: &str,
) -> Result<Option<String>> {
    let Some(key) = key_of(url) else {
        return Ok(None);
    };
    let upload = uploads.get(key).await?;
    let usable = upload.filter(|one| one.owner == owner && one.scene == scene && one.deleted_at.is_none());
    Ok(usable.map(|_| url_of(key)))
}

/// URL of the picture that is drawn from `seed`. Nobody can tell from it whether the seed is
/// the name of somebody.
#[must_use]
pub fn generated(seed: &str) -> String {
    let digest = Sha256::digest(seed.as_bytes());
    let mut url = format!("{UPLOADS}generated/");
    for byte in digest.iter().take(DIGITS / 2) {
        // Writing to a string cannot fail.
        let _ = write!(url, "{byte:02x}");
    }
    url.push_str(".svg");
    url
}

/// Draws the picture `name`, the part of its URL behind `generated/`. `None` for a name that
/// [`generated`] does not make.
#[must_use]
pub fn svg(name: &str) -> Option<String> {
    let digits = name.strip_suffix(".svg")?;
    let is_ours = digits.len() == DIGITS && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let bits = is_ours.then(|| u64::from_str_radix(digits, 16).ok()).flatten()?;
    let hue = bits % 360;
    let mut squares = String::new();
    for row in 0..GRID {
        for column in 0..GRID {
            let mirrored = column.min(GRID - 1 - column);
            if bits >> (16 + row * GRID.div_ceil(2) + mirrored) & 1 == 1 {
                let (x, y) = (10 + column * 12, 10 + row * 12);
                let _ = write!(squares, r#"<rect x="{x}" y="{y}" width="12.2" height="12.2" rx="2"/>"#);
            }
        }
    }
    Some(format!(
        concat!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80">"#,
            r#"<rect width="80" height="80" fill="hsl({hue} 55% 42%)"/>"#,
            r#"<g fill="hsl({hue} 80% 92%)">{squares}</g></svg>"#
        ),
        hue = hue,
        squares = squares
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_picture_is_drawn_from_its_own_url() {
        let url = generated("alice");
        let name = url.strip_prefix("/uploads/generated/").unwrap();
        assert!(svg(name).unwrap().starts_with("<svg"));
        assert_eq!(generated("alice"), url);
        assert_ne!(generated("bob"), url);
    }

    #[test]
    fn other_names_have_no_picture() {
        for name in [
            "",
            "x.svg",
            "0123456789ABCDEF.svg",
            "../0123456789abc.svg",
            "0123456789abcdef.png",
        ] {
            assert!(svg(name).is_none(), "{name}");
        }
    }
}
