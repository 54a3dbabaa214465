//! What a payload does not say and its caller knows.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Inventory, Pointer, Timestamp, WarningCode, Warnings};

/// What a payload does not say and its caller knows. What the payload says itself wins, with a warning where the two differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Context<'a> {
    /// When the payload was observed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_at: Option<Timestamp>,
    /// The operation whose reply the payload is, where its shape alone does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<Cow<'a, str>>,
    /// Id of the load balancer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load_balancer_id: Option<Cow<'a, str>>,
    /// Id of the listener.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listener_id: Option<Cow<'a, str>>,
    /// Id of the forwarding rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule_id: Option<Cow<'a, str>>,
    /// Id of the pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<Cow<'a, str>>,
    /// How many elements the caller asked for per page, where a vendor's marker alone does not tell whether there is another page.
    #[serde(default, deserialize_with = "whole", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(max = 4_294_967_295_u32)))]
    pub page_limit: Option<u32>,
    /// The listeners that pools are bound to, as far as known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bound_listeners: Vec<BoundListener<'a>>,
    /// How pools distribute requests, as far as known: some algorithms take no heed of weights.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub algorithms: Vec<PoolAlgorithm<'a>>,
}

/// A listener that a pool is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BoundListener<'a> {
    /// Id of the pool; absent: whichever pool the payload is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<Cow<'a, str>>,
    /// Id of the listener.
    pub listener_id: Cow<'a, str>,
}

impl<'a> BoundListener<'a> {
    /// A listener, and the pool that is bound to it.
    pub const fn new(pool_id: Option<Cow<'a, str>>, listener_id: Cow<'a, str>) -> Self {
        Self { pool_id, listener_id }
    }
}

/// How a pool distributes requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PoolAlgorithm<'a> {
    /// Id of the pool; absent: whichever pool the payload is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool_id: Option<Cow<'a, str>>,
    /// The vendor's word for the algorithm.
    pub algorithm: Cow<'a, str>,
}

impl<'a> PoolAlgorithm<'a> {
    /// A pool, and how it distributes requests.
    pub const fn new(pool_id: Option<Cow<'a, str>>, algorithm: Cow<'a, str>) -> Self {
        Self { pool_id, algorithm }
    }
}

impl<'a> Context<'a> {
    /// Takes over what an inventory says of pools: which listeners they are bound to, and how they distribute requests.
    pub fn learn(&mut self, inventory: &Inventory<'a>) {
        // One without an id would be taken for whichever pool.
        for pool in inventory.pools.iter().filter(|pool| pool.pool_id.is_some()) {
            if let Some(algorithm) = &pool.algorithm {
                self.algorithms.push(PoolAlgorithm::new(pool.pool_id.clone(), algorithm.clone()));
            }
            for listener_id in &pool.listener_ids {
                self.bound_listeners.push(BoundListener::new(pool.pool_id.clone(), listener_id.clone()));
            }
        }
    }

