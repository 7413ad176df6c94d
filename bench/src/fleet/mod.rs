//! Many clients on one thread: one poll, one buffer, no tasks.

mod connection;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use mio::{Events, Interest, Poll, Token};

use crate::dialect::{Dialect, Heard, Seat, Stage};
use crate::stamp::Stamps;
use connection::{Common, Connection};

const BUFFER: usize = 256 * 1024;
const EVENTS: usize = 4096;
/// Connections that are being set up at once; more would overflow the servers' backlog.
const AT_ONCE: usize = 64;
/// How long anything that should happen soon may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// Nothing more is on its way when nothing came for so long.
const QUIET: Duration = Duration::from_millis(200);

/// Clients of one server.
pub(crate) struct Fleet {
    address: SocketAddr,
    poll: Poll,
    events: Events,
    connections: Vec<Connection>,
    common: Common,
}

impl Fleet {
    pub(crate) fn new(address: SocketAddr, dialect: Box<dyn Dialect>) -> Result<Self> {
        Ok(Self {
            address,
            poll: Poll::new()?,
            events: Events::with_capacity(EVENTS),
            connections: Vec::new(),
            common: Common {
                dialect,
                buffer: vec![0; BUFFER],
                ages: None,
                stamps: Stamps::new(),
                bytes: 0,
                heard_at: Instant::now(),
            },
        })
    }

    /// Connects a client from each seat, and returns when all are ready.
    pub(crate) fn connect(&mut self, seats: &[Seat]) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let target = self.connections.len() + seats.len();
        let mut seats = seats.iter();
        let mut in_work: Vec<usize> = Vec::new();
        while self.connections.len() < target || !in_work.is_empty() {
            in_work.retain(|index| self.connections[*index].stage != Stage::Ready);
            for seat in seats.by_ref().take(AT_ONCE - in_work.len()) {
                in_work.push(self.add(seat)?);
            }
            self.turn(QUIET)?;
            ensure!(
                Instant::now() < deadline,
                "{} connections never became ready",
                in_work.len()
            );
        }
        self.settle()
    }

    fn add(&mut self, seat: &Seat) -> Result<usize> {
        let index = self.connections.len();
        let mut connection = Connection::open(self.address, seat.clone())?;
        self.poll.registry().register(
            &mut connection.stream,
            Token(index),
            Interest::READABLE | Interest::WRITABLE,
        )?;
        self.connections.push(connection);
        Ok(index)
    }

    /// Reads on until nothing comes any more but heartbeats, of which many connections always have
    /// some.
    pub(crate) fn settle(&mut self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        self.common.heard_at = Instant::now();
        while self.common.heard_at.elapsed() < QUIET {
            self.turn(QUIET)?;
            ensure!(Instant::now() < deadline, "the server does not come to rest");
        }
        Ok(())
    }

    /// Waits for the servers' words, but not longer than `longest`, and tells what each
    /// connection heard.
    pub(crate) fn turn(&mut self, longest: Duration) -> Result<Vec<(usize, Heard)>> {
        let mut all_heard = Vec::new();
        match self.poll.poll(&mut self.events, Some(longest)) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => return Ok(all_heard),
            other => other?,
        }
        for event in &self.events {
            let index = event.token().0;
            let connection = &mut self.connections[index];
            let mut heard = Heard::default();
            if event.is_writable() {
                connection
                    .connected(&*self.common.dialect)
                    .and_then(|()| connection.write())
                    .with_context(|| format!("connection {index}"))?;
            }
            if event.is_readable() {
                connection
                    .read(&mut self.common, &mut heard)
                    .with_context(|| format!("connection {index}"))?;
            }
            if heard != Heard::default() {
                all_heard.push((index, heard));
            }
        }
        Ok(all_heard)
    }

    /// Says a text in the room of a connection; `moment` is when it was to be said.
    pub(crate) fn say(&mut self, index: usize, moment: Instant) -> Result<()> {
        let connection = &mut self.connections[index];
        let text = self.common.stamps.text(moment);
        let message = self.common.dialect.say(&connection.seat, &text)?;
        connection.say(self.common.dialect.opcode(), &message)
    }

    /// Sends the cheap request.
    pub(crate) fn ask(&mut self, index: usize) -> Result<()> {
        let message = self.common.dialect.ask()?;
        self.connections[index].say(self.common.dialect.opcode(), &message)
    }

    /// Lets a connection read nothing any more.
    pub(crate) fn go_deaf(&mut self, index: usize) -> Result<()> {
        self.connections[index].go_deaf()
    }

    /// Begins to note the age of each delivery, in microseconds.
    pub(crate) fn watch_ages(&mut self) {
        self.common.ages = Some(Vec::new());
    }

    /// Stops to, and returns what was noted.
    pub(crate) fn take_ages(&mut self) -> Vec<u32> {
        self.common.ages.take().unwrap_or_default()
    }

    /// Bytes that were read so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.common.bytes
    }

    pub(crate) fn len(&self) -> usize {
        self.connections.len()
    }

    /// Ends all connections.
    pub(crate) fn disconnect(&mut self) {
        self.connections.clear();
    }
}
