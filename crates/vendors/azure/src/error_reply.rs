//! Replies to calls that failed.

use lbhealth_core::{ErrorReplies, VendorErrorClass};

/// How Azure Resource Manager writes replies to calls that failed.
pub static ERROR_REPLIES: ErrorReplies = ErrorReplies::new(&["code"], &["message"], &[]).within("error").classes(ERROR_CLASSES);

/// Credentials come first: `InvalidAuthenticationToken` does not mean that the request is malformed.
const ERROR_CLASSES: &[(&str, VendorErrorClass)] = &[
    ("*AuthenticationToken*", VendorErrorClass::Unauthenticated),
    ("AuthenticationFailed*", VendorErrorClass::Unauthenticated),
    ("InvalidClient*", VendorErrorClass::Unauthenticated),
    ("*AuthorizationFailed", VendorErrorClass::Forbidden),
    ("AuthorizationPermissionMismatch", VendorErrorClass::Forbidden),
    ("Forbidden*", VendorErrorClass::Forbidden),
    ("RequestDisallowedByPolicy", VendorErrorClass::Forbidden),
    ("*Throttled*", VendorErrorClass::Throttled),
    ("TooManyRequests*", VendorErrorClass::Throttled),
    ("*NotFound", VendorErrorClass::NotFound),
    ("AnotherOperationInProgress", VendorErrorClass::Unavailable),
    ("GatewayTimeout", VendorErrorClass::Unavailable),
    ("Internal*", VendorErrorClass::Unavailable),
    ("RetryableError*", VendorErrorClass::Unavailable),
    ("ServerTimeout", VendorErrorClass::Unavailable),
    ("ServiceUnavailable", VendorErrorClass::Unavailable),
    ("BadRequest", VendorErrorClass::InvalidRequest),
    ("Invalid*", VendorErrorClass::InvalidRequest),
    ("Missing*", VendorErrorClass::InvalidRequest),
    ("NoRegisteredProviderFound", VendorErrorClass::InvalidRequest),
    ("Unsupported*", VendorErrorClass::InvalidRequest),
];
