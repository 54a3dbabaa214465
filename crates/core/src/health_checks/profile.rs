//! What is a vendor's own about its health checks, for what is questionable about them.

use crate::{CheckSetting, HealthCheck};

/// What a vendor's health checks do not have, what it takes by itself, and what it calls its settings: [`lint`](crate::lint) asks nobody for
/// a setting that cannot be made, thinks less of what the vendor chose than of what a user did, and does not miss what is there and could
/// not be read.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CheckProfile {
    /// The settings that there is no field for.
    pub without: &'static [CheckSetting],
    /// How long a probe may take, as against the interval.
    pub timeout: TimeoutBound,
    /// The times that the vendor takes where nothing is set; several, where they depend on what is probed.
    pub defaults: &'static [DefaultTimes],
    /// The vendor's fields in replies, however deep, for interval, timeout, thresholds, port, name and path of a probe, each with the setting
    /// that is not missing where the field cannot be read. None: not known, so that it can be any.
    pub fields: &'static [(&'static str, CheckSetting)],
}

/// How long a probe may take, as against the time between two probes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeoutBound {
    /// Any time: the vendor counts the interval from the end of a probe, so that probes never overlap.
    Any,
    /// Less than the interval.
    BelowInterval,
    /// The interval at most.
    UpToInterval,
}

/// The times that a vendor takes by itself, which come together.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DefaultTimes {
    /// Time between two probes.
    pub interval_ms: u64,
    /// Time that a probe has.
    pub timeout_ms: u64,
    /// Failed probes in a row.
    pub unhealthy_threshold: u32,
}

impl CheckProfile {
    /// That of a vendor of which nothing is known.
    pub const EMPTY: Self = Self { without: &[], timeout: TimeoutBound::BelowInterval, defaults: &[], fields: &[] };

    /// The same without a field for these settings.
    #[must_use]
    pub const fn without(mut self, settings: &'static [CheckSetting]) -> Self {
        self.without = settings;
        self
    }

    /// The same with another bound of the timeout.
    #[must_use]
    pub const fn timeout(mut self, bound: TimeoutBound) -> Self {
        self.timeout = bound;
        self
    }

    /// The same with what the vendor takes where nothing is set.
    #[must_use]
    pub const fn defaults(mut self, defaults: &'static [DefaultTimes]) -> Self {
        self.defaults = defaults;
        self
    }

    /// The same with the vendor's fields for these settings.
    #[must_use]
    pub const fn fields(mut self, fields: &'static [(&'static str, CheckSetting)]) -> Self {
        self.fields = fields;
        self
    }
}

impl TimeoutBound {
    /// Whether a probe may take so long.
    pub const fn allows(self, timeout_ms: u64, interval_ms: u64) -> bool {
        match self {
            Self::Any => true,
            Self::BelowInterval => timeout_ms < interval_ms,
            Self::UpToInterval => timeout_ms <= interval_ms,
        }
    }
}

impl DefaultTimes {
    /// Seconds between two probes, seconds that a probe has, failed probes in a row.
    pub const fn new(interval: u32, timeout: u32, unhealthy_threshold: u32) -> Self {
        Self { interval_ms: interval as u64 * 1000, timeout_ms: timeout as u64 * 1000, unhealthy_threshold }
    }

    /// Whether the check has this interval and this timeout.
    pub(crate) fn are_times_of(&self, check: &HealthCheck<'_>) -> bool {
        (check.interval_ms, check.timeout_ms) == (Some(self.interval_ms), Some(self.timeout_ms))
    }

    /// Whether the check has all that the time to detect depends on from here.
    pub(crate) fn are_detection_of(&self, check: &HealthCheck<'_>) -> bool {
        self.are_times_of(check) && check.unhealthy_threshold == Some(self.unhealthy_threshold)
    }
}
