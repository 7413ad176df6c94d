//! The way straight to the socket: nothing stands between a connection and the kernel, and an
//! idle connection keeps no buffers.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::Shutdown;
use std::task::{Context, Poll, ready};

use actix_web::rt::net::TcpStream;
use bytes::{Bytes, BytesMut};
use socket2::SockRef;

use super::{Outbox, Transport, Written, kill};

/// Most bytes that are read from one socket before the others have their turn.
const READ_BYTES: usize = 16 * 1024;

thread_local! {
    /// Where bytes are read to: one buffer for all connections of a thread.
    static SCRATCH: RefCell<Box<[u8]>> = RefCell::new(vec![0; READ_BYTES].into_boxed_slice());
}

/// A connection with a socket of its own.
pub(crate) struct SocketTransport {
    stream: TcpStream,
    /// What the client sent behind its upgrade's request, before anybody asked.
    early: Cell<Bytes>,
}

impl SocketTransport {
    /// Takes a socket over together with what was already read from it.
    pub(crate) fn new(stream: TcpStream, early: BytesMut) -> Self {
        kill::tune(SockRef::from(&stream));
        Self {
            stream,
            early: Cell::new(early.freeze()),
        }
    }

    /// The next bytes from the client; `None` once it has closed its side.
    pub(super) fn poll_read(&self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let early = self.early.take();
        if !early.is_empty() {
            return Poll::Ready(Some(Ok(early)));
        }
        loop {
            if let Err(error) = ready!(self.stream.poll_read_ready(context)) {
                return Poll::Ready(Some(Err(error)));
            }
            let read = SCRATCH.with_borrow_mut(|scratch| {
                let count = self.stream.try_read(scratch)?;
                Ok(Bytes::copy_from_slice(scratch.get(..count).unwrap_or_default()))
            });
            match read {
                Ok(bytes) if bytes.is_empty() => return Poll::Ready(None),
                // Readiness was a guess; try_read has taken it back.
                Err(error) if io::Error::kind(&error) == io::ErrorKind::WouldBlock => {}
                other => return Poll::Ready(Some(other)),
            }
        }
    }
}

impl Transport for SocketTransport {
    fn write(&self, outbox: &Outbox) -> Written {
        outbox.write(|bytes| self.stream.try_write(bytes))
    }

    fn poll_writable(&self, context: &mut Context<'_>) -> Poll<()> {
        // An error shows again with the write.
        self.stream.poll_write_ready(context).map(drop)
    }

    fn finish(&self) {
        // RFC 6455, section 7.1.1: the server closes first.
        let _ = SockRef::from(&self.stream).shutdown(Shutdown::Write);
    }

    fn kill(&self) {
        // The peer may have been quicker.
        let _ = SockRef::from(&self.stream).shutdown(Shutdown::Both);
    }
}
