//! The versions of GitHub's REST API.

/// The version of GitHub's REST API that a request asks for (header `X-GitHub-Api-Version`).
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ApiVersion {
    /// 2022-11-28, GitHub's default.
    #[default]
    V2022_11_28,
    /// 2026-03-10.
    V2026_03_10,
}

impl ApiVersion {
    /// Returns the value of the header.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2022_11_28 => "2022-11-28",
            Self::V2026_03_10 => "2026-03-10",
        }
    }
}
