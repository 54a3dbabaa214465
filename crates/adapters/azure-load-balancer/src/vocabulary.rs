//! The vendor's words and what they mean in ours.

use lbhealth_core::BackendHealth::{Healthy, Inactive, Initializing, Unhealthy, Unknown, Unmonitored};
use lbhealth_core::Certainty::{Ambiguous, Exact, Inferred};
use lbhealth_core::{FailureReason, Role, Row, Traffic, TrafficReason, Trend, Vocabulary, WarningCode};

/// The guide, which alone has the words.
const GUIDE: &str = "https://learn.microsoft.com/en-us/azure/load-balancer/load-balancer-manage-health-status";

const HEALTH: &[&str] = &["LoadBalancerLoadBalancingRules_Health"];

/// The states, which the figures of a reply count.
pub(crate) const UP: &str = "Up";
pub(crate) const DOWN: &str = "Down";
const STATE_FIELD: &str = "state";
const REASON_FIELD: &str = "reason";

pub(crate) static VOCABULARY: Vocabulary = Vocabulary::EMPTY.statuses(&STATUSES).reasons(&REASONS).traffic(&TRAFFIC);

const STATE: Row = Row::of(HEALTH, Role::Status, STATE_FIELD, GUIDE);

static STATUSES: [Row; 15] = [
    STATE
        .word(UP, "The backend passes its checks.")
        .when(REASON_FIELD, "Up_Probe_Success")
        .health(Healthy, Exact)
        .traffic(Traffic::Eligible),
    STATE
        .word(UP, "The last check failed, and the backend stays healthy by those before it.")
        .when(REASON_FIELD, "Up_Probe_ApproachingUnhealthyThreshold")
        .health(Healthy, Exact)
        .traffic(Traffic::Eligible)
        .trend(Trend::Deteriorating),
    STATE
        .word(UP, "The backend passes its checks, and the vendor sees a possible problem of its own infrastructure.")
        .when(REASON_FIELD, "Up_Platform")
        .health(Healthy, Exact)
        .traffic(Traffic::Eligible)
        .warning(WarningCode::PlatformProblem),
    STATE
        .word(UP, "Somebody set the backend to up, so its checks are ignored and what they say is not told.")
        .when(REASON_FIELD, "Up_Admin")
        .health(Unmonitored, Ambiguous)
        .traffic(Traffic::Eligible),
    STATE
        .word(UP, "Every backend fails its checks, and the probe is told to send traffic to all of them then.")
        .when(REASON_FIELD, "Up_Probe_AllDownIsUp")
        .health(Unhealthy, Inferred)
        .traffic(Traffic::Eligible),
    STATE
        .word(UP, "The backend has not been probed yet.")
        .when(REASON_FIELD, "NA")
        .health(Initializing, Inferred)
        .traffic(Traffic::Unknown),
    STATE
        .word(UP, "State and reason contradict each other.")
        .when(REASON_FIELD, "Down_*")
        .health(Unknown, Ambiguous)
        .traffic(Traffic::Unknown)
        .warning(WarningCode::ReasonContradictsStatus),
    STATE
        .word(UP, "The backend gets traffic; without its reason the word does not say whether a check passed.")
        .health(Unknown, Ambiguous)
        .traffic(Traffic::Eligible),
    STATE
        .word(DOWN, "The last check passed, and the backend stays unhealthy until enough of them have.")
        .when(REASON_FIELD, "Down_Probe_ApproachingHealthyThreshold")
        .health(Unhealthy, Exact)
        .traffic(Traffic::Excluded)
        .trend(Trend::Improving),
    STATE
        .word(DOWN, "The backend fails its checks; the reason says how.")
        .when(REASON_FIELD, "Down_Probe_*")
        .health(Unhealthy, Exact)
        .traffic(Traffic::Excluded),
    STATE
        .word(DOWN, "The backend is unhealthy because of a problem of the vendor's own infrastructure.")
        .when(REASON_FIELD, "Down_Platform")
        .health(Unhealthy, Exact)
        .traffic(Traffic::Excluded),
    STATE
        .word(DOWN, "Somebody set the backend to down, so its checks are ignored and what they say is not told.")
        .when(REASON_FIELD, "Down_Admin")
        .health(Inactive, Exact)
        .traffic(Traffic::Excluded),
    STATE
        .word(DOWN, "The backend has not been probed yet.")
        .when(REASON_FIELD, "NA")
        .health(Initializing, Inferred)
        .traffic(Traffic::Excluded),
    STATE
        .word(DOWN, "State and reason contradict each other.")
        .when(REASON_FIELD, "Up_*")
        .health(Unknown, Ambiguous)
        .traffic(Traffic::Unknown)
        .warning(WarningCode::ReasonContradictsStatus),
    STATE
        .word(DOWN, "The backend fails its checks, or somebody set it to down; without its reason the word leaves it open.")
        .health(Unhealthy, Ambiguous)
        .traffic(Traffic::Excluded),
];

const REASON: Row = Row::of(HEALTH, Role::Reason, REASON_FIELD, GUIDE);

static REASONS: [Row; 14] = [
    REASON.word("Up_Probe_Success", "The backend passes its checks."),
    REASON.word("Up_Probe_ApproachingUnhealthyThreshold", "The last check failed; how is not said."),
    REASON.word("Up_Probe_AllDownIsUp", "Every backend fails its checks; how is not said."),
    REASON.word("Up_Platform", "The vendor's own infrastructure may have a problem."),
    REASON.word("Up_Admin", "Somebody set the backend to up.").reason(FailureReason::AdminOverride, Exact),
    REASON.word("Down_Probe_ApproachingHealthyThreshold", "The last check passed; how those before it failed is not said."),
    REASON
        .word("Down_Probe_HttpStatusCodeError", "The backend answered with a status code other than 200.")
        .reason(FailureReason::ResponseMismatch, Exact),
    REASON
        .word("Down_Probe_HttpEndpointUnreachable", "The connection was established, and the HTTP session in it was rejected.")
        .reason(FailureReason::ConnectInterrupt, Ambiguous),
    REASON
        .word("Down_Probe_HttpNoResponse", "The HTTP session was established, and no answer came.")
        .reason(FailureReason::RecvResponseTimeout, Ambiguous),
    REASON
        .word("Down_Probe_TcpProbeTimeout", "The connection was not established in time.")
        .reason(FailureReason::ConnectTimeout, Exact),
    REASON
        .word("Down_Probe_NoHealthyBackend", "The backend is a regional load balancer without a healthy backend.")
        .reason(FailureReason::NoHealthyChildren, Exact),
    REASON.word("Down_Admin", "Somebody set the backend to down.").reason(FailureReason::AdminOverride, Exact),
    REASON
        .word("Down_Platform", "The vendor's own infrastructure has a problem, or a global load balancer cannot probe the backend.")
        .reason(FailureReason::LbInternalError, Exact),
    REASON.word("NA", "The backend has not been probed yet.").reason(FailureReason::InitialChecks, Exact),
];

static TRAFFIC: [Row; 1] = [Row::of(HEALTH, Role::Traffic, REASON_FIELD, GUIDE)
    .word("Up_Probe_AllDownIsUp", "Every backend fails its checks, so all of them get traffic.")
    .when(STATE_FIELD, "Up")
    .traffic(Traffic::Eligible)
    .traffic_because(TrafficReason::FailOpen)];
