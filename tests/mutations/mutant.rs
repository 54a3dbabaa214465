//! Payloads with one thing wrong.

use lbhealth_tests::places;
use serde_json::{Value, json};

/// What was done to one place of a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mutation {
    /// The field or element is gone.
    Drop,
    /// The field stands there twice, the second time as `null`.
    Duplicate,
    /// There is an empty object or list instead.
    Empty,
    /// The value stands one level deeper, in a list or below its own name.
    Nest,
    /// There is `null` instead.
    Null,
    /// The field stands there twice, and the second is the one that was there.
    Repeat,
    /// There is another value instead, of another kind.
    Retype,
}

impl Mutation {
    /// The name, as allowances write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Duplicate => "duplicate",
            Self::Empty => "empty",
            Self::Nest => "nest",
            Self::Null => "null",
            Self::Repeat => "repeat",
            Self::Retype => "retype",
        }
    }
}

/// A payload with one thing wrong.
#[derive(Debug)]
pub(crate) struct Mutant {
    /// JSON Pointer to what is wrong.
    pub(crate) place: String,
    pub(crate) mutation: Mutation,
    /// The payload.
    pub(crate) text: String,
}

/// Stands for a value that is written into the text afterwards.
const MARK: &str = "\u{1F9EC}";

impl Mutant {
    /// All mutants of a payload.
    pub(crate) fn all(payload: &Value) -> impl Iterator<Item = Self> {
        places(payload).into_iter().flat_map(|place| {
            let before = payload.pointer(&place).cloned().unwrap_or_default();
            let name = place.rsplit_once('/').map_or("", |(_, name)| name);
            let parent = place.rsplit_once('/').and_then(|(parent, _)| payload.pointer(parent));
            let is_field = parent.is_some_and(Value::is_object);
            let nested = if is_field { json!({ name: before }) } else { json!([before]) };
            let mut mutants = vec![(Mutation::Null, "null".to_owned()), (Mutation::Nest, nested.to_string())];
            mutants.extend(others(&before).map(|(mutation, other)| (mutation, other.to_owned())));
            if is_field {
                let name = Value::from(name);
                mutants.push((Mutation::Duplicate, format!("{before},{name}:null")));
                mutants.push((Mutation::Repeat, format!("null,{name}:{before}")));
            }
            let text = replaced(payload, &place).to_string();
            let mark = format!("\"{MARK}\"");
            let mut all: Vec<Self> = mutants
                .into_iter()
                .map(|(mutation, value)| Self { place: place.clone(), mutation, text: text.replacen(&mark, &value, 1) })
                .collect();
            all.push(Self { text: without(payload, &place).to_string(), mutation: Mutation::Drop, place });
            all
        })
    }

    /// Where something that stands at this place of the mutant stood in the payload.
    pub(crate) fn original(&self, place: &str) -> String {
        let Some((list, Ok(dropped))) = self.place.rsplit_once('/').map(|(list, index)| (list, index.parse::<usize>())) else {
            return place.to_owned();
        };
        let rest = place.strip_prefix(list).and_then(|rest| rest.strip_prefix('/')).filter(|_| self.mutation == Mutation::Drop);
        let (index, below) =
            rest.map_or(("", None), |rest| rest.split_once('/').map_or((rest, None), |(index, below)| (index, Some(below))));
        match (index.parse::<usize>(), below) {
            (Ok(index), Some(below)) if index >= dropped => format!("{list}/{}/{below}", index + 1),
            (Ok(index), None) if index >= dropped => format!("{list}/{}", index + 1),
            _ => place.to_owned(),
        }
    }
}

/// JSON of every kind but this value's own.
fn others(value: &Value) -> impl Iterator<Item = (Mutation, &'static str)> {
    let all = [
        (Mutation::Empty, "[]", value.is_array()),
        (Mutation::Empty, "{}", value.is_object()),
        (Mutation::Retype, "[[]]", value.is_array()),
        (Mutation::Retype, "false", value.is_boolean()),
        (Mutation::Retype, "-1e400", value.is_number()),
        (Mutation::Retype, "\"other\"", value.is_string()),
    ];
    all.into_iter().filter(|(_, _, is_own)| !is_own).map(|(mutation, other, _)| (mutation, other))
}

fn replaced(payload: &Value, place: &str) -> Value {
    let mut changed = payload.clone();
    if let Some(value) = changed.pointer_mut(place) {
        *value = MARK.into();
    }
    changed
}

fn without(payload: &Value, place: &str) -> Value {
    let mut changed = payload.clone();
    let (parent, name) = place.rsplit_once('/').unwrap_or_default();
    match changed.pointer_mut(parent) {
        Some(Value::Object(fields)) => drop(fields.remove(&name.replace("~1", "/").replace("~0", "~"))),
        Some(Value::Array(elements)) => drop(name.parse().map(|index: usize| elements.remove(index))),
        _ => {}
    }
    changed
}
