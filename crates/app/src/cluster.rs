//! This node among others, where the configuration names a Redis.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use broker::{Cluster, ClusterStats};
use domain::Event;
use domain::port::{Broker, Listener};
use service::People;
use service::healing::{Healer, Healing};
use shaku::HasComponent;
use tokio::task::JoinHandle;
use ws_gateway::Gateway;

use crate::config::{Config, MediaDriver};
use crate::wiring;

/// A node that works with others.
pub(crate) struct ClusterNode {
    cluster: Cluster,
    tasks: Vec<JoinHandle<()>>,
}

impl ClusterNode {
    /// Begins to look for the others, where there may be some.
    pub(crate) fn join(config: &Config) -> Result<Option<Self>> {
        if !config.data.is_shared() {
            return Ok(None);
        }
        if config.data.media.driver == MediaDriver::Local {
            tracing::warn!(
                "uploads are kept in a folder of this node: with several nodes it must be one that all of them share"
            );
        }
        let redis = &config.data.redis;
        let (cluster, link) = Cluster::join(redis.url.expose(), &redis.prefix).context("data.redis.url")?;
        Ok(Some(Self {
            cluster,
            tasks: vec![link],
        }))
    }

    /// The place in the cluster.
    pub(crate) fn cluster(&self) -> &Cluster {
        &self.cluster
    }

    /// Keeps what is known here of other nodes' doings right.
    pub(crate) async fn heal(&mut self, server: &wiring::Server, gateway: &Gateway) -> Result<()> {
        let people: Arc<dyn People> = server.resolve();
        let broker: &dyn Broker = server.resolve_ref();
        broker.attach(Arc::new(Forgetful(Arc::clone(&people))));
        let healer = Healer::new(Healing {
            feed: self.cluster.feed(),
            audience: gateway.audience(),
            news: server.resolve(),
            messages: server.resolve(),
            details: server.resolve(),
            people,
        });
        let healer = healer.await.context("cannot read the database")?;
        self.tasks.push(tokio::spawn(healer.run()));
        Ok(())
    }

    /// Tells the others that this node ends.
    pub(crate) async fn leave(self) {
        self.cluster.leave().await;
        for task in self.tasks {
            task.abort();
        }
    }
}

/// The numbers of a node, if it works with others.
pub(crate) fn stats(cluster: Option<&Cluster>) -> Option<ClusterStats> {
    cluster.map(Cluster::stats)
}

/// Forgets what the directory remembers of somebody who changed on another node.
struct Forgetful(Arc<dyn People>);

impl Listener for Forgetful {
    fn on_event(&self, event: &Arc<Event>) {
        if let Event::UserChanged(person) = &**event {
            self.0.forget(person.user.id);
        }
    }
}
