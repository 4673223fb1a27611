//! Any text is refused as the API's URL, or no target leaves it. An input is the URL, a newline, a target.
#![no_main]

use libfuzzer_sys::fuzz_target;
use octoseal_transport::ApiUrl;

fuzz_target!(|text: &str| {
    let (url, target) = text.split_once('\n').unwrap_or((text, "/user"));
    let Ok(api_url) = url.parse::<ApiUrl>() else { return };
    let printed = api_url.to_string();
    assert_eq!(printed.parse::<ApiUrl>().expect("a URL that was printed is one"), api_url);
    assert!(printed.starts_with("https://") || is_this_machine(api_url.host()), "{printed}");
    let Ok(uri) = api_url.resolve(target) else { return };
    let authority = uri.authority().expect("the address is absolute").as_str();
    assert!(!authority.contains('@'), "{authority}");
    assert_eq!(uri.host().unwrap_or_default().to_ascii_lowercase(), api_url.host());
    let base = printed.strip_prefix(api_url.origin()).expect("the origin comes first");
    let rest = uri.path().strip_prefix(base).expect("the address lies under the URL");
    assert!(rest.is_empty() || rest.starts_with('/'), "{uri}");
    assert!(uri.path().split('/').all(|segment| !matches!(segment, "." | "..")), "{uri}");
});

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.starts_with("127.") || host.starts_with('[')
}
