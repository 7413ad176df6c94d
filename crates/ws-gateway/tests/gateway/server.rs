//! A gateway on a port of its own.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer};
use domain::Event;
use domain::port::Broker;
use ws_gateway::{Gateway, GatewayOptions};

use crate::LISTENER;
use crate::client::Client;
use crate::services::services;
use crate::world::World;

/// One of the product's listeners.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "each test program has one")]
pub(crate) enum Kind {
    /// The one that hands sockets over.
    WebSocket,
    /// The one that serves everything else as well.
    Http,
}

impl Kind {
    /// A path at which the listener serves the gateway.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::WebSocket => "any/path",
            Self::Http => "ws",
        }
    }
}

/// A running server.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) gateway: Gateway,
    pub(crate) world: Arc<World>,
    handle: ServerHandle,
}

/// Options for tests: nothing is in a hurry but what must end soon.
pub(crate) fn options() -> GatewayOptions {
    GatewayOptions {
        flush_timeout: Duration::from_millis(300),
        linger: Duration::ZERO,
        ..GatewayOptions::default()
    }
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::with(options())
    }

    pub(crate) fn with(options: GatewayOptions) -> Self {
        let world = World::new();
        let gateway = Gateway::new(&services(&world), options);
        world.broker.attach(gateway.listener());
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let server = match LISTENER {
            Kind::WebSocket => gateway.listen(listener, 1).unwrap(),
            Kind::Http => {
                let mounted = gateway.clone();
                HttpServer::new(move || App::new().configure(|config| mounted.configure(config)))
                    .workers(1)
                    .disable_signals()
                    .h1_write_buffer_size(8192)
                    .on_connect(ws_gateway::on_connect)
                    .listen(listener)
                    .unwrap()
                    .run()
            }
        };
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self {
            address,
            gateway,
            world,
            handle,
        }
    }

    pub(crate) fn tell(&self, event: Event) {
        self.world.broker.publish(event);
    }

    /// A connection on which nothing was said yet.
    pub(crate) async fn connect(&self) -> Client {
        Client::connect(self.address).await
    }

    /// A connection that has shaken hands.
    pub(crate) async fn anonymous(&self) -> Client {
        let mut client = self.connect().await;
        client.shake_hands("{}").await;
        client
    }

    /// A connection that is signed in.
    pub(crate) async fn signed_in(&self, token: &str) -> Client {
        let mut client = self.anonymous().await;
        let answer = client
            .request("session.auth", &format!(r#"{{"token":"{token}"}}"#))
            .await;
        assert_eq!(answer["code"], 0, "{answer}");
        client
    }

    pub(crate) async fn stop(self) {
        self.gateway.shutdown().await;
        self.handle.stop(false).await;
    }
}
