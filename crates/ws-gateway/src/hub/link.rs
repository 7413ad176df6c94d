//! What the hub and a connection share: the outbox, and the way to the socket.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use wire::message::Form;

use super::shard::ShardId;
use crate::transport::{Outbox, Transport, Written};

/// The part of a connection that every thread may touch.
pub(crate) struct Handle {
    /// Unique in this process.
    pub(crate) id: u64,
    /// The thread that owns the connection.
    pub(crate) shard: ShardId,
    /// What waits to be written.
    pub(crate) outbox: Outbox,
    form: OnceLock<Form>,
}

impl Handle {
    pub(crate) fn new(id: u64, shard: ShardId, outbox: Outbox) -> Self {
        Self {
            id,
            shard,
            outbox,
            form: OnceLock::new(),
        }
    }

    /// Agrees on the form in which the client reads messages; what was agreed on first stays.
    pub(crate) fn agree_on(&self, form: Form) -> Form {
        *self.form.get_or_init(|| form)
    }

    /// The form in which the client reads messages: by now, and so for good, the full one if no
    /// other was agreed on.
    pub(crate) fn form(&self) -> Form {
        self.agree_on(Form::Full)
    }
}

/// A connection as its own thread knows it.
pub(crate) struct Link {
    pub(crate) handle: Arc<Handle>,
    /// `None` once the connection has ended: whoever still holds the link holds no socket.
    transport: RefCell<Option<Rc<dyn Transport>>>,
    /// It is in the list of those that are written at the end of the turn.
    pub(super) is_listed: Cell<bool>,
    /// The socket takes nothing for now; the connection's task waits for it.
    is_blocked: Cell<bool>,
    /// The HTTP layer writes what waits.
    pub(super) is_written_elsewhere: bool,
}

impl Link {
    pub(crate) fn new(handle: Arc<Handle>, transport: Rc<dyn Transport>) -> Self {
        Self {
            handle,
            is_written_elsewhere: transport.writes_by_itself(),
            transport: RefCell::new(Some(transport)),
            is_listed: Cell::new(false),
            is_blocked: Cell::new(false),
        }
    }

    /// The connection has ended.
    pub(crate) fn close(&self) {
        self.transport.take();
    }

    pub(crate) fn is_blocked(&self) -> bool {
        self.is_blocked.get()
    }

    /// Writes what waits. What a socket does not take at once is left to the connection's task,
    /// which waits for the socket.
    pub(crate) fn write(&self) {
        let transport = self.transport.borrow();
        let Some(transport) = &*transport else { return };
        let is_blocked = transport.write(&self.handle.outbox) == Written::Blocked;
        if is_blocked && !self.is_blocked.get() {
            self.handle.outbox.nudge();
        }
        self.is_blocked.set(is_blocked);
    }
}
