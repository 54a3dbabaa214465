//! What could not be read of an object.

use std::marker::PhantomData;

use super::{Broken, Cursor, Kind, Met, Value};

/// What could not be read in an object.
#[expect(clippy::struct_excessive_bools, reason = "facts that do not exclude each other")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'a> {
    /// A bit for every field of the object that is there.
    pub(super) present: u64,
    /// A bit for every field that is there, named in the table, and not read.
    pub(super) unread: u64,
    /// A bit for every field of the object whose value was of the wrong kind.
    unreadable: u64,
    /// Whether the object, or one inside it, has anything to report.
    trouble: bool,
    /// Whether elements of lists were lost, here or inside.
    lost: bool,
    /// Whether there are keys, here or inside, that nothing here tells of: the table does not name them, or they were there twice.
    untold: bool,
    /// Whether the names of fields began with capitals where the table has none.
    capitalized: bool,
    payload: PhantomData<&'a str>,
}

impl<'a> Reading<'a> {
    /// Whether everything was of the right kind, here and inside. Fields that the table does not name do not count.
    pub const fn is_clean(&self) -> bool {
        !self.trouble
    }

    /// Whether a list could not be read, or an element of one was skipped, here or inside.
    pub const fn has_lost_elements(&self) -> bool {
        self.lost
    }

    /// Whether there are keys, here or inside, that no table names, or that were there twice.
    pub(crate) const fn has_untold_keys(&self) -> bool {
        self.untold
    }

    /// Whether the names of fields began with capitals where the table has none.
    pub const fn is_capitalized(&self) -> bool {
        self.capitalized
    }

    /// Takes note of how the name of a field began. With a capital it is none of the names that are watched.
    #[doc(hidden)]
    pub fn note_capitals(&mut self, is_capitalized: bool) {
        self.capitalized |= is_capitalized;
        self.untold |= is_capitalized;
    }

    /// Whether the field with this number held a value of the wrong kind.
    pub const fn is_unreadable(&self, field: u32) -> bool {
        self.unreadable & (1 << field) != 0
    }

    /// Reads the next value of an object into the field with this number.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[doc(hidden)]
    pub fn field<T: Value<'a>>(&mut self, number: u32, slot: &mut Option<T>, json: &mut Cursor<'a>) -> Result<(), Broken> {
        self.untold |= !T::TELLS_KEYS;
        if self.present & (1 << number) != 0 {
            // The last of several equal keys wins, so the field starts anew.
            self.unreadable &= !(1 << number);
            self.untold = true;
            *slot = None;
        }
        self.present |= 1 << number;
        match json.value(slot)? {
            Met::Nothing => {}
            Met::Unreadable => {
                self.unreadable |= 1 << number;
                self.trouble = true;
                self.lost |= matches!(T::KIND, Kind::List(_) | Kind::Wrapped(_));
            }
            Met::Value => {
                if let Some(value) = slot {
                    self.take_over(&value.reading());
                }
            }
        }
        Ok(())
    }

    /// Passes over the next value of an object: of the unread field with this number.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[doc(hidden)]
    pub fn pass_over(&mut self, number: u32, json: &mut Cursor<'a>) -> Result<(), Broken> {
        self.untold |= number >= 64 || self.unread & (1 << (number & 63)) != 0;
        self.unread |= 1 << (number & 63);
        json.pass_over()
    }

    /// Passes over the next value of an object, whose field the table does not name.
    ///
    /// # Errors
    ///
    /// Where the text is not JSON.
    #[doc(hidden)]
    pub fn pass_over_unnamed(&mut self, json: &mut Cursor<'a>) -> Result<(), Broken> {
        self.untold = true;
        json.pass_over()
    }

    pub(super) fn skipped_element(&mut self) {
        self.trouble = true;
        self.lost = true;
    }

    pub(super) fn take_over(&mut self, inner: &Self) {
        self.trouble |= inner.trouble;
        self.lost |= inner.lost;
        self.untold |= inner.untold;
    }
}
