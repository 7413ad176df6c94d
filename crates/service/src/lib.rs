//! The use cases: accounts, friends, rooms, messages, media, presence
