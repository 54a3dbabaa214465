//! How long a health check takes to notice.

use serde::Serialize;

use crate::HealthCheck;

/// How long a change of a backend goes unnoticed, in milliseconds, and how that follows from the settings.
///
/// The bounds hold whether a vendor counts the interval from the end of a probe or from its start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CheckTime {
    /// The shortest: the first probe comes at once, and every probe is answered at once.
    pub best_ms: u64,
    /// The longest: the change comes right after a probe, and every probe takes as long as it may.
    pub worst_ms: u64,
    /// How the two were computed, in English. The text may change at any time.
    pub explanation: String,
}

impl HealthCheck<'_> {
    /// How long a failing backend goes unnoticed; absent where interval, timeout or unhealthy threshold are not known, and where the check
    /// is off.
    ///
    /// At best `(threshold - 1) × interval`, at worst `threshold × (interval + timeout)`.
    pub fn time_to_detect(&self) -> Option<CheckTime> {
        let inputs = Inputs::of(self, self.unhealthy_threshold)?;
        let (best_ms, worst_ms) = (inputs.best(), inputs.worst());
        let explanation = format!(
            "at best {}, where it fails right before a probe and answers every probe with a failure at once; at worst {} × ({} + {}) = {}, \
             where it fails right after a probe and lets every probe run into its timeout",
            inputs.best_text(),
            inputs.threshold,
            seconds(inputs.interval),
            seconds(inputs.timeout),
            seconds(worst_ms),
        );
        Some(CheckTime { best_ms, worst_ms, explanation })
    }

    /// How long a backend goes unnoticed that fails right after a probe, were every probe answered at once.
    pub(crate) fn worst_of_intervals(&self) -> Option<u64> {
        let threshold = self.unhealthy_threshold.filter(|_| self.enabled != Some(false))?;
        Some(self.interval_ms?.saturating_mul(u64::from(threshold)))
    }

    /// How long a backend that works again stays out; absent where interval, timeout or healthy threshold are not known, and where the
    /// check is off.
    ///
    /// At best `(threshold - 1) × interval`, at worst `threshold × (interval + timeout) + timeout`.
    pub fn time_to_recover(&self) -> Option<CheckTime> {
        let inputs = Inputs::of(self, self.healthy_threshold)?;
        let (best_ms, worst_ms) = (inputs.best(), inputs.worst().saturating_add(inputs.timeout));
        let explanation = format!(
            "at best {}, where it recovers right before a probe and answers every probe at once; at worst {} × ({} + {}) + {} = {}, where it \
             recovers while a probe runs into its timeout and answers the others only just in time",
            inputs.best_text(),
            inputs.threshold,
            seconds(inputs.interval),
            seconds(inputs.timeout),
            seconds(inputs.timeout),
            seconds(worst_ms),
        );
        Some(CheckTime { best_ms, worst_ms, explanation })
    }
}

struct Inputs {
    threshold: u32,
    interval: u64,
    timeout: u64,
}

impl Inputs {
    fn of(check: &HealthCheck<'_>, threshold: Option<u32>) -> Option<Self> {
        if check.enabled == Some(false) {
            return None;
        }
        let threshold = threshold.filter(|threshold| *threshold > 0)?;
        Some(Self { threshold, interval: check.interval_ms?, timeout: check.timeout_ms? })
    }

    fn best(&self) -> u64 {
        self.interval.saturating_mul(u64::from(self.threshold - 1))
    }

    fn worst(&self) -> u64 {
        self.interval.saturating_add(self.timeout).saturating_mul(u64::from(self.threshold))
    }

    fn best_text(&self) -> String {
        format!("({} - 1) × {} = {}", self.threshold, seconds(self.interval), seconds(self.best()))
    }
}

/// A time in milliseconds as people read it.
pub(crate) fn seconds(milliseconds: u64) -> String {
    let (whole, rest) = (milliseconds / 1000, milliseconds % 1000);
    if rest == 0 { format!("{whole} s") } else { format!("{} s", format!("{whole}.{rest:03}").trim_end_matches('0')) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pointer;

    fn check() -> HealthCheck<'static> {
        let mut check = HealthCheck::new(Pointer::ROOT);
        (check.interval_ms, check.timeout_ms) = (Some(2_000), Some(5_000));
        (check.healthy_threshold, check.unhealthy_threshold) = (Some(2), Some(3));
        check
    }

    #[test]
    fn bounds_and_their_explanation() {
        let detect = check().time_to_detect().unwrap();
        assert_eq!((detect.best_ms, detect.worst_ms), (4_000, 21_000));
        assert_eq!(
            detect.explanation,
            "at best (3 - 1) × 2 s = 4 s, where it fails right before a probe and answers every probe with a failure at once; at worst \
             3 × (2 s + 5 s) = 21 s, where it fails right after a probe and lets every probe run into its timeout"
        );
        let recover = check().time_to_recover().unwrap();
        assert_eq!((recover.best_ms, recover.worst_ms), (2_000, 19_000));
        assert!(recover.explanation.contains("2 × (2 s + 5 s) + 5 s = 19 s"), "{}", recover.explanation);
    }

    #[test]
    fn nothing_is_computed_from_what_is_not_known() {
        let without = |change: fn(&mut HealthCheck<'_>)| {
            let mut check = check();
            change(&mut check);
            (check.time_to_detect().is_some(), check.time_to_recover().is_some())
        };
        assert_eq!(without(|check| check.interval_ms = None), (false, false));
        assert_eq!(without(|check| check.timeout_ms = None), (false, false));
        assert_eq!(without(|check| check.unhealthy_threshold = None), (false, true));
        assert_eq!(without(|check| check.healthy_threshold = Some(0)), (true, false));
        assert_eq!(without(|check| check.enabled = Some(false)), (false, false));
        assert_eq!(without(|check| check.enabled = Some(true)), (true, true));
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let mut check = check();
        (check.interval_ms, check.timeout_ms, check.unhealthy_threshold) = (Some(u64::MAX), Some(u64::MAX), Some(u32::MAX));
        assert_eq!(check.time_to_detect().map(|time| time.worst_ms), Some(u64::MAX));
    }

    #[test]
    fn times_as_people_read_them() {
        assert_eq!([0, 500, 1_050, 60_000].map(seconds), ["0 s", "0.5 s", "1.05 s", "60 s"]);
    }
}
