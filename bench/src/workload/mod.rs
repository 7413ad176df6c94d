//! The work that the servers are given. The same for each of them, but for the few workloads that
//! only Banter can do.

mod acknowledge;
mod commit;
pub(crate) mod fan_out;
mod idle;
pub(crate) mod mariadb;
mod request;
mod set_up;
mod steady;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::dialect::Seat;
use crate::options::Pace;
use crate::people::People;
use crate::stand::{Stand, Subject};

pub(crate) use commit::single_commits;

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Workload {
    /// One big room, one message at a time
    CrowdSingle,
    /// One big room, 80 messages in flight
    CrowdPumped,
    /// 200 rooms of five, one message in flight in each
    RoomsSingle,
    /// 200 rooms of five, 16 messages in flight in each
    RoomsPumped,
    /// Requests and answers
    Request,
    /// 40 000 deliveries a second into one big room: how late they are
    Steady,
    /// Connections that do nothing: their memory
    Idle,
    /// Connecting, signing in and entering a room of five
    SetUp,
    /// The same, all in one big room
    SetUpCrowd,
    /// Acknowledged messages of one caller
    Acknowledge,
    /// Acknowledged messages of 256 callers
    AcknowledgeMany,
    /// Acknowledged messages of one room that are stored in MariaDB
    Mariadb,
    /// What a member who reads nothing costs the others
    Deaf,
    /// What a delivery costs in a room of 8000 more than in one of 100
    Size,
    /// From the start until it is ready
    Start,
}

/// What a figure has to reach, for the product to be as good as it should be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target {
    /// Nothing; it is only told.
    Told,
    /// The peer's figure times this, or more.
    TimesPeer(f64),
    /// The peer's figure times this, or less.
    WithinPeer(f64),
    /// This, or less.
    Within(f64),
}

/// One number that a workload ends with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    /// The row of goals it belongs to.
    pub(crate) goal: &'static str,
    /// What it is, with its unit.
    pub(crate) what: &'static str,
    /// What it has to reach.
    pub(crate) target: Target,
}

/// What one run ended with.
pub(crate) struct Outcome {
    /// One value for each figure; NaN where there is none.
    pub(crate) values: Vec<f64>,
    /// How busy the generator was, up to 1.
    pub(crate) own_load: f64,
}

const fn figure(goal: &'static str, what: &'static str, target: Target) -> Figure {
    Figure { goal, what, target }
}

const RATE: &str = "deliveries/CPU s";
const WALL: &str = "deliveries/s";

impl Workload {
    pub(crate) const ALL: [Self; 15] = [
        Self::CrowdPumped,
        Self::CrowdSingle,
        Self::RoomsSingle,
        Self::RoomsPumped,
        Self::Steady,
        Self::Request,
        Self::Idle,
        Self::SetUp,
        Self::SetUpCrowd,
        Self::Acknowledge,
        Self::AcknowledgeMany,
        Self::Mariadb,
        Self::Size,
        Self::Deaf,
        Self::Start,
    ];

    /// Who does it, in turns.
    pub(crate) fn subjects(self) -> &'static [Subject] {
        match self {
            Self::Start => &[Subject::Banter],
            Self::Acknowledge | Self::AcknowledgeMany => &[Subject::Banter, Subject::SingleCommits],
            Self::Mariadb => &[Subject::BanterOnMariaDb, Subject::RowLocks],
            _ => &[Subject::Banter, Subject::SocketIo],
        }
    }

    pub(crate) fn figures(self) -> Vec<Figure> {
        use Target::{TimesPeer, Told, Within, WithinPeer};
        let fan_out = |goal, times| {
            vec![
                figure(goal, RATE, TimesPeer(times)),
                figure("", WALL, Told),
                figure("", "bytes/delivery", Told),
            ]
        };
        match self {
            Self::CrowdPumped => fan_out("1", 20.0),
            Self::CrowdSingle => fan_out("2", 1.7),
            Self::RoomsSingle => fan_out("3", 1.6),
            Self::RoomsPumped => fan_out("4", 4.0),
            Self::Steady => vec![
                figure("5", "p50 ms", WithinPeer(0.8)),
                figure("5", "p99 ms", WithinPeer(0.8)),
                figure("", RATE, Told),
            ],
            Self::Request => vec![figure("6", "answers/CPU s", TimesPeer(2.0))],
            Self::Idle => vec![figure("7", "KiB/connection", Within(6.0))],
            Self::SetUp => vec![figure("8", "connections/CPU s", TimesPeer(3.0))],
            Self::SetUpCrowd => vec![figure("", "connections/CPU s", Told)],
            Self::Acknowledge => vec![
                figure("", "messages/s", Told),
                figure("10", "p50 ms", WithinPeer(1.3)),
                figure("", "p99 ms", Told),
            ],
            Self::AcknowledgeMany => vec![
                figure("9", "messages/s", TimesPeer(20.0)),
                figure("", "p50 ms", Told),
                figure("", "p99 ms", Told),
                figure("10", "p99 / p50", Within(4.0)),
            ],
            Self::Mariadb => vec![
                figure("11", "messages/s", TimesPeer(30.0)),
                figure("", "p50 ms", Told),
                figure("", "p99 ms", Told),
            ],
            Self::Size => vec![figure("12", "cost, 8000 to 100", Within(1.4))],
            Self::Deaf => vec![
                figure("13", "p99, with to without", Within(1.1)),
                figure("", "p99 ms without", Told),
            ],
            Self::Start => vec![
                figure("14", "ms until ready", Within(300.0)),
                figure("14", "MiB resident", Within(30.0)),
            ],
        }
    }

    /// Does it.
    pub(crate) fn run(self, stand: &mut Stand, people: &People, pace: Pace) -> Result<Outcome> {
        match self {
            Self::CrowdSingle => fan_out::run(stand, &people.crowd, people.crowd.len(), 1, pace),
            Self::CrowdPumped => fan_out::run(stand, &people.crowd, people.crowd.len(), 80, pace),
            Self::RoomsSingle => fan_out::run(stand, fan_out::small_rooms(people), 5, 1, pace),
            Self::RoomsPumped => fan_out::run(stand, fan_out::small_rooms(people), 5, 16, pace),
            Self::Request => request::run(stand, fan_out::small_rooms(people), pace),
            Self::Steady => steady::run(stand, &people.crowd, pace),
            Self::Idle => idle::run(stand, &people.small),
            Self::SetUp => set_up::run(stand, &entering(&people.small)),
            Self::SetUpCrowd => set_up::run(stand, &people.crowd),
            Self::Acknowledge => acknowledge::run(stand, people, 1, pace),
            Self::AcknowledgeMany => acknowledge::run(stand, people, 256, pace),
            Self::Mariadb => bail!("it needs MariaDB, and people there"),
            Self::Size => fan_out::compare_sizes(stand, &people.crowd, pace),
            Self::Deaf => steady::with_deaf_member(stand, &people.crowd, pace),
            Self::Start => idle::started(stand),
        }
    }
}

/// The seats, with the wish to enter their rooms explicitly.
fn entering(seats: &[Seat]) -> Vec<Seat> {
    let entering = seats.iter().map(|seat| Seat {
        join: true,
        ..seat.clone()
    });
    entering.collect()
}
