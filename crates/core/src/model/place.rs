//! Where a backend is observed.

use std::borrow::Cow;

use crate::Context;
use crate::bytes::same;
use crate::model::key;
use crate::model::word::words;

words! {
    /// At which kind of place a backend is observed. The list is open: a value you do not know is a place not known here, and the ids beside
    /// it still tell which.
    open Scope {
        /// As one listener sees it. For Alibaba ALB: the default action of that listener.
        Listener,
        /// As one load balancer sees it, not told apart by listener.
        LoadBalancer,
        /// In its pool, not told apart by listener.
        Pool,
        /// As one forwarding rule sees it. For Azure Application Gateway: as it is reached with one of the backend settings.
        Rule,
    }
}

/// Where a backend or a pool is observed. Records and pool summaries are made from it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Place<'a> {
    /// The kind of place.
    pub scope: Scope,
    /// Id of the load balancer.
    pub load_balancer_id: Option<Cow<'a, str>>,
    /// Id of the listener.
    pub listener_id: Option<Cow<'a, str>>,
    /// Port of the listener.
    pub listener_port: Option<u16>,
    /// Protocol of the listener, in upper case.
    pub listener_protocol: Option<Cow<'a, str>>,
    /// Id of the forwarding rule.
    pub rule_id: Option<Cow<'a, str>>,
    /// Id of the pool.
    pub pool_id: Option<Cow<'a, str>>,
}

impl<'a> Place<'a> {
    /// A place of this kind of which nothing else is known.
    pub const fn new(scope: Scope) -> Self {
        Self {
            scope,
            load_balancer_id: None,
            listener_id: None,
            listener_port: None,
            listener_protocol: None,
            rule_id: None,
            pool_id: None,
        }
    }

    /// A place of this kind at the load balancer and in the pool of the context, which replies about one pool do not name.
    pub fn of_pool(scope: Scope, context: &Context<'a>) -> Self {
        let (load_balancer_id, pool_id) = (context.load_balancer_id.clone(), context.pool_id.clone());
        Self { load_balancer_id, pool_id, ..Self::new(scope) }
    }
}

/// What of a place tells it from others.
#[derive(Clone, Copy)]
pub(crate) struct PlaceKey<'p> {
    pub(crate) scope: Scope,
    pub(crate) load_balancer_id: Option<&'p str>,
    pub(crate) listener_id: Option<&'p str>,
    pub(crate) rule_id: Option<&'p str>,
    pub(crate) pool_id: Option<&'p str>,
}

impl<'p> PlaceKey<'p> {
    /// The key of the pool at this place: adapter, scope, load balancer, listener or rule, pool.
    pub(crate) fn pool_key(self, adapter: &str) -> String {
        let within = match self.scope {
            Scope::Listener => self.listener_id,
            Scope::LoadBalancer => self.load_balancer_id,
            Scope::Rule => self.rule_id,
            Scope::Pool | Scope::Unrecognized => None,
        };
        key::join([adapter, self.scope.as_str(), within.unwrap_or_default(), self.pool_id.unwrap_or_default()])
    }

    /// Which pool it is of, as far as it is told.
    pub(crate) fn pool(self) -> PoolIdentity<'p> {
        let above = [self.load_balancer_id, self.listener_id, self.rule_id];
        match (self.pool_id, self.load_balancer_id) {
            (Some(pool), _) => PoolIdentity::Pool(pool),
            (None, Some(load_balancer)) if self.scope == Scope::LoadBalancer => PoolIdentity::LoadBalancer(load_balancer),
            _ if above.iter().any(Option::is_some) => PoolIdentity::Above(above),
            _ => PoolIdentity::Nothing,
        }
    }

    /// Whether it is the place of the other, and so has its key.
    pub(crate) fn is(self, other: PlaceKey<'_>) -> bool {
        let is = |one: Option<&str>, other: Option<&str>| match (one, other) {
            (Some(one), Some(other)) => same(one, other),
            _ => one.is_none() && other.is_none(),
        };
        self.scope == other.scope
            && is(self.pool_id, other.pool_id)
            && is(self.load_balancer_id, other.load_balancer_id)
            && is(self.listener_id, other.listener_id)
            && is(self.rule_id, other.rule_id)
    }
}

/// Which pool a place is of, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PoolIdentity<'p> {
    /// The pool with this id.
    Pool(&'p str),
    /// A load balancer that has its backends in no pool, or does not tell: two reports without a backend in common can be about several.
    LoadBalancer(&'p str),
    /// Some pool of a load balancer, listener or rule that has an id: two reports about it can be about several.
    Above([Option<&'p str>; 3]),
    /// Two reports about it have nothing in common: a backend can be well in one pool and fail in the other.
    Nothing,
}

impl<'p> PoolIdentity<'p> {
    /// The id of the pool.
    pub(crate) fn pool_id(self) -> Option<&'p str> {
        match self {
            Self::Pool(id) => Some(id),
            _ => None,
        }
    }
}

/// Gives what is observed at a place its [`PlaceKey`].
macro_rules! place_key {
    () => {
        pub(crate) fn place_key(&self) -> crate::model::place::PlaceKey<'_> {
            crate::model::place::PlaceKey {
                scope: self.scope,
                load_balancer_id: self.load_balancer_id.as_deref(),
                listener_id: self.listener_id.as_deref(),
                rule_id: self.rule_id.as_deref(),
                pool_id: self.pool_id.as_deref(),
            }
        }
    };
}

/// Gives what is observed at a place the [`Place`].
macro_rules! place {
    () => {
        /// The place that it is observed at.
        pub(crate) fn place(&self) -> crate::Place<'a> {
            crate::Place {
                scope: self.scope,
                load_balancer_id: self.load_balancer_id.clone(),
                listener_id: self.listener_id.clone(),
                listener_port: self.listener_port,
                listener_protocol: self.listener_protocol.clone(),
                rule_id: self.rule_id.clone(),
                pool_id: self.pool_id.clone(),
            }
        }
    };
}

pub(crate) use {place, place_key};

impl Place<'_> {
    place_key!();
}
