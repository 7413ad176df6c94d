//! Requests and answers: each connection asks again as soon as it was answered.

use std::time::{Duration, Instant};

use anyhow::Result;

use super::Outcome;
use crate::dialect::Seat;
use crate::fleet::Fleet;
use crate::meter::{Meter, warm_up};
use crate::options::Pace;
use crate::stand::Stand;

const CALLERS: usize = 100;
const TURN: Duration = Duration::from_millis(100);

pub(super) fn run(stand: &mut Stand, seats: &[Seat], pace: Pace) -> Result<Outcome> {
    let pid = stand.pid();
    let fleet = &mut stand.fleet;
    fleet.connect(&seats[..CALLERS.min(seats.len())])?;
    for index in 0..fleet.len() {
        fleet.ask(index)?;
    }
    warm_up(pid, pace.warm_up, |slice| advance(fleet, slice).map(drop))?;
    let meter = Meter::start(pid)?;
    let answers = advance(fleet, pace.window)?;
    let spent = meter.read()?;
    Ok(Outcome {
        values: vec![f64::from(answers) / spent.server],
        own_load: spent.own_load,
    })
}

/// Asks for a time and returns the number of answers in it.
fn advance(fleet: &mut Fleet, time: Duration) -> Result<u32> {
    let end = Instant::now() + time;
    let mut answers = 0;
    while Instant::now() < end {
        for (index, heard) in fleet.turn(TURN)? {
            answers += heard.answers;
            for _ in 0..heard.answers {
                fleet.ask(index)?;
            }
        }
    }
    Ok(answers)
}
