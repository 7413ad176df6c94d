//! What a span of work cost the server, and whether the generator kept up.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::procfs::cpu_time;

const SLICE: Duration = Duration::from_millis(300);
/// How much longer than the time it is to spend a server may take for it.
const PATIENCE: u32 = 4;

/// Processor time that a server is to spend, however busy the machine is.
pub(crate) struct Budget {
    server: u32,
    enough: Duration,
    latest: Instant,
}

impl Budget {
    pub(crate) fn new(server: u32, time: Duration) -> Result<Self> {
        Ok(Self {
            server,
            enough: cpu_time(server)? + time,
            latest: Instant::now() + time * PATIENCE,
        })
    }

    pub(crate) fn is_left(&self) -> Result<bool> {
        Ok(cpu_time(self.server)? < self.enough && Instant::now() < self.latest)
    }

    /// Lets the server work until it is spent.
    pub(crate) fn spend(&self, mut work: impl FnMut(Duration) -> Result<()>) -> Result<()> {
        while self.is_left()? {
            work(SLICE)?;
        }
        Ok(())
    }
}

/// Lets a server spend that much before anything is counted. Programs that are compiled while they
/// run are slow until then.
pub(crate) fn warm_up(server: u32, time: Duration, work: impl FnMut(Duration) -> Result<()>) -> Result<()> {
    Budget::new(server, time)?.spend(work)
}

/// Runs from its making until it is read.
pub(crate) struct Meter {
    server: u32,
    server_began: f64,
    own_began: f64,
    began: Instant,
}

/// What was spent, in seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spent {
    /// Processor time of the server.
    pub(crate) server: f64,
    /// Time that went by.
    pub(crate) wall: f64,
    /// Part of that time in which the generator was busy, up to 1.
    pub(crate) own_load: f64,
}

impl Meter {
    pub(crate) fn start(server: u32) -> Result<Self> {
        Ok(Self {
            server,
            server_began: cpu_time(server)?.as_secs_f64(),
            own_began: cpu_time(std::process::id())?.as_secs_f64(),
            began: Instant::now(),
        })
    }

    pub(crate) fn read(&self) -> Result<Spent> {
        let wall = self.began.elapsed().as_secs_f64();
        let server = cpu_time(self.server)?.as_secs_f64() - self.server_began;
        let own = cpu_time(std::process::id())?.as_secs_f64() - self.own_began;
        ensure!(server > 0.0, "the server did nothing in {wall:.1} s");
        Ok(Spent {
            server,
            wall,
            own_load: own / wall,
        })
    }
}
