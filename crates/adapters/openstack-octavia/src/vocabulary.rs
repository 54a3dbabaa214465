//! The vendor's words and what they mean in ours.

use lbhealth_core::BackendHealth::{Draining, Healthy, Inactive, Initializing, Unhealthy, Unknown, Unmonitored};
use lbhealth_core::Certainty::{Ambiguous, Exact, Inferred};
use lbhealth_core::{ErrorReplies, FailureReason, Role, Row, Traffic, TrafficReason, VendorErrorClass, Vocabulary};
use lbhealth_octavia::{PROVISIONING, STATUS};

const WORDS_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#operating-status-codes";
const POOL_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#show-pool-details";
const CREATE_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#create-member";
/// What sets the status of a member when it is created.
const CREATION: &str = "https://github.com/openstack/octavia/blob/master/octavia/db/prepare.py";
/// What sets the statuses by what the load balancer's machine reports.
const REPORTS: &str = "https://github.com/openstack/octavia/blob/master/octavia/amphorae/drivers/health/heartbeat_udp.py";
/// What says in which states of its configuration a member can be.
const PROVISIONING_PAGE: &str = "https://docs.openstack.org/api-ref/load-balancer/v2/index.html#provisioning-status-codes";

/// Members mean the same wherever they stand. The trees, in which they have neither weight nor switch, come last.
const MEMBER_OR_TREE: &[&str] =
    &["member_list", "member_show", "member_list/cli", "load_balancer_status_show", "load_balancer_status_show/cli"];
const MEMBER: &[&str] = MEMBER_OR_TREE.split_at(3).0;
/// Pools are wholes, in the trees and where their settings are read.
const TREE_OR_POOL: &[&str] = &["load_balancer_status_show", "load_balancer_status_show/cli", "pool_list", "pool_show"];
const POOL: &[&str] = TREE_OR_POOL.split_at(2).1;

pub(crate) const ADMIN: &str = "admin_state_up";
pub(crate) const BACKUP: &str = "backup";
pub(crate) const WEIGHT: &str = "weight";

pub(crate) static VOCABULARY: Vocabulary = Vocabulary::EMPTY.statuses(&STATUSES).traffic(&TRAFFIC).parents(&PARENTS);

const MEMBER_WORD: Row = Row::of(MEMBER_OR_TREE, Role::Status, STATUS, WORDS_PAGE);

static STATUSES: [Row; 10] = [
    MEMBER_WORD.word("ONLINE", "The member is normal.").health(Healthy, Exact).traffic(Traffic::Eligible),
    MEMBER_WORD.word("ERROR", "The member fails its checks.").health(Unhealthy, Exact).traffic(Traffic::Excluded),
    Row::of(MEMBER, Role::Status, STATUS, REPORTS)
        .word("DRAINING", "The member is up, and its weight of 0 keeps new connections away.")
        .when(WEIGHT, "0")
        .health(Draining, Exact)
        .reason(FailureReason::ZeroWeight, Inferred)
        .traffic(Traffic::ExistingOnly),
    MEMBER_WORD.word("DRAINING", "The member takes no new connections.").health(Draining, Exact).traffic(Traffic::ExistingOnly),
    // A member that is created together with its pool has the word at first even where the pool has a health monitor.
    Row::of(MEMBER_OR_TREE, Role::Status, STATUS, CREATION)
        .word("NO_MONITOR", "The member is being created, and nothing is known of it yet.")
        .when(PROVISIONING, "PENDING_CREATE")
        .health(Initializing, Inferred)
        .reason(FailureReason::Registering, Inferred)
        .traffic(Traffic::Unknown),
    Row::of(MEMBER_OR_TREE, Role::Status, STATUS, PROVISIONING_PAGE)
        .word("NO_MONITOR", "The pool has no health monitor, and setting up the member failed: it may not be in service.")
        .when(PROVISIONING, "ERROR")
        .health(Unmonitored, Exact)
        .reason(FailureReason::HealthCheckDisabled, Exact)
        .traffic(Traffic::Unknown),
    MEMBER_WORD
        .word("NO_MONITOR", "The pool has no health monitor.")
        .health(Unmonitored, Exact)
        .reason(FailureReason::HealthCheckDisabled, Exact)
        .traffic(Traffic::Eligible),
    Row::of(MEMBER, Role::Status, STATUS, WORDS_PAGE)
        .word("OFFLINE", "The member is switched off.")
        .when(ADMIN, "false")
        .health(Inactive, Exact)
        .reason(FailureReason::AdminDisabled, Inferred)
        .traffic(Traffic::Excluded),
    Row::of(MEMBER_OR_TREE, Role::Status, STATUS, CREATION)
        .word("OFFLINE", "The member is being created in a pool with a health monitor, and has no result yet.")
        .when(PROVISIONING, "PENDING_CREATE")
        .health(Initializing, Inferred)
        .reason(FailureReason::Registering, Inferred)
        .traffic(Traffic::Unknown),
    Row::of(MEMBER_OR_TREE, Role::Status, STATUS, REPORTS)
        .word("OFFLINE", "The member is switched off, or new, or the load balancer does not report it; which of them is not said.")
        .health(Unknown, Ambiguous)
        .traffic(Traffic::Unknown),
];

