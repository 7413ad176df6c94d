//! The ports' fan-out side
