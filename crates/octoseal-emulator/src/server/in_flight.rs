//! Counts of requests in flight: all of them, and those of each token.

use bytes::Bytes;
use http::Request;
use http::header::AUTHORIZATION;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The requests in flight, by the `Authorization` header.
#[derive(Clone, Default)]
pub(crate) struct Flights(Arc<Mutex<BTreeMap<Vec<u8>, u64>>>);

/// A request in flight, until it is dropped. Its numbers were counted at its beginning and include it.
pub(crate) struct Flight {
    caller: Vec<u8>,
    flights: Flights,
    pub(crate) of_all: u64,
    pub(crate) of_token: u64,
}

impl Flights {
    pub(crate) fn begin(&self, request: &Request<Bytes>) -> Flight {
        let caller =
            request.headers().get(AUTHORIZATION).map_or(Vec::new(), |value| value.as_bytes().to_vec());
        let mut counts = self.counts();
        let count = counts.entry(caller.clone()).or_default();
        *count += 1;
        let of_token = *count;
        Flight { caller, flights: self.clone(), of_all: counts.values().sum(), of_token }
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<Vec<u8>, u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let mut counts = self.flights.counts();
        if let Some(count) = counts.get_mut(&self.caller) {
            *count -= 1;
        }
        counts.retain(|_, count| *count > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_in_flight_until_its_flight_is_dropped() {
        let request = |token| Request::builder().header("authorization", token).body(Bytes::new()).unwrap();
        let flights = Flights::default();
        let first = flights.begin(&request("a"));
        let other = flights.begin(&request("b"));
        assert_eq!([(first.of_token, first.of_all), (other.of_token, other.of_all)], [(1, 1), (1, 2)]);
        let second = flights.begin(&request("a"));
        assert_eq!((second.of_token, second.of_all), (2, 3));
        drop((first, other, second));
        assert_eq!(flights.begin(&request("a")).of_all, 1);
    }
}
