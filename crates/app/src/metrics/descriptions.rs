//! What each metric is, in the words that stand in front of it.

use Kind::{Counter, Gauge, Histogram};
use metrics::{describe_counter, describe_gauge, describe_histogram};

/// How a metric behaves.
enum Kind {
    /// It only rises.
    Counter,
    /// It rises and falls.
    Gauge,
    /// How often something was how large.
    Histogram,
}

const ALL: &[(Kind, &str, &str)] = &[
    (
        Gauge,
        "banter_build_info",
        "Always 1; its label says which version runs.",
    ),
    (Gauge, "banter_uptime_seconds", "Seconds since this server was started."),
    (Counter, "banter_messages_total", "Messages that were stored."),
    (
        Counter,
        "banter_errors_total",
        "Refused requests and calls, by edge and code.",
    ),
    (Counter, "banter_http_panics_total", "Requests that failed by a defect."),
    (
        Histogram,
        "banter_http_request_seconds",
        "Time of requests, by method and route.",
    ),
    (
        Histogram,
        "banter_ws_call_seconds",
        "Time of calls over sockets, by route.",
    ),
    (Gauge, "banter_ws_connections", "Open WebSocket connections."),
    (Gauge, "banter_ws_signed_in", "Those of them that are signed in."),
    (
        Counter,
        "banter_ws_accepted_total",
        "WebSocket upgrades that were accepted.",
    ),
    (
        Counter,
        "banter_ws_refused_total",
        "Upgrades refused for their origin or because the node is full.",
    ),
    (Counter, "banter_ws_calls_total", "Calls from WebSocket clients."),
    (Counter, "banter_ws_pushes_total", "Pushes handed to connections."),
    (
        Counter,
        "banter_ws_dropped_total",
        "Typing and presence pushes left out under pressure.",
    ),
    (
        Counter,
        "banter_ws_slow_total",
        "Connections ended because they read too slowly.",
    ),
    (
        Counter,
        "banter_ws_ended_total",
        "Connections that the server ended for another reason.",
    ),
    (Counter, "banter_ws_panics_total", "Handlers that panicked."),
    (
        Gauge,
        "banter_fanout_waiting",
        "What waits to be told to connections, for the worker thread with most of it.",
    ),
    (
        Histogram,
        "banter_fanout_seconds",
        "From the commit of a change until those of one worker thread were written to.",
    ),
    (Histogram, "banter_commit_changes", "Changes in one commit."),
    (Histogram, "banter_commit_seconds", "Time of one commit."),
    (
        Gauge,
        "banter_changes_waiting",
        "Changes of rooms that wait for the next commit.",
    ),
    (
        Counter,
        "banter_changes_refused_total",
        "Changes refused with 503 because too many waited.",
    ),
    (
        Gauge,
        "banter_cluster_connected",
        "1 while Redis answers, 0 while it does not.",
    ),
    (Gauge, "banter_cluster_other_nodes", "Other nodes that are alive."),
    (
        Gauge,
        "banter_cluster_lag_seconds",
        "How long the last sign of life took through Redis and back.",
    ),
    (
        Counter,
        "banter_cluster_published_total",
        "Events and signs of life sent to other nodes.",
    ),
    (
        Counter,
        "banter_cluster_received_total",
        "Those that came from other nodes.",
    ),
    (
        Counter,
        "banter_cluster_dropped_total",
        "Those that could not be sent; the others read what they miss from the database.",
    ),
    (
        Counter,
        "banter_cluster_unreadable_total",
        "Those that could not be read.",
    ),
    (
        Counter,
        "banter_cluster_postponed_total",
        "Events of others that were not told when they came, but later, from the database or not at all.",
    ),
    (
        Counter,
        "banter_cluster_healed_total",
        "Changes told from the database, since their event did not come.",
    ),
];

/// Tells the recorder of all of them.
pub(super) fn describe() {
    for (kind, name, text) in ALL {
        match kind {
            Counter => describe_counter!(*name, *text),
            Gauge => describe_gauge!(*name, *text),
            Histogram => describe_histogram!(*name, *text),
        }
    }
}
