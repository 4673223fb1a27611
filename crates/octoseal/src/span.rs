//! The span of an operation: its route, its store and its result, without secrets.

use bytes::Bytes;
use http::Response;
use octoseal_model::Operation;
use octoseal_transport::{Error, request_id};
use tracing::{Instrument, field, info_span};

/// The span of an operation. The transport's attempts and waits are inside it.
pub(crate) struct Span(tracing::Span);

impl Span {
    pub(crate) fn new(operation: &Operation) -> Self {
        Self(info_span!(
            target: "octoseal",
            "operation",
            operation = format_args!("{} {}", operation.method(), operation.template()),
            store = operation.store().map(field::display),
            status = field::Empty,
            request_id = field::Empty,
        ))
    }

    /// Runs the operation in its span, and records the result.
    pub(crate) async fn within(
        self,
        carried: impl Future<Output = Result<Response<Bytes>, Error>>,
    ) -> Result<Response<Bytes>, Error> {
        let result = carried.instrument(self.0.clone()).await;
        if let Ok(response) = &result {
            self.0.record("status", response.status().as_u16());
            self.0.record("request_id", request_id(response.headers()));
        }
        result
    }
}
