//! How backends are checked.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::owned::into_owned;
use crate::model::schema_id::{Published, SchemaId};
use crate::model::word::words;
use crate::{Completeness, Context, Document, Evidence, Pointer, StatusCodes, Timestamp, Warning, Warnings};

words! {
    /// Which name a probe asks for where no name is configured. The list is open: read a value you do not know as "not known".
    open HostDefault {
        /// The backend's own address.
        BackendAddress,
        /// A name that stands apart from the check, in the settings by which the backends are reached.
        BackendSettings,
        /// The load balancer's address.
        LoadBalancerAddress,
    }
}

/// How backends are checked, as an API for the configuration said it. It says nothing about whether a backend is well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HealthCheckReport<'a> {
    /// Says that this is a health check report of this major version.
    pub schema_id: SchemaId<HealthCheckReport<'static>>,
    /// Program and version that wrote the document; it tells whose mapping it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub producer: Option<Cow<'a, str>>,
    /// Id of the adapter that read the payload: vendor and product.
    pub adapter: Cow<'a, str>,
    /// The vendor's name of the operation whose reply it was.
    pub operation: Cow<'a, str>,
    /// The vendor's id of the call.
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
    /// The configurations, in the order of the payload.
    pub health_checks: Vec<HealthCheck<'a>>,
    /// What was odd, in the order of the payload.
    pub warnings: Vec<Warning<'a>>,
}

into_owned!(HealthCheckReport {
    schema_id,
    producer,
    adapter,
    operation,
    request_id,
    observed_at,
    completeness,
    next_page,
    health_checks,
    warnings
});

impl Published for HealthCheckReport<'static> {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:health-check-report";
}

impl<'a> HealthCheckReport<'a> {
    /// A report without configurations.
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
            health_checks: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The document, with these warnings. One with warnings of elements that could not be read is not complete.
    pub fn finish(mut self, warnings: Warnings<'a>) -> Document<'a> {
        if warnings.has_lost_elements() {
            self.completeness = Completeness::Incomplete;
        }
        self.warnings = warnings.into_vec();
        Document::HealthChecks(self.into())
    }
}

/// The configuration of a health check. What the vendor did not send is absent; no default is filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HealthCheck<'a> {
    /// Id of the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Cow<'a, str>>,
    /// Name of the configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Cow<'a, str>>,
    /// Whether this is a blueprint, which says nothing of what is in force anywhere.
    pub template: bool,
    /// Whether the check runs; absent where the vendor does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Protocol of the probe in upper case: `HTTP`, `HTTPS`, `HTTP2` (over TLS), `TCP`, `TLS`, `UDP`, `GRPC`, `GRPCS` (gRPC over TLS), or
    /// another word of the vendor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Cow<'a, str>>,
    /// Port that is probed; absent: the backend's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// Name that the probe asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<Cow<'a, str>>,
    /// Which name the probe asks for where `host` is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host_default: Option<HostDefault>,
    /// Path that the probe asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Cow<'a, str>>,
    /// Method of the probe, in upper case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Cow<'a, str>>,
    /// HTTP version of the probe: `1.0` or `1.1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub http_version: Option<Cow<'a, str>>,
    /// Time from one probe to the next, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval_ms: Option<u64>,
    /// Time after which a probe has failed, in milliseconds. It can be longer than the interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<u64>,
    /// How many passed probes in a row make a backend healthy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub healthy_threshold: Option<u32>,
    /// How many failed probes in a row make a backend unhealthy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unhealthy_threshold: Option<u32>,
    /// The status codes that count as a passed probe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<StatusCodes>,
    /// The pools that are checked so; left out where they are not told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pool_ids: Vec<Cow<'a, str>>,
    /// Id of the resource group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource_group_id: Option<Cow<'a, str>>,
    /// Labels that users gave it; left out when there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<Label<'a>>,
    /// The vendor's own words, and where the configuration stood.
    pub evidence: Evidence<'a>,
}

into_owned!(HealthCheck {
    id,
    name,
    template,
    enabled,
    protocol,
    port,
    host,
    host_default,
    path,
    method,
    http_version,
    interval_ms,
    timeout_ms,
    healthy_threshold,
    unhealthy_threshold,
    expected,
    pool_ids,
    resource_group_id,
    labels,
    evidence,
});

impl HealthCheck<'_> {
    /// A configuration at this place of the payload of which nothing else is known yet.
    pub fn new(at: Pointer) -> Self {
        Self {
            id: None,
            name: None,
            template: false,
            enabled: None,
            protocol: None,
            port: None,
            host: None,
            host_default: None,
            path: None,
            method: None,
            http_version: None,
            interval_ms: None,
            timeout_ms: None,
            healthy_threshold: None,
            unhealthy_threshold: None,
            expected: None,
            pool_ids: Vec::new(),
            resource_group_id: None,
            labels: Vec::new(),
            evidence: Evidence { path: at, ..Evidence::default() },
        }
    }
}

/// A label that a user gave to a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Label<'a> {
    /// Its name.
    pub key: Cow<'a, str>,
    /// Its value; empty where none is set.
    pub value: Cow<'a, str>,
}

into_owned!(Label { key, value });

impl<'a> Label<'a> {
    /// A label.
    pub const fn new(key: Cow<'a, str>, value: Cow<'a, str>) -> Self {
        Self { key, value }
    }
}
