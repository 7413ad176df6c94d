//! The public door.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::{HttpRequest, HttpResponse, web};
use domain::port::{Audience, Listener};
use service::Services;

use crate::ending::Ending;
use crate::hub::look_up_for_ever;
use crate::options::GatewayOptions;
use crate::routes;
use crate::server;
use crate::shared::Shared;
use crate::stats::Stats;
use crate::upgrade;

/// How long connections may take to answer what is in work when the gateway stops.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(5);
/// How long connections may take to end after that.
const END_TIMEOUT: Duration = Duration::from_secs(4);

/// The gateway of one process; clones are handles to the same one.
#[derive(Clone)]
pub struct Gateway {
    shared: Arc<Shared>,
}

impl Gateway {
    /// A gateway to these use cases. Must be called inside a tokio runtime that lives as long as
    /// the process: pushes that need the database are read there.
    ///
    /// It hears nothing until its [`listener`](Self::listener) is attached to the broker.
    #[must_use]
    pub fn new(services: &dyn Services, options: GatewayOptions) -> Self {
        let shared = Arc::new(Shared::new(services, options, routes::dictionary()));
        let rooms = Arc::clone(&shared.use_cases.rooms);
        shared.runtime.spawn(look_up_for_ever(Arc::clone(&shared.hub), rooms));
        Self { shared }
    }

    /// What hears the events, for `Broker::attach`.
    #[must_use]
    pub fn listener(&self) -> Arc<dyn Listener> {
        Arc::clone(&self.shared.hub) as Arc<dyn Listener>
    }

    /// Who is connected, for whoever heals this node.
    #[must_use]
    pub fn audience(&self) -> Arc<dyn Audience> {
        Arc::clone(&self.shared.hub) as Arc<dyn Audience>
    }

    /// Mounts `/ws`, for the HTTP listener.
    pub fn configure(&self, config: &mut web::ServiceConfig) {
        let gateway = self.clone();
        let serve = move |request, payload| gateway.clone().serve(request, payload);
        config.service(web::resource("/ws").to(serve));
    }

    /// Serves every path of a listener that is the gateway's alone, with `workers` threads. The
    /// server runs once its future is polled.
    ///
    /// # Errors
    /// When the listener cannot be used.
    pub fn listen(&self, listener: TcpListener, workers: usize) -> io::Result<Server> {
        server::serve(&self.shared, listener, workers)
    }

    /// The numbers of this moment.
    #[must_use]
    pub fn stats(&self) -> Stats {
        Stats {
            waiting: self.shared.hub.waiting(),
            ..self.shared.counters.snapshot()
        }
    }

    /// Lets no new connections in, answers what is in work, kicks all connections with reason
    /// `shutdown` and waits until they have read it, all of it for a bounded time.
    pub async fn shutdown(&self) {
        self.shared.close();
        if tokio::time::timeout(DRAIN_TIMEOUT, self.shared.emptied()).await.is_ok() {
            return;
        }
        for handle in self.shared.handles() {
            handle.outbox.end(Ending::Shutdown);
        }
        if tokio::time::timeout(END_TIMEOUT, self.shared.emptied()).await.is_err() {
            tracing::warn!(stats = ?self.stats(), "some connections did not end in time");
        }
    }

    async fn serve(self, request: HttpRequest, payload: web::Payload) -> HttpResponse {
        upgrade::accept(&self.shared, &request, payload)
    }
}
