//! What is there when nothing happens.

use anyhow::{Result, ensure};

use super::Outcome;
use crate::dialect::Seat;
use crate::procfs::{resident, wait_until_idle};
use crate::stand::Stand;

const KIB: f64 = 1024.0;

/// Resident memory that each signed-in connection adds.
#[expect(clippy::cast_precision_loss, reason = "a few thousand connections")]
pub(super) fn run(stand: &mut Stand, seats: &[Seat]) -> Result<Outcome> {
    let before = at_rest(stand)?;
    stand.fleet.connect(seats)?;
    let after = at_rest(stand)?;
    Ok(Outcome {
        values: vec![(after - before) / KIB / seats.len() as f64],
        own_load: 0.0,
    })
}

/// How long the start took, and the memory that the process has then.
pub(super) fn started(stand: &Stand) -> Result<Outcome> {
    ensure!(!stand.started_in.is_zero(), "nobody measured the start");
    wait_until_idle(stand.pid())?;
    Ok(Outcome {
        values: vec![
            stand.started_in.as_secs_f64() * 1000.0,
            resident(stand.pid())? / KIB / KIB,
        ],
        own_load: 0.0,
    })
}

/// Resident memory once the server has nothing more to do.
fn at_rest(stand: &Stand) -> Result<f64> {
    wait_until_idle(stand.pid())?;
    stand.collect_garbage()?;
    wait_until_idle(stand.pid())?;
    resident(stand.pid())
}
