//! A world declared in TOML: `docs/emulator.md` describes every key.

mod apply;
mod error;
mod fault;
mod grants;
mod shape;
mod words;

pub use error::WorldFileError;

use crate::world::World;
use shape::File;

impl World {
    /// Reads a declared world, in the form that `docs/emulator.md` describes.
    ///
    /// Faults in it befall requests to an [`Emulator`](crate::Emulator) that starts with this world, not
    /// [`handle`](Self::handle).
    ///
    /// ```
    /// use octoseal_emulator::World;
    ///
    /// let world = World::from_toml(
    ///     r#"
    ///     strict = true
    ///
    ///     [[repository]]
    ///     name = "octo/hello"
    ///     environments = ["prod"]
    ///
    ///     [[token]]
    ///     token = "ghp_ci"
    ///     scopes = ["repo"]
    ///     "#,
    /// )?;
    ///
    /// let error = World::from_toml("[[repository]]\nname = \"hello\"").unwrap_err();
    /// assert_eq!(error.line(), Some(2));
    /// # let _ = world;
    /// # Ok::<(), octoseal_emulator::WorldFileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`WorldFileError`] says in which line and column what is wrong, and what may stand there. Unknown keys are refused, and so
    /// is a text of more than 1 MiB.
    pub fn from_toml(text: &str) -> Result<Self, WorldFileError> {
        let mut world = Self::new();
        world.declare_toml(text)?;
        Ok(world)
    }

    /// Adds what a text declares, in the same form. What the text declares again, it declares anew: of a repository, an
    /// organization, a token or an App nothing stays that was declared of it before.
    ///
    /// # Errors
    ///
    /// As [`from_toml`](Self::from_toml); then nothing of the text is declared.
    pub fn declare_toml(&mut self, text: &str) -> Result<(), WorldFileError> {
        if text.len() > MAX_BYTES {
            return Err(WorldFileError::new(None, "it has more than 1 MiB; declare fewer things"));
        }
        let file: File = toml::from_str(text).map_err(|error| WorldFileError::of_toml(text, &error))?;
        let before = self.as_declared();
        file.apply(self).map_err(|wrong| {
            self.take_declarations(before);
            wrong.in_text(text)
        })
    }
}

const MAX_BYTES: usize = 1024 * 1024;

#[cfg(test)]
mod tests;