    /// How this pool distributes requests, where that is known.
    pub fn algorithm_of(&self, pool_id: Option<&str>) -> Option<&Cow<'a, str>> {
        let concerned = |known: &&PoolAlgorithm<'a>| known.pool_id.is_none() || known.pool_id.as_deref() == pool_id;
        self.algorithms.iter().find(concerned).map(|known| &known.algorithm)
    }

    /// Ids of the listeners that this pool is bound to, each once; empty where they are not known.
    pub fn listeners_of(&self, pool_id: Option<&str>) -> Vec<Cow<'a, str>> {
        let mut seen = HashSet::new();
        let concerned = |bound: &&BoundListener<'a>| bound.pool_id.is_none() || bound.pool_id.as_deref() == pool_id;
        let listeners = self.bound_listeners.iter().filter(concerned).map(|bound| &bound.listener_id);
        listeners.filter(|listener| seen.insert(*listener)).cloned().collect()
    }

    /// This context, completed by what the other says. A blank id counts as absent, and what has one says nothing of a pool.
    #[must_use]
    pub(crate) fn over(self, other: &Self) -> Self {
        let is_given = |id: &Cow<'a, str>| !id.trim().is_empty();
        let is_of = |pool: &Option<Cow<'a, str>>, said: &Cow<'a, str>| pool.as_ref().is_none_or(is_given) && is_given(said);
        let or = |own: Option<Cow<'a, str>>, other: &Option<Cow<'a, str>>| own.filter(is_given).or_else(|| other.clone());
        let (mut bound_listeners, mut algorithms) = (self.bound_listeners, self.algorithms);
        bound_listeners.retain(|bound| is_of(&bound.pool_id, &bound.listener_id));
        algorithms.retain(|known| is_of(&known.pool_id, &known.algorithm));
        // What is said of a pool stands, and the other tells of those of which nothing is.
        let bound: Vec<_> = bound_listeners.iter().map(|bound| bound.pool_id.clone()).collect();
        let is_bound = |pool: &Option<Cow<'a, str>>| bound.iter().any(|own| own.is_none() || pool.is_none() || own == pool);
        bound_listeners.extend(other.bound_listeners.iter().filter(|bound| !is_bound(&bound.pool_id)).cloned());
        // Of algorithms the first that is of a pool counts, so one of whichever pool leaves those stand that are told.
        let told: Vec<_> = algorithms.iter().map(|known| known.pool_id.clone()).collect();
        let is_told = |pool: &Option<Cow<'a, str>>| told.iter().any(|own| own.is_none() || own == pool);
        algorithms.extend(other.algorithms.iter().filter(|known| !is_told(&known.pool_id)).cloned());
        Self {
            observed_at: self.observed_at.or(other.observed_at),
            operation: or(self.operation, &other.operation),
            load_balancer_id: or(self.load_balancer_id, &other.load_balancer_id),
            listener_id: or(self.listener_id, &other.listener_id),
            rule_id: or(self.rule_id, &other.rule_id),
            pool_id: or(self.pool_id, &other.pool_id),
            page_limit: self.page_limit.or(other.page_limit),
            bound_listeners,
            algorithms,
        }
    }
}

/// A whole number, which may be written with a point: to a schema `5.0` is one too.
fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let Some(number) = Option::<f64>::deserialize(deserializer)? else { return Ok(None) };
    let is_not = |_| D::Error::invalid_value(Unexpected::Float(number), &"a whole number from 0 to 4294967295");
    // Of a whole one, no point is written.
    number.to_string().parse().map(Some).map_err(is_not)
}

/// An id from the payload, or from the context where the payload has none. Where they differ the payload wins and a warning says so.
pub fn prefer_payload<'a>(
    payload: Option<Cow<'a, str>>,
    context: Option<&Cow<'a, str>>,
    name: &str,
    path: impl FnOnce() -> Pointer,
    warnings: &mut Warnings<'a>,
) -> Option<Cow<'a, str>> {
    let (Some(said), Some(known)) = (&payload, context) else {
        return payload.or_else(|| context.cloned());
    };
    if said != known {
        let message = format!("the context has `{known}` as {name} and the payload `{said}`; the payload stands");
        warnings.push(WarningCode::ContextContradictsPayload, path(), Some(said.clone()), message);
    }
    payload
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(pool: Option<&'static str>, listener: &'static str) -> BoundListener<'static> {
        BoundListener::new(pool.map(Cow::Borrowed), listener.into())
    }

    #[test]
    fn what_is_said_of_one_pool_leaves_the_others_as_they_are_known() {
        let of = |bound_listeners| Context { bound_listeners, ..Context::default() };
        let known = of(vec![bound(Some("p-1"), "l-1"), bound(Some("p-2"), "l-2")]);
        let over = |own: Vec<BoundListener<'static>>| of(own).over(&known).bound_listeners;
        assert_eq!(over(vec![bound(Some("p-2"), "l-9")]), [bound(Some("p-2"), "l-9"), bound(Some("p-1"), "l-1")]);
        // One of whichever pool is of each.
        assert_eq!(over(vec![bound(None, "l-9")]), [bound(None, "l-9")]);
        assert_eq!(over(Vec::new()), known.bound_listeners);
        let algorithm = |pool: Option<&'static str>, word: &'static str| PoolAlgorithm::new(pool.map(Cow::Borrowed), word.into());
        let any = Context { algorithms: vec![algorithm(None, "SOURCE_IP")], ..Context::default() };
        let own = Context { algorithms: vec![algorithm(Some("p-2"), "ROUND_ROBIN")], ..Context::default() }.over(&any);
        assert_eq!(own.algorithm_of(Some("p-1")).unwrap(), "SOURCE_IP");
        assert_eq!(own.algorithm_of(Some("p-2")).unwrap(), "ROUND_ROBIN");
    }
}
