//! What a device does in a round, drawn from its seed.

use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// One thing that a device does.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Says something, over its socket or over HTTP.
    Say {
        room: i64,
        key: String,
        place: Option<usize>,
        over_http: bool,
    },
    /// Says again what its owner has said, here or on another device.
    Repeat { pick: usize },
    /// Changes one of the owner's messages.
    Edit { pick: usize, text: String },
    /// Takes one back.
    Recall { pick: usize },
    /// Sets a reaction to one, or takes it away.
    React { pick: usize, on: bool },
    /// Reads a room to its end.
    Read { room: i64 },
    /// Hangs up and comes back.
    HangUp,
    /// Does nothing for some milliseconds.
    Rest(u64),
}

/// How a device behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Waits for each answer before it goes on: what it says stands in the order in which it said it.
    Careful,
    /// Has several things under way at once.
    Eager,
}

/// The steps of a device with that name, which is new to its owner.
pub(super) fn script(rng: &mut StdRng, name: &str, manner: Manner, rooms: &[i64], count: usize) -> Vec<Step> {
    (0..count)
        .map(|place| {
            let room = *rooms.choose(rng).expect("a room");
            let pick = rng.random_range(0..1000);
            let say = Step::Say {
                room,
                key: format!("{name}.{place}"),
                place: (manner == Manner::Careful).then_some(place),
                over_http: manner == Manner::Careful && rng.random_bool(0.2),
            };
            match rng.random_range(0..100) {
                0..60 => say,
                60..72 => Step::Repeat { pick },
                72..78 => Step::Read { room },
                78..80 => Step::HangUp,
                80..86 => Step::Rest(rng.random_range(1..40)),
                _ if manner == Manner::Eager => say,
                86..92 => Step::Edit {
                    pick,
                    text: format!("{name}.{place} edited"),
                },
                92..97 => Step::React {
                    pick,
                    on: rng.random_bool(0.7),
                },
                _ => Step::Recall { pick },
            }
        })
        .collect()
}
