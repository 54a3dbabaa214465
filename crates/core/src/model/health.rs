//! The words of the answers about a backend: health, traffic and why, where health is going, and how sure we are.

use crate::model::word::words;

words! {
    /// What the health checks say about a backend.
    ///
    /// `HEALTHY`, `UNHEALTHY` and `DEGRADED` are verdicts; the other values say why there is none. The list is closed. Health says
    /// nothing about whether the backend gets traffic: that is `Traffic`.
    closed BackendHealth {
        /// The checks fail.
        Unhealthy,
        /// The observers of this backend disagree, or the backend itself says that it is impaired.
        Degraded,
        /// The vendor cannot say, says nothing, or uses a word this version does not know; the warnings of the record tell which.
        Unknown,
        /// Checks are on and have not given a result yet.
        Initializing,
        /// The backend is leaving; the vendor gives this instead of a verdict.
        Draining,
        /// Registered, but not in service and not judged: by configuration, or because the server is stopped or gone.
        Inactive,
        /// No check runs, so nothing is known about the backend itself.
        Unmonitored,
        /// The checks pass.
        Healthy,
    }
}

impl BackendHealth {
    /// Rank for sorting the worst first, 0 being the worst. It is not a measure and means nothing else.
    pub const fn severity(self) -> u8 {
        // The variants are declared in this order.
        self as u8
    }

    /// Whether nothing speaks against the backend: it passes its checks, or none runs.
    pub const fn is_well(self) -> bool {
        matches!(self, Self::Healthy | Self::Unmonitored)
    }

    /// Whether a check gave this answer, rather than the lack of one.
    pub const fn is_verdict(self) -> bool {
        match self {
            Self::Healthy | Self::Unhealthy | Self::Degraded => true,
            Self::Unknown | Self::Initializing | Self::Draining | Self::Inactive | Self::Unmonitored => false,
        }
    }
}

words! {
    /// Whether a backend gets new traffic. The list is closed.
    ///
    /// It follows from the vendor's documented rules and is kept apart from health: a failing backend can get traffic (fail-open), a
    /// healthy one can get none (weight 0).
    closed Traffic {
        /// Takes its share of new traffic.
        Eligible,
        /// No new traffic, and no statement about connections that exist.
        Excluded,
        /// No new traffic, while the vendor says that existing connections go on.
        ExistingOnly,
        /// Gets copies of requests only and is not serving capacity.
        Mirrored,
        /// Waits to take over from another backend.
        Standby,
        /// Cannot be told from what the vendor says.
        Unknown,
    }
}

impl Traffic {
    /// What a word about the backend's place (a weight, a kind of pool) makes of the traffic that its status alone would give.
    ///
    /// Where no new traffic comes, a word that only narrows changes nothing, except `MIRRORED`: a copy is not serving traffic either way.
    #[must_use]
    pub const fn narrowed_by(self, word: Self) -> Self {
        match (self, word) {
            (_, Self::Mirrored) => Self::Mirrored,
            (Self::Excluded | Self::ExistingOnly, _) => self,
            (_, word) => word,
        }
    }
}

words! {
    /// Why a backend gets the traffic it gets, where its health alone does not explain it. The list is open: read a word you do not know
    /// as "for a reason not known here".
    open TrafficReason {
        /// The backend is switched off administratively.
        AdminDisabled,
        /// The load balancer saw real requests to the backend fail and sends it less of them.
        AnomalyMitigation,
        /// Every backend of the pool fails, so the load balancer sends traffic to all of them.
        FailOpen,
        /// The pool gets copies of the requests.
        Mirror,
        /// The load balancer, listener or pool above the backend is frozen or disabled.
        ParentNotInService,
        /// The backend waits to take over from others, or, where its traffic is `UNKNOWN`, may have done so.
        StandbyRole,
        /// The backend's weight is 0.
        ZeroWeight,
        /// Somebody, or the vendor, moved the traffic away from the backend's zone.
        ZonalShift,
    }
}

words! {
    /// Where a backend's health is heading, where the vendor says that checks begin to answer otherwise than the verdict that still stands.
    /// The list is open: read a word you do not know as "not known".
    open Trend {
        /// The last checks failed, and a few more of them make the backend unhealthy.
        Deteriorating,
        /// The last checks passed, and a few more of them make the backend healthy.
        Improving,
    }
}

words! {
    /// How a value follows from what the vendor said. The list is closed.
    closed Certainty {
        /// The vendor said it.
        Exact,
        /// It follows from other fields or from absence.
        Inferred,
        /// The vendor's word covers several of ours, or is not one this version knows.
        Ambiguous,
    }
}