/// A switch comes before a weight, and that before the part in the pool: a backup of weight 0 never takes over, nor does one that is being
/// deleted.
static TRAFFIC: [Row; 5] = [
    Row::of(MEMBER, Role::Traffic, ADMIN, CREATE_PAGE)
        .word("false", "The member is switched off.")
        .traffic(Traffic::Excluded)
        .traffic_because(TrafficReason::AdminDisabled),
    Row::of(MEMBER, Role::Traffic, WEIGHT, CREATE_PAGE)
        .word("0", "The member gets no new connections, and those that exist go on.")
        .traffic(Traffic::ExistingOnly)
        .traffic_because(TrafficReason::ZeroWeight),
    Row::of(MEMBER_OR_TREE, Role::Traffic, PROVISIONING, PROVISIONING_PAGE)
        .word("PENDING_DELETE", "The member is being deleted, so that it may not get traffic any more.")
        .traffic(Traffic::Unknown),
    Row::of(MEMBER_OR_TREE, Role::Traffic, PROVISIONING, PROVISIONING_PAGE)
        .word("DELETED", "The member was deleted, so that what is said of it is of a time before.")
        .traffic(Traffic::Unknown),
    Row::of(MEMBER, Role::Traffic, BACKUP, CREATE_PAGE)
        .word("true", "The member gets connections only while all that are no backup are down.")
        .traffic(Traffic::Standby)
        .traffic_because(TrafficReason::StandbyRole),
];

const WHOLE: Row = Row::of(TREE_OR_POOL, Role::Parent, STATUS, WORDS_PAGE);

const CONFIGURATION: Row = Row::of(TREE_OR_POOL, Role::Parent, PROVISIONING, PROVISIONING_PAGE);

static PARENTS: [Row; 8] = [
    WHOLE.word("ONLINE", "It is normal, which holds for an empty pool too."),
    WHOLE.word("DEGRADED", "Something below it is in error, or a listener is full. It says nothing of any one member."),
    Row::of(TREE_OR_POOL, Role::Parent, STATUS, REPORTS)
        .word(
            "ERROR",
            "Of a listener: it is not up, or, with some providers, one of its pools is in error; which of them is not said. Of a pool: no member \
             works. Of a load balancer: that holds for one of its pools. The last two say nothing of members that work.",
        )
        .traffic(Traffic::Unknown),
    WHOLE.word("NO_MONITOR", "It is not monitored."),
    Row::of(TREE_OR_POOL, Role::Parent, STATUS, REPORTS)
        .word("OFFLINE", "It is switched off, or the load balancer does not serve it (yet).")
        .traffic(Traffic::Excluded)
        .traffic_because(TrafficReason::ParentNotInService),
    CONFIGURATION
        .word("PENDING_DELETE", "It is being deleted, so that what is below it may not get traffic any more.")
        .traffic(Traffic::Unknown),
    CONFIGURATION
        .word("DELETED", "It was deleted, so that what is said of it is of a time before.")
        .traffic(Traffic::Unknown),
    Row::of(POOL, Role::Parent, ADMIN, POOL_PAGE)
        .word("false", "It is switched off.")
        .traffic(Traffic::Excluded)
        .traffic_because(TrafficReason::ParentNotInService),
];

/// Which of the links of a list leads to the next page, and which one back, which the first page has not.
pub(crate) const NEXT: &str = "next";
pub(crate) const PREVIOUS: &str = "previous";

/// Replies of the service itself have only two codes, and the message says the rest; those of the identity service have a number.
pub(crate) static ERROR_REPLIES: ErrorReplies = ErrorReplies::new(&["faultcode", "code"], &["faultstring", "message"], &[])
    .nested()
    .classes(&[("Server", VendorErrorClass::Unavailable)])
    .classes_by_message(&[
        ("* not found.", VendorErrorClass::NotFound),
        ("Policy does not allow this request*", VendorErrorClass::Forbidden),
        ("Quota has been met*", VendorErrorClass::Forbidden),
        ("Project busy*", VendorErrorClass::Unavailable),
        ("Validation failure*", VendorErrorClass::InvalidRequest),
        ("Invalid input for field*", VendorErrorClass::InvalidRequest),
        ("Supplied *", VendorErrorClass::InvalidRequest),
        ("* is not a valid option for *", VendorErrorClass::InvalidRequest),
    ]);
