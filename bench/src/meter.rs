//! What a span of work cost the server, and whether the generator kept up.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::procfs::cpu_time;

const SLICE: Duration = Duration::from_millis(300);
/// How much longer than the time it is to spend a server may take for it.
const PATIENCE: u32 = 4;

/// Lets a server work until it has spent that much processor time, however busy the machine is.
/// Programs that are compiled while they run are slow until then.
pub(crate) fn warm_up(server: u32, time: Duration, mut work: impl FnMut(Duration) -> Result<()>) -> Result<()> {
    let enough = cpu_time(server)? + time;
    let latest = Instant::now() + time * PATIENCE;
    while cpu_time(server)? < enough && Instant::now() < latest {
        work(SLICE)?;
    }
    Ok(())
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
