//! World files in TOML. `docs/emulator.md` describes every key.

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
    /// Reads a world file, in the form that `docs/emulator.md` describes.
    ///
    /// Its faults apply to requests to an [`Emulator`](crate::Emulator) that starts with this world, not to
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
    /// [`WorldFileError`] has the line and column of a mistake, and the valid alternatives. Unknown keys are
    /// refused, and so is a text of more than 1 MiB.
    pub fn from_toml(text: &str) -> Result<Self, WorldFileError> {
        let mut world = Self::new();
        world.declare_toml(text)?;
        Ok(world)
    }

    /// Adds the declarations of a text in the same form. A repository, an organization, a token or an App
    /// that the text declares again loses its former declarations.
    ///
    /// # Errors
    ///
    /// The same as for [`from_toml`](Self::from_toml). On an error, nothing of the text is declared.
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
