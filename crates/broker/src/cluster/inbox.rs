//! What Redis has brought and nobody has looked at yet: bounded, since nobody can be asked to wait.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use redis::aio::{AsyncPushSender, SendError};
use redis::{PushInfo, PushKind, Value};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Most bytes that wait; what comes on top is lost, and read from the database.
const BYTES_MAX: usize = 64 << 20;
/// What a push takes besides its words.
const PUSH_BYTES: usize = 256;

/// The end at which it is taken out.
pub(super) struct Inbox {
    pushes: UnboundedReceiver<PushInfo>,
    waiting: Arc<Waiting>,
}

/// The end at which it is put in.
pub(super) struct Slot {
    pushes: UnboundedSender<PushInfo>,
    waiting: Arc<Waiting>,
}

#[derive(Default)]
struct Waiting {
    bytes: AtomicUsize,
    has_lost: AtomicBool,
}

/// An empty inbox.
pub(super) fn inbox() -> (Slot, Inbox) {
    let (sender, receiver) = unbounded_channel();
    let waiting = Arc::new(Waiting::default());
    let slot = Slot {
        pushes: sender,
        waiting: Arc::clone(&waiting),
    };
    let inbox = Inbox {
        pushes: receiver,
        waiting,
    };
    (slot, inbox)
}

impl AsyncPushSender for Slot {
    fn send(&self, push: PushInfo) -> Result<(), SendError> {
        let bytes = weight(&push);
        let waiting = &self.waiting;
        if waiting.bytes.load(Relaxed).saturating_add(bytes) > BYTES_MAX && is_message(&push) {
            waiting.has_lost.store(true, Relaxed);
            return Ok(());
        }
        waiting.bytes.fetch_add(bytes, Relaxed);
        self.pushes.send(push).map_err(|_| SendError)
    }
}

impl Inbox {
    /// The next push; `None` once the connection is gone.
    pub(super) async fn next(&mut self) -> Option<PushInfo> {
        let push = self.pushes.recv().await?;
        self.waiting.bytes.fetch_sub(weight(&push), Relaxed);
        Some(push)
    }

    /// Whether something was lost since this was last asked.
    pub(super) fn has_lost(&self) -> bool {
        self.waiting.has_lost.swap(false, Relaxed)
    }
}

/// What the connection says of itself is never lost.
fn is_message(push: &PushInfo) -> bool {
    matches!(push.kind, PushKind::Message | PushKind::SMessage)
}

fn weight(push: &PushInfo) -> usize {
    let words = push.data.iter().map(|value| match value {
        Value::BulkString(bytes) => bytes.len(),
        _ => 0,
    });
    words.sum::<usize>() + PUSH_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(kind: PushKind, bytes: usize) -> PushInfo {
        PushInfo {
            kind,
            data: vec![Value::BulkString(vec![0; bytes])],
        }
    }

    #[tokio::test]
    async fn what_does_not_fit_is_lost_and_known_to_be() {
        let (slot, mut inbox) = inbox();
        let mib = 1 << 20;
        for _ in 0..100 {
            slot.send(push(PushKind::Message, mib)).unwrap();
        }
        slot.send(push(PushKind::Disconnection, 0)).unwrap();
        assert!(inbox.has_lost() && !inbox.has_lost());
        let mut heard = 0;
        while inbox.next().await.unwrap().kind == PushKind::Message {
            heard += 1;
        }
        assert_eq!(heard, 63, "with what they take besides");
        slot.send(push(PushKind::SMessage, mib)).unwrap();
        assert!(!inbox.has_lost(), "there is room again");
    }
}
