//! What a backend is called by, and whether records would tell of it.

use std::net::{IpAddr, Ipv6Addr};

use crate::model::backend_name::BackendName;
use crate::model::key::{self, interface, without_address};
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
    if Kind::of(name) != Kind::Key {
        return why_none_is_called(name, name, &records().collect::<Vec<_>>());
    }
    // A key tells of one pool alone, and by a name of the backend that others can spell in another way.
    let Some(backend) = reports.iter().find_map(|report| backend_of(name, report)) else {
        return Some(format!("the reports tell of no pool that `{name}` would be the key of a backend in"));
    };
    let of_pool: Vec<_> = records().filter(|record| key::backend_in(name, &record.pool_key).is_some()).collect();
    if let Some(record) = of_pool.iter().find(|record| record.is_called(&backend) && !record.is_called(name)) {
        return Some(format!("none has the key `{name}`, but one `{}`", record.record_key));
    }
    why_none_is_called(name, &backend, &of_pool)
}

/// Why it proves nothing that none of these records is called so, where what was asked for may say more than that.
fn why_none_is_called(asked: &str, name: &str, records: &[&BackendRecord<'_>]) -> Option<String> {
    // Other names of one that is called so tell nothing: it is among those that were asked, or was replaced.
    let others = records.iter().filter(|record| !record.is_called(name));
    // What stands behind an interface is its address, and no path.
    let host = Some(BackendName::likely(name).host).filter(|host| interface(host).is_none());
    let is_alike = |id: &&str| is_alike(id, name) || host.is_some_and(|host| is_alike(id, host));
    let alike = others.flat_map(|record| record.names()).find(is_alike);
    if let Some(id) = alike {
        return Some(format!("none is called `{asked}`, but one is `{id}`"));
    }
    let may_be_it = may_be_interface(name);
    if let Some(record) = records.iter().find(|record| may_be_it(record)) {
        return Some(format!("none is called `{asked}`, but one is `{}`", record.record_key));
    }
    let is_told = records.iter().all(|record| tells(record, name));
    (!is_told).then(|| format!("the reports call their backends by other names than ones like `{asked}`"))
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

/// Whether nothing but this record's backend is called so in what the report is about: by its key, by an id that is neither an address or the
/// name of a host nor the path of a server, which can be listed once per port, or by a port of its pool.
pub(super) fn names_no_other(name: &str, record: &BackendRecord<'_>, report: &HealthReport<'_>) -> bool {
    let name = name.trim();
    let is_key = record.record_key == name || record.backend_key == name;
    let is_host = || record.address.as_deref() == Some(name) || matches!(Kind::of(name), Kind::Address | Kind::Path);
    let is_id = record.backend_id.as_deref() == Some(name) && !is_host();
    is_key || is_id || (report.of_one_pool && record.is_called(name) && tells_port(name))
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
    let interface = interface(name);
    let asked: Vec<_> = interface.into_iter().flat_map(|(_, address)| BackendName::readings(address)).collect();
    // Of readings, only those count that are an address; without any, nobody can say which address is meant.
    let is_address = asked.iter().any(|reading| reading.address.is_some());
    move |record| {
        let is_it = interface.is_some_and(|(id, _)| record.backend_id.as_deref() == Some(id));
        let own = record.address.as_deref().and_then(|address| BackendName::new(address, None).address);
        let may_be = |asked: &BackendName<'_>| {
            let is_port = asked.port.zip(record.port).is_none_or(|(asked, own)| asked == own);
            is_port && own.zip(asked.address).is_none_or(|(own, asked)| own == asked)
        };
        let mut readings = asked.iter().filter(|reading| reading.address.is_some() == is_address);
        is_it && !record.is_called(name) && readings.any(may_be)
    }
}

/// The backend that the key is of, as it is called beside its port, where the report tells of its pool. A report that does not name its pool
/// writes keys without it.
fn backend_of(name: &str, report: &HealthReport<'_>) -> Option<String> {
    let pools = report.records.iter().map(|record| &record.pool_key).chain(report.pools.iter().map(|pool| &pool.pool_key));
    let mut pools = pools.map(|pool| &**pool).peekable();
    let nameless = key::join([&*report.adapter, "", "", ""]);
    let nameless = pools.peek().is_none().then_some(&*nameless);
    let (backend, port) = pools.chain(nameless).find_map(|pool| key::backend_in(name, pool))?;
    Some(match port {
        // Brackets keep the colons of an address apart from the port.
        Some(port) if backend.parse::<Ipv6Addr>().is_ok() => format!("[{backend}]:{port}"),
        Some(port) => format!("{backend}:{port}"),
        None => backend,
    })
}

/// Whether two names may be one backend's, or one that of a part of the other: they differ in case or hyphens alone, one is an end or the
/// beginning of the other, which is a path, or one has a number where the other has a name.
fn is_alike(id: &str, name: &str) -> bool {
    if id == name {
        return false;
    }
    let [one, other] = [id, name].map(str::to_ascii_lowercase);
    if [&one, &other].iter().all(|name| Kind::of(name) == Kind::Uuid) && one.replace('-', "") == other.replace('-', "") {
        return true;
    }
    let is_end_of = |end: &str, path: &str| path.strip_suffix(end).is_some_and(|rest| rest.ends_with('/') || end.starts_with('/'));
    let is_start_of = |start: &str, path: &str| path.strip_prefix(start).is_some_and(|rest| rest.starts_with('/'));
    let is_part_of = |part: &str, path: &str| is_end_of(part, path) || (part.contains('/') && is_start_of(part, path));
    one == other || is_part_of(&one, &other) || is_part_of(&other, &one) || is_numbered_alike(&one, &other)
}

/// Whether two paths differ only in steps that are a number in one of them, as a project's number and its id.
fn is_numbered_alike(one: &str, other: &str) -> bool {
    let is_number = |step: &str| !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    let is_same = |one: &str, other: &str| one == other || is_number(one) != is_number(other);
    // The last step is what they call the backend itself.
    let Some(((one, one_end), (other, other_end))) = one.rsplit_once('/').zip(other.rsplit_once('/')) else { return false };
    one_end == other_end
        && one.split('/').count() == other.split('/').count()
        && one.split('/').zip(other.split('/')).all(|(one, other)| is_same(one, other))
}

/// What a path leads to: every other step from its end, which alternate with names. Of names with colons, such as those that begin with `arn:`,
/// the first three parts tell that.
fn kinds_in(path: &str) -> Vec<&str> {
    let (scheme, steps) = path.split_once("://").map_or((None, path), |(scheme, steps)| (Some(scheme), steps));
    if scheme.is_none() && steps.contains(':') {
        return steps.split(':').take(3).collect();
    }
    steps.rsplit('/').skip(1).step_by(2).collect()
}

/// Whether two paths lead to resources of one kind. Only a whole URL has more before what leads there.
fn lead_to_one_kind(one: &str, other: &str) -> bool {
    let (one_kinds, other_kinds) = (kinds_in(one), kinds_in(other));
    let longer = if one_kinds.len() > other_kinds.len() { one } else { other };
    let is_whole = one_kinds.len() == other_kinds.len() || longer.contains("://");
    is_whole && one_kinds.iter().zip(&other_kinds).all(|(one, other)| one.eq_ignore_ascii_case(other))
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

/// Whether the record would be called so if its backend were: it has a name of that kind, and a port if the name has one. An address whose
/// end can be a port has to be told in either way.
fn tells(record: &BackendRecord<'_>, name: &str) -> bool {
    let is_told = |BackendName { host, port, .. }: BackendName<'_>| {
        let kind = Kind::of(host);
        let is_of_kind = |id: &str| Kind::of(id) == kind && (kind != Kind::Path || lead_to_one_kind(id, host));
        let is_given = record.backend_name.is_some() && matches!(kind, Kind::Prefixed(_) | Kind::Other);
        (is_given || record.names().any(is_of_kind)) && (port.is_none() || record.port.is_some())
    };
    let mut addresses = BackendName::readings(name).filter(|reading| reading.address.is_some()).peekable();
    if addresses.peek().is_some() { addresses.all(is_told) } else { is_told(BackendName::likely(name)) }
}
