//! Replies to calls that failed.

use lbhealth_core::{ErrorReplies, VendorErrorClass};

/// How the vendor's Python client, and other tools built on it, write replies to calls that failed. Its command line can be told to write
/// code and message bare.
pub static ERROR_REPLIES: ErrorReplies =
    ErrorReplies::new(&["Code"], &["Message"], &["RequestId"]).within("Error").or_bare().classes(ERROR_CLASSES);

/// Credentials come first: `InvalidClientTokenId` does not mean that the request is malformed.
const ERROR_CLASSES: &[(&str, VendorErrorClass)] = &[
    ("InvalidClientTokenId", VendorErrorClass::Unauthenticated),
    ("UnrecognizedClient*", VendorErrorClass::Unauthenticated),
    ("SignatureDoesNotMatch", VendorErrorClass::Unauthenticated),
    ("IncompleteSignature", VendorErrorClass::Unauthenticated),
    ("MissingAuthenticationToken*", VendorErrorClass::Unauthenticated),
    ("ExpiredToken*", VendorErrorClass::Unauthenticated),
    ("RequestExpired", VendorErrorClass::Unauthenticated),
    ("AuthFailure", VendorErrorClass::Unauthenticated),
    ("AccessDenied*", VendorErrorClass::Forbidden),
    ("Unauthorized*", VendorErrorClass::Forbidden),
    ("NotAuthorized*", VendorErrorClass::Forbidden),
    ("OptInRequired", VendorErrorClass::Forbidden),
    ("Throttl*", VendorErrorClass::Throttled),
    ("DependencyThrottle", VendorErrorClass::Throttled),
    ("TooManyRequests*", VendorErrorClass::Throttled),
    ("RequestLimitExceeded", VendorErrorClass::Throttled),
    ("RequestThrottled*", VendorErrorClass::Throttled),
    ("*NotFound*", VendorErrorClass::NotFound),
    ("HealthUnavailable", VendorErrorClass::Unavailable),
    ("ServiceUnavailable*", VendorErrorClass::Unavailable),
    ("InternalFailure", VendorErrorClass::Unavailable),
    ("InternalError*", VendorErrorClass::Unavailable),
    ("Validation*", VendorErrorClass::InvalidRequest),
    ("Invalid*", VendorErrorClass::InvalidRequest),
    ("Missing*", VendorErrorClass::InvalidRequest),
    ("Malformed*", VendorErrorClass::InvalidRequest),
];
