//! The two cookies: the one that refreshes a session, and the one that opens media in a page.

use std::time::{SystemTime, UNIX_EPOCH};

use actix_web::http::header::{COOKIE, HeaderMap, HeaderValue};
use domain::Timestamp;
use service::account::Tokens;

use crate::HttpOptions;
use crate::error::ApiError;

/// Refreshes a session; goes to `/api/refresh` only.
pub(crate) const REFRESH: Cookie = Cookie {
    name: "banter_refresh",
    path: "/api/refresh",
};
/// Opens media for `<img>` and `<video>`; goes to `/uploads` only.
pub(crate) const MEDIA: Cookie = Cookie {
    name: "banter_media",
    path: "/uploads",
};

/// A cookie of ours: its name and where browsers send it.
pub(crate) struct Cookie {
    pub(crate) name: &'static str,
    path: &'static str,
}

impl Cookie {
    /// The value that the caller sent.
    pub(crate) fn read<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        headers
            .get_all(COOKIE)
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .find_map(|pair| pair.trim().strip_prefix(self.name)?.strip_prefix('='))
            .filter(|value| !value.is_empty())
    }

    /// Takes the cookie away.
    pub(crate) fn clear(&self, options: &HttpOptions) -> HeaderValue {
        self.write("", 0, options)
            .unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    fn write(&self, value: &str, max_age: u64, options: &HttpOptions) -> Result<HeaderValue, ApiError> {
        let Self { name, path } = self;
        let secure = if options.secure_cookies { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path={path}; Max-Age={max_age}; HttpOnly; SameSite=Strict{secure}");
        HeaderValue::from_str(&text).map_err(ApiError::internal)
    }
}

/// The cookies of a session.
pub(crate) fn of_session(tokens: &Tokens, options: &HttpOptions) -> Result<[HeaderValue; 2], ApiError> {
    let max_age = seconds_until(tokens.refresh_expires_at);
    Ok([
        REFRESH.write(&tokens.refresh, max_age, options)?,
        MEDIA.write(&tokens.media, max_age, options)?,
    ])
}

/// What takes both cookies away.
pub(crate) fn cleared(options: &HttpOptions) -> [HeaderValue; 2] {
    [REFRESH.clear(options), MEDIA.clear(options)]
}

fn seconds_until(moment: Timestamp) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(moment.unix_seconds())
        .unwrap_or(0)
        .saturating_sub(now.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("xbanter_media=1; banter_mediax=2"));
        assert_eq!(MEDIA.read(&headers), None);
        headers.append(COOKIE, HeaderValue::from_static("a=b; banter_media=token; c=d"));
        assert_eq!(MEDIA.read(&headers), Some("token"));
        headers.insert(COOKIE, HeaderValue::from_static("banter_media="));
        assert_eq!(MEDIA.read(&headers), None);
    }

    #[test]
    fn cookies_stay_away_from_scripts_and_other_sites() {
        let options = HttpOptions {
            secure_cookies: true,
            ..HttpOptions::default()
        };
        let cookie = REFRESH.write("t", 60, &options).unwrap();
        assert_eq!(
            cookie,
            "banter_refresh=t; Path=/api/refresh; Max-Age=60; HttpOnly; SameSite=Strict; Secure"
        );
        assert!(MEDIA.write("a\r\nb", 60, &options).is_err());
    }
}
