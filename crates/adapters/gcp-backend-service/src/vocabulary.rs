//! The vendor's words and what they mean in ours.

use lbhealth_core::BackendHealth::{Draining, Healthy, Unhealthy, Unknown, Unmonitored};
use lbhealth_core::Certainty::{Ambiguous, Exact};
use lbhealth_core::{Completeness, ErrorReplies, FailureReason, Role, Row, Traffic, VendorErrorClass, Vocabulary, WarningCode};

pub(crate) const HEALTH_PAGE: &str = "https://cloud.google.com/compute/docs/reference/rest/v1/backendServices/getHealth";
pub(crate) const ENDPOINTS_PAGE: &str =
    "https://cloud.google.com/compute/docs/reference/rest/v1/networkEndpointGroups/listNetworkEndpoints";
pub(crate) const ENDPOINTS_COMMAND_PAGE: &str =
    "https://cloud.google.com/sdk/gcloud/reference/compute/network-endpoint-groups/list-network-endpoints";
/// What the words of managed instance groups mean, which come from the same probes.
const INSTANCE_GROUP_PAGE: &str =
    "https://cloud.google.com/compute/docs/reference/rest/v1/instanceGroupManagers/listManagedInstances";
const DISTRIBUTION_PAGE: &str = "https://cloud.google.com/load-balancing/docs/network/ext-netlb-traffic-distribution";

pub(crate) const GET_HEALTH: &str = "backendServices.getHealth";
pub(crate) const GET_HEALTH_COMMAND: &str = "backendServices.getHealth/gcloud";
pub(crate) const TARGET_POOL_HEALTH: &str = "targetPools.getHealth";
pub(crate) const LIST_ENDPOINTS: &str = "networkEndpointGroups.listNetworkEndpoints";
pub(crate) const LIST_ENDPOINTS_COMMAND: &str = "networkEndpointGroups.listNetworkEndpoints/gcloud";

pub(crate) const HTTP_CHECK: &str = "httpHealthChecks.get";
pub(crate) const HTTPS_CHECK: &str = "httpsHealthChecks.get";

const GROUPS: &[&str] = &[GET_HEALTH, GET_HEALTH_COMMAND, TARGET_POOL_HEALTH];
const ENDPOINTS: &[&str] = &[LIST_ENDPOINTS, LIST_ENDPOINTS_COMMAND];

pub(crate) const STATE: &str = "healthState";
pub(crate) const IPV6_STATE: &str = "ipv6HealthState";
pub(crate) const HEALTHS: &str = "healths";
/// The lists of all endpoints together.
pub(crate) const ALL_HEALTHS: &str = "#/healths";
/// What the vendor notes on a list, and how complete it is then.
pub(crate) const LIST_NOTES: &[(&str, Completeness)] = &[
    ("NO_RESULTS_ON_PAGE", Completeness::Complete),
    ("PARTIAL_SUCCESS", Completeness::Incomplete),
    ("UNREACHABLE", Completeness::Incomplete),
];
/// How the absence of a list is written in the tables.
pub(crate) const ABSENT: &str = "null";
pub(crate) const WEIGHT: &str = "weight";
pub(crate) const WEIGHT_ERROR: &str = "weightError";

pub(crate) static VOCABULARY: Vocabulary = Vocabulary::EMPTY.statuses(&STATUSES).traffic(&TRAFFIC);

const GROUP_STATE: Row = Row::of(GROUPS, Role::Status, STATE, HEALTH_PAGE);
const ENDPOINT_STATE: Row = Row::of(ENDPOINTS, Role::Status, STATE, ENDPOINTS_PAGE);

