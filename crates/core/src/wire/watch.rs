//! Which keys a payload had, told by the reader that read it: so that a stream need not scan the keys of every reply before reading it.

use std::cell::RefCell;

use super::{Kind, Reading, Shape, Wire};

/// Keys that somebody wants to know of, as a tree of names. `#` is the first element of an array.
#[derive(Debug, Default)]
pub(crate) struct Names<'k> {
    /// The names one level down.
    pub(crate) children: Vec<(&'k str, Names<'k>)>,
}

/// The watched keys that one object had: a bit per field, and one per field that is named and not read. None: there was no such object.
pub(crate) type Found = Option<(u64, u64)>;

/// What of one object, or of one list, is watched.
#[derive(Debug, Default)]
#[doc(hidden)]
pub struct Watched {
    fields: u64,
    unread: u64,
    /// Unread fields inside which keys are watched: nobody reads those, so a payload that has the field tells nothing.
    blind: u64,
    /// What is watched inside fields, by their number; inside the first element of a list, by the number 0.
    inside: Vec<(u32, Watched)>,
}

/// What a payload object collects.
#[derive(Debug, Default)]
#[doc(hidden)]
pub struct FoundKeys {
    found: Vec<Found>,
    is_blind: bool,
}

/// Watches payloads being read.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    names: Names<'static>,
    /// What is watched in payloads of each type so far, by the place of its table.
    plans: Vec<(TablePlace, Watched)>,
    keys: FoundKeys,
    /// The text that is to be read, as address and length.
    text: (usize, usize),
    /// How many payloads were read, and whether the keys of the last were all told.
    reads: u32,
    told: bool,
}

/// Addresses of a table's fields and of its unread ones. Tables at one place are one table.
type TablePlace = (usize, usize);

thread_local! {
    /// The watch over what this thread reads. Reading is a chain of functions of adapters that nothing else can be handed through.
    static ACTIVE: RefCell<Option<Box<Watch>>> = const { RefCell::new(None) };
}

impl Watch {
    /// Watches for these keys.
    pub(crate) fn new(names: Names<'static>) -> Self {
        Self { names, ..Self::default() }
    }

    /// Runs `read`, which is to read this text.
    #[inline]
    pub(crate) fn during<T>(slot: &mut Option<Box<Self>>, text: &str, read: impl FnOnce() -> T) -> T {
        let mut watch = slot.take();
        if let Some(watch) = &mut watch {
            watch.text = (text.as_ptr().addr(), text.len());
            watch.reads = 0;
            watch.told = false;
        }
        ACTIVE.set(watch);
        let outcome = read();
        *slot = ACTIVE.take();
        outcome
    }

    /// The watched keys of the text: equal for two texts only if they have the same. None where they cannot be told: something was of
    /// the wrong kind, a key stood there twice or is in no table, or the text was not read, or not once.
    pub(crate) fn found(&self) -> Option<&[Found]> {
        (self.reads == 1 && self.told && !self.keys.is_blind).then_some(&*self.keys.found)
    }

    fn observe<'a, T: Wire<'a>>(&mut self, payload: &str, object: &T) {
        self.reads += 1;
        let reading = object.reading();
        self.told = T::TELLS_KEYS
            && reading.is_clean()
            && !reading.has_untold_keys()
            && self.text == (payload.as_ptr().addr(), payload.len());
        if !self.told {
            return;
        }
        let shape = const { &T::SHAPE };
        let place = (shape.fields.as_ptr().addr(), shape.unread.as_ptr().addr());
        self.keys.found.clear();
        self.keys.is_blind = false;
        if !self.plans.iter().any(|(known, _)| *known == place) {
            self.plans.push((place, Watched::of(shape, &self.names)));
        }
        if let Some((_, watched)) = self.plans.iter().find(|(known, _)| *known == place) {
            object.keys(watched, &mut self.keys);
        }
    }
}

/// Tells the watch, if there is one, what was read.
pub(super) fn observe<'a, T: Wire<'a>>(payload: &str, object: &T) {
    ACTIVE.with_borrow_mut(|watch| {
        if let Some(watch) = watch {
            watch.observe(payload, object);
        }
    });
}

impl Watched {
    fn of(shape: &Shape, names: &Names<'_>) -> Self {
        let mut watched = Self::default();
        for (name, inside) in &names.children {
            if let Some((number, field)) = shape.field(name) {
                watched.fields |= 1 << number;
                watched.inside.extend(Self::inside_of(field.kind, inside).map(|inside| (number, inside)));
            } else if let Some((number, _)) = (0u32..64).zip(shape.unread).find(|(_, (unread, _))| unread == name) {
                watched.unread |= 1 << number;
                watched.blind |= u64::from(!inside.children.is_empty()) << number;
            }
        }
        watched
    }

    /// What is watched inside a field of this kind. Inside text and numbers there is nothing.
    fn inside_of(kind: Kind, names: &Names<'_>) -> Option<Self> {
        if names.children.is_empty() {
            return None;
        }
        match kind {
            Kind::Object(shape) | Kind::Reference(shape) => Some(Self::of(shape, names)),
            Kind::List(element) => {
                let (_, first) = names.children.iter().find(|(name, _)| *name == "#")?;
                let inside = Self::inside_of(*element, first).unwrap_or_default();
                Some(Self { inside: vec![(0, inside)], ..Self::default() })
            }
            // Wrapped lists do not tell their keys.
            Kind::Boolean | Kind::Integer(_) | Kind::Number | Kind::Text | Kind::Wrapped(_) => None,
        }
    }

    /// What is watched inside the field with this number.
    pub fn inside(&self, number: u32) -> Option<&Self> {
        self.inside.iter().find(|(field, _)| *field == number).map(|(_, inside)| inside)
    }
}

impl FoundKeys {
    /// Notes the keys of an object.
    pub fn object(&mut self, reading: &Reading<'_>, watched: &Watched) {
        self.is_blind |= reading.unread & watched.blind != 0;
        self.found.push(Some((reading.present & watched.fields, reading.unread & watched.unread)));
    }

    /// Notes that there is a value without keys of its own.
    pub fn value(&mut self) {
        self.found.push(Some((0, 0)));
    }

    /// Notes that there is nothing where an object or a first element could be.
    pub fn nothing(&mut self) {
        self.found.push(None);
    }
}
