//! `banter serve`: the server, until somebody asks it to end.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::Result;

use crate::config::{Config, Registration};
use crate::console::say;
use crate::data_folder::make_private;
use crate::lifecycle::{Running, Server};
use crate::signals::Signals;
use crate::telemetry;

/// An orderly end takes at most that long; then the process goes all the same.
const END_MAX: Duration = Duration::from_secs(9);

/// Runs both listeners until SIGTERM or SIGINT.
pub(crate) async fn run(config: Config) -> Result<()> {
    // Before anything else, so that a signal that comes early still means an orderly end.
    let mut signals = Signals::catch()?;
    make_private(&config.data.dir)?;
    let _telemetry = telemetry::start(&config.log, &config.traces)?;
    let mut server = tokio::select! {
        started = Server::start(&config) => started?,
        signal = signals.next() => {
            tracing::info!(signal, "asked to end before everything had started");
            return Ok(());
        }
    };
    let (http, ws) = (server.http_addr(), server.ws_addr());
    tracing::info!(version = env!("CARGO_PKG_VERSION"), %http, %ws, "ready");
    say(greeting(&config, &server));
    let signal = tokio::select! {
        signal = signals.next() => signal,
        error = server.failed() => return Err(error),
    };
    tracing::info!(signal, "ending; a second signal ends at once");
    tokio::select! {
        ended = tokio::time::timeout(END_MAX, server.stop()) => {
            if ended.is_err() {
                tracing::warn!("not everything ended in time; ending all the same");
            }
            tracing::info!("ended");
            Ok(())
        }
        signal = signals.next() => anyhow::bail!("ended at once by a second signal ({signal})"),
    }
}

/// One line with everything that a newcomer, or a test that let the system choose the ports,
/// needs: the first `http://` or `https://` address and the first `ws://` address in it.
fn greeting(config: &Config, server: &Running) -> String {
    let base_url = config.http.base_url.as_str();
    let url = if base_url.is_empty() {
        format!("http://{}", reachable(server.http_addr()))
    } else {
        base_url.to_owned()
    };
    let first = match config.security.registration {
        _ if !server.is_empty() => "",
        Registration::Closed | Registration::Invite => {
            " - nobody can register: make an account with `banter user create`"
        }
        Registration::Open => " - the first account that registers becomes its admin",
    };
    format!(
        "Banter is ready: open {url} (WebSocket: ws://{}/ws){first}",
        reachable(server.ws_addr())
    )
}

/// Nobody can open `0.0.0.0` in a browser.
fn reachable(address: SocketAddr) -> SocketAddr {
    let loopback = match address {
        SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
    };
    let ip = if address.ip().is_unspecified() {
        loopback
    } else {
        address.ip()
    };
    SocketAddr::new(ip, address.port())
}
