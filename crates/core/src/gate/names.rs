//! What a backend is called by, and whether records would tell of it.

use std::net::IpAddr;

use crate::model::backend_name::BackendName;
use crate::model::key::{self, interface, is_interface, without_address, without_addresses};
use crate::{BackendRecord, HealthReport};

/// Why it proves nothing that no record is called so; none where it proves that no such backend is registered.
pub(super) fn why_name_proves_nothing(name: &str, reports: &[&HealthReport<'_>]) -> Option<String> {
    if name.trim().is_empty() {
        return Some("the name of a backend is blank".to_owned());
    }
    if name.contains(|one: char| one.is_whitespace() || one == ',') {
        return Some(format!("`{name}` may be several names, which have to be asked for one by one"));
    }
    let records = || reports.iter().flat_map(|report| &report.records);
    // Other names of one that is called so tell nothing: it is among those that were asked, or was replaced.
    let others = records().filter(|record| !record.is_called(name));
    let alike = others.flat_map(BackendRecord::names).find(|id| is_alike(id, name));
    if let Some(id) = alike {
        return Some(format!("none is called `{name}`, but one is `{id}`"));
    }
    let may_be_it = may_be_interface(name);
    if let Some(record) = records().find(|record| may_be_it(record)) {
        return Some(format!("none is called `{name}`, but one is `{}`", record.record_key));
    }
    if Kind::of(name) == Kind::Key && !reports.iter().any(|report| tells_pool(report, name)) {
        return Some(format!("the reports tell of no pool that `{name}` would be a key in"));
    }
    let is_told = records().all(|record| tells(record, name));
    (!is_told).then(|| format!("the reports call their backends by other names than ones like `{name}`"))
}

/// Whether the report says that the backend is not registered, at the only port that the name can mean.
pub(super) fn is_told_gone(name: &str, report: &HealthReport<'_>) -> bool {
    let is_meant = |record: &BackendRecord<'_>| record.is_called(name) && (record.port.is_none() || tells_port(name));
    report.records.iter().any(|record| is_meant(record) && record.is_not_registered())
}

/// Whether the name says which port is meant, as keys do.
fn tells_port(name: &str) -> bool {
    let BackendName { host, port, .. } = BackendName::likely(name);
    port.is_some() || Kind::of(host) == Kind::Key
}

/// What to ask instead, where the name has no port and the backend is told not to be registered at one.
pub(super) fn gone_at_one_port(name: &str, reports: &[&HealthReport<'_>]) -> Option<String> {
    if tells_port(name) {
        return None;
    }
    let mut records = reports.iter().flat_map(|report| &report.records);
    let port = records.find(|record| record.is_called(name) && record.is_not_registered())?.port?;
    Some(format!("`{name}` may be registered at another port than {port}; ask for it with its port"))
}

/// Whether a record may be of the network interface that is called so: nothing says that they are two addresses of it.
fn may_be_interface(name: &str) -> impl Fn(&BackendRecord<'_>) -> bool {
    let (bare, is_key) = (without_addresses(name), Kind::of(name) == Kind::Key);
    // What stands behind an address is its port, which keys have in a part of its own.
    let address = name.split('|').find_map(interface).map(|(_, address)| address);
    let asked: Vec<_> = address.into_iter().flat_map(BackendName::readings).collect();
    move |record| {
        let Some(id) = record.backend_id.as_deref().filter(|id| is_interface(id)) else { return false };
        let is_it = if is_key {
            [&record.record_key, &record.backend_key].into_iter().any(|key| without_addresses(key) == bare)
        } else {
            bare != name && id == bare
        };
        let own = record.address.as_deref().and_then(|address| BackendName::new(address, None).address);
        let may_be = |asked: &BackendName<'_>| {
            let is_port = asked.port.zip(record.port).is_none_or(|(asked, own)| asked == own);
            is_port && own.zip(asked.address).is_none_or(|(own, asked)| own == asked)
        };
        // Of readings, only those count that are an address; without any, nobody can say which address is meant.
        let is_address = asked.iter().any(|reading| reading.address.is_some());
        let mut readings = asked.iter().filter(|reading| reading.address.is_some() == is_address);
        is_it && !record.is_called(name) && (asked.is_empty() || readings.any(may_be))
    }
}

/// Whether the report tells of the pool that the key would be in. One that does not name its pool writes keys without it.
fn tells_pool(report: &HealthReport<'_>, name: &str) -> bool {
    let mut pools =
        report.records.iter().map(|record| &record.pool_key).chain(report.pools.iter().map(|pool| &pool.pool_key)).peekable();
    let tells_none = pools.peek().is_none();
    pools.any(|pool| key::is_in(name, pool)) || (tells_none && key::is_in(name, &key::join([&*report.adapter, "", "", ""])))
}

/// Whether two names may be one backend's: they differ in case alone, or one is the end of the other, which is a path.
fn is_alike(id: &str, name: &str) -> bool {
    let is_end_of = |end: &str, path: &str| path.strip_suffix(end).is_some_and(|start| start.ends_with('/'));
    id != name && (id.eq_ignore_ascii_case(name) || is_end_of(id, name) || is_end_of(name, id))
}

/// Kinds of names. Vendors call their backends by ids of one kind or another, and nobody can tell one by a name of another kind.
#[derive(Clone, Copy, PartialEq)]
enum Kind<'n> {
    Address,
    /// A key of ours.
    Key,
    /// With this before its only hyphen, such as `i-0123`.
    Prefixed(&'n str),
    /// The path of a resource, or the like.
    Path,
    Uuid,
    Other,
}

impl<'n> Kind<'n> {
    fn of(name: &'n str) -> Self {
        let name = without_address(name);
        let is_hexadecimal = |one: char| one == '-' || one.is_ascii_hexdigit();
        let is_alphanumeric = |text: &str| !text.is_empty() && text.chars().all(|one| one.is_ascii_alphanumeric());
        match name.split_once('-') {
            _ if name.parse::<IpAddr>().is_ok() => Self::Address,
            _ if name.contains('|') => Self::Key,
            _ if name.contains(['/', ':']) => Self::Path,
            _ if matches!(name.len(), 32 | 36) && name.chars().all(is_hexadecimal) => Self::Uuid,
            Some((prefix, rest)) if is_alphanumeric(prefix) && is_alphanumeric(rest) => Self::Prefixed(prefix),
            _ => Self::Other,
        }
    }
}

/// Whether the record would be called so if its backend were: it has a name of that kind, and a port if the name has one.
fn tells(record: &BackendRecord<'_>, name: &str) -> bool {
    let BackendName { host, port, .. } = BackendName::likely(name);
    let kind = Kind::of(host);
    let is_given = record.backend_name.is_some() && matches!(kind, Kind::Prefixed(_) | Kind::Other);
    let is_named = kind == Kind::Key || is_given || record.names().any(|id| Kind::of(id) == kind);
    is_named && (port.is_none() || kind == Kind::Key || record.port.is_some())
}
