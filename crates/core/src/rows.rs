//! The same facts as flat rows of scalars, for tables.

use std::borrow::Cow;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::schema_id::{Published, SchemaId};
use crate::word::FIRST_RELEASE;
use crate::{
    BackendHealth, BackendKind, Certainty, CodeKind, Completeness, Coverage, FailureReason, HealthReport, Phase, Pointer, Scope,
    Timestamp, Traffic, TrafficReason, Trend,
};

/// A column of a published row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its name: the nested path in the document, joined by `_`.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// How many different values it holds.
    pub variety: Variety,
    /// Whether every row has it.
    pub required: bool,
    /// What its numbers count or measure; empty where that has no name.
    pub unit: &'static str,
    /// What it says.
    pub documentation: &'static str,
    /// The release that brought it.
    pub since: &'static str,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum ColumnKind {
    /// `true` or `false`.
    Bool,
    /// A number that can have a fraction.
    Float64,
    /// A whole number from 0 to 2147483647.
    Int32,
    /// A time in UTC, to the millisecond.
    #[strum(serialize = "timestamp[ms, UTC]")]
    Timestamp,
    /// Text.
    Utf8,
}

/// How many different values a column holds: whether a dictionary of them pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Variety {
    /// Few texts stand in many rows, such as the ids of adapters.
    Few,
    /// As many as there are.
    Many,
    /// Words of a list of ours, which are these, in the order of the list. A later version may know further ones.
    Words(&'static [&'static str]),
}

mod cell;

use self::cell::Cell;
pub use self::cell::CellVisitor;

