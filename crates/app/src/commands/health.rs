//! `banter health`: whether the server of this configuration is ready, for container engines and
//! scripts that have nothing else to ask with.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::config::Config;
use crate::console::say;

/// The server itself gives its database five seconds.
const PATIENCE: Duration = Duration::from_secs(8);
/// No answer of `/readyz` is larger.
const ANSWER_MAX: u64 = 16 * 1024;

/// Prints what the server says of itself, and fails unless it is ready.
pub(crate) async fn run(config: Config) -> Result<()> {
    let (host, port) = (reachable(&config.http.host), config.http.port);
    let answer = timeout(PATIENCE, ask(host, port))
        .await
        .with_context(|| format!("{host}:{port} does not answer in time"))?
        .with_context(|| format!("{host}:{port} does not answer"))?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let is_ready = head.split(' ').nth(1) == Some("200");
    if !is_ready {
        bail!("not ready: {body}");
    }
    say(body);
    Ok(())
}

async fn ask(host: &str, port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect((host, port)).await?;
    stream.write_all(b"GET /readyz HTTP/1.0\r\n\r\n").await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_MAX).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Nobody can connect to an address that stands for all.
fn reachable(host: &str) -> &str {
    match host {
        "0.0.0.0" => "127.0.0.1",
        "::" | "[::]" => "::1",
        host => host,
    }
}
