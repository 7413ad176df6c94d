//! The server from its start to its end.
//!
//! The end has two steps. First nobody new is let in, what is in work is answered and the sockets
//! are told to come back later; then everything is closed. Both listeners do it side by side.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::available_parallelism;
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::ServerHandle;
use anyhow::{Context as _, Result};
use domain::port::{Broker, UserRepository};
use domain::user::UserFilter;
use http_api::Edge;
use service::Services;
use shaku::HasComponent;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use ws_gateway::Gateway;

use crate::cluster::{ClusterNode, stats};
use crate::config::Config;
use crate::data_folder::{make_private, warn_if_open_to_others};
use crate::housekeeping::Housekeeping;
use crate::listener::listen;
use crate::metrics::Metrics;
use crate::{database, edges, secret, wiring};

/// How long requests that are in work may take when the server ends.
const DRAIN_SECONDS: u64 = 8;
/// How long a client may take to send the head of a request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// Starts servers.
#[derive(Debug)]
pub struct Server;

/// A server that runs.
#[must_use = "the server goes on until it is stopped"]
pub struct Running {
    http: Listening,
    ws: Listening,
    gateway: Gateway,
    housekeeping: Housekeeping,
    node: Option<ClusterNode>,
    is_empty: bool,
    is_ending: Arc<AtomicBool>,
}

/// One of the listeners.
struct Listening {
    address: SocketAddr,
    handle: ServerHandle,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    /// Takes the ports, migrates the database, wires everything up and answers. Must be called
    /// inside a tokio runtime with several threads, which must live as long as the server.
    ///
    /// # Errors
    /// When a port is taken, or database, media or the signing key cannot be used.
    pub async fn start(config: &Config) -> Result<Running> {
        let http = listen("http", &config.http.host, config.http.port).await?;
        let ws = listen("ws", &config.ws.host, config.ws.port).await?;

        make_private(&config.data.dir)?;
        warn_if_open_to_others(&config.data.dir);
        let key = secret::signing_key(config)?;
        let db = database::connect(config).await?;
        db.migrate().await.context("cannot migrate the database")?;
        let media = wiring::media(config)?;
        let mut node = ClusterNode::join(config)?;
        let server = Arc::new(wiring::server(
            &db,
            &key,
            media,
            config,
            node.as_ref().map(ClusterNode::cluster),
            Handle::current(),
        ));
        let users: &dyn UserRepository = server.resolve_ref();
        let anybody = users.find(&UserFilter::NamePrefix(String::new()), None, 1).await;
        let is_empty = anybody.context("cannot read the database")?.is_empty();

        let gateway = Gateway::new(&*server, edges::gateway(config));
        if let Some(node) = &mut node {
            node.heal(&server, &gateway).await?;
        }
        HasComponent::<dyn Broker>::resolve_ref(&*server).attach(gateway.listener());
        let metrics = Metrics::install();
        let is_ending = Arc::new(AtomicBool::new(false));
        let cluster = node.as_ref().map(|node| node.cluster().clone());
        let edge = Arc::new(Edge {
            services: Arc::clone(&server) as Arc<dyn Services>,
            options: edges::http(config),
            mount: {
                let gateway = gateway.clone();
                Box::new(move |config| gateway.configure(config))
            },
            metrics: {
                let (metrics, gateway, cluster) = (metrics.clone(), gateway.clone(), cluster.clone());
                Box::new(move || metrics.render(&gateway.stats(), stats(cluster.as_ref()).as_ref()))
            },
            is_ending: {
                let is_ending = Arc::clone(&is_ending);
                Box::new(move || is_ending.load(Ordering::Acquire))
            },
            redis: Box::new(move || stats(cluster.as_ref()).map(|stats| stats.is_connected)),
        });
        let housekeeping = Housekeeping::start(&server, &gateway, db, metrics, config);
        Ok(Running {
            http: Listening::http(http, edge, config.http.workers)?,
            ws: Listening::ws(ws, &gateway)?,
            gateway,
            housekeeping,
            node,
            is_empty,
            is_ending,
        })
    }
}

impl Running {
    /// Where HTTP is answered.
    #[must_use]
    pub fn http_addr(&self) -> SocketAddr {
        self.http.address
    }

    /// Where the WebSocket listener is.
    #[must_use]
    pub fn ws_addr(&self) -> SocketAddr {
        self.ws.address
    }

    /// True when nobody had an account at the start.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Waits until a listener ends that nobody asked to.
    pub(crate) async fn failed(&mut self) -> anyhow::Error {
        let ended = tokio::select! {
            ended = &mut self.http.task => ended,
            ended = &mut self.ws.task => ended,
        };
        match ended {
            Ok(Err(error)) => anyhow::Error::new(error).context("a listener failed"),
            Ok(Ok(())) => anyhow::anyhow!("a listener ended that nobody asked to"),
            Err(error) => anyhow::Error::new(error).context("a listener panicked"),
        }
    }

    /// Ends the server in order: stops accepting, answers what is in work, tells the sockets, and
    /// returns when everything is closed. Takes a few seconds at most, unless the machine does not
    /// answer.
    pub async fn stop(self) {
        self.is_ending.store(true, Ordering::Release);
        tokio::join!(self.http.handle.pause(), self.ws.handle.pause());
        tokio::join!(self.gateway.shutdown(), self.http.handle.stop(true));
        // All sockets are gone now; what is left on this port are clients that never said a word.
        self.ws.handle.stop(false).await;
        if let Some(node) = self.node {
            node.leave().await;
        }
        self.housekeeping.stop().await;
    }
}

impl Listening {
    fn http(listener: std::net::TcpListener, edge: Arc<Edge>, workers: usize) -> Result<Self> {
        let address = listener.local_addr()?;
        let server = HttpServer::new(move || http_api::app(Arc::clone(&edge)))
            .workers(workers_or_processors(workers))
            .disable_signals()
            .shutdown_timeout(DRAIN_SECONDS)
            .client_request_timeout(HEAD_TIMEOUT)
            .on_connect(ws_gateway::on_connect)
            .listen(listener)?
            .run();
        Ok(Self::start(address, server))
    }

    fn ws(listener: std::net::TcpListener, gateway: &Gateway) -> Result<Self> {
        let address = listener.local_addr()?;
        let server = gateway.listen(listener, workers_or_processors(0))?;
        Ok(Self::start(address, server))
    }

    fn start(address: SocketAddr, server: actix_web::dev::Server) -> Self {
        Self {
            address,
            handle: server.handle(),
            task: tokio::spawn(server),
        }
    }
}

fn workers_or_processors(workers: usize) -> usize {
    if workers > 0 {
        workers
    } else {
        available_parallelism().map_or(2, std::num::NonZero::get)
    }
}
