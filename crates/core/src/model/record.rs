//! One observation of one backend.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::key;
use crate::model::owned::into_owned;
use crate::model::place::{place, place_key};
use crate::model::spare;
use crate::model::word::words;
use crate::{
    BackendHealth, Cause, Certainty, Evidence, Place, Pointer, Probe, Scope, Traffic, TrafficReason, Trend, Verdict, WarningCode,
};

words! {
    /// What kind of thing a backend is. The list is open: read a value you do not know as "something else".
    open BackendKind {
        /// A container.
        Container,
        /// A function.
        Function,
        /// A cloud server.
        Instance,
        /// An address that the load balancer knows nothing more about.
        Ip,
        /// Another load balancer.
        LoadBalancer,
        /// A network interface.
        NetworkInterface,
    }
}

/// One observation: what was said of one backend (an id or address and a port) in one pool, at one listener or rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BackendRecord<'a> {
    /// Identity of the observation: adapter, scope, listener (or rule, or load balancer), pool, backend and port, and the observer where
    /// there is one, joined by `|`. Unique in a document.
    pub record_key: Cow<'a, str>,
    /// Identity of the backend wherever it is observed: adapter, pool, backend and port, joined by `|`. Count backends by it.
    pub backend_key: Cow<'a, str>,
    /// Identity of the pool at this place: adapter, scope, listener (or rule, or load balancer) and pool, joined by `|`. The same as in
    /// `pools`.
    pub pool_key: Cow<'a, str>,
    /// The kind of place at which the backend is observed.
    pub scope: Scope,
    /// Id of the load balancer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_balancer_id: Option<Cow<'a, str>>,
    /// Id of the listener.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listener_id: Option<Cow<'a, str>>,
    /// Port of the listener.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listener_port: Option<u16>,
    /// Protocol of the listener, in upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listener_protocol: Option<Cow<'a, str>>,
    /// Id of the forwarding rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_id: Option<Cow<'a, str>>,
    /// Id of the pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<Cow<'a, str>>,
    /// Who gave the verdict, where several at one place give one each: a node of the load balancer, or all that probe addresses of one
    /// family (`IPV4`, `IPV6`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observer: Option<Cow<'a, str>>,
    /// Id that the load balancer gives the backend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_id: Option<Cow<'a, str>>,
    /// Name of the backend; not necessarily the server's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_name: Option<Cow<'a, str>>,
    /// What kind of thing the backend is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_kind: Option<BackendKind>,
    /// Id of the cloud server behind the backend, where it is not the backend's own: joins with an asset list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_id: Option<Cow<'a, str>>,
    /// IP address (version 4 or 6, without brackets) or name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Cow<'a, str>>,
    /// Port that gets the traffic; absent where it is not fixed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// Availability zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<Cow<'a, str>>,
    /// Weight on the vendor's own scale, which is not comparable across vendors. It never decides health.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "weight")]
    pub weight: Option<f64>,
    /// What the checks say.
    pub health: BackendHealth,
    /// Whether the backend gets new traffic.
    pub traffic: Traffic,
    /// Why the traffic is so, where health alone does not explain it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub traffic_reason: Option<TrafficReason>,
    /// Why the backend is not plainly healthy; absent where it is, and where the vendor gives no reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// How the health follows from what the vendor said.
    pub certainty: Certainty,
    /// Where the health is heading, where the vendor says that the last checks answered otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
    /// What the probe expected and observed, where the vendor tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probe: Option<Box<Probe>>,
    /// The vendor's own words, and where they stood.
    pub evidence: Evidence<'a>,
    /// Codes of the warnings that concern this record; left out when there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<WarningCode>,
}

into_owned!(BackendRecord {
    record_key,
    backend_key,
    pool_key,
    scope,
    load_balancer_id,
    listener_id,
    listener_port,
    listener_protocol,
    rule_id,
    pool_id,
    observer,
    backend_id,
    backend_name,
    backend_kind,
    instance_id,
    address,
    port,
    zone,
    weight,
    health,
    traffic,
    traffic_reason,
    cause,
    certainty,
    trend,
    probe,
    evidence,
    warnings,
});

impl<'a> BackendRecord<'a> {
    /// A record at this place of which nothing else is known yet; a [`ReportBuilder`](crate::ReportBuilder) gives it verdict and keys.
    pub fn new(place: &Place<'a>) -> Self {
        Self {
            record_key: Cow::Borrowed(""),
            backend_key: Cow::Borrowed(""),
            pool_key: Cow::Borrowed(""),
            scope: place.scope,
            load_balancer_id: place.load_balancer_id.clone(),
            listener_id: place.listener_id.clone(),
            listener_port: place.listener_port,
            listener_protocol: place.listener_protocol.clone(),
            rule_id: place.rule_id.clone(),
            pool_id: place.pool_id.clone(),
            observer: None,
            backend_id: None,
            backend_name: None,
            backend_kind: None,
            instance_id: None,
            address: None,
            port: None,
            zone: None,
            weight: None,
            health: BackendHealth::Unknown,
            traffic: Traffic::Unknown,
            traffic_reason: None,
            cause: None,
            certainty: Certainty::Inferred,
            trend: None,
            probe: None,
            evidence: Evidence { path: Pointer::ROOT, ..Evidence::default() },
            warnings: Vec::new(),
        }
    }

    pub(crate) fn set_verdict(&mut self, verdict: Verdict<'a>) {
        // The codes of its warnings come with the record's other warnings.
        let Verdict { health, traffic, traffic_reason, cause, certainty, trend, probe, evidence, warnings: _ } = verdict;
        self.health = health;
        self.traffic = traffic;
        self.traffic_reason = traffic_reason;
        self.cause = cause;
        self.certainty = certainty;
        self.trend = trend;
        self.probe = probe;
        self.evidence = evidence;
    }

    place_key!();
    place!();

    pub(crate) fn set_keys(&mut self, adapter: &str) {
        self.set_keys_in(self.place_key().pool_key(adapter));
    }

    /// As [`set_keys`](Self::set_keys); `before` is a record with its keys, often of the same pool.
    pub(crate) fn set_keys_after(&mut self, adapter: &str, before: &Self) {
        let is_same_pool = self.place_key().is(before.place_key());
        self.set_keys_in(if is_same_pool { spare::copy(&before.pool_key) } else { self.place_key().pool_key(adapter) });
    }

    fn set_keys_in(&mut self, pool_key: String) {
        let backend = key::part_of_backend(self.backend_id.as_deref(), self.address.as_deref());
        let [mut record_key, backend_key] = key::of_backend(&pool_key, &backend, self.port);
        if let Some(observer) = &self.observer {
            record_key = format!("{record_key}|{}", key::join([&**observer]));
        }
        self.backend_key = backend_key.into();
        self.record_key = record_key.into();
        self.pool_key = pool_key.into();
    }

    /// Adds the code of a warning that concerns this record, once.
    pub fn warn(&mut self, code: WarningCode) {
        if !self.warnings.contains(&code) {
            self.warnings.push(code);
        }
    }
}

/// Writes a whole weight without a fraction, as the vendors do.
#[expect(clippy::ref_option, reason = "serde calls it so")]
pub(crate) fn weight<S: serde::Serializer>(weight: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match weight.and_then(without_fraction) {
        Some(whole) => serializer.serialize_i64(whole),
        None => weight.serialize(serializer),
    }
}

/// The weight without a fraction, if it has none.
pub(crate) fn without_fraction(weight: f64) -> Option<i64> {
    let is_whole = weight.fract() == 0.0 && weight.abs() < 1e15;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
    is_whole.then_some(weight as i64)
}
