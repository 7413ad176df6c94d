//! An edge over use cases that know nobody and nothing.

mod nobody;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::body::to_bytes;
use actix_web::dev::Service;
use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, init_service};
use http_api::{Edge, HttpOptions};
use serde_json::Value;

/// An edge with those options.
pub(crate) fn edge(options: HttpOptions) -> Arc<Edge> {
    Arc::new(Edge {
        services: Arc::new(nobody::Nobody::builder().build()),
        options,
        mount: Box::new(|_| {}),
        metrics: Box::new(|| "banter_up 1\n".to_owned()),
        is_ending: Box::new(|| false),
        redis: Box::new(|| None),
    })
}

/// An answer, taken apart.
pub(crate) struct Seen {
    /// Status.
    pub(crate) status: u16,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// The body as JSON; null when it is none.
    pub(crate) json: Value,
    /// The body as text.
    pub(crate) text: String,
}

impl Seen {
    /// A header, empty when there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Checks status, code and form of an envelope.
    #[track_caller]
    pub(crate) fn is_failure(&self, status: u16, code: u16) {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.json["code"], code, "{}", self.text);
        assert!(self.json["message"].as_str().is_some_and(|text| !text.is_empty()));
        assert_eq!(self.json["data"], serde_json::json!({}));
        assert_eq!(self.header("content-type"), "application/json");
        assert!(!self.header("x-request-id").is_empty());
        assert_eq!(self.header("x-content-type-options"), "nosniff");
    }
}

/// Sends a request to an edge with those options.
pub(crate) async fn ask_with(options: HttpOptions, request: TestRequest) -> Seen {
    ask_of(edge(options), request).await
}

/// Sends a request to that edge.
pub(crate) async fn ask_of(edge: Arc<Edge>, request: TestRequest) -> Seen {
    let app = init_service(http_api::app(edge)).await;
    let response: HttpResponse = match app.call(request.to_request()).await {
        Ok(response) => response.into_parts().1,
        Err(error) => error.error_response(),
    };
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = to_bytes(response.into_body()).await.unwrap_or_default();
    Seen {
        status,
        headers,
        json: serde_json::from_slice(&body).unwrap_or_default(),
        text: String::from_utf8_lossy(&body).into_owned(),
    }
}

/// Sends a request.
pub(crate) async fn ask(request: TestRequest) -> Seen {
    ask_with(HttpOptions::default(), request).await
}
