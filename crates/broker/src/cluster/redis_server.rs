//! Redis itself: one server, or a cluster of them.
//!
//! In a Redis Cluster a plain message goes to every server of it. Sharded ones stay on the server
//! that owns their channel, so a cluster carries more the larger it is.

use std::collections::HashMap;
use std::time::Duration;

use futures_util::future::try_join_all;
use redis::aio::MultiplexedConnection;
use redis::cluster::ClusterClient;
use redis::cluster_async::ClusterConnection;
use redis::{AsyncConnectionConfig, Client, ConnectionInfo, IntoConnectionInfo, ProtocolVersion, RedisError};

use super::ClusterError;
use super::inbox::{Inbox, inbox};

/// How long Redis may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where Redis is.
pub(super) struct Redis {
    address: ConnectionInfo,
    client: Client,
}

/// A connection that publishes and is subscribed.
pub(super) enum Connection {
    Server(MultiplexedConnection),
    Cluster(ClusterConnection),
}

/// What is said in which channel.
pub(super) type Publication = (String, Vec<u8>);

impl Redis {
    pub(super) fn at(url: &str) -> Result<Self, ClusterError> {
        let unknown = |error: RedisError| ClusterError::Address(error.to_string());
        let info = url.into_connection_info().map_err(unknown)?;
        let settings = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
        let address = info.set_redis_settings(settings);
        Ok(Self {
            client: Client::open(address.clone()).map_err(unknown)?,
            address,
        })
    }

    /// Connects and subscribes.
    pub(super) async fn connect(&self, channels: &[String]) -> Result<(Connection, Inbox), RedisError> {
        let (slot, pushes) = inbox();
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_push_sender(slot);
        let mut server = self
            .client
            .get_multiplexed_async_connection_with_config(&config)
            .await?;
        let info: String = redis::cmd("INFO").arg("cluster").query_async(&mut server).await?;
        if !info.contains("cluster_enabled:1") {
            server.subscribe(channels).await?;
            return Ok((Connection::Server(server), pushes));
        }
        // The first connection's end is told to its own receiver, which is dropped with it.
        let (slot, pushes) = inbox();
        let client = ClusterClient::builder([self.address.clone()])
            .use_protocol(ProtocolVersion::RESP3)
            .connection_timeout(PATIENCE)
            .response_timeout(PATIENCE)
            .retries(1)
            .push_sender(slot)
            .build()?;
        let mut cluster = client.get_async_connection().await?;
        for channel in channels {
            cluster.ssubscribe(channel).await?;
        }
        Ok((Connection::Cluster(cluster), pushes))
    }
}

impl Connection {
    /// Says all of it; what goes through the same channel stays in order.
    pub(super) async fn publish(&mut self, publications: Vec<Publication>) -> Result<(), RedisError> {
        match self {
            Self::Server(server) => {
                let mut pipe = redis::pipe();
                for (channel, bytes) in publications {
                    pipe.publish(channel, bytes).ignore();
                }
                pipe.query_async(server).await
            }
            Self::Cluster(cluster) => {
                let mut pipes: HashMap<String, redis::Pipeline> = HashMap::new();
                for (channel, bytes) in publications {
                    let pipe = pipes.entry(channel.clone()).or_default();
                    pipe.spublish(channel, bytes).ignore();
                }
                let sending = pipes.into_values().map(|pipe| {
                    let mut cluster = cluster.clone();
                    async move { pipe.query_async::<()>(&mut cluster).await }
                });
                try_join_all(sending).await.map(drop)
            }
        }
    }
}
