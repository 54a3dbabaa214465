//! Any text as status codes.
#![no_main]

use lbhealth::StatusCodes;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for protocol in [None, Some("HTTP"), Some("GRPC"), Some("TCP")] {
        let Ok(codes) = StatusCodes::parse(text, protocol) else { continue };
        let again = StatusCodes::parse(&codes.text, protocol).expect("canonical text can be read");
        assert_eq!(again, codes);
        for range in &codes.ranges {
            assert!(range.first <= range.last && codes.contains(range.first) && codes.contains(range.last));
        }
    }
});
