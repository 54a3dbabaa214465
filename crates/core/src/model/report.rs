//! What a health API said about backends.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::model::owned::into_owned;
use crate::model::place::{PlaceKey, PoolIdentity};
use crate::model::schema_id::{Published, SchemaId};
use crate::model::spare;
use crate::model::word::words;
use crate::{Adapter, BackendRecord, Parent, PoolSummary, Source, Timestamp, Warning};

words! {
    /// Which backends an operation lists at all. The list is open: a value you do not know proves nothing about backends that are not
    /// listed.
    open Coverage {
        /// Every backend of the pools concerned.
        All,
        /// Only backends that are not plainly normal. That a backend is missing here is no proof that it is healthy; `unlisted_health` of
        /// its pool says what may be concluded.
        NonHealthyOnly,
        /// Only the backends that were asked for.
        Selected,
    }
}

words! {
    /// Whether a document holds everything its operation has to say, from the most to the least complete. The list is closed.
    closed Completeness {
        /// It does.
        Complete,
        /// The vendor does not tell: its page marker proves nothing either way, or the operation lists only what is in use, and lists nothing, so
        /// that nobody can say what is registered and not in use.
        Undetermined,
        /// A page token is pending, an element could not be read, a list that the operation always gives is missing, or a list is shorter than
        /// the vendor's count of it.
        Incomplete,
    }
}

/// What a health API said about backends: one payload, or several that were merged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HealthReport<'a> {
    /// Says that this is a health report of this major version.
    pub schema_id: SchemaId<HealthReport<'static>>,
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
    /// Which backends the operation lists at all.
    pub coverage: Coverage,
    /// Whether this is everything the operation has to say.
    pub completeness: Completeness,
    /// The page token to ask with next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_page: Option<Cow<'a, str>>,
    /// Whether the operation is about one pool: then all that is here is of that one, also where no reply names it. Left out where it is not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_one_pool: bool,
    /// After a merge or a completion: the replies it was made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source<'a>>,
    /// What the payload says of load balancers, listeners and pools as wholes; left out when it says nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<Parent<'a>>,
    /// What is said of pools as wholes, one summary per pool and place.
    pub pools: Vec<PoolSummary<'a>>,
    /// One observation per backend and place, in the order of the payload.
    pub records: Vec<BackendRecord<'a>>,
    /// What was odd, in the order of the payload.
    pub warnings: Vec<Warning<'a>>,
}

into_owned!(HealthReport {
    schema_id,
    producer,
    adapter,
    operation,
    request_id,
    observed_at,
    coverage,
    completeness,
    next_page,
    of_one_pool,
    sources,
    parents,
    pools,
    records,
    warnings
});

impl Published for HealthReport<'static> {
    const SCHEMA_ID: &'static str = "urn:lbhealth:v1:health-report";
}

impl HealthReport<'_> {
    /// Whether every backend of the pools concerned is listed.
    pub fn lists_everybody(&self) -> bool {
        self.coverage == Coverage::All && self.completeness == Completeness::Complete
    }

    /// Whether it has backends and nothing says which pool they are in, nor what is above it: the caller asked for one that the reply does
    /// not name.
    pub fn is_nameless(&self) -> bool {
        !self.records.is_empty() && self.records.iter().all(|record| record.place_key().pool() == PoolIdentity::Nothing)
    }

    /// Operation and id of the reply that is this one of its sources.
    pub(crate) fn reply(&self, source: Option<u32>) -> (&str, Option<&str>) {
        let of_source = usize::try_from(source.unwrap_or_default()).ok().and_then(|number| self.sources.get(number));
        match of_source {
            Some(source) => (&source.operation, source.request_id.as_deref()),
            None => (&self.operation, self.request_id.as_deref()),
        }
    }

    /// Whether the record is of the operation's own reply, and not of an inventory that completed the report.
    pub(crate) fn is_listed(&self, record: &BackendRecord<'_>) -> bool {
        self.reply(record.evidence.source).0 == self.operation
    }

    /// What stands for the pool of the report, where the operation is about one and not every place names it. The listeners of one pool are
    /// no pools of their own.
    pub(crate) fn nameless_pool(&self) -> Option<PoolIdentity<'_>> {
        if !self.of_one_pool {
            return None;
        }
        // Of a place that names nothing, two reports have nothing in common, so it comes last.
        self.places().map(PlaceKey::pool).filter(|pool| pool.pool_id().is_none()).max()
    }

    /// The place of each record, and behind them those of pools as wholes.
    pub(crate) fn places(&self) -> impl Iterator<Item = PlaceKey<'_>> {
        self.records.iter().map(BackendRecord::place_key).chain(self.pools.iter().map(PoolSummary::place_key))
    }

    /// Lets the adapter that read the report, if it is among these, conclude what only the whole tells: after pages were
    /// [merged](Self::merge). A load balancer that sends traffic to all servers of a pool once all of them fail shows that on no page
    /// alone. A report that is [completed](Self::complete_with) is concluded with that.
    pub fn conclude(&mut self, adapters: &[&dyn Adapter]) {
        if let Some(adapter) = adapters.iter().find(|adapter| adapter.id() == self.adapter) {
            adapter.conclude(self);
        }
    }

    /// Says that the report is not needed any more: the next ones that this thread makes of payloads take over some of its memory. Worth it
    /// in a stream of many.
    pub fn recycle(self) {
        spare::keep(self);
    }
}
