//! Connections that are not signed in yet, counted for each address: whoever has no account must
//! not take all places. Who signs in counts no more, so that many may sit behind one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use service::limits::network_of;

/// The guests of all addresses.
#[derive(Default)]
pub(crate) struct Guests(Mutex<HashMap<String, usize>>);

/// One of them; counts until it is dropped.
pub(crate) struct Guest {
    guests: Arc<Guests>,
    address: String,
}

impl Guests {
    /// Lets one more in from an address; `None` when there are `most` already.
    pub(crate) fn admit(self: &Arc<Self>, address: Option<IpAddr>, most: usize) -> Option<Guest> {
        let address = address.map(|address| network_of(&address.to_string()));
        let address = address.unwrap_or_default();
        let mut counts = self.counts();
        let count = counts.entry(address.clone()).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Guest {
            guests: Arc::clone(self),
            address,
        })
    }

    fn counts(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut counts = self.guests.counts();
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_its_places_and_gets_them_back() {
        let guests = Arc::new(Guests::default());
        let admit = |address: &str| guests.admit(Some(address.parse().unwrap()), 2);
        let (one, two) = (admit("192.0.2.1").unwrap(), admit("192.0.2.1").unwrap());
        assert!(admit("192.0.2.1").is_none());
        assert!(admit("192.0.2.2").is_some());
        drop(one);
        assert!(admit("192.0.2.1").is_some());
        drop(two);
        assert!(guests.counts().is_empty());
    }
}
