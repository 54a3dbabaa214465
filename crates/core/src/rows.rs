//! The same facts as flat rows of scalars, for tables.

mod cell;

use std::borrow::Cow;
use std::fmt::Write;

use serde::{Deserialize, Serialize};

use self::cell::Cell;
pub use self::cell::CellVisitor;
use crate::model::schema_id::{Published, SchemaId};
use crate::model::word::FIRST_RELEASE;
use crate::{
    BackendHealth, BackendKind, BackendRecord, Certainty, CodeKind, Completeness, Coverage, FailureReason, HealthReport, Phase,
    Pointer, PoolSummary, Scope, Timestamp, Traffic, TrafficReason, Trend,
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

/// Declares a row type together with its columns: type, where the value is from, and, where there are such, unit and first release,
/// `name: Type = value => unit "seconds" since "0.2.0"`. Text of which all replies of an operation have the same is `as Few`. New columns
/// go at the end. All rows begin with the head of their report, in which the reply is that of the source which the item is `from`.
macro_rules! row {
    (
        $(#[doc = $doc:literal])+
        $name:ident<$a:lifetime> $id:literal of $item:ident: $item_type:ident from $source:expr => { $($columns:tt)+ }
    ) => {
        row! {
            $(#[doc = $doc])+
            $name<$a> $id of report, $item: $item_type from $source => {
                /// Program and version that wrote the row; it tells whose mapping it was.
                [serde(skip_serializing_if = "Option::is_none")] producer: Option<Cow<$a, str>> as Few = lent(report.producer.as_ref()),
                /// Id of the adapter that read the payload: vendor and product.
                adapter: Cow<$a, str> as Few = Cow::Borrowed(&report.adapter),
                /// The vendor's name of the operation whose reply it was.
                operation: Cow<$a, str> as Few = Cow::Borrowed(report.reply($source).0),
                /// The vendor's id of the call.
                [serde(skip_serializing_if = "Option::is_none")] request_id: Option<Cow<$a, str>> = report.reply($source).1.map(Cow::Borrowed),
                /// When the caller observed it.
                [serde(skip_serializing_if = "Option::is_none")] observed_at: Option<Timestamp> = report.observed_at => unit "UTC",
                /// Which backends the operation lists at all.
                coverage: Coverage = report.coverage,
                /// Whether the report this row is from is everything the operation has to say.
                completeness: Completeness = report.completeness,
                ---
                $($columns)+
            }
        }
    };
    (
        $(#[doc = $doc:literal])+
        $name:ident<$a:lifetime> $id:literal of $report:ident, $item:ident: $item_type:ident from $source:expr => {
        $(
            $(#[doc = $head_doc:literal])+ $([$head_attribute:meta])?
            $head:ident: $head_type:ty $(as $variety:ident)? = $head_value:expr $(=> unit $head_unit:literal)?,
        )+
        ---
        $(
            $(#[doc = $column_doc:literal])+ $([$attribute:meta])?
            $column:ident: $type:ty = $value:expr $(=> $(unit $unit:literal)? $(since $since:literal)?)?,
        )+
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
                    since: FIRST_RELEASE,
                },)+
                $(Column {
                    name: stringify!($column),
                    kind: <$type as Cell>::KIND,
                    variety: <$type as Cell>::VARIETY,
                    required: <$type as Cell>::REQUIRED,
                    unit: [$($($unit,)?)? ""][0],
                    documentation: concat!($($column_doc),+).trim_ascii(),
                    since: [$($($since,)?)? FIRST_RELEASE][0],
                },)+
            ];

            /// Shows every cell to the visitor, in the order of the columns.
            pub fn visit_cells(&self, visitor: &mut impl CellVisitor) {
                self.schema_id.visit(visitor);
                $(self.$head.visit(visitor);)+
                $(self.$column.visit(visitor);)+
            }

            fn of($report: &$a HealthReport<'_>, $item: &$a $item_type<'_>) -> Self {
                Self { schema_id: SchemaId::new(), $($head: $head_value,)+ $($column: $value,)+ }
            }

            /// Adds rows of one report, each as one line of JSON. A row that is made to be written would be moved more than it is worth.
            fn write_lines($report: &$a HealthReport<'_>, items: &$a [$item_type<'_>], out: &mut Vec<u8>) {
                let (mut head, mut of_source): (_, Option<u32>) = (0..0, None);
                for $item in items {
                    let start = out.len();
                    if head.is_empty() || of_source != $source {
                        Self::write_head($report, $item, out);
                        (head, of_source) = (start..out.len(), $source);
                    } else {
                        out.extend_from_within(head.clone());
                    }
                    Self::write_columns($item, out);
                }
            }

            /// What rows of one reply have in common.
            #[allow(unused_variables, reason = "not all items tell their source")]
            fn write_head($report: &$a HealthReport<'_>, $item: &$a $item_type<'_>, out: &mut Vec<u8>) {
                SchemaId::<$name<'static>>::new().write("{\"schema_id\":\"", out);
                $(<$head_type as Cell>::write(&$head_value, concat!(",\"", stringify!($head), "\":\""), out);)+
            }

            fn write_columns($item: &$a $item_type<'_>, out: &mut Vec<u8>) {
                $(<$type as Cell>::write(&$value, concat!(",\"", stringify!($column), "\":\""), out);)+
                out.extend_from_slice(b"}\n");
            }
        }
    };
}

row! {
    /// One observation of one backend as a flat row: a record together with the head of its report.
    BackendRow<'a> "urn:lbhealth:v1:backend-row" of record: BackendRecord from record.evidence.source => {
        /// Identity of the observation: adapter, scope, listener (or rule), pool, backend and port, joined by `|`. Join snapshots on it.
        record_key: Cow<'a, str> = Cow::Borrowed(&record.record_key),
        /// Identity of the backend wherever it is observed. Count backends by it.
        backend_key: Cow<'a, str> = Cow::Borrowed(&record.backend_key),
        /// Identity of the pool at this place. Joins with the pool rows.
        pool_key: Cow<'a, str> = Cow::Borrowed(&record.pool_key),
        /// The kind of place at which the backend is observed.
        scope: Scope = record.scope,
        /// Id of the load balancer.
        [serde(skip_serializing_if = "Option::is_none")] load_balancer_id: Option<Cow<'a, str>> = lent(record.load_balancer_id.as_ref()),
        /// Id of the listener.
        [serde(skip_serializing_if = "Option::is_none")] listener_id: Option<Cow<'a, str>> = lent(record.listener_id.as_ref()),
        /// Port of the listener.
        [serde(skip_serializing_if = "Option::is_none")] listener_port: Option<u16> = record.listener_port,
        /// Protocol of the listener, in upper case.
        [serde(skip_serializing_if = "Option::is_none")] listener_protocol: Option<Cow<'a, str>> = lent(record.listener_protocol.as_ref()),
        /// Id of the forwarding rule.
        [serde(skip_serializing_if = "Option::is_none")] rule_id: Option<Cow<'a, str>> = lent(record.rule_id.as_ref()),
        /// Id of the pool.
        [serde(skip_serializing_if = "Option::is_none")] pool_id: Option<Cow<'a, str>> = lent(record.pool_id.as_ref()),
        /// Id that the load balancer gives the backend.
        [serde(skip_serializing_if = "Option::is_none")] backend_id: Option<Cow<'a, str>> = lent(record.backend_id.as_ref()),
        /// Name of the backend; not necessarily the server's.
        [serde(skip_serializing_if = "Option::is_none")] backend_name: Option<Cow<'a, str>> = lent(record.backend_name.as_ref()),
        /// What kind of thing the backend is.
        [serde(skip_serializing_if = "Option::is_none")] backend_kind: Option<BackendKind> = record.backend_kind,
        /// Id of the cloud server behind the backend, where it is not the backend's own: joins with an asset list.
        [serde(skip_serializing_if = "Option::is_none")] instance_id: Option<Cow<'a, str>> = lent(record.instance_id.as_ref()),
        /// IP address (version 4 or 6, without brackets) or name.
        [serde(skip_serializing_if = "Option::is_none")] address: Option<Cow<'a, str>> = lent(record.address.as_ref()),
        /// Port that gets the traffic; absent where it is not fixed.
        [serde(skip_serializing_if = "Option::is_none")] port: Option<u16> = record.port,
        /// Availability zone.
        [serde(skip_serializing_if = "Option::is_none")] zone: Option<Cow<'a, str>> = lent(record.zone.as_ref()),
        /// Weight on the vendor's own scale, which is not comparable across vendors.
        [serde(default, skip_serializing_if = "Option::is_none", serialize_with = "crate::model::record::weight")] weight: Option<f64> = record.weight => unit "the vendor's own scale",
        /// What the checks say.
        health: BackendHealth = record.health,
        /// Whether the backend gets new traffic.
        traffic: Traffic = record.traffic,
        /// Why the traffic is so, where health alone does not explain it.
        [serde(skip_serializing_if = "Option::is_none")] traffic_reason: Option<TrafficReason> = record.traffic_reason,
        /// Why the backend is not plainly healthy.
        [serde(skip_serializing_if = "Option::is_none")] cause_reason: Option<FailureReason> = record.cause.map(|cause| cause.reason),
        /// The stage or circumstance of the reason.
        [serde(skip_serializing_if = "Option::is_none")] cause_phase: Option<Phase> = record.cause.map(|cause| cause.phase),
        /// How the reason follows from what the vendor said.
        [serde(skip_serializing_if = "Option::is_none")] cause_certainty: Option<Certainty> = record.cause.map(|cause| cause.certainty),
        /// How the health follows from what the vendor said.
        certainty: Certainty = record.certainty,
        /// The number space of the expected status codes.
        [serde(skip_serializing_if = "Option::is_none")] probe_expected_kind: Option<CodeKind> = record.probe.as_ref().and_then(|probe| Some(probe.expected.as_ref()?.kind)),
        /// The status codes that the check accepts, such as `200-299,404`.
        [serde(skip_serializing_if = "Option::is_none")] probe_expected: Option<Cow<'a, str>> = record.probe.as_ref().and_then(|probe| Some(Cow::Borrowed(&*probe.expected.as_ref()?.text))),
        /// The status codes that the backend answered with, joined by commas.
        [serde(skip_serializing_if = "Option::is_none")] probe_observed: Option<Cow<'a, str>> = record.probe.as_ref().and_then(|probe| joined(&probe.observed)),
        /// The vendor's status word, untouched.
        [serde(skip_serializing_if = "Option::is_none")] evidence_status: Option<Cow<'a, str>> = lent(record.evidence.status.as_ref()),
        /// The vendor's reason word, untouched.
        [serde(skip_serializing_if = "Option::is_none")] evidence_reason: Option<Cow<'a, str>> = lent(record.evidence.reason.as_ref()),
        /// The expected status codes as the vendor wrote them.
        [serde(skip_serializing_if = "Option::is_none")] evidence_expected: Option<Cow<'a, str>> = lent(record.evidence.expected.as_ref()),
        /// The observed status codes as the vendor wrote them.
        [serde(skip_serializing_if = "Option::is_none")] evidence_observed: Option<Cow<'a, str>> = lent(record.evidence.observed.as_ref()),
        /// The vendor's text for people.
        [serde(skip_serializing_if = "Option::is_none")] evidence_message: Option<Cow<'a, str>> = lent(record.evidence.message.as_ref()),
        /// Which of the report's sources the payload is, from 0; absent for the first.
        [serde(skip_serializing_if = "Option::is_none")] evidence_source: Option<u32> = record.evidence.source,
        /// JSON Pointer to the object in the payload that held the words.
        evidence_path: Pointer = record.evidence.path.clone(),
        /// Codes of the warnings that concern the record, joined by commas.
        [serde(skip_serializing_if = "Option::is_none")] warnings: Option<Cow<'a, str>> = joined(&record.warnings),
        /// Port that is probed.
        [serde(skip_serializing_if = "Option::is_none")] probe_port: Option<u16> = record.probe.as_ref().and_then(|probe| probe.port),
        /// Where the health is heading.
        [serde(skip_serializing_if = "Option::is_none")] trend: Option<Trend> = record.trend,
        /// Who gave the verdict, where several at one place give one each.
        [serde(skip_serializing_if = "Option::is_none")] observer: Option<Cow<'a, str>> = lent(record.observer.as_ref()),
    }
}

row! {
    /// One pool at one place as a flat row: a pool summary together with the head of its report. An absent count is not known, never 0.
    PoolRow<'a> "urn:lbhealth:v1:pool-row" of pool: PoolSummary from None => {
        /// Identity of the pool at this place: adapter, scope, listener (or rule) and pool, joined by `|`. Joins with the backend rows.
        pool_key: Cow<'a, str> = Cow::Borrowed(&pool.pool_key),
        /// The kind of place at which the pool is observed.
        scope: Scope = pool.scope,
        /// Id of the load balancer.
        [serde(skip_serializing_if = "Option::is_none")] load_balancer_id: Option<Cow<'a, str>> = lent(pool.load_balancer_id.as_ref()),
        /// Id of the listener.
        [serde(skip_serializing_if = "Option::is_none")] listener_id: Option<Cow<'a, str>> = lent(pool.listener_id.as_ref()),
        /// Port of the listener.
        [serde(skip_serializing_if = "Option::is_none")] listener_port: Option<u16> = pool.listener_port,
        /// Protocol of the listener, in upper case.
        [serde(skip_serializing_if = "Option::is_none")] listener_protocol: Option<Cow<'a, str>> = lent(pool.listener_protocol.as_ref()),
        /// Id of the forwarding rule.
        [serde(skip_serializing_if = "Option::is_none")] rule_id: Option<Cow<'a, str>> = lent(pool.rule_id.as_ref()),
        /// Id of the pool.
        [serde(skip_serializing_if = "Option::is_none")] pool_id: Option<Cow<'a, str>> = lent(pool.pool_id.as_ref()),
        /// Whether the pool's health check is on.
        [serde(skip_serializing_if = "Option::is_none")] check_enabled: Option<bool> = pool.check_enabled,
        /// How many backends the pool has, by the vendor's own figure.
        [serde(skip_serializing_if = "Option::is_none")] server_count: Option<u32> = pool.server_count => unit "backends",
        /// How many elements the vendor's list of backends has.
        [serde(skip_serializing_if = "Option::is_none")] listed_count: Option<u32> = pool.listed_count => unit "backends",
        /// How many backends are `HEALTHY`.
        [serde(skip_serializing_if = "Option::is_none")] healthy_count: Option<u32> = pool.healthy_count => unit "backends",
        /// How many backends are `UNHEALTHY`.
        [serde(skip_serializing_if = "Option::is_none")] unhealthy_count: Option<u32> = pool.unhealthy_count => unit "backends",
        /// How many backends are `DEGRADED`.
        [serde(skip_serializing_if = "Option::is_none")] degraded_count: Option<u32> = pool.degraded_count => unit "backends",
        /// How many backends are `INITIALIZING`.
        [serde(skip_serializing_if = "Option::is_none")] initializing_count: Option<u32> = pool.initializing_count => unit "backends",
        /// How many backends are `DRAINING`.
        [serde(skip_serializing_if = "Option::is_none")] draining_count: Option<u32> = pool.draining_count => unit "backends",
        /// How many backends are `UNMONITORED`.
        [serde(skip_serializing_if = "Option::is_none")] unmonitored_count: Option<u32> = pool.unmonitored_count => unit "backends",
        /// How many backends are `INACTIVE`.
        [serde(skip_serializing_if = "Option::is_none")] inactive_count: Option<u32> = pool.inactive_count => unit "backends",
        /// How many backends are `UNKNOWN`.
        [serde(skip_serializing_if = "Option::is_none")] unknown_count: Option<u32> = pool.unknown_count => unit "backends",
        /// How many backends the vendor counts and does not list.
        [serde(skip_serializing_if = "Option::is_none")] unlisted_count: Option<u32> = pool.unlisted_count => unit "backends",
        /// What may be said of every backend that is not listed.
        [serde(skip_serializing_if = "Option::is_none")] unlisted_health: Option<BackendHealth> = pool.unlisted_health,
        /// What narrows the traffic of every backend that is not listed.
        [serde(skip_serializing_if = "Option::is_none")] unlisted_traffic: Option<Traffic> = pool.unlisted_traffic,
        /// JSON Pointer to the object in the payload that describes the pool.
        path: Pointer = pool.path.clone(),
    }
}

impl HealthReport<'_> {
    /// The records as flat rows, in their order.
    pub fn rows(&self) -> impl Iterator<Item = BackendRow<'_>> {
        self.records.iter().map(|record| BackendRow::of(self, record))
    }

    /// Adds the records as flat rows, each as one line of JSON: the text that `serde_json` would write, several times as fast.
    pub fn write_rows(&self, out: &mut Vec<u8>) {
        BackendRow::write_lines(self, &self.records, out);
    }

    /// Adds the pool summaries as flat rows, each as one line of JSON.
    pub fn write_pool_rows(&self, out: &mut Vec<u8>) {
        PoolRow::write_lines(self, &self.pools, out);
    }

    /// The pool summaries as flat rows, in their order.
    pub fn pool_rows(&self) -> impl Iterator<Item = PoolRow<'_>> {
        self.pools.iter().map(|pool| PoolRow::of(self, pool))
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
