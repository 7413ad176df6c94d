//! Metrics: what the process counts of itself, as Prometheus text.

mod descriptions;

use std::sync::OnceLock;
use std::time::Instant;

use broker::ClusterStats;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_process::Collector;
use ws_gateway::Stats;

/// The metrics of this process.
#[derive(Clone)]
pub(crate) struct Metrics {
    handle: PrometheusHandle,
    /// Memory, processor time and open files, as the system counts them.
    process: Collector,
    started: Instant,
}

impl Metrics {
    /// The one registry of the process; whatever the crates count through the `metrics` facade
    /// ends up in it.
    pub(crate) fn install() -> Self {
        static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
        let handle = HANDLE.get_or_init(|| {
            let recorder = buckets(PrometheusBuilder::new()).build_recorder();
            let handle = recorder.handle();
            // Only fails when somebody else was first; then theirs counts and ours stays empty.
            let _ = metrics::set_global_recorder(recorder);
            descriptions::describe();
            begin();
            Collector::default().describe();
            handle
        });
        Self {
            handle: handle.clone(),
            process: Collector::default(),
            started: Instant::now(),
        }
    }

    /// All metrics as text, with the gateway's numbers of this moment.
    pub(crate) fn render(&self, gateway: &Stats, cluster: Option<&ClusterStats>) -> String {
        metrics::gauge!("banter_uptime_seconds").set(self.started.elapsed().as_secs_f64());
        self.process.collect();
        record(gateway);
        if let Some(cluster) = cluster {
            record_cluster(cluster);
        }
        self.handle.render()
    }

    /// Puts together what was counted since; without it memory grows between two readings.
    pub(crate) fn tidy(&self) {
        self.handle.run_upkeep();
    }
}

/// Counts of connections fit into a float: nobody has 2^53 of them.
#[expect(
    clippy::cast_precision_loss,
    reason = "gauges are floats, and these numbers are small"
)]
fn record(gateway: &Stats) {
    metrics::gauge!("banter_ws_connections").set(gateway.connections as f64);
    metrics::gauge!("banter_ws_signed_in").set(gateway.signed_in as f64);
    metrics::gauge!("banter_fanout_waiting").set(gateway.waiting as f64);
    metrics::counter!("banter_ws_accepted_total").absolute(gateway.accepted);
    metrics::counter!("banter_ws_refused_total").absolute(gateway.refused);
    metrics::counter!("banter_ws_calls_total").absolute(gateway.calls);
    metrics::counter!("banter_ws_pushes_total").absolute(gateway.pushes);
    metrics::counter!("banter_ws_dropped_total").absolute(gateway.dropped);
    metrics::counter!("banter_ws_slow_total").absolute(gateway.slow);
    metrics::counter!("banter_ws_ended_total").absolute(gateway.ended);
    metrics::counter!("banter_ws_panics_total").absolute(gateway.panics);
}

#[expect(
    clippy::cast_precision_loss,
    reason = "gauges are floats, and these numbers are small"
)]
fn record_cluster(cluster: &ClusterStats) {
    metrics::gauge!("banter_cluster_connected").set(if cluster.is_connected { 1.0 } else { 0.0 });
    metrics::gauge!("banter_cluster_other_nodes").set(cluster.others as f64);
    metrics::gauge!("banter_cluster_lag_seconds").set(cluster.lag.as_secs_f64());
    metrics::counter!("banter_cluster_published_total").absolute(cluster.published);
    metrics::counter!("banter_cluster_received_total").absolute(cluster.received);
    metrics::counter!("banter_cluster_dropped_total").absolute(cluster.dropped);
    metrics::counter!("banter_cluster_unreadable_total").absolute(cluster.unreadable);
    metrics::counter!("banter_cluster_postponed_total").absolute(cluster.postponed);
    metrics::counter!("banter_cluster_healed_total").absolute(cluster.healed);
}

/// Where what is measured is cut into classes. A histogram that is named here is one that several
/// nodes' figures can be added up of.
fn buckets(builder: PrometheusBuilder) -> PrometheusBuilder {
    let changes = [1.0, 4.0, 16.0, 64.0, 256.0, 1024.0];
    let seconds = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0];
    // A series of each of these has its own classes, so there are fewer.
    let by_route = [0.001, 0.005, 0.02, 0.1, 0.5, 2.0, 10.0];
    let named = |name: &str| Matcher::Full(name.to_owned());
    let classes: [(&str, &[f64]); 5] = [
        ("banter_commit_changes", &changes),
        ("banter_commit_seconds", &seconds),
        ("banter_fanout_seconds", &seconds),
        ("banter_ws_call_seconds", &by_route),
        ("banter_http_request_seconds", &by_route),
    ];
    // Fails for empty lists only.
    classes
        .into_iter()
        .try_fold(builder, |builder, (name, classes)| {
            builder.set_buckets_for_metric(named(name), classes)
        })
        .unwrap_or_default()
}

/// What is there from the start. A counter that comes into being with its first event looks as if it
/// had always been that high.
fn begin() {
    metrics::gauge!("banter_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    metrics::counter!("banter_changes_refused_total").absolute(0);
    metrics::counter!("banter_http_panics_total").absolute(0);
    metrics::counter!("banter_messages_total").absolute(0);
    metrics::gauge!("banter_changes_waiting").set(0.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_names_version_and_uptime() {
        let metrics = Metrics::install();
        metrics.tidy();
        let text = metrics.render(
            &Stats {
                connections: 3,
                ..Stats::default()
            },
            Some(&ClusterStats {
                others: 2,
                ..ClusterStats::default()
            }),
        );
        assert!(text.contains("banter_cluster_other_nodes 2"), "{text}");
        assert!(
            text.contains(&format!(
                "banter_build_info{{version=\"{}\"}} 1",
                env!("CARGO_PKG_VERSION")
            )),
            "{text}"
        );
        assert!(text.contains("# TYPE banter_uptime_seconds gauge"), "{text}");
        assert!(text.contains("banter_ws_connections 3"), "{text}");
    }
}
