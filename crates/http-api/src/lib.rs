//! The HTTP edge
