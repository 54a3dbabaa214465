//! Names that type generators give.
//!
//! Names of types are the titles, which the comparison of schemas looks at. In Go, as quicktype writes it, constants of closed lists
//! and names of types share one space: where two of them meet, a constant gets the name of its list in front. So a new name can
//! rename a constant that was there before.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// Lists whose constants get other names, with what happens.
pub(super) fn renamed(old: &Map<String, Value>, new: &Map<String, Value>) -> Vec<(String, String)> {
    let (before, now) = (names(old), names(new));
    let mut found = Vec::new();
    for (name, owners) in &before {
        // Of several that meet, each has the name of its list in front already.
        let [Owner::Value(list, word)] = owners.iter().collect::<Vec<_>>()[..] else { continue };
        let others = now.get(name).into_iter().flatten();
        let others: Vec<String> = others.filter(|other| !owners.contains(other)).map(Owner::describe).collect();
        if !others.is_empty() {
            let others = others.join(" and ");
            found.push(((*list).to_owned(), format!("{others} renames the constant that generated Go has for `{word}`")));
        }
    }
    found
}

/// What a name stands for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Owner<'a> {
    Type(&'a str),
    Value(&'a str, &'a str),
}

impl Owner<'_> {
    fn describe(&self) -> String {
        match self {
            Self::Type(name) => format!("the new type `{name}`"),
            Self::Value(list, word) => format!("the new value `{word}` of `{list}`"),
        }
    }
}

/// Every name, without regard to how it is capitalized.
fn names(definitions: &Map<String, Value>) -> BTreeMap<String, BTreeSet<Owner<'_>>> {
    let plain = |name: &str| name.chars().filter(|one| one.is_alphanumeric()).collect::<String>().to_lowercase();
    let mut names: BTreeMap<String, BTreeSet<Owner<'_>>> = BTreeMap::new();
    for (name, schema) in definitions {
        names.entry(plain(name)).or_default().insert(Owner::Type(name));
        let words = schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for word in words {
            names.entry(plain(word)).or_default().insert(Owner::Value(name, word));
        }
    }
    names
}
