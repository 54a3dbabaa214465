//! The vendor's words and what they mean in ours.

use lbhealth_core::BackendHealth::{Healthy, Unhealthy, Unknown, Unmonitored};
use lbhealth_core::Certainty::{Ambiguous, Exact};
use lbhealth_core::{BackendKind, FailureReason, Role, Row, Traffic, Vocabulary};

pub(crate) const HEALTH_PAGE: &str =
    "https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describehealthstatus";
pub(crate) const HTTP_PAGE: &str = "https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerhttplistenerattribute";

pub(crate) static VOCABULARY: Vocabulary = Vocabulary::EMPTY.statuses(&STATUSES).flags(&FLAGS).kinds(KINDS);

const STATUS: Row = Row::of(&["DescribeHealthStatus"], Role::Status, "ServerHealthStatus", HEALTH_PAGE);

static STATUSES: [Row; 3] = [
    STATUS
        .word("normal", "The server passes its checks. A server of weight 0 is shown so too, and gets no requests.")
        .health(Healthy, Exact)
        .traffic(Traffic::Eligible),
    STATUS.word("abnormal", "The server fails its checks.").health(Unhealthy, Exact).traffic(Traffic::Excluded),
    STATUS
        .word(
            "unavailable",
            "There is no result: the check is off, or was not triggered, or has not come to its end. The vendor's pages say the one and the \
             other.",
        )
        .health(Unknown, Ambiguous)
        .traffic(Traffic::Unknown),
];

const LISTENERS: &[&str] = &[
    "DescribeLoadBalancerHTTPListenerAttribute",
    "DescribeLoadBalancerHTTPSListenerAttribute",
    "DescribeLoadBalancerTCPListenerAttribute",
    "DescribeLoadBalancerUDPListenerAttribute",
];

pub(crate) const CHECK: &str = "HealthCheck";
const FLAG: Row = Row::of(LISTENERS, Role::Flag, CHECK, HTTP_PAGE);

static FLAGS: [Row; 2] = [
    FLAG.word("on", "The listener's health check is on."),
    FLAG.word("off", "The listener's health check is off: its servers are not judged.")
        .health(Unmonitored, Exact)
        .reason(FailureReason::HealthCheckDisabled, Exact),
];

/// What the words of `Type` stand for.
const KINDS: &[(&str, BackendKind)] =
    &[("ecs", BackendKind::Instance), ("eni", BackendKind::NetworkInterface), ("eci", BackendKind::Container)];
