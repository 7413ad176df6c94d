//! Messages at a fixed rate: how old they are when they arrive.
//!
//! Ages count from the moment at which a message was due, so that a server which holds the
//! generator up is not spared the waiting (coordinated omission).

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::Outcome;
use crate::dialect::Seat;
use crate::meter::{Meter, Spent, warm_up};
use crate::options::Pace;
use crate::stand::Stand;
use crate::statistics::percentile;

/// Into the room together, a second.
const DELIVERIES: usize = 40_000;
/// Hearers of the member who reads nothing.
const HEARERS: usize = 100;
const MICROS: f64 = 1000.0;

pub(super) fn run(stand: &mut Stand, crowd: &[Seat], pace: Pace) -> Result<Outcome> {
    stand.fleet.connect(crowd)?;
    warm_up(stand.pid(), pace.warm_up, |slice| {
        speak(stand, crowd.len(), slice).map(drop)
    })?;
    let (mut ages, spent) = speak(stand, crowd.len(), pace.window)?;
    let deliveries = u32::try_from(ages.len())?;
    Ok(Outcome {
        values: vec![
            percentile(&mut ages, 50) / MICROS,
            percentile(&mut ages, 99) / MICROS,
            f64::from(deliveries) / spent.server,
        ],
        own_load: spent.own_load,
    })
}

/// Measures without and with one more member, who reads nothing.
pub(super) fn with_deaf_member(stand: &mut Stand, crowd: &[Seat], pace: Pace) -> Result<Outcome> {
    let (hearers, rest) = crowd.split_at(HEARERS.min(crowd.len()));
    stand.fleet.connect(hearers)?;
    warm_up(stand.pid(), pace.warm_up, |slice| {
        speak(stand, hearers.len(), slice).map(drop)
    })?;
    let (mut without, _) = speak(stand, hearers.len(), pace.window)?;
    let deaf = rest.first().context("nobody is left to be deaf")?;
    stand.fleet.connect(std::slice::from_ref(deaf))?;
    stand.fleet.go_deaf(hearers.len())?;
    speak(stand, hearers.len(), pace.warm_up)?;
    let (mut with, spent) = speak(stand, hearers.len(), pace.window)?;
    let (without, with) = (percentile(&mut without, 99), percentile(&mut with, 99));
    Ok(Outcome {
        values: vec![with / without, without / MICROS],
        own_load: spent.own_load,
    })
}

/// Lets the first `speakers` connections say something in turns, and returns how old each delivery
/// was, in microseconds.
fn speak(stand: &mut Stand, speakers: usize, time: Duration) -> Result<(Vec<u32>, Spent)> {
    let pid = stand.pid();
    let fleet = &mut stand.fleet;
    let pause = Duration::from_secs(1) * u32::try_from(speakers)? / u32::try_from(DELIVERIES)?;
    fleet.watch_ages();
    let meter = Meter::start(pid)?;
    let began = Instant::now();
    let (mut due, mut speaker) = (began, 0);
    while due < began + time {
        while due <= Instant::now() {
            fleet.say(speaker, due)?;
            speaker = (speaker + 1) % speakers;
            due += pause;
        }
        fleet.turn(due.saturating_duration_since(Instant::now()))?;
    }
    let spent = meter.read()?;
    fleet.settle()?;
    Ok((fleet.take_ages(), spent))
}
