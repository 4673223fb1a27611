//! What each foreign language needs, how its programs are prepared, and how they run. The versions of the libraries are
//! pinned beside the programs: package.json, requirements.txt, Seal.csproj; Debian's packages are those of the system.

/// A command line, word by word; a relative program with a slash stands in the language's folder.
pub(super) type Words = &'static [&'static str];

/// One language.
pub(super) struct Recipe {
    pub(super) name: &'static str,
    /// Its folder under docs/encrypting, and the one under target/interop that it is copied to.
    pub(super) source: &'static str,
    pub(super) folder: &'static str,
    /// Commands that succeed where the runtime is there.
    pub(super) probes: &'static [Words],
    /// Debian's packages that bring the runtime; without any, the language runs only where the runtime is found.
    pub(super) packages: &'static [&'static str],
    /// Commands that install the library and compile the programs.
    pub(super) prepare: &'static [Words],
    /// Commands whose first line tells a version.
    pub(super) versions: &'static [Words],
    pub(super) seal: Words,
    pub(super) open: Words,
}

const NODE_VERSIONS: &str = "'node ' + process.versions.node + ', libsodium-wrappers ' + \
     require('./node_modules/libsodium-wrappers/package.json').version";
const PYTHON_VERSIONS: &str = "import nacl, platform; \
     print('Python', platform.python_version() + ', PyNaCl', nacl.__version__)";
const RUBY_VERSIONS: &str = "require 'rbnacl'; \
     puts \"Ruby #{RUBY_VERSION}, rbnacl #{RbNaCl::VERSION}, libsodium #{RbNaCl::Sodium::Version::STRING}\"";

/// Every language but our own.
pub(super) const RECIPES: &[Recipe] = &[
    Recipe {
        name: "Node.js (libsodium-wrappers)",
        source: "node",
        folder: "node",
        probes: &[&["node", "--version"], &["npm", "--version"]],
        packages: &["nodejs", "npm"],
        prepare: &[&["npm", "install", "--silent", "--no-package-lock", "--ignore-scripts", "--no-audit"]],
        versions: &[&["node", "--print", NODE_VERSIONS]],
        seal: &["node", "seal.mjs"],
        open: &["node", "open.mjs"],
    },
    Recipe {
        name: "Python (PyNaCl)",
        source: "python",
        folder: "python",
        probes: &[&["python3", "-c", "import ensurepip, venv"]],
        packages: &["python3", "python3-venv"],
        prepare: &[
            &["python3", "-m", "venv", "venv"],
            &[
                "venv/bin/python",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--only-binary",
                ":all:",
                "--requirement",
                "requirements.txt",
            ],
        ],
        versions: &[&["venv/bin/python", "-c", PYTHON_VERSIONS]],
        seal: &["venv/bin/python", "seal.py"],
        open: &["venv/bin/python", "open.py"],
    },
    Recipe {
        name: "Ruby (rbnacl)",
        source: "ruby",
        folder: "ruby",
        probes: &[&["ruby", "-e", "require 'rbnacl'"]],
        packages: &["ruby-rbnacl"],
        prepare: &[],
        versions: &[&["ruby", "-e", RUBY_VERSIONS]],
        seal: &["ruby", "seal.rb"],
        open: &["ruby", "open.rb"],
    },
    Recipe {
        name: "C# (libsodium by P/Invoke)",
        source: "csharp",
        folder: "csharp-mono",
        probes: &[&["mono", "--version"], &["mcs", "--version"], &["dpkg-query", "--show", "libsodium23"]],
        packages: &["mono-runtime", "mono-mcs", "libsodium23"],
        prepare: &[
            &["mcs", "-out:Seal.exe", "Seal.cs", "mono/Sodium.cs"],
            &["mcs", "-out:Open.exe", "open/Open.cs", "mono/Sodium.cs"],
        ],
        versions: &[
            &["mono", "--version"],
            &["dpkg-query", "--show", "--showformat", "libsodium ${Version}", "libsodium23"],
        ],
        seal: &["mono", "Seal.exe"],
        open: &["mono", "Open.exe"],
    },
    Recipe {
        name: "C# (Sodium.Core)",
        source: "csharp",
        folder: "csharp-dotnet",
        probes: &[&["dotnet", "--version"]],
        packages: &[],
        prepare: &[
            &["dotnet", "build", "--nologo", "--verbosity", "quiet", "--output", "built/seal", "Seal.csproj"],
            &[
                "dotnet",
                "build",
                "--nologo",
                "--verbosity",
                "quiet",
                "--output",
                "built/open",
                "open/Open.csproj",
            ],
        ],
        versions: &[&["dotnet", "--version"]],
        seal: &["dotnet", "built/seal/Seal.dll"],
        open: &["dotnet", "built/open/Open.dll"],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_languages_share_a_folder_or_a_name() {
        for (index, one) in RECIPES.iter().enumerate() {
            for other in &RECIPES[..index] {
                assert_ne!(one.folder, other.folder);
                assert_ne!(one.name, other.name);
            }
        }
    }
}
