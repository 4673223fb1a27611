//! The arguments of the live check, and its clients. The token is read from the named variable.

use bytes::Bytes;
use http::Request;
use octoseal::Client;
use octoseal::{Config, Error, GitHub, Repository, RetryPolicy, SecretName, Transport};
use std::time::{Duration, SystemTime};

const USAGE: &str =
    "usage: live --token-env VAR --repository OWNER/REPO [--api-url URL] [--pause MILLISECONDS]";

/// The command line.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Arguments {
    token_env: String,
    repository: String,
    api_url: Option<String>,
    /// The time between two writes. GitHub asks for one second ("Best practices for using the REST API").
    pause: Option<u64>,
}

/// The settings of the check.
pub(crate) struct Live {
    pub(crate) github: GitHub,
    pub(crate) repository: Repository,
    /// A part of every name that the check creates.
    pub(crate) prefix: String,
    pause: Duration,
    token: String,
    api_url: Option<String>,
}

impl Arguments {
    pub(crate) fn parse(words: &[String]) -> Result<Self, String> {
        let mut arguments = Self::default();
        for pair in words.chunks(2) {
            let [option, value] = pair else { return Err(USAGE.to_owned()) };
            match option.as_str() {
                "--token-env" => arguments.token_env = value.clone(),
                "--repository" => arguments.repository = value.clone(),
                "--api-url" => arguments.api_url = Some(value.clone()),
                "--pause" => arguments.pause = Some(value.parse().map_err(|_| USAGE.to_owned())?),
                _ => return Err(USAGE.to_owned()),
            }
        }
        let whole = !arguments.token_env.is_empty() && !arguments.repository.is_empty();
        if whole { Ok(arguments) } else { Err(USAGE.to_owned()) }
    }

    pub(crate) fn live(self) -> Result<Live, String> {
        let Self { token_env, repository, api_url, pause } = self;
        let token =
            std::env::var(&token_env).map_err(|_| "the variable of --token-env is not set to text")?;
        let repository = repository.parse().map_err(|_| "--repository is written OWNER/REPO")?;
        let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let builder = client(&token, api_url.as_deref());
        Ok(Live {
            github: builder.build().map_err(|error| super::answer::chain(&error))?,
            repository,
            prefix: format!("OCTOSEAL_LIVE_{seconds:X}"),
            pause: Duration::from_millis(pause.unwrap_or(1_000)),
            token,
            api_url,
        })
    }
}

impl Live {
    /// Returns a name of this run.
    pub(crate) fn name(&self, suffix: &str) -> Result<SecretName, Error> {
        Ok(SecretName::new(&format!("{}{suffix}", self.prefix))?)
    }

    /// Waits before a write.
    pub(crate) async fn pause(&self) {
        tokio::time::sleep(self.pause).await;
    }

    /// Creates a client whose requests are changed after they were built, into requests that octoseal never
    /// sends.
    pub(crate) fn with_changed_requests(
        &self,
        change: impl Fn(&mut Request<Bytes>) + Send + Sync + 'static,
    ) -> Result<GitHub, Error> {
        let inner = Client::new(Config::default()).map_err(Error::Settings)?;
        let transport = move |mut request: Request<Bytes>| {
            change(&mut request);
            let inner = inner.clone();
            async move { inner.send(request).await }
        };
        client(&self.token, self.api_url.as_deref()).transport(transport).build()
    }
}

/// Sets up a client that sends everything once, since every answer counts.
fn client(token: &str, api_url: Option<&str>) -> octoseal::Builder {
    let mut policy = RetryPolicy::default();
    policy.attempts = 1;
    let builder = GitHub::builder().token(token).retry(policy).user_agent("octoseal-live");
    match api_url {
        Some(url) => builder.api_url(url),
        None => builder,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, String> {
        Arguments::parse(&line.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn a_variable_and_a_repository_must_be_named() {
        let arguments = parse("--token-env T --repository o/r --pause 0").unwrap();
        assert_eq!((arguments.token_env.as_str(), arguments.pause), ("T", Some(0)));
        for line in ["", "--token-env T", "--repository o/r", "--token-env", "--token T --repository o/r"] {
            assert_eq!(parse(line), Err(USAGE.to_owned()), "{line}");
        }
    }
}
