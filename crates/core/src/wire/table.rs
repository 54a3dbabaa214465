//! The macro that declares a payload object.

/// Declares an object of a vendor's payload: the vendor's field names, ours, and what they hold.
///
/// Every field becomes an `Option`: absent, null, blank and unreadable are `None`, and
/// [`reading`](crate::wire::Value::reading) tells the last apart. Types are [`Text`](crate::wire::Text), [`Id`](crate::wire::Id),
/// `bool`, `u16` (a port; 0 is none), `u32`, `f64`, another such object, a [`Reference`](crate::wire::Reference), and
/// [`List`](crate::wire::List) of any of them. Fields that are known and not read stand under `unread` with the reason, so that the table is
/// the whole of what the vendor documents. `or PascalCase` after the name of the object also reads its fields with a capital at the
/// beginning, as PowerShell writes them.
///
/// ```
/// use lbhealth_core::wire::{self, Id, List, Value};
///
/// lbhealth_core::wire! {
///     /// A pool.
///     struct Pool<'a> {
///         /// Id of the pool.
///         "PoolId" pool_id: Id<'a>,
///         /// Ports in use.
///         "Ports" ports: List<'a, u16>,
///     }
///     unread {
///         "CreatedBy": "says nothing about health",
///     }
/// }
///
/// let mut pool = Pool::default();
/// wire::read(r#"{ "PoolId": " p-1 ", "Ports": ["80", 443.0, {}], "CreatedBy": [[]] }"#, &mut pool)?;
/// assert_eq!(pool.pool_id.as_deref(), Some("p-1"));
/// assert_eq!(pool.ports.unwrap().iter().collect::<Vec<_>>(), [(0, &80), (1, &443)]);
/// # Ok::<(), lbhealth_core::Error>(())
/// ```
#[macro_export]
macro_rules! wire {
    (
        $(#[doc = $doc:literal])+
        $visibility:vis struct $name:ident<$payload:lifetime> $(or $capitalized:ident)? {
            $($(#[doc = $field_doc:literal])+ $wire:literal $field:ident: $type:ty),+ $(,)?
        }
        $(unread { $($unread:literal: $why:literal),* $(,)? })?
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Default)]
        #[allow(clippy::struct_field_names, reason = "the fields have the vendor's names")]
        $visibility struct $name<$payload> {
            $($(#[doc = $field_doc])+ $visibility $field: ::core::option::Option<$type>,)+
            reading: $crate::wire::Reading<$payload>,
        }

        const _: () = {
            use ::core::option::Option;
            use ::core::result::Result;
            use $crate::wire::{Broken, Cursor, Met};

            #[derive(Clone, Copy)]
            #[expect(non_camel_case_types, reason = "named like the fields")]
            enum Key {
                $($field,)+
                __End,
            }

            enum Name {
                /// A field, and whether its name began with a capital where the table has none.
                Field(Key, bool),
                /// An unread field, by its number.
                #[allow(dead_code, reason = "a table without unread fields has none")]
                Unread(u32),
                Unnamed,
            }

            impl Name {
                #[allow(unused_assignments, unused_mut, unused_variables, reason = "a table without unread fields counts none")]
                fn of(name: &str) -> Self {
                    const TAKES_CAPITALS: bool = !<[&str]>::is_empty(&[$(stringify!($capitalized))?]);
                    let key = |name: &str| match name {
                        $($wire => Key::$field,)+
                        _ => Key::__End,
                    };
                    let mut unread = 0;
                    match key(name) {
                        Key::__End => {
                            $($(
                                if name == $unread {
                                    return Self::Unread(unread);
                                }
                                unread += 1;
                            )*)?
                            if TAKES_CAPITALS {
                                return Self::Field(key(&$crate::wire::with_small_initial(name)), true);
                            }
                            Self::Unnamed
                        }
                        key => Self::Field(key, false),
                    }
                }
            }

            impl<$payload> $crate::wire::Value<$payload> for $name<$payload> {
                const KIND: $crate::wire::Kind = $crate::wire::Kind::Object(&<Self as $crate::wire::Wire<$payload>>::SHAPE);
                const TELLS_KEYS: bool = true;

                fn reading(&self) -> $crate::wire::Reading<$payload> {
                    self.reading
                }

                fn keys(&self, watched: &$crate::wire::Watched, found: &mut $crate::wire::FoundKeys) {
                    found.object(&self.reading, watched);
                    $(
                        if let Option::Some(inside) = watched.inside(Key::$field as u32) {
                            match &self.$field {
                                Option::Some(value) => $crate::wire::Value::keys(value, inside, found),
                                Option::None => found.nothing(),
                            }
                        }
                    )+
                }

                fn read_object(slot: &mut Option<Self>, json: &mut Cursor<$payload>) -> Result<Met, Broken> {
                    $crate::wire::Wire::read_fields(slot.insert(Self::default()), json).map(|()| Met::Value)
                }
            }

            impl<$payload> $crate::wire::Wire<$payload> for $name<$payload> {
                const SHAPE: $crate::wire::Shape = {
                    const { assert!((Key::__End as u32) <= 64, "an object has at most 64 fields that are read") };
                    $crate::wire::Shape::new(
                        stringify!($name),
                        concat!($($doc, "\n"),+),
                        &[$($crate::wire::Field::new($wire, concat!($($field_doc, "\n"),+), <$type as $crate::wire::Value<$payload>>::KIND)),+],
                        &[$($(($unread, $why)),*)?],
                    )
                };

                fn read_fields(&mut self, json: &mut Cursor<$payload>) -> Result<(), Broken> {
                    let mut has_next = json.first_field()?;
                    while has_next {
                        match Name::of(json.key()?) {
                            $(Name::Field(Key::$field, is_capitalized) => {
                                self.reading.field(Key::$field as u32, &mut self.$field, json)?;
                                self.reading.note_capitals(is_capitalized);
                            })+
                            Name::Unread(number) => self.reading.pass_over(number, json)?,
                            Name::Unnamed | Name::Field(Key::__End, _) => self.reading.pass_over_unnamed(json)?,
                        }
                        has_next = json.next_field()?;
                    }
                    Ok(())
                }

                fn report(&self, at: &$crate::Pointer, warnings: &mut $crate::Warnings<$payload>) {
                    $($crate::wire::report_field(&self.reading, Key::$field as u32, $wire, &self.$field, at, warnings);)+
                }
            }
        };
    };
}
