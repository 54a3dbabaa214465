//! Who is registered where: what a health report needs to be completed.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::model::count;
use crate::model::key;
use crate::model::owned::into_owned;
use crate::model::schema_id::{Published, SchemaId};
use crate::model::word::words;
use crate::wire::{Id, Wire};
use crate::{
    BackendKind, Completeness, Context, Document, Evidence, HealthCheck, Pointer, Source, Timestamp, Traffic, Warning, WarningCode,
    Warnings,
};

words! {
    /// Whether a backend is registered in its pool. It says nothing about health. The list is open: read a value you do not know as
    /// `UNKNOWN`.
    open Registration {
        /// The backend is being removed.
        Deregistering,
        /// The backend is registered.
        Registered,
        /// The backend is being added.
        Registering,
        /// The vendor does not say, or uses a word this version does not know.
        Unknown,
        /// The backend is registered, and its settings are being changed.
        Updating,
    }
}

/// Who is registered where: pools, and the backends in them. It says nothing about whether a backend is well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Inventory<'a> {
    /// Says that this is an inventory of this major version.
    pub schema_id: SchemaId<Inventory<'static>>,
    /// Program and version that wrote the document; it tells whose mapping it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<Cow<'a, str>>,
    /// Id of the adapter that read the payload: vendor and product.
    pub adapter: Cow<'a, str>,
    /// The vendor's name of the operation whose reply it was; after a merge, of the first.
    pub operation: Cow<'a, str>,
    /// The vendor's id of the call; after a merge, of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Cow<'a, str>>,
    /// When the caller observed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed_at: Option<Timestamp>,
    /// Whether this is everything the operation has to say.
    pub completeness: Completeness,
    /// The page token to ask with next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page: Option<Cow<'a, str>>,
    /// After a merge: the replies it was made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source<'a>>,
    /// How many members the whole list has, by the vendor's own figure, where that is told of the list and not of a pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_count: Option<u32>,
    /// The pools, in the order of the payload.
    pub pools: Vec<InventoryPool<'a>>,
    /// The backends in them, in the order of the payload.
    pub members: Vec<InventoryMember<'a>>,
    /// What was odd: in the order of the payload, and behind that what shows only in the whole.
    pub warnings: Vec<Warning<'a>>,
}

into_owned!(Inventory {
    schema_id,
    producer,
    adapter,
    operation,
    request_id,
    observed_at,
    completeness,
    next_page,
    sources,
    member_count,
    pools,
    members,
    warnings,
});

impl Published for Inventory<'static> {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:inventory";
}

