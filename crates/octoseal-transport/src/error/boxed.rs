//! The type of causes.

use std::error;

pub(crate) type BoxError = Box<dyn error::Error + Send + Sync>;
