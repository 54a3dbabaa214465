//! What backends are called, each address in one spelling.

use std::borrow::Cow;
use std::collections::HashMap;
use std::net::IpAddr;

use super::index::{Index, whole_of};
use crate::model::key;
use crate::{BackendRecord, InventoryMember};

/// An address as it is written in short; anything else as it is.
pub(super) fn spelled(name: &str) -> Cow<'_, str> {
    // Others have just one spelling.
    if !name.contains(':') {
        return name.into();
    }
    match name.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().to_string().into(),
        Err(_) => name.into(),
    }
}

/// A key with all addresses in it as they are written in short.
pub(super) fn spelled_key(key: &str) -> Cow<'_, str> {
    if !key.contains(':') {
        return key.into();
    }
    let part = |part| match key::interface(part) {
        Some((id, address)) => format!("{id}/{}", spelled(address)).into(),
        None => spelled(part),
    };
    key.split('|').map(part).collect::<Vec<_>>().join("|").into()
}

/// What a backend is called, and where it listens.
pub(super) struct Called<'n> {
    pub(super) id: Option<Cow<'n, str>>,
    pub(super) address: Option<Cow<'n, str>>,
    port: Option<u16>,
}

impl<'n> Called<'n> {
    fn new(id: Option<&'n str>, address: Option<&'n str>, port: Option<u16>) -> Self {
        let (id, address) = (id.map(spelled), address.map(spelled));
        // The id of one that is registered by its address is that.
        let is_address = |id: &str| id.parse::<IpAddr>().is_ok() && address.as_deref().is_none_or(|address| address == id);
        match id {
            Some(id) if is_address(&id) => Self { id: None, address: Some(id), port },
            id => Self { id, address, port },
        }
    }

    pub(super) fn record(record: &'n BackendRecord<'_>) -> Self {
        Self::new(record.backend_id.as_deref(), record.address.as_deref(), record.port)
    }

    pub(super) fn member(member: &'n InventoryMember<'_>) -> Self {
        Self::new(member.backend_id.as_deref(), member.address.as_deref(), member.port)
    }

    /// Its id and its address.
    pub(super) fn names(self) -> impl Iterator<Item = Cow<'n, str>> {
        [self.id, self.address].into_iter().flatten()
    }

    /// Whether they have a name in common.
    fn shares(&self, other: &Called<'_>) -> bool {
        let is_same = |one: &Option<Cow<'_, str>>, other| one.is_some() && one == other;
        is_same(&self.id, &other.id) || is_same(&self.address, &other.address)
    }

    /// Whether nothing that both tell is told differently. Two addresses of one network interface are two backends; those of another
    /// server are not.
    fn can_be(&self, other: &Called<'_>) -> bool {
        let is_same_port = self.port.zip(other.port).is_none_or(|(one, other)| one == other);
        let is_same_id = self.id.as_deref().zip(other.id.as_deref()).map(|(one, other)| one == other);
        is_same_port && is_same_id != Some(false) && (self.is_same_address(other) || is_same_id.is_some() && !self.is_interface())
    }

    /// Whether they do not tell different addresses.
    pub(super) fn is_same_address(&self, other: &Called<'_>) -> bool {
        self.address.as_deref().zip(other.address.as_deref()).is_none_or(|(one, other)| one == other)
    }

    pub(super) fn is_interface(&self) -> bool {
        self.id.as_deref().is_some_and(key::is_interface)
    }
}

/// The members of one pool by name.
#[derive(Default)]
pub(super) struct Names<'i, 'a> {
    by_name: HashMap<Cow<'i, str>, Vec<&'i InventoryMember<'a>>>,
    without_id: Vec<&'i InventoryMember<'a>>,
    without_address: Vec<&'i InventoryMember<'a>>,
}

impl<'i, 'a> Names<'i, 'a> {
    pub(super) fn new(whole: &str, index: &'i Index<'i, 'a>) -> Self {
        let mut names = Self::default();
        for member in index.members_in(whole) {
            let called = Called::member(member);
            if called.id.is_none() {
                names.without_id.push(member);
            }
            if called.address.is_none() {
                names.without_address.push(member);
            }
            for name in called.names() {
                names.by_name.entry(name).or_default().push(member);
            }
        }
        names
    }

    /// The members that share a name with the backend, and may be it.
    pub(super) fn sharing(&self, record: &BackendRecord<'_>) -> Vec<&'i InventoryMember<'a>> {
        let own = Called::record(record);
        // What has its id was found by that.
        let has_other_id = |member: &&InventoryMember<'_>| own.id.is_none() || Called::member(member).id != own.id;
        let by_address = self.of(own.address.as_deref()).iter().filter(|member| has_other_id(member));
        let found = self.of(own.id.as_deref()).iter().chain(by_address);
        found.copied().filter(|member| own.can_be(&Called::member(member))).collect()
    }

    fn of(&self, name: Option<&str>) -> &[&'i InventoryMember<'a>] {
        name.and_then(|name| self.by_name.get(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The members that share no name with the backend, and may be it all the same: of one the id is told, of the other the address.
    pub(super) fn beside(&self, record: &BackendRecord<'_>) -> Vec<&'i InventoryMember<'a>> {
        let own = Called::record(record);
        let others = match (&own.id, &own.address) {
            (Some(_), None) => &self.without_id,
            (None, Some(_)) => &self.without_address,
            _ => return Vec::new(),
        };
        let may_be = |member: &&InventoryMember<'_>| {
            let other = Called::member(member);
            own.can_be(&other) && !own.shares(&other)
        };
        others.iter().copied().filter(may_be).collect()
    }
}

/// The names of the members of pools that were asked for.
pub(super) struct AllNames<'i, 'a> {
    index: &'i Index<'i, 'a>,
    by_whole: HashMap<String, Names<'i, 'a>>,
}

impl<'i, 'a> AllNames<'i, 'a> {
    pub(super) fn new(index: &'i Index<'i, 'a>) -> Self {
        Self { index, by_whole: HashMap::new() }
    }

    /// Those of the pool of the record.
    pub(super) fn of(&mut self, record: &BackendRecord<'_>) -> &Names<'i, 'a> {
        let whole = whole_of(record);
        self.by_whole.entry(whole.to_owned()).or_insert_with(|| Names::new(whole, self.index))
    }
}
