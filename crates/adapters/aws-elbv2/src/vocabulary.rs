//! The vendor's words and what they mean in ours.

use lbhealth_core::BackendHealth::{Draining, Healthy, Inactive, Initializing, Unhealthy, Unknown, Unmonitored};
use lbhealth_core::Certainty::{Ambiguous, Exact, Inferred};
use lbhealth_core::{BackendKind, FailureReason, Role, Row, Traffic, TrafficReason, Vocabulary, WarningCode};

const WORDS_PAGE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html";
const OVERRIDE_PAGE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AdministrativeOverride.html";
const ANOMALY_PAGE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AnomalyDetection.html";
/// The user guide, which has the texts that come with the reason words.
const GUIDE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html";
const SHIFT_GUIDE: &str = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/zonal-shift.html";
const ANOMALY_GUIDE: &str =
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html#automatic-target-weights";

const HEALTH: &[&str] = &["DescribeTargetHealth"];

const STATE_FIELD: &str = "State";
const REASON_FIELD: &str = "Reason";
const TEXT: &str = "Description";
pub(crate) const OVERRIDE: &str = "1/AdministrativeOverride/State";
/// Its word for not knowing whether the traffic is moved away.
pub(crate) const OVERRIDE_UNKNOWN: &str = "unknown";
/// Its reason for not moving any away.
pub(crate) const NO_OVERRIDE: &str = "AdministrativeOverride.NoOverride";
pub(crate) const ANOMALY: &str = "1/AnomalyDetection/Result";
pub(crate) const MITIGATION: &str = "1/AnomalyDetection/MitigationInEffect";

pub(crate) static VOCABULARY: Vocabulary = Vocabulary::EMPTY
    .statuses(&STATUSES)
    .reasons(&REASONS)
    .traffic(&TRAFFIC)
    .kinds(KINDS)
    .messages(TEXT, &[("with these codes: [", "]")])
    .status_codes("", TEXT);

const STATE: Row = Row::of(HEALTH, Role::Status, STATE_FIELD, WORDS_PAGE);

static STATUSES: [Row; 9] = [
    STATE.word("healthy", "The target passes its checks.").health(Healthy, Exact).traffic(Traffic::Eligible),
    STATE
        .word("initial", "The target is being registered, or its first checks are under way.")
        .health(Initializing, Exact)
        .reason(FailureReason::InitialChecks, Ambiguous)
        .traffic(Traffic::Excluded),
    STATE
        .word("unhealthy", "The target fails its checks, or does not answer them.")
        .health(Unhealthy, Exact)
        .traffic(Traffic::Excluded),
    STATE
        .word("unhealthy.draining", "The target fails its checks, and is given time to finish what it has begun.")
        .health(Unhealthy, Exact)
        .traffic(Traffic::ExistingOnly),
    STATE
        .word(
            "unused",
            "The target is not registered, its target group is not used, its zone is not enabled, or it is stopped: the reason says which.",
        )
        .health(Inactive, Exact)
        .reason(FailureReason::NotInUse, Ambiguous)
        .traffic(Traffic::Excluded),
    STATE
        .word("draining", "The target is being deregistered, and connections that exist go on.")
        .health(Draining, Exact)
        .reason(FailureReason::Deregistering, Exact)
        .traffic(Traffic::ExistingOnly),
    STATE
        .word("unavailable", "The target group's health check is off.")
        .when(REASON_FIELD, "Target.HealthCheckDisabled")
        .health(Unmonitored, Exact)
        .traffic(Traffic::Eligible),
    STATE
        .word("unavailable", "The load balancer has an error of its own and cannot say.")
        .when(REASON_FIELD, "Elb.InternalError")
        .health(Unknown, Exact)
        .traffic(Traffic::Unknown),
    STATE
        .word("unavailable", "The health check is off, or the load balancer has an error of its own; without its reason the word leaves it open.")
        .health(Unknown, Ambiguous)
        .traffic(Traffic::Unknown),
];

const REASON: Row = Row::of(HEALTH, Role::Reason, REASON_FIELD, WORDS_PAGE);
const REASON_WITH_TEXT: Row = Row::of(HEALTH, Role::Reason, REASON_FIELD, GUIDE);

