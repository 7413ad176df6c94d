//! A gateway on a port of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer};
use domain::Event;
use domain::port::Broker;
use ws_gateway::{Gateway, GatewayOptions};

use crate::client::Client;
use crate::services::services;
use crate::world::World;

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
        let mounted = gateway.clone();
        let server = HttpServer::new(move || App::new().configure(|config| mounted.configure_any_path(config)))
            .workers(1)
            .disable_signals()
            .h1_write_buffer_size(8192)
            .on_connect(ws_gateway::on_connect)
            .bind(("127.0.0.1", 0))
            .unwrap();
        let address = server.addrs()[0];
        let server = server.run();
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
