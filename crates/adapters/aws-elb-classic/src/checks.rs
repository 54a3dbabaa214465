//! How the vendor writes health checks: names, words, ranges, and what it takes by itself.

use lbhealth_core::{CheckProfile, CheckSetting, DefaultTimes};

/// The vendor's word for TLS, and ours.
pub(crate) const TLS: (&str, &str) = ("SSL", "TLS");
/// The protocols of probes as we write them.
pub(crate) const PROTOCOLS: &[&str] = &["HTTP", "HTTPS", "TCP", "TLS"];
/// The protocols whose probes have a path.
pub(crate) const REQUEST: &[&str] = &["HTTP", "HTTPS"];

/// A probe cannot be given a name. The times are those of the [guide].
///
/// [guide]: https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
pub(crate) static CHECK_PROFILE: CheckProfile =
    CheckProfile::EMPTY.without(&[CheckSetting::Host]).defaults(&[DefaultTimes::new(30, 5, 2)]);
