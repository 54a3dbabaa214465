//! A backend, and the verdicts on it: one for each family of addresses.

use lbhealth_core::wire::{Id, Text, Wire};
use lbhealth_core::{BackendKind, BackendRecord, Place, Pointer, ReportBuilder, Words};

use super::resource;
use crate::vocabulary::{ABSENT, HEALTHS, IPV4, IPV6, IPV6_STATE, NO_ADDRESS, STATE, VOCABULARY};

/// A backend.
#[derive(Default)]
pub(super) struct Backend<'a> {
    /// Address of version 4, or a name.
    pub(super) address: Option<Text<'a>>,
    /// Address of version 6.
    pub(super) ipv6_address: Option<Text<'a>>,
    pub(super) port: Option<u16>,
    pub(super) weight: Option<f64>,
    /// Name of the instance behind it.
    instance: Option<Text<'a>>,
    /// Whether the backend is the instance, and not one of its addresses.
    is_instance: bool,
}

impl<'a> Backend<'a> {
    /// The instance at this URL.
    pub(super) fn instance(url: Option<Id<'a>>, address: Option<Id<'a>>, ipv6_address: Option<Id<'a>>) -> Self {
        Self { is_instance: true, ..Self::endpoint(url, address, ipv6_address) }
    }

    /// What answers at these addresses. Several of them can be on one instance, as the containers of a cluster are.
    pub(super) fn endpoint(url: Option<Id<'a>>, address: Option<Id<'a>>, ipv6_address: Option<Id<'a>>) -> Self {
        let instance = url.map(|url| resource::path(url.into_text()));
        let address = address.map(Id::into_text).filter(|address| address != NO_ADDRESS);
        Self { address, ipv6_address: ipv6_address.map(Id::into_text), instance, ..Self::default() }
    }

    /// Adds a record for each family of addresses that has a verdict. The warnings from `start` on belong to the first.
    pub(super) fn observe(
        &self,
        states: States<'a>,
        facts: &[(&str, &str)],
        place: &Place<'a>,
        at: &Pointer,
        start: usize,
        report: &mut ReportBuilder<'a>,
    ) {
        let mut start = start;
        for (observer, field, state) in states.of(self) {
            let words = Words::maybe(state).status_field(field).operation(report.operation()).facts(facts).at(at.clone());
            let verdict = VOCABULARY.judge(words, &mut report.warnings);
            report.record(place, verdict, start, |record| {
                self.complete(record);
                if observer == IPV6 {
                    record.address.clone_from(&self.ipv6_address);
                }
                record.observer = Some(observer.into());
            });
            start = report.warnings.len();
        }
    }

    /// Adds a record without a verdict, where the reply has no list of verdicts.
    pub(super) fn unobserved(
        &self,
        facts: &[(&str, &str)],
        place: &Place<'a>,
        at: &Pointer,
        start: usize,
        report: &mut ReportBuilder<'a>,
    ) {
        let words = Words::new(ABSENT).status_field(HEALTHS).operation(report.operation()).facts(facts).at(at.clone());
        let mut verdict = VOCABULARY.judge(words, &mut report.warnings);
        // The vendor said nothing; the word is ours.
        verdict.evidence.status = None;
        report.record(place, verdict, start, |record| self.complete(record));
    }

    /// Adds what the backend is, whoever observes it.
    fn complete(&self, record: &mut BackendRecord<'a>) {
        let address = self.address.as_ref().or(self.ipv6_address.as_ref());
        let id = if self.is_instance { self.instance.as_ref().or(address) } else { address.or(self.instance.as_ref()) };
        record.backend_id = id.cloned();
        if id == self.instance.as_ref() {
            record.backend_kind = self.instance.is_some().then_some(BackendKind::Instance);
            record.backend_name = self.instance.as_deref().map(|path| resource::name(path).to_owned().into());
        } else {
            record.instance_id.clone_from(&self.instance);
            record.backend_kind = Some(BackendKind::Ip).filter(|_| self.instance.is_none() && self.has_ip());
        }
        record.address.clone_from(&self.address);
        record.port = self.port;
        let group = record.pool_id.as_deref();
        let zone = self.instance.as_deref().into_iter().chain(group).find_map(|path| resource::part(path, "zones"));
        record.zone = zone.map(|zone| zone.to_owned().into());
        record.weight = self.weight;
    }

    fn has_ip(&self) -> bool {
        [&self.address, &self.ipv6_address].into_iter().flatten().any(|address| address.parse::<std::net::IpAddr>().is_ok())
    }
}

/// The status words for the two families of addresses: family, field and word of each that is there.
pub(super) struct States<'a>(Vec<(&'static str, &'static str, Option<Text<'a>>)>);

impl<'a> States<'a> {
    /// Those of the object that holds them. One that cannot be read is still there.
    pub(super) fn new(object: &impl Wire<'a>, ipv4: Option<Text<'a>>, ipv6: Option<Text<'a>>) -> Self {
        let mut states = vec![(IPV4, STATE, ipv4), (IPV6, IPV6_STATE, ipv6)];
        states.retain(|(_, field, state)| state.is_some() || object.is_unreadable(field));
        Self(states)
    }

    /// Where there is none at all, the one that is missing is for the family that the backend has an address of.
    fn of(mut self, backend: &Backend<'_>) -> Vec<(&'static str, &'static str, Option<Text<'a>>)> {
        if self.0.is_empty() {
            let is_ipv6 = backend.address.is_none() && backend.ipv6_address.is_some();
            self.0.push(if is_ipv6 { (IPV6, IPV6_STATE, None) } else { (IPV4, STATE, None) });
        }
        self.0
    }
}
