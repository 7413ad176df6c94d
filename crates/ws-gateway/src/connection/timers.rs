//! The clock of one connection: handshake and sign-in in time, heartbeats, silence.

use std::time::Duration;

use tokio::time::Instant;

use crate::ending::Ending;
use crate::options::GatewayOptions;

/// Heartbeats after which a silent client is given up. Browser clients leave gaps of two
/// (docs/protocol.md, section 5).
const SILENT_HEARTBEATS: u32 = 3;

/// What the clock asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// A heartbeat.
    Heartbeat,
    /// The end.
    End(Ending),
}

/// The clock of one connection.
pub(super) struct Timers {
    heartbeat: Duration,
    auth_timeout: Duration,
    /// Until when handshake and ack must have come; `None` once they have.
    ready_by: Option<Instant>,
    /// Until when somebody must be signed in; set by the first handshake or ack.
    signed_in_by: Option<Instant>,
    next_heartbeat: Option<Instant>,
    heard_at: Instant,
}

impl Timers {
    pub(super) fn new(options: &GatewayOptions, now: Instant) -> Self {
        Self {
            heartbeat: options.heartbeat,
            auth_timeout: options.auth_timeout,
            ready_by: Some(now + options.handshake_timeout),
            signed_in_by: None,
            next_heartbeat: None,
            heard_at: now,
        }
    }

    /// A packet has come.
    pub(super) fn heard(&mut self, now: Instant) {
        self.heard_at = now;
    }

    /// A handshake was answered.
    pub(super) fn shaken_hands(&mut self, now: Instant) {
        self.signed_in_by.get_or_insert(now + self.auth_timeout);
    }

    /// An ack has come: a heartbeat goes out at once, then one after each interval.
    pub(super) fn ready(&mut self, now: Instant) {
        self.ready_by = None;
        self.signed_in_by.get_or_insert(now + self.auth_timeout);
        self.next_heartbeat.get_or_insert(now + self.heartbeat);
    }

    /// When to ask again.
    pub(super) fn next(&self, is_bound: bool) -> Instant {
        [
            self.ready_by,
            self.signed_in_by.filter(|_| !is_bound),
            self.next_heartbeat,
        ]
        .into_iter()
        .flatten()
        .fold(self.silent_at(), Instant::min)
    }

    /// What is due by now.
    pub(super) fn due(&mut self, is_bound: bool, now: Instant) -> Option<Due> {
        let has_passed = |deadline: Option<Instant>| deadline.is_some_and(|deadline| deadline <= now);
        if has_passed(self.ready_by) {
            return Some(Due::End(Ending::HandshakeTimeout));
        }
        if !is_bound && has_passed(self.signed_in_by) {
            return Some(Due::End(Ending::AuthTimeout));
        }
        if self.silent_at() <= now {
            return Some(Due::End(Ending::HeartbeatTimeout));
        }
        if has_passed(self.next_heartbeat) {
            self.next_heartbeat = Some(now + self.heartbeat);
            return Some(Due::Heartbeat);
        }
        None
    }

    /// More than three heartbeats after the last packet.
    fn silent_at(&self) -> Instant {
        self.heard_at + self.heartbeat * SILENT_HEARTBEATS + self.heartbeat / 10
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEARTBEAT: Duration = Duration::from_secs(15);

    fn timers() -> (Timers, Instant) {
        let start = Instant::now();
        (Timers::new(&GatewayOptions::default(), start), start)
    }

    fn after(start: Instant, seconds: u64) -> Instant {
        start + Duration::from_secs(seconds)
    }

    #[test]
    fn handshake_and_ack_have_five_seconds() {
        let (mut timers, start) = timers();
        timers.shaken_hands(after(start, 1));
        assert_eq!(timers.next(false), after(start, 5));
        assert_eq!(timers.due(false, after(start, 4)), None);
        assert_eq!(
            timers.due(false, after(start, 5)),
            Some(Due::End(Ending::HandshakeTimeout))
        );
    }

    #[test]
    fn signing_in_has_ten_seconds_from_the_first_handshake_on() {
        let (mut timers, start) = timers();
        timers.shaken_hands(after(start, 1));
        timers.ready(after(start, 1));
        timers.shaken_hands(after(start, 9));
        assert_eq!(timers.due(false, after(start, 10)), None);
        assert_eq!(timers.due(false, after(start, 11)), Some(Due::End(Ending::AuthTimeout)));
        assert_eq!(timers.due(true, after(start, 11)), None);
    }

    #[test]
    fn heartbeats_come_one_interval_apart() {
        let (mut timers, start) = timers();
        timers.ready(start);
        assert_eq!(timers.next(true), start + HEARTBEAT);
        assert_eq!(timers.due(true, start + HEARTBEAT), Some(Due::Heartbeat));
        assert_eq!(timers.due(true, start + HEARTBEAT), None);
        assert_eq!(timers.next(true), start + HEARTBEAT * 2);
    }

    #[test]
    fn a_gap_of_three_heartbeats_is_forgiven_and_a_longer_one_is_not() {
        let (mut timers, start) = timers();
        timers.ready(start);
        timers.heard(after(start, 2));
        let silent = after(start, 2) + HEARTBEAT * 3;
        assert_ne!(timers.due(true, silent), Some(Due::End(Ending::HeartbeatTimeout)));
        assert_eq!(
            timers.due(true, silent + HEARTBEAT),
            Some(Due::End(Ending::HeartbeatTimeout))
        );
    }
}