static REASONS: [Row; 17] = [
    REASON.word("Elb.RegistrationInProgress", "The target is being registered.").reason(FailureReason::Registering, Exact),
    REASON
        .word("Elb.InitialHealthChecking", "The target has not had as many checks yet as a verdict takes.")
        .reason(FailureReason::InitialChecks, Exact),
    REASON
        .word("Target.ResponseCodeMismatch", "The status code of the answer is not among the expected ones.")
        .reason(FailureReason::ResponseMismatch, Exact),
    REASON_WITH_TEXT
        .word("Target.Timeout", "The connection to the target was not established in time.")
        .when(TEXT, "connection to target timed out*")
        .reason(FailureReason::ConnectTimeout, Inferred),
    // The text that comes with the word by rule, "Request timed out", says no more: a connection that nobody answers has it too.
    REASON.word("Target.Timeout", "The check ran out of time; in which stage is not said.").reason(FailureReason::Timeout, Exact),
    REASON_WITH_TEXT
        .word("Target.FailedHealthChecks", "The status code of the answer is not among the expected ones.")
        .when(TEXT, "*with these codes: [*")
        .reason(FailureReason::ResponseMismatch, Inferred),
    REASON_WITH_TEXT
        .word("Target.FailedHealthChecks", "The connection to the target was not established in time.")
        .when(TEXT, "connection to target timed out*")
        .reason(FailureReason::ConnectTimeout, Inferred),
    REASON
        .word("Target.FailedHealthChecks", "The connection could not be established, or the answer is malformed; which of them is not said.")
        .reason(FailureReason::ProbeFailed, Exact),
    REASON
        .word("Elb.InternalError", "The load balancer has an error of its own.")
        .reason(FailureReason::LbInternalError, Exact),
    REASON
        .word("Target.NotRegistered", "The target is not registered in the target group.")
        .reason(FailureReason::NotRegistered, Exact),
    REASON_WITH_TEXT
        .word("Target.NotInUse", "No load balancer sends traffic to the target group.")
        .when(TEXT, "*target group is not configured to receive traffic*")
        .reason(FailureReason::NotAttached, Inferred),
    REASON_WITH_TEXT
        .word("Target.NotInUse", "The target is in a zone that is not enabled for the load balancer.")
        .when(TEXT, "*zone that is not enabled*")
        .reason(FailureReason::ZoneNotEnabled, Inferred),
    REASON
        .word(
            "Target.NotInUse",
            "No load balancer uses the target group, or the target is in a zone that is not enabled for the load balancer; which of them is \
             not said.",
        )
        .reason(FailureReason::NotInUse, Ambiguous),
    REASON.word("Target.InvalidState", "The instance is stopped or terminated.").reason(FailureReason::BackendStopped, Exact),
    REASON
        .word("Target.IpUnusable", "The address cannot be a target, because a load balancer uses it.")
        .reason(FailureReason::AddressUnusable, Exact),
    REASON
        .word("Target.DeregistrationInProgress", "The target is being deregistered.")
        .reason(FailureReason::Deregistering, Exact),
    REASON
        .word("Target.HealthCheckDisabled", "The target group's health check is off.")
        .reason(FailureReason::HealthCheckDisabled, Exact),
];

const SHIFT: Row = Row::of(HEALTH, Role::Traffic, OVERRIDE, OVERRIDE_PAGE);

static TRAFFIC: [Row; 8] = [
    Row::of(HEALTH, Role::Traffic, OVERRIDE, SHIFT_GUIDE)
        .word("zonal_shift_active", "The traffic is moved away from the target's zone; connections that exist go on.")
        .traffic(Traffic::ExistingOnly)
        .traffic_because(TrafficReason::ZonalShift),
    Row::of(HEALTH, Role::Traffic, OVERRIDE, SHIFT_GUIDE)
        .word("zonal_shift_delegated_to_dns", "Whether the traffic is moved away from the target's zone is not told here.")
        .traffic(Traffic::Unknown),
    SHIFT
        .word(OVERRIDE_UNKNOWN, "An error of the vendor's keeps it from saying whether the traffic is moved away.")
        .traffic(Traffic::Unknown),
    Row::of(HEALTH, Role::Traffic, MITIGATION, ANOMALY_GUIDE)
        .word("yes", "The target gets less traffic, because real requests to it fail more often than those to its neighbours.")
        .when(STATE_FIELD, "healthy")
        .traffic(Traffic::Eligible)
        .traffic_because(TrafficReason::AnomalyMitigation),
    SHIFT.word("no_override", "The traffic is not moved away."),
    Row::of(HEALTH, Role::Traffic, MITIGATION, ANOMALY_PAGE).word("no", "The target gets its full share."),
    Row::of(HEALTH, Role::Traffic, ANOMALY, ANOMALY_PAGE)
        .word("anomalous", "Real requests to the target fail more often than those to its neighbours.")
        .warning(WarningCode::AnomalyDetected),
    Row::of(HEALTH, Role::Traffic, ANOMALY, ANOMALY_PAGE)
        .word("normal", "Real requests to the target do not fail more often than those to its neighbours."),
];

/// What the words of `TargetType` stand for.
const KINDS: &[(&str, BackendKind)] = &[
    ("instance", BackendKind::Instance),
    ("ip", BackendKind::Ip),
    ("lambda", BackendKind::Function),
    ("alb", BackendKind::LoadBalancer),
];

/// In place of a zone: the target gets traffic from all of them.
pub(crate) const EVERY_ZONE: &str = "all";
