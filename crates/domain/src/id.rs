//! The ids, one type each, so that two of them cannot be swapped unnoticed.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(
            /// The number that the database gave; at least 1 for anything stored.
            pub i64,
        );

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A person's account.
    UserId
);
id!(
    /// A room: a public conversation or the private one of two friends.
    RoomId
);
id!(
    /// A message, over all rooms. Its place in its room is its `seq`.
    MessageId
);
id!(
    /// A signed-in device.
    SessionId
);
