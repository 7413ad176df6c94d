//! Traces: what a request, a call or a commit spent its time on, for whoever collects them.
//!
//! Spans of ours have the target `trace`, those of single queries come from sea-orm. Both stay out
//! of the log, and cost nothing while nobody collects them.

use std::time::Duration;

use anyhow::{Context as _, Result};
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use crate::config::Traces;

/// The target of our spans.
pub(crate) const TARGET: &str = "trace";
/// Where the spans of queries come from.
const QUERIES: &str = "sea_orm";
/// What a collector calls us, unless `OTEL_SERVICE_NAME` says otherwise.
const SERVICE: &str = "banter";
/// How long the last traces may take to be sent when the server ends.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Sends traces from a thread of its own. What waits is sent when it is dropped.
#[derive(Debug)]
pub(crate) struct Collector(SdkTracerProvider);

impl Drop for Collector {
    fn drop(&mut self) {
        // Whoever collects them may be gone; the server ends all the same.
        let _ = self.0.shutdown_with_timeout(LAST_WORDS);
    }
}

/// The way to the collector, if the operator named one. Headers for it are taken from
/// `OTEL_EXPORTER_OTLP_HEADERS`, as by every program that sends OTLP.
///
/// # Errors
/// When the address cannot be used.
pub(crate) fn layer<S>(traces: &Traces) -> Result<Option<(impl Layer<S> + Send + Sync, Collector)>>
where
    S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
{
    let endpoint = traces.endpoint.expose();
    if endpoint.is_empty() {
        return Ok(None);
    }
    let exporter = SpanExporter::builder()
        .with_http()
        .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
        .build()
        .context("traces cannot be sent to traces.endpoint")?;
    let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
    let named = std::env::var_os("OTEL_SERVICE_NAME").is_some();
    let resource = Resource::builder().with_attribute(version);
    let resource = if named {
        resource
    } else {
        resource.with_service_name(SERVICE)
    };
    let provider = SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(
            traces.sample,
        ))))
        .with_resource(resource.build())
        .build();
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer(SERVICE))
        .with_location(false)
        .with_threads(false)
        .with_tracked_inactivity(false)
        .with_filter(dynamic_filter_fn(is_told));
    Ok(Some((layer, Collector(provider))))
}

/// Ours, and the queries inside of them: those of the housekeeping would be traces of their own,
/// every second.
fn is_told<S>(metadata: &Metadata<'_>, context: &Context<'_, S>) -> bool
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let target = metadata.target();
    target == TARGET
        || target.starts_with(QUERIES) && *metadata.level() == Level::INFO && context.lookup_current().is_some()
}
