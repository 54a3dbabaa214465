//! Replies to calls that failed.

use lbhealth_core::{ErrorReplies, VendorErrorClass};

/// How replies to calls that failed look, from the API and from the vendor's clients.
pub static ERROR_REPLIES: ErrorReplies = ErrorReplies::new(&["Code", "code"], &["Message", "message"], REQUEST_ID)
    .details(&["Description", "description", "Detail", "detail"])
    .success("/Success")
    .classes(ERROR_CLASSES);

const REQUEST_ID: &[&str] = &["RequestId", "requestId", "requestid"];

/// Credentials come first: `InvalidAccessKeyId.NotFound` does not mean that a listener is gone.
const ERROR_CLASSES: &[(&str, VendorErrorClass)] = &[
    ("*AccessKey*", VendorErrorClass::Unauthenticated),
    ("*SecurityToken*", VendorErrorClass::Unauthenticated),
    ("Signature*", VendorErrorClass::Unauthenticated),
    ("IncompleteSignature*", VendorErrorClass::Unauthenticated),
    ("Forbidden*", VendorErrorClass::Forbidden),
    ("*NoPermission*", VendorErrorClass::Forbidden),
    ("Throttling*", VendorErrorClass::Throttled),
    // What is wrong is the call: the listener may well be there.
    ("InvalidAction*", VendorErrorClass::InvalidRequest),
    ("InvalidRegionId*", VendorErrorClass::InvalidRequest),
    ("*NotFound*", VendorErrorClass::NotFound),
    ("ServiceUnavailable*", VendorErrorClass::Unavailable),
    ("InternalError*", VendorErrorClass::Unavailable),
    ("SystemBusy*", VendorErrorClass::Unavailable),
    ("Missing*", VendorErrorClass::InvalidRequest),
    ("Invalid*", VendorErrorClass::InvalidRequest),
    ("Illegal*", VendorErrorClass::InvalidRequest),
];
