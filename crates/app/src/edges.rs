//! The operator's choices as the two edges know them.

use http_api::HttpOptions;
use ws_gateway::{AddressOf, GatewayOptions};

use crate::config::{Config, MediaDriver};

/// For the HTTP edge.
pub(crate) fn http(config: &Config) -> HttpOptions {
    let (http, s3) = (&config.http, &config.data.media.s3);
    let browsers_upload_to = if s3.public_url.is_empty() {
        &s3.endpoint
    } else {
        &s3.public_url
    };
    let has_bucket = config.data.media.driver == MediaDriver::S3;
    HttpOptions {
        base_url: http.base_url.clone(),
        trusted_proxies: http.networks(),
        allowed_origins: config.security.allowed_origins.clone(),
        secure_cookies: config.has_secure_cookies(),
        metrics_token: (!http.metrics_token.is_empty()).then(|| http.metrics_token.expose().to_owned()),
        upload_max: config.data.media.max_size.bytes(),
        body_timeout: http.body_timeout.duration(),
        upload_timeout: config.data.media.upload_timeout.duration(),
        connect_sources: origin(browsers_upload_to).filter(|_| has_bucket).into_iter().collect(),
        swagger: http.swagger,
        ..HttpOptions::default()
    }
}

/// For the gateway.
pub(crate) fn gateway(config: &Config) -> GatewayOptions {
    let (ws, limits) = (&config.ws, &config.security.rate_limit);
    let callers = http(config);
    GatewayOptions {
        heartbeat: ws.heartbeat.duration(),
        max_frame: ws.max_frame.len(),
        queue: ws.queue,
        queue_bytes: ws.queue_bytes.len(),
        auth_timeout: ws.auth_timeout.duration(),
        max_connections: ws.max_connections,
        connections_per_user: ws.connections_per_user,
        anonymous_per_address: if limits.enabled {
            limits.anonymous_connections
        } else {
            0
        },
        address_of: AddressOf::new(move |peer, headers| callers.address_of(peer, headers)),
        allowed_origins: config.security.allowed_origins.clone(),
        base_url: config.http.base_url.clone(),
        ..GatewayOptions::default()
    }
}

/// Scheme, host and port of a URL.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split('/').next()?;
    Some(format!("{scheme}://{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_may_upload_to_the_bucket_only_where_there_is_one() {
        let mut config = Config::default();
        config.data.media.s3.endpoint = "https://s3.example:9000/base/".to_owned();
        assert_eq!(http(&config).connect_sources, Vec::<String>::new());
        config.data.media.driver = MediaDriver::S3;
        assert_eq!(http(&config).connect_sources, ["https://s3.example:9000"]);
        config.data.media.s3.public_url = "https://media.example".to_owned();
        assert_eq!(http(&config).connect_sources, ["https://media.example"]);
    }

    #[test]
    fn cookies_need_tls_where_the_server_is_reached_by_it() {
        let mut config = Config::default();
        assert!(!http(&config).secure_cookies);
        config.http.base_url = "https://chat.example".to_owned();
        assert!(http(&config).secure_cookies);
    }
}
