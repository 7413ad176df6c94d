//! One run's server with its clients.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::dialect;
use crate::fleet::Fleet;
use crate::options::Options;
use crate::people::{DataFolder, People};
use crate::server::{Banter, Process, start_socket_io};

/// Who is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Banter.
    Banter,
    /// The Socket.IO server of bench/peers.
    SocketIo,
    /// A database alone, with a transaction for each message.
    SingleCommits,
    /// Banter, with its data in MariaDB.
    BanterOnMariaDb,
    /// MariaDB alone, with a transaction for each message that locks its room.
    RowLocks,
}

impl Subject {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Banter => "Banter",
            Self::SocketIo => "Socket.IO",
            Self::SingleCommits => "one commit each",
            Self::BanterOnMariaDb => "Banter on MariaDB",
            Self::RowLocks => "row locks in MariaDB",
        }
    }
}

/// A running server, and nobody connected to it yet. Both end with it.
pub(crate) struct Stand {
    pub(crate) fleet: Fleet,
    pub(crate) started_in: Duration,
    has_garbage: bool,
    process: Process,
    _folder: DataFolder,
}

impl Stand {
    pub(crate) fn start(subject: Subject, options: &Options, people: &People, folder: &Path) -> Result<Self> {
        let core = options.server_core;
        match subject {
            Subject::Banter => {
                let folder = people.template.copy(folder)?;
                let server = Banter::start(&options.banter, folder.path(), Some(core), None)?;
                let dialect = dialect::Banter::new(!options.unacknowledged);
                Ok(Self {
                    fleet: Fleet::new(server.ws, Box::new(dialect))?,
                    started_in: server.started_in,
                    has_garbage: false,
                    process: server.process,
                    _folder: folder,
                })
            }
            Subject::SocketIo => {
                let folder = DataFolder::empty(folder)?;
                let (process, address) = start_socket_io(&options.peers, folder.path(), core)?;
                Ok(Self {
                    fleet: Fleet::new(address, Box::new(dialect::SocketIo))?,
                    started_in: Duration::ZERO,
                    has_garbage: true,
                    process,
                    _folder: folder,
                })
            }
            Subject::SingleCommits | Subject::RowLocks => bail!("a database has no clients"),
            Subject::BanterOnMariaDb => bail!("it starts with a database of its own"),
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// Lets the server collect its garbage, if it makes any, so that it does not count as memory
    /// that connections need.
    pub(crate) fn collect_garbage(&self) -> Result<()> {
        if self.has_garbage {
            self.process.signal("USR2")?;
        }
        Ok(())
    }
}
