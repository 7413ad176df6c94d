//! `banter openapi`: the document of the API.

use anyhow::Result;

use crate::console::say;

/// Prints it as OpenAPI 3, or as Swagger 2.0.
pub(crate) fn run(v2: bool) -> Result<()> {
    let document = if v2 { http_api::swagger() } else { http_api::openapi() };
    say(serde_json::to_string_pretty(&document)?);
    Ok(())
}
