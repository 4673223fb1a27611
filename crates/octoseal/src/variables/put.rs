//! One write of a variable. GitHub has separate requests for creating and updating, and the client cannot
//! know which one succeeds.

use super::Variables;
use crate::error::Error;
use octoseal_model::{AnyAccess, Request, VariableName, VariableOwner, Written, limits};

/// The maximum number of creates of one put. An update follows each create that does not succeed.
const MAX_CREATES: usize = 2;

impl<O: VariableOwner> Variables<O> {
    /// Creates a variable or replaces its value, and sets the repositories with access.
    ///
    /// It sends an update first, and a create on 404. After a [`list`](Self::list) without the variable it sends the create
    /// first, and an update on 409. [`AnyAccess::Keep`] and [`AnyAccess::KeepOr`] cost no request, since an update without an
    /// access keeps it.
    ///
    /// A create with an unknown outcome is not simply retried. An update finds out whether the variable exists.
    ///
    /// This client performs the writes to the variables of one store one at a time. An empty value is valid.
    ///
    /// # Errors
    ///
    /// Before anything is sent: [`Error::ValueTooLong`] if the value has more than
    /// [`MAX_VALUE_BYTES`](limits::MAX_VALUE_BYTES), and
    /// [`AccessUnavailable`](octoseal_model::Error::AccessUnavailable) if the owner does not accept the access.
    ///
    /// Otherwise as [`GitHub::send`](crate::GitHub::send). [`AnyAccess::Keep`] does not create an organization's variable: if it is
    /// missing, the error has [`is_not_found`](Error::is_not_found).
    pub async fn put(
        &self,
        name: &VariableName,
        value: &str,
        access: impl Into<O::Access>,
    ) -> Result<Written, Error> {
        check_length(value)?;
        let (store, access): (_, AnyAccess) = (self.store.any(), access.into().into());
        let update = store.update_with_access(name, value, &access)?;
        // Only `AnyAccess::Keep` of an organization has no request that creates.
        let create = store.create(name, value, &access).ok();
        let _turn = self.turn().await;
        let written = self.settle(&update, create.as_ref(), self.shared.known.lacks(name)).await?;
        self.shared.known.exists(name);
        Ok(written)
    }

    /// Sends creates and updates until one succeeds.
    async fn settle(
        &self,
        update: &Request<()>,
        create: Option<&Request<()>>,
        is_missing: bool,
    ) -> Result<Written, Error> {
        let mut next = create.filter(|_| is_missing);
        let mut creates = 0;
        // The failure of a create that may have taken effect.
        let mut unsettled = None;
        loop {
            let (request, written) = next.map_or((update, Written::Updated), |it| (it, Written::Created));
            let Err(error) = self.github.carry(request).await else { return Ok(written) };
            (next, unsettled) = match written {
                Written::Created if error.is_unknown_outcome() => (None, Some(error)),
                Written::Created if error.is_conflict() => (None, None),
                Written::Updated if error.is_not_found() && create.is_some() && creates < MAX_CREATES => {
                    (create, None)
                }
                _ => return Err(unsettled.unwrap_or(error)),
            };
            creates += usize::from(written == Written::Created);
        }
    }
}

pub(super) fn check_length(value: &str) -> Result<(), Error> {
    match value.len() {
        bytes if bytes > limits::MAX_VALUE_BYTES => Err(Error::ValueTooLong { bytes }),
        _ => Ok(()),
    }
}