impl<'a> Inventory<'a> {
    /// An inventory without pools and members.
    pub fn new(adapter: &'static str, operation: &'static str, context: &Context<'a>) -> Self {
        Self {
            schema_id: SchemaId::new(),
            producer: None,
            adapter: adapter.into(),
            operation: operation.into(),
            request_id: None,
            observed_at: context.observed_at,
            completeness: Completeness::Complete,
            next_page: None,
            sources: Vec::new(),
            member_count: None,
            pools: Vec::new(),
            members: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Adds a member and gives it its key.
    pub fn member(&mut self, mut member: InventoryMember<'a>) {
        let backend = key::part_of_backend(member.backend_id.as_deref(), member.address.as_deref());
        let pool_id = member.pool_id.as_deref().unwrap_or_default();
        member.backend_key = key::join_with_port([&*self.adapter, pool_id, &backend], member.port).into();
        self.members.push(member);
    }

    /// Takes note of how many members the whole list has. One that has fewer, and announces no further page, is the last of several pages, or
    /// has lost some.
    pub fn counted(&mut self, count: Option<u32>, at: Pointer, warnings: &mut Warnings<'a>) {
        self.member_count = count;
        if self.next_page.is_none() && count > Some(self.listed()) && self.completeness == Completeness::Complete {
            self.completeness = Completeness::Incomplete;
            let message = "the list has fewer members than are counted; earlier pages, or some of the members, are missing";
            let value = count.map(|count| count.to_string().into());
            warnings.push(WarningCode::CountContradictsList, at, value, message);
        }
    }

    /// The document, with these warnings. One with warnings of elements that could not be read is not complete. Warnings of what stands in
    /// a member concern it.
    pub fn finish(mut self, mut warnings: Warnings<'a>) -> Document<'a> {
        if warnings.has_lost_elements() {
            self.completeness = Completeness::Incomplete;
        }
        for member in self.members.iter().filter(|member| member.is_unnamed()) {
            warnings.unnamed_backend(&member.evidence.path);
        }
        self.warnings = warnings.into_vec();
        if !self.warnings.is_empty() {
            let keys: HashMap<String, &Cow<'a, str>> =
                self.members.iter().map(|member| (member.evidence.path.to_string(), &member.backend_key)).collect();
            for warning in &mut self.warnings {
                let path = warning.path.to_string();
                let holder = path.rsplit_once('/').and_then(|(holder, _)| keys.get(holder));
                warning.record_key = holder.or_else(|| keys.get(&path)).map(|key| (*key).clone());
            }
        }
        Document::Inventory(self.into())
    }

    /// How many members it has.
    pub(crate) fn listed(&self) -> u32 {
        count(self.members.len())
    }
}

/// A pool, and its settings that bear on health.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct InventoryPool<'a> {
    /// Id of the pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<Cow<'a, str>>,
    /// Name of the pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Cow<'a, str>>,
    /// Protocol in which the load balancer speaks to the backends, in upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Cow<'a, str>>,
    /// How requests are distributed, in the vendor's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<Cow<'a, str>>,
    /// The load balancers that use the pool.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub load_balancer_ids: Vec<Cow<'a, str>>,
    /// The listeners that the pool is bound to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listener_ids: Vec<Cow<'a, str>>,
    /// How many backends the pool has, by the vendor's own figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_count: Option<u32>,
    /// Whether backends get traffic from zones other than their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross_zone: Option<bool>,
    /// Whether the backends' port is that of the listener.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_port: Option<bool>,
    /// What kind of thing the pool's backends are, where all are of one kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_kind: Option<BackendKind>,
    /// Whether all backends get traffic when all of them fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fail_open: Option<bool>,
    /// The pool's health check, where the reply describes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<HealthCheck<'a>>,
    /// Id of the pool's health check, where the reply only names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check_id: Option<Cow<'a, str>>,
    /// Whether the pool has a health check, where the reply names it if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_check: Option<bool>,
    /// The vendor's word for the state of the pool's configuration; not health.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor_status: Option<Cow<'a, str>>,
    /// What the pool's own state leaves to its backends: `EXCLUDED` where it is not in service, `UNKNOWN` where it may not be; absent where
    /// the reply does not keep them from traffic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traffic: Option<Traffic>,
    /// JSON Pointer to the object in the payload that describes the pool.
    pub path: Pointer,
}

into_owned!(InventoryPool {
    pool_id,
    name,
    protocol,
    algorithm,
    load_balancer_ids,
    listener_ids,
    server_count,
    cross_zone,
    any_port,
    backend_kind,
    fail_open,
    check,
    check_id,
    has_check,
    vendor_status,
    traffic,
    path,
});

impl<'a> InventoryPool<'a> {
    /// A pool at this place of the payload of which nothing else is known yet.
    pub const fn new(path: Pointer) -> Self {
        Self {
            pool_id: None,
            name: None,
            protocol: None,
            algorithm: None,
            load_balancer_ids: Vec::new(),
            listener_ids: Vec::new(),
            server_count: None,
            cross_zone: None,
            any_port: None,
            backend_kind: None,
            fail_open: None,
            check: None,
            check_id: None,
            has_check: None,
            vendor_status: None,
            traffic: None,
            path,
        }
    }

    /// Whether the pool is checked, where it says so.
    pub(crate) fn check_enabled(&self) -> Option<bool> {
        self.check.as_ref()?.enabled
    }

    /// Takes the id of the health check from this field of the vendor's pool. A field that is there and holds nothing says that there is
    /// no check.
    pub fn checked_by(&mut self, pool: &impl Wire<'a>, field: &str, id: Option<Id<'a>>) {
        self.has_check = (pool.is_present(field) && !pool.is_unreadable(field)).then_some(id.is_some());
        self.check_id = id.map(Id::into_text);
    }
}

/// A backend that is registered in a pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct InventoryMember<'a> {
    /// Identity of the backend: adapter, pool, backend and port, joined by `|`. The same as in health records.
    pub backend_key: Cow<'a, str>,
    /// Id of the load balancer, where backends are registered with it and not in a pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub load_balancer_id: Option<Cow<'a, str>>,
    /// Id of the pool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<Cow<'a, str>>,
    /// Id that the load balancer gives the backend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_id: Option<Cow<'a, str>>,
    /// Name of the backend; not necessarily the server's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_name: Option<Cow<'a, str>>,
    /// What kind of thing the backend is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backend_kind: Option<BackendKind>,
    /// Id of the cloud server behind the backend, where it is not the backend's own.
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
    /// Weight on the vendor's own scale.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "crate::model::record::weight")]
    pub weight: Option<f64>,
    /// The backend's part in its pool, in the vendor's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Cow<'a, str>>,
    /// Whether the backend is registered.
    pub registration: Registration,
    /// The vendor's own words, and where they stood.
    pub evidence: Evidence<'a>,
}

into_owned!(InventoryMember {
    backend_key,
    load_balancer_id,
    pool_id,
    backend_id,
    backend_name,
    backend_kind,
    instance_id,
    address,
    port,
    zone,
    weight,
    role,
    registration,
    evidence,
});

impl InventoryMember<'_> {
    /// What it is a member of.
    pub(crate) fn member_of(&self) -> &str {
        member_of(self.pool_id.as_deref(), self.load_balancer_id.as_deref())
    }

    /// Whether nothing tells it from others.
    pub(crate) const fn is_unnamed(&self) -> bool {
        self.backend_id.is_none() && self.address.is_none()
    }

    /// A member at this place of the payload of which nothing else is known yet; [`Inventory::member`] gives it its key.
    pub fn new(at: Pointer) -> Self {
        Self {
            backend_key: Cow::Borrowed(""),
            load_balancer_id: None,
            pool_id: None,
            backend_id: None,
            backend_name: None,
            backend_kind: None,
            instance_id: None,
            address: None,
            port: None,
            zone: None,
            weight: None,
            role: None,
            registration: Registration::Unknown,
            evidence: Evidence { path: at, ..Evidence::default() },
        }
    }
}

/// What a backend is a member of: its pool, or its load balancer where it is in none; empty where neither is told.
pub(crate) fn member_of<'n>(pool_id: Option<&'n str>, load_balancer_id: Option<&'n str>) -> &'n str {
    pool_id.or(load_balancer_id).unwrap_or_default()
}
