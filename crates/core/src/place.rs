//! Where a backend is observed.

use std::borrow::Cow;

use crate::key;
use crate::word::words;

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
        /// As one forwarding rule sees it.
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

impl Place<'_> {
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
}

/// The key of a pool at a place: adapter, scope, load balancer, listener or rule, pool.
pub(crate) fn pool_key(
    adapter: &str,
    scope: Scope,
    load_balancer_id: Option<&str>,
    listener_id: Option<&str>,
    rule_id: Option<&str>,
    pool_id: Option<&str>,
) -> String {
    let within = match scope {
        Scope::Listener => listener_id,
        Scope::LoadBalancer => load_balancer_id,
        Scope::Rule => rule_id,
        Scope::Pool | Scope::Unrecognized => None,
    };
    key::join([adapter, scope.as_str(), within.unwrap_or_default(), pool_id.unwrap_or_default()])
}

/// The key of a backend wherever it is observed: adapter, pool, backend, port.
pub(crate) fn backend_key(adapter: &str, pool_id: Option<&str>, backend: Option<&str>, port: Option<u16>) -> String {
    key::with_port(key::join([adapter, pool_id.unwrap_or_default(), backend.unwrap_or_default()]), port)
}
