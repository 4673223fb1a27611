//! An empty library: only the build of the dependency matters.