/// Declares a row type together with its columns, each with its unit and, from the second release on, with its first release:
/// `name: Type = "unit" => "0.2.0"`. Text of which all replies of an operation have the same is `as Few`. New columns go at the end.
macro_rules! row {
    ($(#[doc = $doc:literal])+ $name:ident<$a:lifetime> $id:literal {
        $($(#[doc = $head_doc:literal])+ $([$head_attribute:meta])? $head:ident: $head_type:ty $(as $variety:ident)? $(= $head_unit:literal)? $(=> $head_since:literal)?,)+
        ---
        $($(#[doc = $column_doc:literal])+ $([$attribute:meta])? $column:ident: $type:ty $(= $unit:literal)? $(=> $since:literal)?,)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub struct $name<$a> {
            /// Says that this is a row of this kind and major version.
            pub schema_id: SchemaId<$name<'static>>,
            $($(#[doc = $head_doc])+ $(#[$head_attribute])? pub $head: $head_type,)+
            $($(#[doc = $column_doc])+ $(#[$attribute])? pub $column: $type,)+
        }

        impl Published for $name<'static> {
            const SCHEMA_ID: &'static str = $id;
        }

        impl<$a> $name<$a> {
            /// The columns in their published order.
            pub const COLUMNS: &'static [Column] = &[
                Column {
                    name: "schema_id",
                    kind: <SchemaId<$name<'static>> as Cell>::KIND,
                    variety: <SchemaId<$name<'static>> as Cell>::VARIETY,
                    required: true,
                    unit: "",
                    documentation: "Says that this is a row of this kind and major version.",
                    since: FIRST_RELEASE,
                },
                $(Column {
                    name: stringify!($head),
                    kind: <$head_type as Cell>::KIND,
                    variety: [$(Variety::$variety,)? <$head_type as Cell>::VARIETY][0],
                    required: <$head_type as Cell>::REQUIRED,
                    unit: [$($head_unit,)? ""][0],
                    documentation: concat!($($head_doc),+).trim_ascii(),
                    since: [$($head_since,)? FIRST_RELEASE][0],
                },)+
                $(Column {
                    name: stringify!($column),
                    kind: <$type as Cell>::KIND,
                    variety: <$type as Cell>::VARIETY,
                    required: <$type as Cell>::REQUIRED,
                    unit: [$($unit,)? ""][0],
                    documentation: concat!($($column_doc),+).trim_ascii(),
                    since: [$($since,)? FIRST_RELEASE][0],
                },)+
            ];

            /// Shows every cell to the visitor, in the order of the columns.
            pub fn visit_cells(&self, visitor: &mut impl CellVisitor) {
                self.schema_id.visit(visitor);
                $(self.$head.visit(visitor);)+
                $(self.$column.visit(visitor);)+
            }

            /// Adds the row as one line of JSON: the text that `serde_json` would write, several times as fast.
            pub fn write_line(&self, out: &mut Vec<u8>) {
                self.write_head(out);
                self.write_columns(out);
            }

            /// What rows of one report have in common.
            fn write_head(&self, out: &mut Vec<u8>) {
                self.schema_id.write("{\"schema_id\":\"", out);
                $(self.$head.write(concat!(",\"", stringify!($head), "\":\""), out);)+
            }

            fn write_columns(&self, out: &mut Vec<u8>) {
                $(self.$column.write(concat!(",\"", stringify!($column), "\":\""), out);)+
                out.extend_from_slice(b"}\n");
            }

            /// Adds rows of one report, each as one line of JSON.
            fn write_lines(rows: impl Iterator<Item = Self>, out: &mut Vec<u8>) {
                let mut head = 0..0;
                for row in rows {
                    let start = out.len();
                    if head.is_empty() {
                        row.write_head(out);
                        head = start..out.len();
                    } else {
                        out.extend_from_within(head.clone());
                    }
                    row.write_columns(out);
                }
            }
        }
    };
}

row! {
    /// One observation of one backend as a flat row: a record together with the head of its report.
    BackendRow<'a> "urn:lbhealth:v1:backend-row" {
        /// Program and version that wrote the row; it tells whose mapping it was.
        [serde(skip_serializing_if = "Option::is_none")] producer: Option<Cow<'a, str>> as Few,
        /// Id of the adapter that read the payload: vendor and product.
        adapter: Cow<'a, str> as Few,
        /// The vendor's name of the operation whose reply it was.
        operation: Cow<'a, str> as Few,
        /// The vendor's id of the call.
        [serde(skip_serializing_if = "Option::is_none")] request_id: Option<Cow<'a, str>>,
        /// When the caller observed it.
        [serde(skip_serializing_if = "Option::is_none")] observed_at: Option<Timestamp> = "UTC",
        /// Which backends the operation lists at all.
        coverage: Coverage,
        /// Whether the report this row is from is everything the operation has to say.
        completeness: Completeness,
        ---
        /// Identity of the observation: adapter, scope, listener (or rule), pool, backend and port, joined by `|`. Join snapshots on it.
        record_key: Cow<'a, str>,
        /// Identity of the backend wherever it is observed. Count backends by it.
        backend_key: Cow<'a, str>,
        /// Identity of the pool at this place. Joins with the pool rows.
        pool_key: Cow<'a, str>,
        /// The kind of place at which the backend is observed.
        scope: Scope,
        /// Id of the load balancer.
        [serde(skip_serializing_if = "Option::is_none")] load_balancer_id: Option<Cow<'a, str>>,
        /// Id of the listener.
        [serde(skip_serializing_if = "Option::is_none")] listener_id: Option<Cow<'a, str>>,
        /// Port of the listener.
        [serde(skip_serializing_if = "Option::is_none")] listener_port: Option<u16>,
        /// Protocol of the listener, in upper case.
        [serde(skip_serializing_if = "Option::is_none")] listener_protocol: Option<Cow<'a, str>>,
        /// Id of the forwarding rule.
        [serde(skip_serializing_if = "Option::is_none")] rule_id: Option<Cow<'a, str>>,
        /// Id of the pool.
        [serde(skip_serializing_if = "Option::is_none")] pool_id: Option<Cow<'a, str>>,
        /// Id that the load balancer gives the backend.
        [serde(skip_serializing_if = "Option::is_none")] backend_id: Option<Cow<'a, str>>,
        /// Name of the backend; not necessarily the server's.
        [serde(skip_serializing_if = "Option::is_none")] backend_name: Option<Cow<'a, str>>,
        /// What kind of thing the backend is.
        [serde(skip_serializing_if = "Option::is_none")] backend_kind: Option<BackendKind>,
        /// Id of the cloud server behind the backend, where it is not the backend's own: joins with an asset list.
        [serde(skip_serializing_if = "Option::is_none")] instance_id: Option<Cow<'a, str>>,
        /// IP address (version 4 or 6, without brackets) or name.
        [serde(skip_serializing_if = "Option::is_none")] address: Option<Cow<'a, str>>,
        /// Port that gets the traffic; absent where it is not fixed.
        [serde(skip_serializing_if = "Option::is_none")] port: Option<u16>,
        /// Availability zone.
        [serde(skip_serializing_if = "Option::is_none")] zone: Option<Cow<'a, str>>,
        /// Weight on the vendor's own scale, which is not comparable across vendors.
        [serde(default, skip_serializing_if = "Option::is_none", serialize_with = "crate::record::weight")] weight: Option<f64> = "the vendor's own scale",
        /// What the checks say.
        health: BackendHealth,
        /// Whether the backend gets new traffic.
        traffic: Traffic,
        /// Why the traffic is so, where health alone does not explain it.
        [serde(skip_serializing_if = "Option::is_none")] traffic_reason: Option<TrafficReason>,
        /// Why the backend is not plainly healthy.
        [serde(skip_serializing_if = "Option::is_none")] cause_reason: Option<FailureReason>,
        /// The stage or circumstance of the reason.
        [serde(skip_serializing_if = "Option::is_none")] cause_phase: Option<Phase>,
        /// How the reason follows from what the vendor said.
        [serde(skip_serializing_if = "Option::is_none")] cause_certainty: Option<Certainty>,
        /// How the health follows from what the vendor said.
        certainty: Certainty,
        /// The number space of the expected status codes.
        [serde(skip_serializing_if = "Option::is_none")] probe_expected_kind: Option<CodeKind>,
        /// The status codes that the check accepts, such as `200-299,404`.
        [serde(skip_serializing_if = "Option::is_none")] probe_expected: Option<Cow<'a, str>>,
        /// The status codes that the backend answered with, joined by commas.
        [serde(skip_serializing_if = "Option::is_none")] probe_observed: Option<Cow<'a, str>>,
        /// The vendor's status word, untouched.
        [serde(skip_serializing_if = "Option::is_none")] evidence_status: Option<Cow<'a, str>>,
        /// The vendor's reason word, untouched.
        [serde(skip_serializing_if = "Option::is_none")] evidence_reason: Option<Cow<'a, str>>,
        /// The expected status codes as the vendor wrote them.
        [serde(skip_serializing_if = "Option::is_none")] evidence_expected: Option<Cow<'a, str>>,
        /// The observed status codes as the vendor wrote them.
        [serde(skip_serializing_if = "Option::is_none")] evidence_observed: Option<Cow<'a, str>>,
        /// The vendor's text for people.
        [serde(skip_serializing_if = "Option::is_none")] evidence_message: Option<Cow<'a, str>>,
        /// Which of the report's sources the payload is, from 0; absent for the first.
        [serde(skip_serializing_if = "Option::is_none")] evidence_source: Option<u32>,
        /// JSON Pointer to the object in the payload that held the words.
        evidence_path: Pointer,
        /// Codes of the warnings that concern the record, joined by commas.
        [serde(skip_serializing_if = "Option::is_none")] warnings: Option<Cow<'a, str>>,
        /// Port that is probed.
        [serde(skip_serializing_if = "Option::is_none")] probe_port: Option<u16>,
        /// Where the health is heading.
        [serde(skip_serializing_if = "Option::is_none")] trend: Option<Trend>,
        /// Who gave the verdict, where several at one place give one each.
        [serde(skip_serializing_if = "Option::is_none")] observer: Option<Cow<'a, str>>,
    }
}

row! {
    /// One pool at one place as a flat row: a pool summary together with the head of its report. An absent count is not known, never 0.
    PoolRow<'a> "urn:lbhealth:v1:pool-row" {
        /// Program and version that wrote the row; it tells whose mapping it was.
        [serde(skip_serializing_if = "Option::is_none")] producer: Option<Cow<'a, str>> as Few,
        /// Id of the adapter that read the payload: vendor and product.
        adapter: Cow<'a, str> as Few,
        /// The vendor's name of the operation whose reply it was.
        operation: Cow<'a, str> as Few,
        /// The vendor's id of the call.
        [serde(skip_serializing_if = "Option::is_none")] request_id: Option<Cow<'a, str>>,
        /// When the caller observed it.
        [serde(skip_serializing_if = "Option::is_none")] observed_at: Option<Timestamp> = "UTC",
        /// Which backends the operation lists at all.
        coverage: Coverage,
        /// Whether the report this row is from is everything the operation has to say.
        completeness: Completeness,
        ---
        /// Identity of the pool at this place: adapter, scope, listener (or rule) and pool, joined by `|`. Joins with the backend rows.
        pool_key: Cow<'a, str>,
        /// The kind of place at which the pool is observed.
        scope: Scope,
        /// Id of the load balancer.
        [serde(skip_serializing_if = "Option::is_none")] load_balancer_id: Option<Cow<'a, str>>,
        /// Id of the listener.
        [serde(skip_serializing_if = "Option::is_none")] listener_id: Option<Cow<'a, str>>,
        /// Port of the listener.
        [serde(skip_serializing_if = "Option::is_none")] listener_port: Option<u16>,
        /// Protocol of the listener, in upper case.
        [serde(skip_serializing_if = "Option::is_none")] listener_protocol: Option<Cow<'a, str>>,
        /// Id of the forwarding rule.
        [serde(skip_serializing_if = "Option::is_none")] rule_id: Option<Cow<'a, str>>,
        /// Id of the pool.
        [serde(skip_serializing_if = "Option::is_none")] pool_id: Option<Cow<'a, str>>,
        /// Whether the pool's health check is on.
        [serde(skip_serializing_if = "Option::is_none")] check_enabled: Option<bool>,
        /// How many backends the pool has, by the vendor's own figure.
        [serde(skip_serializing_if = "Option::is_none")] server_count: Option<u32> = "backends",
        /// How many elements the vendor's list of backends has.
        [serde(skip_serializing_if = "Option::is_none")] listed_count: Option<u32> = "backends",
        /// How many backends are `HEALTHY`.
        [serde(skip_serializing_if = "Option::is_none")] healthy_count: Option<u32> = "backends",
        /// How many backends are `UNHEALTHY`.
        [serde(skip_serializing_if = "Option::is_none")] unhealthy_count: Option<u32> = "backends",
        /// How many backends are `DEGRADED`.
        [serde(skip_serializing_if = "Option::is_none")] degraded_count: Option<u32> = "backends",
        /// How many backends are `INITIALIZING`.
        [serde(skip_serializing_if = "Option::is_none")] initializing_count: Option<u32> = "backends",
        /// How many backends are `DRAINING`.
        [serde(skip_serializing_if = "Option::is_none")] draining_count: Option<u32> = "backends",
        /// How many backends are `UNMONITORED`.
        [serde(skip_serializing_if = "Option::is_none")] unmonitored_count: Option<u32> = "backends",
        /// How many backends are `INACTIVE`.
        [serde(skip_serializing_if = "Option::is_none")] inactive_count: Option<u32> = "backends",
        /// How many backends are `UNKNOWN`.
        [serde(skip_serializing_if = "Option::is_none")] unknown_count: Option<u32> = "backends",
        /// How many backends the vendor counts and does not list.
        [serde(skip_serializing_if = "Option::is_none")] unlisted_count: Option<u32> = "backends",
        /// What may be said of every backend that is not listed.
        [serde(skip_serializing_if = "Option::is_none")] unlisted_health: Option<BackendHealth>,
        /// What narrows the traffic of every backend that is not listed.
        [serde(skip_serializing_if = "Option::is_none")] unlisted_traffic: Option<Traffic>,
        /// JSON Pointer to the object in the payload that describes the pool.
        path: Pointer,
    }
}

impl HealthReport<'_> {
    /// The records as flat rows, in their order.
    pub fn rows(&self) -> impl Iterator<Item = BackendRow<'_>> {
        self.records.iter().map(|record| BackendRow {
            schema_id: SchemaId::new(),
            producer: lent(self.producer.as_ref()),
            adapter: Cow::Borrowed(&self.adapter),
            operation: Cow::Borrowed(&self.operation),
            request_id: lent(self.request_id.as_ref()),
            observed_at: self.observed_at,
            coverage: self.coverage,
            completeness: self.completeness,
            record_key: Cow::Borrowed(&record.record_key),
            backend_key: Cow::Borrowed(&record.backend_key),
            pool_key: Cow::Borrowed(&record.pool_key),
            scope: record.scope,
            load_balancer_id: lent(record.load_balancer_id.as_ref()),
            listener_id: lent(record.listener_id.as_ref()),
            listener_port: record.listener_port,
            listener_protocol: lent(record.listener_protocol.as_ref()),
            rule_id: lent(record.rule_id.as_ref()),
            pool_id: lent(record.pool_id.as_ref()),
            backend_id: lent(record.backend_id.as_ref()),
            backend_name: lent(record.backend_name.as_ref()),
            backend_kind: record.backend_kind,
            instance_id: lent(record.instance_id.as_ref()),
            address: lent(record.address.as_ref()),
            port: record.port,
            zone: lent(record.zone.as_ref()),
            weight: record.weight,
            health: record.health,
            traffic: record.traffic,
            traffic_reason: record.traffic_reason,
            cause_reason: record.cause.map(|cause| cause.reason),
            cause_phase: record.cause.map(|cause| cause.phase),
            cause_certainty: record.cause.map(|cause| cause.certainty),
            certainty: record.certainty,
            probe_expected_kind: record.probe.as_ref().and_then(|probe| Some(probe.expected.as_ref()?.kind)),
            probe_expected: record.probe.as_ref().and_then(|probe| Some(Cow::Borrowed(&*probe.expected.as_ref()?.text))),
            probe_observed: record.probe.as_ref().and_then(|probe| joined(&probe.observed)),
            evidence_status: lent(record.evidence.status.as_ref()),
            evidence_reason: lent(record.evidence.reason.as_ref()),
            evidence_expected: lent(record.evidence.expected.as_ref()),
            evidence_observed: lent(record.evidence.observed.as_ref()),
            evidence_message: lent(record.evidence.message.as_ref()),
            evidence_source: record.evidence.source,
            evidence_path: record.evidence.path.clone(),
            warnings: joined(&record.warnings),
            probe_port: record.probe.as_ref().and_then(|probe| probe.port),
            trend: record.trend,
            observer: lent(record.observer.as_ref()),
        })
    }

    /// Adds the records as flat rows, each as one line of JSON: the text that `serde_json` would write, several times as fast.
    pub fn write_rows(&self, out: &mut Vec<u8>) {
        BackendRow::write_lines(self.rows(), out);
    }

    /// Adds the pool summaries as flat rows, each as one line of JSON.
    pub fn write_pool_rows(&self, out: &mut Vec<u8>) {
        PoolRow::write_lines(self.pool_rows(), out);
    }

    /// The pool summaries as flat rows, in their order.
    pub fn pool_rows(&self) -> impl Iterator<Item = PoolRow<'_>> {
        self.pools.iter().map(|pool| PoolRow {
            schema_id: SchemaId::new(),
            producer: lent(self.producer.as_ref()),
            adapter: Cow::Borrowed(&self.adapter),
            operation: Cow::Borrowed(&self.operation),
            request_id: lent(self.request_id.as_ref()),
            observed_at: self.observed_at,
            coverage: self.coverage,
            completeness: self.completeness,
            pool_key: Cow::Borrowed(&pool.pool_key),
            scope: pool.scope,
            load_balancer_id: lent(pool.load_balancer_id.as_ref()),
            listener_id: lent(pool.listener_id.as_ref()),
            listener_port: pool.listener_port,
            listener_protocol: lent(pool.listener_protocol.as_ref()),
            rule_id: lent(pool.rule_id.as_ref()),
            pool_id: lent(pool.pool_id.as_ref()),
            check_enabled: pool.check_enabled,
            server_count: pool.server_count,
            listed_count: pool.listed_count,
            healthy_count: pool.healthy_count,
            unhealthy_count: pool.unhealthy_count,
            degraded_count: pool.degraded_count,
            initializing_count: pool.initializing_count,
            draining_count: pool.draining_count,
            unmonitored_count: pool.unmonitored_count,
            inactive_count: pool.inactive_count,
            unknown_count: pool.unknown_count,
            unlisted_count: pool.unlisted_count,
            unlisted_health: pool.unlisted_health,
            unlisted_traffic: pool.unlisted_traffic,
            path: pool.path.clone(),
        })
    }
}

fn lent<'r>(text: Option<&'r Cow<'_, str>>) -> Option<Cow<'r, str>> {
    text.map(|text| Cow::Borrowed(&**text))
}

/// A list as one cell; an empty list is an absent cell.
fn joined<'r>(items: &[impl std::fmt::Display]) -> Option<Cow<'r, str>> {
    let mut text = String::new();
    for item in items {
        if !text.is_empty() {
            text.push(',');
        }
        // Writing to a `String` cannot fail.
        let _ = write!(text, "{item}");
    }
    (!text.is_empty()).then_some(Cow::Owned(text))
}