static STATUSES: [Row; 12] = [
    GROUP_STATE.word("HEALTHY", "The backend passes its checks.").health(Healthy, Exact).traffic(Traffic::Eligible),
    GROUP_STATE.word("UNHEALTHY", "The backend fails its checks.").health(Unhealthy, Exact).traffic(Traffic::Excluded),
    GROUP_STATE
        .word("TIMEOUT", "The probe got no answer in time. The reference names the word only where it explains a missing weight.")
        .health(Unhealthy, Exact)
        .reason(FailureReason::Timeout, Exact)
        .traffic(Traffic::Excluded),
    GROUP_STATE
        .word(
            "UNKNOWN",
            "The backend is new, or the vendor has lost its state. The reference names the word only where it explains a missing weight.",
        )
        .health(Unknown, Ambiguous)
        .traffic(Traffic::Unknown),
    GROUP_STATE
        .word("DRAINING", "The backend is being drained, and connections that exist go on.")
        .health(Draining, Exact)
        .traffic(Traffic::ExistingOnly)
        .undocumented(INSTANCE_GROUP_PAGE),
    ENDPOINT_STATE.word("HEALTHY", "The endpoint is healthy.").health(Healthy, Exact).traffic(Traffic::Eligible),
    ENDPOINT_STATE.word("UNHEALTHY", "The endpoint is unhealthy.").health(Unhealthy, Exact).traffic(Traffic::Excluded),
    ENDPOINT_STATE
        .word("DRAINING", "The endpoint is being drained, and connections that exist go on.")
        .health(Draining, Exact)
        .traffic(Traffic::ExistingOnly),
    ENDPOINT_STATE
        .word("UNKNOWN", "The health of the endpoint is not known; it may be new.")
        .health(Unknown, Ambiguous)
        .traffic(Traffic::Unknown),
    ENDPOINT_STATE
        .word("TIMEOUT", "The probe got no answer in time.")
        .health(Unhealthy, Exact)
        .reason(FailureReason::Timeout, Exact)
        .traffic(Traffic::Excluded)
        .undocumented(INSTANCE_GROUP_PAGE),
    Row::of(&[LIST_ENDPOINTS_COMMAND], Role::Status, HEALTHS, ENDPOINTS_COMMAND_PAGE)
        .word(ABSENT, "No endpoint has a list of verdicts: the command does not ask for them, or none has a central health check.")
        .when(ALL_HEALTHS, ABSENT)
        .health(Unknown, Ambiguous)
        .warning(WarningCode::StatusMissing)
        .traffic(Traffic::Unknown),
    Row::of(ENDPOINTS, Role::Status, HEALTHS, ENDPOINTS_PAGE)
        .word(ABSENT, "The list of verdicts is absent or empty: the endpoint has no central health check, or its health was not asked for.")
        .health(Unmonitored, Ambiguous)
        .reason(FailureReason::HealthCheckDisabled, Ambiguous)
        .traffic(Traffic::Unknown),
];

const WEIGHT_ROW: Row = Row::of(GROUPS, Role::Traffic, WEIGHT, DISTRIBUTION_PAGE);
const ERROR_ROW: Row = Row::of(GROUPS, Role::Traffic, WEIGHT_ERROR, HEALTH_PAGE);

static TRAFFIC: [Row; 5] = [
    WEIGHT_ROW
        .word("0", "The backend asks for no new connections. It gets them all the same where all ask so, or where weights are not in force.")
        .traffic(Traffic::Unknown),
    ERROR_ROW.word("INVALID_WEIGHT", "The backend reported a weight that is not a number from 0 up."),
    ERROR_ROW.word("MISSING_WEIGHT", "The backend reported no weight."),
    ERROR_ROW.word("UNAVAILABLE_WEIGHT", "The probe got no answer in time, or the backend is new."),
    ERROR_ROW.word("WEIGHT_NONE", "Weights are not asked for, or have not been for long."),
];

/// The families of addresses that are probed apart from each other.
pub(crate) const IPV4: &str = "IPV4";
pub(crate) const IPV6: &str = "IPV6";

/// The collections, in the URL of a group, whose members are instances.
pub(crate) const OF_INSTANCES: &[&str] = &["instanceGroups", "targetPools"];
/// The address of a backend that the vendor knows nothing of yet.
pub(crate) const NO_ADDRESS: &str = "0.0.0.0";

/// How replies to calls that failed look.
pub(crate) static ERROR_REPLIES: ErrorReplies = ErrorReplies::new(&["reason", "status", "code"], &["message"], &[])
    .within("error")
    .narrowed_in("errors")
    .classes(ERROR_CLASSES);

/// The reasons of the older form of an error, then the status words of the newer form. A quota that is used up answers 403 like a lack of
/// permission, so the reasons come first.
const ERROR_CLASSES: &[(&str, VendorErrorClass)] = &[
    ("authError", VendorErrorClass::Unauthenticated),
    ("UNAUTHENTICATED", VendorErrorClass::Unauthenticated),
    ("*rateLimitExceeded", VendorErrorClass::Throttled),
    ("quotaExceeded", VendorErrorClass::Throttled),
    ("dailyLimitExceeded", VendorErrorClass::Throttled),
    ("RESOURCE_EXHAUSTED", VendorErrorClass::Throttled),
    ("forbidden", VendorErrorClass::Forbidden),
    ("accessNotConfigured", VendorErrorClass::Forbidden),
    ("PERMISSION_DENIED", VendorErrorClass::Forbidden),
    ("notFound", VendorErrorClass::NotFound),
    ("NOT_FOUND", VendorErrorClass::NotFound),
    ("backendError", VendorErrorClass::Unavailable),
    ("internalError", VendorErrorClass::Unavailable),
    ("UNAVAILABLE", VendorErrorClass::Unavailable),
    ("INTERNAL", VendorErrorClass::Unavailable),
    ("DEADLINE_EXCEEDED", VendorErrorClass::Unavailable),
    ("invalid*", VendorErrorClass::InvalidRequest),
    ("badRequest", VendorErrorClass::InvalidRequest),
    ("resourceNotReady", VendorErrorClass::InvalidRequest),
    ("INVALID_ARGUMENT", VendorErrorClass::InvalidRequest),
    ("FAILED_PRECONDITION", VendorErrorClass::InvalidRequest),
];
