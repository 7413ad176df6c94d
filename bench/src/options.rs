//! The command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;

use crate::growth::Growth;
use crate::people::Scale;
use crate::workload::Workload;

/// Keeps the whole below ten minutes on a machine that has other things to do.
const TIME_FOR_ROUNDS: Duration = Duration::from_secs(30);

/// Measures Banter against a Socket.IO server that does the same work.
///
/// Servers run on one core and the load generator on another, taking turns. Figures are medians
/// over the rounds; docs/performance.md says what they mean.
#[derive(Debug, Parser)]
#[command(name = "banter-bench")]
pub(crate) struct Options {
    /// One round of short runs, in under two minutes
    #[arg(long)]
    pub(crate) quick: bool,
    /// Only these workloads
    #[arg(long, value_enum, value_name = "WORKLOAD")]
    pub(crate) only: Vec<Workload>,
    /// Instead of all that: how costs change while something grows that they should not depend on
    /// [default: everything that can grow]
    #[arg(long, value_enum, value_name = "WHAT", num_args = 0..)]
    pub(crate) growth: Option<Vec<Growth>>,
    /// Where to draw what came of --growth
    #[arg(long, value_name = "FILE", requires = "growth")]
    pub(crate) plot: Option<PathBuf>,
    /// Rounds; each server runs once in each [default: 3, or 1 with --quick]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    rounds: Option<u16>,
    /// Let Banter's clients send without asking for an answer, as those of Socket.IO do
    #[arg(long)]
    pub(crate) unacknowledged: bool,
    /// Banter's binary
    #[arg(long, value_name = "FILE", default_value = "target/release/banter")]
    pub(crate) banter: PathBuf,
    /// Folder of the servers to compare with
    #[arg(long, value_name = "FOLDER", default_value = "bench/peers")]
    pub(crate) peers: PathBuf,
    /// Runs a command beside a MariaDB server of its own
    #[arg(long, value_name = "SCRIPT", default_value = "scripts/with-mariadb")]
    pub(crate) with_mariadb: PathBuf,
    /// Folder in which databases are made and removed [default: the system's temporary folder]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) data: Option<PathBuf>,
    /// Core of the servers
    #[arg(long, default_value_t = 0)]
    pub(crate) server_core: usize,
    /// Core of the load generator
    #[arg(long, default_value_t = 1)]
    pub(crate) own_core: usize,
}

/// How long parts of a run take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// Processor time that the server spends before anything is counted.
    pub(crate) warm_up: Duration,
    /// While it is counted.
    pub(crate) window: Duration,
}

impl Options {
    /// How long a workload may take until no further round begins. Who asks for a number of rounds
    /// gets them.
    pub(crate) fn time_for_rounds(&self) -> Duration {
        match self.rounds {
            Some(_) => Duration::MAX,
            None => TIME_FOR_ROUNDS,
        }
    }

    pub(crate) fn rounds(&self) -> u16 {
        self.rounds.unwrap_or(if self.quick { 1 } else { 3 })
    }

    pub(crate) fn scale(&self) -> Scale {
        // It makes its own people.
        if self.workloads() == [Workload::Mariadb] {
            return Scale {
                crowd: 0,
                small_rooms: 0,
            };
        }
        Scale {
            crowd: 1000,
            small_rooms: if self.quick { 200 } else { 400 },
        }
    }

    pub(crate) fn pace(&self) -> Pace {
        let (warm_up, window) = if self.quick { (1000, 1000) } else { (1200, 1500) };
        Pace {
            warm_up: Duration::from_millis(warm_up),
            window: Duration::from_millis(window),
        }
    }

    pub(crate) fn workloads(&self) -> Vec<Workload> {
        if !self.only.is_empty() {
            return self.only.clone();
        }
        let all = Workload::ALL.into_iter();
        // Connecting eight thousand takes as long as half of all the rest.
        all.filter(|workload| !self.quick || *workload != Workload::Size)
            .collect()
    }
}
