//! Documents that keep what they borrowed.

use std::borrow::Cow;

/// Something that can stop borrowing from the payload it was read from.
pub(crate) trait Own {
    type Owned: 'static;

    fn own(self) -> Self::Owned;
}

impl Own for Cow<'_, str> {
    type Owned = Cow<'static, str>;

    fn own(self) -> Cow<'static, str> {
        Cow::Owned(self.into_owned())
    }
}

impl<T: Own> Own for Option<T> {
    type Owned = Option<T::Owned>;

    fn own(self) -> Self::Owned {
        self.map(Own::own)
    }
}

impl<T: Own> Own for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn own(self) -> Self::Owned {
        self.into_iter().map(Own::own).collect()
    }
}

macro_rules! own_themselves {
    ($($type:ty),* $(,)?) => {
        $(impl Own for $type {
            type Owned = Self;

            fn own(self) -> Self {
                self
            }
        })*
    };
}
own_themselves!(bool, u16, u32, u64, f64, String);
own_themselves!(crate::Cause, crate::Pointer, Box<crate::Probe>, crate::StatusCodes, crate::Timestamp);

impl<W: crate::Word + 'static> Own for W {
    type Owned = Self;

    fn own(self) -> Self {
        self
    }
}

impl<T: 'static> Own for crate::SchemaId<T> {
    type Owned = Self;

    fn own(self) -> Self {
        self
    }
}

/// Gives a struct `into_owned`. Every field is named, so a new field cannot be forgotten.
macro_rules! into_owned {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $name<'_> {
            /// The same, borrowing nothing.
            pub fn into_owned(self) -> $name<'static> {
                $name { $($field: crate::model::owned::Own::own(self.$field)),* }
            }
        }

        impl crate::model::owned::Own for $name<'_> {
            type Owned = $name<'static>;

            fn own(self) -> Self::Owned {
                self.into_owned()
            }
        }
    };
}
pub(crate) use into_owned;
