//! One write of a secret: sealed to the store's key, with renewal of a stale key.

use crate::any_secrets::AnySecrets;
use crate::error::Error;
use crate::kept_access::Settled;
use crate::keys::{CallStart, CheckedKey};
use octoseal_crypto::SecretValue;
use octoseal_model::{AnyAccess, SecretName, Written, limits};

impl AnySecrets {
    /// Creates a secret or replaces its value. `access` is the new access to it.
    ///
    /// The store's public key is fetched once and cached. If GitHub answers 422 to a value that was sealed to
    /// a cached key, the key is fetched again, once for all waiting tasks. If it has changed, the value is
    /// sealed and sent once more. A call does not fetch a key again within ten seconds.
    ///
    /// To keep the access of an organization's or a user's secret, it is read first and sent back: GitHub has
    /// no other way. A change by someone else in between is undone. Only GitHub's 404 to the request for the
    /// secret itself means that the secret does not exist.
    ///
    /// An empty value is sent unchanged.
    ///
    /// # Errors
    ///
    /// Before anything is sent: [`Error::ValueTooLong`] if the value has more than
    /// [`MAX_VALUE_BYTES`](limits::MAX_VALUE_BYTES), and
    /// [`AccessUnavailable`](octoseal_model::Error::AccessUnavailable) if the owner does not accept the
    /// access.
    ///
    /// Before anything is written: [`Error::Key`] if the public key is invalid. If an access is to be kept,
    /// [`Error::NothingToKeep`] if the secret does not exist, [`Error::UnknownVisibility`], and
    /// [`Error::Incomplete`] if the number of repositories differs from the one that GitHub reports.
    ///
    /// After the write: [`Error::AccessReplaced`] if GitHub answered that the secret does not exist, received
    /// the access for a new one, and then updated an old one. Otherwise the same as for
    /// [`GitHub::send`](crate::GitHub::send).
    pub async fn put(
        &self,
        name: &SecretName,
        value: &SecretValue,
        access: impl Into<AnyAccess>,
    ) -> Result<Written, Error> {
        let call = self.github().keys().call_start();
        self.put_within(call, name, value, access.into()).await
    }

    /// Puts a secret as a part of a call, which may consist of many writes.
    pub(crate) async fn put_within(
        &self,
        call: CallStart,
        name: &SecretName,
        value: &SecretValue,
        access: AnyAccess,
    ) -> Result<Written, Error> {
        self.check(value, &access)?;
        match self.settle(name, access).await? {
            Settled::Known(access) => Ok(self.seal_and_send(call, name, value, &access).await?.0),
            Settled::New(access) => {
                let written = self.seal_and_send(call, name, value, &access.clone().into()).await?;
                self.check_new(name, access, written)
            }
        }
    }

    /// Checks everything that can be checked before anything is sent.
    pub(crate) fn check(&self, value: &SecretValue, access: &AnyAccess) -> Result<(), Error> {
        if value.len() > limits::MAX_VALUE_BYTES {
            return Err(Error::ValueTooLong { bytes: value.len() });
        }
        Ok(self.store().check_access(access)?)
    }

    /// Seals and sends a value. Also returns whether an earlier attempt may have been done.
    async fn seal_and_send(
        &self,
        call: CallStart,
        name: &SecretName,
        value: &SecretValue,
        access: &AnyAccess,
    ) -> Result<(Written, bool), Error> {
        let (github, store) = (self.github(), self.store());
        let request = store.public_key();
        let key = github.keys().get(&request, github.carry_for_write(&request)).await?;
        let refusal = match self.send_sealed(name, &key, value, access).await {
            Err(error) if error.is_validation_failed() && key.may_be_stale(call) => error,
            result => return result,
        };
        match github.keys().renew(&request, &key, github.carry_for_write(&request)).await {
            Ok(renewed) if !renewed.is_same(&key) => {
                let perhaps_done = refusal.is_unknown_outcome();
                match self.send_sealed(name, &renewed, value, access).await {
                    Ok((written, was_repeated)) => Ok((written, was_repeated || perhaps_done)),
                    // If the first write may have been done, the failure of the second does not undo it.
                    Err(error) => Err(if perhaps_done { refusal } else { error }),
                }
            }
            Ok(_) => Err(refusal),
            Err(cause) => {
                tracing::warn!(target: "octoseal", %store, %cause, "a refused write's key could not be fetched again");
                Err(refusal)
            }
        }
    }

    /// Fetches the store's public key unless it is cached, so that a write need not wait for it.
    ///
    /// Success also proves that the token has access to the store.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`](crate::GitHub::send). [`Error::Key`] if the public key is not valid.
    pub async fn prepare(&self) -> Result<(), Error> {
        let request = self.store().public_key();
        self.github().keys().get(&request, self.github().carry_for_write(&request)).await.map(|_| ())
    }

    async fn send_sealed(
        &self,
        name: &SecretName,
        key: &CheckedKey,
        value: &SecretValue,
        access: &AnyAccess,
    ) -> Result<(Written, bool), Error> {
        self.github().carry_marked(&self.store().put(name, &key.seal(value)?, access)?).await
    }
}
