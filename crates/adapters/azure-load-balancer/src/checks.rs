//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_core::{Bounds, CheckField, CheckForm, CheckProfile, CheckSetting};

/// The protocols of probes, in upper case.
pub(crate) const PROTOCOLS: &[&str] = &["HTTP", "HTTPS", "TCP"];
/// The protocols whose probes have a path.
pub(crate) const REQUEST: &[&str] = &["HTTP", "HTTPS"];

pub(crate) const INTERVAL: CheckField =
    CheckField::new("intervalInSeconds", CheckSetting::IntervalMs, CheckForm::Seconds(Bounds::at_least(5)));

/// A probe has neither a name nor a timeout of its own.
pub(crate) static CHECK_PROFILE: CheckProfile =
    CheckProfile::EMPTY.without(&[CheckSetting::Host, CheckSetting::TimeoutMs]).fields(&[
        (INTERVAL.name, INTERVAL.setting),
        ("numberOfProbes", CheckSetting::UnhealthyThreshold),
        ("port", CheckSetting::Port),
        // It counts both ways.
        ("probeThreshold", CheckSetting::HealthyThreshold),
        ("probeThreshold", CheckSetting::UnhealthyThreshold),
        ("requestPath", CheckSetting::Path),
    ]);
