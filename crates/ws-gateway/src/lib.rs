//! The WebSocket edge
