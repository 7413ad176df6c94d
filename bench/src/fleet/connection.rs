//! One client: its socket, how far it has come, and what could not be written or read yet.

use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use mio::net::TcpStream;
use socket2::{Domain, Socket, Type};

use crate::dialect::{Dialect, Heard, Listener, Seat, Stage};
use crate::frame::{FrameWalker, Opcode, write_frame};
use crate::stamp::Stamps;

const END_OF_HEAD: &[u8] = b"\r\n\r\n";
/// Most bytes that a heartbeat has, in any dialect.
const HEARTBEAT: usize = 16;
/// The receive buffer of a client that reads nothing; the kernel rounds it up.
const DEAF_BUFFER: usize = 4096;

/// What a connection shares with all others.
pub(super) struct Common {
    pub(super) dialect: Box<dyn Dialect>,
    /// Reads go here. Its front takes what was left over from the last read.
    pub(super) buffer: Vec<u8>,
    /// Set while ages are wanted; finding them costs time.
    pub(super) ages: Option<Vec<u32>>,
    pub(super) stamps: Stamps,
    pub(super) bytes: u64,
    /// When there was more to read than a heartbeat.
    pub(super) heard_at: Instant,
}

pub(super) struct Connection {
    pub(super) stream: TcpStream,
    pub(super) seat: Seat,
    pub(super) stage: Stage,
    is_upgraded: bool,
    is_asked: bool,
    is_deaf: bool,
    walker: FrameWalker,
    left_over: Vec<u8>,
    unwritten: Vec<u8>,
}

impl Connection {
    pub(super) fn open(address: SocketAddr, seat: Seat) -> Result<Self> {
        let socket = Socket::new(Domain::for_address(address), Type::STREAM, None)?;
        socket.set_nonblocking(true)?;
        socket.set_tcp_nodelay(true)?;
        match socket.connect(&address.into()) {
            Err(error) if error.kind() != ErrorKind::WouldBlock && error.raw_os_error() != Some(EINPROGRESS) => {
                return Err(error).context("cannot connect");
            }
            _ => {}
        }
        Ok(Self {
            stream: TcpStream::from_std(socket.into()),
            seat,
            stage: Stage::Greeting,
            is_upgraded: false,
            is_asked: false,
            is_deaf: false,
            walker: FrameWalker::default(),
            left_over: Vec::new(),
            unwritten: Vec::new(),
        })
    }

    /// From now on nothing is read any more.
    pub(super) fn go_deaf(&mut self) -> Result<()> {
        socket2::SockRef::from(&self.stream).set_recv_buffer_size(DEAF_BUFFER)?;
        self.is_deaf = true;
        Ok(())
    }

    pub(super) fn say(&mut self, opcode: Opcode, message: &[u8]) -> Result<()> {
        write_frame(opcode, message, &mut self.unwritten);
        self.write()
    }

    /// Writes what waits. The first time that is possible, it asks for the upgrade.
    pub(super) fn write(&mut self) -> Result<()> {
        while !self.unwritten.is_empty() {
            match self.stream.write(&self.unwritten) {
                Ok(written) => drop(self.unwritten.drain(..written)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) if self.is_deaf => self.unwritten.clear(),
                Err(error) => return Err(error).context("cannot write"),
            }
        }
        Ok(())
    }

    /// Asks for the upgrade once the socket is connected.
    pub(super) fn connected(&mut self, dialect: &dyn Dialect) -> Result<()> {
        if self.is_asked {
            return Ok(());
        }
        if let Some(error) = self.stream.take_error()? {
            return Err(error).context("cannot connect");
        }
        let Ok(peer) = self.stream.peer_addr() else {
            return Ok(());
        };
        self.is_asked = true;
        self.unwritten.extend_from_slice(
            format!(
                "GET {} HTTP/1.1\r\nHost: {peer}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
                 Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                dialect.path()
            )
            .as_bytes(),
        );
        self.write()
    }

