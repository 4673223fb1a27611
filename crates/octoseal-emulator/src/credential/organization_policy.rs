//! Policies of organizations that refuse tokens whatever their permissions, in GitHub's words.

use crate::api::answer::Refusal;
use crate::api::store::encoded;
use crate::credential::token::{Kind, Token};
use http::{HeaderName, StatusCode};

/// The tokens that an organization refuses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policy {
    /// The organization has an IP allow list, and the caller's address is not on it.
    pub(crate) has_ip_allow_list: bool,
    /// The organization forbids classic personal access tokens.
    pub(crate) forbids_classic_tokens: bool,
    /// The longest lifetime of fine-grained tokens in days. Every declared token lives longer.
    pub(crate) longest_token_days: Option<u64>,
    /// The organization enforces SAML, and no classic token is authorized for it.
    pub(crate) enforces_saml: bool,
}

impl Policy {
    /// Refuses a token that this organization does not accept.
    pub(crate) fn permit(&self, organization: &str, token: Token<'_>) -> Result<(), Refusal> {
        let forbidden = |text: String| Err(Refusal::new(StatusCode::FORBIDDEN, text));
        if self.has_ip_allow_list {
            return forbidden(format!(
                "Although you appear to have the correct authorization credentials, the `{organization}` organization has \
                 an IP allow list enabled, and your IP address is not permitted to access this resource."
            ));
        }
        match (token.kind, self.longest_token_days) {
            (Kind::Classic, _) if self.forbids_classic_tokens && token.is_personal => forbidden(format!(
                "`{organization}` forbids access via a personal access token (classic). Please use a GitHub App, OAuth \
                 App, or a personal access token with fine-grained permissions."
            )),
            (Kind::FineGrained, Some(days)) => forbidden(format!(
                "The '{organization}' organization forbids access via a fine-grained personal access tokens if the \
                 token's lifetime is greater than {days} days. Please adjust your token's lifetime at the following URL: \
                 https://github.com/settings/personal-access-tokens/1"
            )),
            (Kind::Classic, _) if self.enforces_saml => {
                let organization = encoded(organization);
                let url = format!("https://github.com/orgs/{organization}/sso?authorization_request=A1B2C3");
                let refusal = Refusal::new(StatusCode::FORBIDDEN, SAML);
                Err(refusal.with_header(SSO, format!("required; url={url}")))
            }
            _ => Ok(()),
        }
    }
}

/// GitHub's header for single sign-on.
pub(crate) const SSO: HeaderName = HeaderName::from_static("x-github-sso");

const SAML: &str = "Resource protected by organization SAML enforcement. You must grant your Personal Access token \
    access to this organization.";
