//! Messages that are answered once they are durable.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::Outcome;
use crate::dialect::Seat;
use crate::fleet::Fleet;
use crate::meter::Meter;
use crate::options::Pace;
use crate::people::{People, SMALL_ROOM};
use crate::stand::Stand;
use crate::statistics::percentile;

const TURN: Duration = Duration::from_millis(100);
const MICROS: f64 = 1000.0;

/// Lets `callers` people send, each the next message once the last one was answered. They sit in as
/// many rooms as there are, so that storing is measured and not fan-out.
pub(super) fn run(stand: &mut Stand, people: &People, callers: usize, pace: Pace) -> Result<Outcome> {
    let pid = stand.pid();
    let fleet = &mut stand.fleet;
    fleet.connect(&spread(&people.small, callers))?;
    let mut said_at = Vec::with_capacity(callers);
    for index in 0..fleet.len() {
        said_at.push(Instant::now());
        fleet.say(index, said_at[index])?;
    }
    advance(fleet, &mut said_at, pace.warm_up)?;
    let meter = Meter::start(pid)?;
    let mut ages = advance(fleet, &mut said_at, pace.window)?;
    let spent = meter.read()?;
    let messages = f64::from(u32::try_from(ages.len())?);
    let (p50, p99) = (percentile(&mut ages, 50), percentile(&mut ages, 99));
    Ok(Outcome {
        values: vec![messages / spent.wall, p50 / MICROS, p99 / MICROS, p99 / p50],
        own_load: spent.own_load,
    })
}

/// The first member of each room, then the second of each, and so on.
fn spread(seats: &[Seat], count: usize) -> Vec<Seat> {
    let places = (0..SMALL_ROOM).flat_map(|place| seats.iter().skip(place).step_by(SMALL_ROOM));
    places.take(count).cloned().collect()
}

/// Sends for a time and returns how long each answer took, in microseconds.
fn advance(fleet: &mut Fleet, said_at: &mut [Instant], time: Duration) -> Result<Vec<u32>> {
    let end = Instant::now() + time;
    let mut ages = Vec::new();
    while Instant::now() < end {
        for (index, heard) in fleet.turn(TURN)? {
            if heard.answers > 0 {
                let now = Instant::now();
                ages.push(u32::try_from((now - said_at[index]).as_micros())?);
                said_at[index] = now;
                fleet.say(index, now)?;
            }
        }
    }
    Ok(ages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_are_spread_over_the_rooms_first() {
        let seats: Vec<Seat> = (0..10)
            .map(|number| Seat {
                token: number.to_string(),
                room: number / 5,
                join: false,
            })
            .collect();
        let tokens: Vec<String> = spread(&seats, 4).into_iter().map(|seat| seat.token).collect();
        assert_eq!(tokens, ["0", "5", "1", "6"]);
    }
}