    /// Reads until the socket has no more.
    pub(super) fn read(&mut self, common: &mut Common, heard: &mut Heard) -> Result<()> {
        while !self.is_deaf {
            let left_over = self.left_over.len();
            if common.buffer.len() < left_over * 2 {
                common.buffer.resize(left_over * 2, 0);
            }
            common.buffer[..left_over].copy_from_slice(&self.left_over);
            self.left_over.clear();
            let read = match self.stream.read(&mut common.buffer[left_over..]) {
                Ok(0) => bail!("the server ended a connection"),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::WouldBlock => 0,
                Err(error) if error.kind() == ErrorKind::Interrupted => 0,
                Err(error) => return Err(error).context("cannot read"),
            };
            common.bytes += read as u64;
            if read > HEARTBEAT {
                common.heard_at = Instant::now();
            }
            let filled = left_over + read;
            let used = self.take(filled, common, heard)?;
            self.left_over.extend_from_slice(&common.buffer[used..filled]);
            if self.left_over.is_empty() {
                // Thousands of idle connections should not hold buffers.
                self.left_over = Vec::new();
            }
            // A read that did not fill the buffer has emptied the socket (epoll(7), question 9);
            // asking again would double the calls of the generator.
            if filled < common.buffer.len() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Takes what is whole at the front of the buffer, and returns its length.
    fn take(&mut self, filled: usize, common: &mut Common, heard: &mut Heard) -> Result<usize> {
        let mut used = 0;
        if !self.is_upgraded {
            let Some(length) = head_length(&common.buffer[..filled])? else {
                return Ok(0);
            };
            used = length;
            self.is_upgraded = true;
            if let Some(greeting) = common.dialect.greeting(&self.seat)? {
                self.say(common.dialect.opcode(), &greeting)?;
            }
        }
        let Common {
            dialect,
            buffer,
            ages,
            stamps,
            ..
        } = common;
        let mut replies = Vec::new();
        let mut pongs = Vec::new();
        let now = Instant::now();
        let mut on_delivery = |delivery: &[u8]| {
            if let Some(ages) = ages
                && let Some(age) = stamps.age(delivery, now)
            {
                ages.push(u32::try_from(age.as_micros()).unwrap_or(u32::MAX));
            }
        };
        let mut listener = Listener {
            stage: &mut self.stage,
            seat: &self.seat,
            heard,
            replies: &mut replies,
            on_delivery: &mut on_delivery,
        };
        used += self
            .walker
            .walk(&buffer[used..filled], |opcode, payload| match opcode {
                Opcode::Text | Opcode::Binary => dialect.receive(payload, &mut listener),
                Opcode::Ping => {
                    pongs.push(payload.to_vec());
                    Ok(())
                }
                Opcode::Pong => Ok(()),
                Opcode::Close => bail!(
                    "closed: {}",
                    String::from_utf8_lossy(payload.get(2..).unwrap_or_default())
                ),
            })?;
        let opcode = dialect.opcode();
        for reply in replies {
            self.say(opcode, &reply)?;
        }
        for pong in pongs {
            self.say(Opcode::Pong, &pong)?;
        }
        Ok(used)
    }
}

/// Linux's code for a connect that goes on in the background.
const EINPROGRESS: i32 = 115;

/// Where the answer to the upgrade ends.
fn head_length(bytes: &[u8]) -> Result<Option<usize>> {
    let Some(at) = memchr::memmem::find(bytes, END_OF_HEAD) else {
        return Ok(None);
    };
    if !bytes.starts_with(b"HTTP/1.1 101 ") {
        bail!("no upgrade: {}", String::from_utf8_lossy(&bytes[..at]));
    }
    Ok(Some(at + END_OF_HEAD.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_ends_at_its_empty_line_and_must_accept() {
        let whole = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x82\x00";
        assert_eq!(head_length(whole).unwrap(), Some(whole.len() - 2));
        assert_eq!(head_length(&whole[..20]).unwrap(), None);
        assert!(head_length(b"HTTP/1.1 503 Service Unavailable\r\n\r\n").is_err());
    }
}
