//! One step of one growth on a server of its own.

use std::time::{Duration, Instant};

use anyhow::Result;
use reqwest::Method;
use serde_json::Value;

use super::Growth;
use super::data::{SMALL, Template};
use crate::dialect::{self, Seat};
use crate::fleet::Fleet;
use crate::meter::{Budget, Meter};
use crate::options::{Options, Pace};
use crate::people::{DataFolder, Person, ask};
use crate::procfs::resident;
use crate::server::Banter;
use crate::workload::Outcome;
use crate::workload::fan_out::{Rooms, pump};

/// Connections of each person who does nothing, when all have come.
pub(super) const DEVICES: usize = 8;
/// Messages in flight in each room.
const WINDOW: usize = 16;
const MICROS: f64 = 1_000_000.0;
const MILLIS: f64 = 1000.0;
const KIB: f64 = 1024.0;
/// Connections that are made within the patience of one call.
const CONNECTED_AT_ONCE: usize = 500;
/// Until buffers have been given back.
const REST: Duration = Duration::from_secs(1);
const PAGE: usize = 50;

/// A running server with its clients, and how busy the generator was at most.
struct Trial {
    server: Banter,
    fleet: Fleet,
    pace: Pace,
    own_load: f64,
    _folder: DataFolder,
}

/// Measures the figures of a growth at a step, in their order.
pub(super) fn run(
    growth: Growth,
    step: usize,
    options: &Options,
    template: &Template,
    folder: DataFolder,
) -> Result<Outcome> {
    let server = Banter::start(&options.banter, folder.path(), Some(options.server_core), None)?;
    let dialect = dialect::Banter::new(!options.unacknowledged);
    let mut trial = Trial {
        fleet: Fleet::new(server.ws, Box::new(dialect))?,
        server,
        pace: options.pace(),
        own_load: 0.0,
        _folder: folder,
    };
    let seats = template.seats(growth);
    let (crowd, others) = template.people();
    let amount = growth.amount(template.sizes, step);
    let values = match growth {
        Growth::Members => trial.members(&seats)?,
        Growth::Rooms => trial.rooms(&seats, others)?,
        Growth::History => trial.history(&seats[..1], &crowd[0], amount)?,
        Growth::Connections => trial.connections(&seats, others, amount)?,
    };
    Ok(Outcome {
        values,
        own_load: trial.own_load,
    })
}

impl Trial {
    fn members(&mut self, seats: &[Seat]) -> Result<Vec<f64>> {
        let (one, rest) = seats.split_at(1);
        self.fleet.connect(one)?;
        let message = self.cost(1, 1)?;
        self.fleet.connect(rest)?;
        Ok(vec![self.cost(1, seats.len())?, message])
    }

    /// The others are connected at each step, so that only their rooms become more.
    #[expect(clippy::cast_precision_loss, reason = "a room of five")]
    fn rooms(&mut self, seats: &[Seat], others: &[Person]) -> Result<Vec<f64>> {
        self.fleet.connect(seats)?;
        self.connect_idle(others, others.len())?;
        Ok(vec![self.cost(seats.len() / SMALL, SMALL)? * SMALL as f64])
    }

    fn history(&mut self, seats: &[Seat], member: &Person, messages: usize) -> Result<Vec<f64>> {
        self.fleet.connect(seats)?;
        let room = seats[0].room;
        let pages = [0, messages / 2, messages - PAGE].map(|behind| {
            let path = format!("/room/messages?id={room}&afterSeq={behind}&limit={PAGE}");
            self.cost_of_page(&path, &member.token)
        });
        let mut values = vec![self.cost(1, 1)?];
        for page in pages {
            values.push(page?);
        }
        Ok(values)
    }

    #[expect(clippy::cast_precision_loss, reason = "a few thousand connections")]
    fn connections(&mut self, seats: &[Seat], others: &[Person], amount: usize) -> Result<Vec<f64>> {
        self.fleet.connect(seats)?;
        let before = self.memory_at_rest()?;
        self.connect_idle(others, amount)?;
        let after = self.memory_at_rest()?;
        let delivery = self.cost(1, seats.len())?;
        Ok(vec![delivery, (after - before) / KIB / amount as f64])
    }

    /// Connects people who do nothing, several devices of each if there are fewer people.
    fn connect_idle(&mut self, people: &[Person], amount: usize) -> Result<()> {
        let seats: Vec<Seat> = people
            .iter()
            .cycle()
            .take(amount)
            .map(|person| person.seat(0))
            .collect();
        for seats in seats.chunks(CONNECTED_AT_ONCE) {
            self.fleet.connect(seats)?;
        }
        Ok(())
    }

    /// Heartbeats go on meanwhile.
    fn memory_at_rest(&mut self) -> Result<f64> {
        let end = Instant::now() + REST;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            self.fleet.turn(left)?;
        }
        resident(self.server.process.pid())
    }

    /// Processor time of a delivery, in microseconds, while the first connections talk.
    fn cost(&mut self, count: usize, size: usize) -> Result<f64> {
        let rooms = Rooms {
            count,
            size,
            window: WINDOW,
        };
        let pumped = pump(self.server.process.pid(), &mut self.fleet, rooms, self.pace)?;
        self.own_load = self.own_load.max(pumped.spent.own_load);
        Ok(pumped.spent.server / pumped.deliveries * MICROS)
    }

    /// Processor time of a request that is asked again and again, in milliseconds.
    fn cost_of_page(&self, path: &str, token: &str) -> Result<f64> {
        let pid = self.server.process.pid();
        let Pace { warm_up, window } = self.pace;
        ask(self.server.http, async |api| {
            let asked_for = async |time: Duration| {
                let budget = Budget::new(pid, time)?;
                let mut asked = 0;
                while budget.is_left()? {
                    api.call(Method::GET, path, Some(token), Value::Null).await?;
                    asked += 1;
                }
                anyhow::Ok(asked)
            };
            asked_for(warm_up).await?;
            let meter = Meter::start(pid)?;
            let asked: u32 = asked_for(window).await?;
            Ok(meter.read()?.server / f64::from(asked) * MILLIS)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{STEPS, Sizes};
    use super::*;

    #[test]
    fn nobody_has_more_devices_than_a_person_may_have() {
        let others = Sizes { crowd: 100, history: 0 }.others();
        assert_eq!((100 * STEPS[2]).div_ceil(others), DEVICES);
    }
}
