//! Records of requests and answers, for tests and logs.

pub(crate) mod exchange;
pub(crate) mod journal;
pub(crate) mod log_line;
