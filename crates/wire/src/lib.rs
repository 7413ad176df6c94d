//! The JSON that both edges share
