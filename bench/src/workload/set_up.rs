//! Connections: TCP, the upgrade, the protocol's handshake, signing in and entering a room.

use anyhow::Result;

use super::Outcome;
use crate::dialect::Seat;
use crate::meter::Meter;
use crate::procfs::wait_until_idle;
use crate::stand::Stand;

/// Sets all seats' connections up twice and counts the second time, as after a restart of a proxy.
#[expect(clippy::cast_precision_loss, reason = "a few thousand connections")]
pub(super) fn run(stand: &mut Stand, seats: &[Seat]) -> Result<Outcome> {
    stand.fleet.connect(seats)?;
    stand.fleet.disconnect();
    wait_until_idle(stand.pid())?;
    let meter = Meter::start(stand.pid())?;
    stand.fleet.connect(seats)?;
    let spent = meter.read()?;
    Ok(Outcome {
        values: vec![seats.len() as f64 / spent.server],
        own_load: spent.own_load,
    })
}
