//! What a backend is called by.

use std::iter;
use std::net::IpAddr;

use crate::model::key::interface;
use crate::{BackendHealth, BackendRecord, Cause, FailureReason};

/// A name of a backend as somebody wrote it, read in one way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BackendName<'n> {
    /// The id, address or name, without the brackets that keep the colons of one apart from a port.
    pub(crate) host: &'n str,
    pub(crate) port: Option<u16>,
    pub(crate) address: Option<IpAddr>,
}

impl<'n> BackendName<'n> {
    pub(crate) fn new(host: &'n str, port: Option<u16>) -> Self {
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        // An address of version 4 can be written as one of version 6.
        let address = bare.parse().ok().map(|address: IpAddr| address.to_canonical());
        Self { host: bare, port, address }
    }

    /// The ways in which the text can be read: as a whole, and with a port at its end. `2001:db8::1:80` can be meant in both.
    pub(crate) fn readings(text: &'n str) -> impl Iterator<Item = Self> {
        let with_port = text.rsplit_once(':').and_then(|(host, port)| Some(Self::new(host, Some(port.parse().ok()?))));
        iter::once(Self::new(text, None)).chain(with_port)
    }

    /// The way in which the text is most likely meant.
    pub(crate) fn likely(text: &'n str) -> Self {
        let tells_more = |name: &Self| name.address.is_some() || name.port.is_some();
        Self::readings(text).find(tells_more).unwrap_or_else(|| Self::new(text, None))
    }

    /// Whether this id, name or address is the same: an address in any spelling, an id that is a path also by its whole URL.
    fn is(&self, id: &str) -> bool {
        let is_address = self.address.is_some() && self.address == BackendName::new(id, None).address;
        let is_url = |url: &str| url.ends_with('/') || (id.starts_with('/') && url.contains("://"));
        let is_url_of = id.contains('/') && self.host.strip_suffix(id).is_some_and(is_url);
        self.host == id || is_address || is_url_of
    }
}

impl BackendRecord<'_> {
    /// What the backend is called by: ids, name and address.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        [&self.backend_id, &self.instance_id, &self.backend_name, &self.address].into_iter().flatten().map(|name| &**name)
    }

    /// Whether somebody calls the backend, or this observation of it, so: by a key, by its id, name or address in any spelling, or by the id
    /// of the server behind it, each also with its port (`10.0.0.7:80`).
    pub fn is_called(&self, name: &str) -> bool {
        let is_it = |name: BackendName<'_>| {
            let is_own = || self.names().any(|own| name.is(own)) || self.is_interface(name.host);
            (name.port.is_none() || name.port == self.port) && !name.host.is_empty() && is_own()
        };
        let is_key = !name.is_empty() && (self.record_key == name || self.backend_key == name);
        is_key || BackendName::readings(name).any(is_it)
    }

    /// Whether it is this address, in any spelling, of this network interface.
    fn is_interface(&self, name: &str) -> bool {
        interface(name).is_some_and(|(id, address)| {
            let is_address = |own: &str| BackendName::new(address, None).is(own);
            self.backend_id.as_deref() == Some(id) && self.address.as_deref().is_some_and(is_address)
        })
    }

    /// Whether the vendor says that there is no such backend, as it does where it was asked for one by name.
    pub(crate) fn is_not_registered(&self) -> bool {
        let is_it = |cause: &Cause| cause.reason == FailureReason::NotRegistered;
        self.health == BackendHealth::Inactive && self.cause.as_ref().is_some_and(is_it)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Place, Scope};

    #[test]
    fn a_backend_is_found_by_every_name_it_has() {
        let mut record = BackendRecord::new(&Place::new(Scope::Pool));
        record.record_key = "a|POOL||p|b|80".into();
        record.backend_id = Some("b".into());
        record.address = Some("2001:db8::1".into());
        record.port = Some(80);
        for name in ["a|POOL||p|b|80", "b", "b:80", "2001:db8::1", "[2001:db8::1]:80"] {
            assert!(record.is_called(name), "{name}");
        }
        for name in ["", "B", "80", "2001:db8::1:81", "a|POOL"] {
            assert!(!record.is_called(name), "{name}");
        }
    }
}
