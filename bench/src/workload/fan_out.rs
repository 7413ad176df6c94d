//! Messages into rooms, as fast as their members get them.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::Outcome;
use crate::dialect::Seat;
use crate::fleet::Fleet;
use crate::meter::{Budget, Meter, Spent, warm_up};
use crate::options::Pace;
use crate::people::{People, SMALL_ROOM};
use crate::stand::Stand;

const SMALL_ROOMS: usize = 200;
const TURN: Duration = Duration::from_millis(100);
/// Rooms whose costs are compared.
const FEW: usize = 100;
const DEVICES: usize = 8;

/// What is pumped: the first connections sit in rooms of the same size, room after room.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rooms {
    pub(crate) count: usize,
    /// Connections in each.
    pub(crate) size: usize,
    /// Messages in flight in each.
    pub(crate) window: usize,
}

/// What arrived, and what it cost.
pub(crate) struct Pumped {
    pub(crate) deliveries: f64,
    pub(crate) bytes: f64,
    pub(crate) spent: Spent,
}

/// A room: what was said in it, and what arrived.
#[derive(Debug, Clone, Copy, Default)]
struct Room {
    said: usize,
    delivered: usize,
}

impl Room {
    /// Whether one message more may be on its way. Members advance nearly alike, so the slowest
    /// one is not looked for.
    fn has_place(self, size: usize, window: usize) -> bool {
        self.said - self.delivered / size < window
    }
}

/// Connects the seats, which stand room after room, and keeps `window` messages in flight in each
/// room. Members take turns in speaking.
pub(super) fn run(stand: &mut Stand, seats: &[Seat], size: usize, window: usize, pace: Pace) -> Result<Outcome> {
    stand.fleet.connect(seats)?;
    let count = seats.len() / size;
    let Pumped {
        deliveries,
        bytes,
        spent,
    } = pump(stand.pid(), &mut stand.fleet, Rooms { count, size, window }, pace)?;
    Ok(Outcome {
        values: vec![deliveries / spent.server, deliveries / spent.wall, bytes / deliveries],
        own_load: spent.own_load,
    })
}

/// The seats of the rooms that are pumped.
pub(super) fn small_rooms(people: &People) -> &[Seat] {
    &people.small[..people.small.len().min(SMALL_ROOMS * SMALL_ROOM)]
}

/// The cost of a delivery with eight devices of each person, as a multiple of that with a few
/// people.
pub(super) fn compare_sizes(stand: &mut Stand, crowd: &[Seat], pace: Pace) -> Result<Outcome> {
    let (few, rest) = crowd.split_at(FEW.min(crowd.len()));
    stand.fleet.connect(few)?;
    let (cost_of_few, _) = cost_in_one_room(stand, pace)?;
    stand.fleet.connect(rest)?;
    for _ in 1..DEVICES {
        stand.fleet.connect(crowd)?;
    }
    let (cost, own_load) = cost_in_one_room(stand, pace)?;
    Ok(Outcome {
        values: vec![cost / cost_of_few],
        own_load,
    })
}

/// What a delivery costs when all connections are in one room, and the generator's load.
fn cost_in_one_room(stand: &mut Stand, pace: Pace) -> Result<(f64, f64)> {
    let one = Rooms {
        count: 1,
        size: stand.fleet.len(),
        window: 1,
    };
    let pumped = pump(stand.pid(), &mut stand.fleet, one, pace)?;
    Ok((pumped.spent.server / pumped.deliveries, pumped.spent.own_load))
}

/// Pumps messages into rooms, and measures it once the server is warm.
#[expect(clippy::cast_precision_loss, reason = "counts of seconds are small")]
pub(crate) fn pump(pid: u32, fleet: &mut Fleet, rooms: Rooms, pace: Pace) -> Result<Pumped> {
    let Rooms { count, size, window } = rooms;
    let mut rooms = vec![Room::default(); count];
    fill(fleet, &mut rooms, size, window)?;
    warm_up(pid, pace.warm_up, |slice| {
        advance(fleet, &mut rooms, size, window, slice).map(drop)
    })?;
    let (meter, bytes) = (Meter::start(pid)?, fleet.bytes());
    let mut deliveries = 0;
    Budget::new(pid, pace.window)?.spend(|slice| {
        deliveries += advance(fleet, &mut rooms, size, window, slice)?;
        Ok(())
    })?;
    let spent = meter.read()?;
    let bytes = fleet.bytes() - bytes;
    fleet.settle()?;
    Ok(Pumped {
        deliveries: deliveries as f64,
        bytes: bytes as f64,
        spent,
    })
}

/// Pumps for a time and returns the number of deliveries in it.
fn advance(fleet: &mut Fleet, rooms: &mut [Room], size: usize, window: usize, time: Duration) -> Result<usize> {
    let end = Instant::now() + time;
    let mut deliveries = 0;
    while Instant::now() < end {
        for (index, heard) in fleet.turn(TURN)? {
            let heard = heard.deliveries as usize;
            deliveries += heard;
            rooms[index / size].delivered += heard;
        }
        fill(fleet, rooms, size, window)?;
    }
    Ok(deliveries)
}

fn fill(fleet: &mut Fleet, rooms: &mut [Room], size: usize, window: usize) -> Result<()> {
    for (number, room) in rooms.iter_mut().enumerate() {
        while room.has_place(size, window) {
            fleet.say(number * size + room.said % size, Instant::now())?;
            room.said += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_becomes_free_when_everybody_has_heard() {
        let room = |said, delivered| Room { said, delivered };
        assert!(room(0, 0).has_place(5, 1));
        assert!(!room(1, 4).has_place(5, 1));
        assert!(room(1, 5).has_place(5, 1));
        assert!(room(79, 0).has_place(5, 80));
        assert!(!room(80, 4).has_place(5, 80));
        assert!(room(80, 5).has_place(5, 80));
    }
}
