//! Arrays that nothing is in.

use super::*;

#[test]
fn an_array_without_elements_is_an_item() {
    let good = "{\"trial\":1,\"id\":\"a\"}";
    for (array, kind) in
        [("[]", "UNEXPECTED_SHAPE"), ("[ \r\n\t]", "UNEXPECTED_SHAPE"), ("[\n\n]", "UNEXPECTED_SHAPE"), ("[ ,,]", "NOT_JSON")]
    {
        for text in [format!("{good}\n{array}\n[{good}]"), format!("[{good}]{array}{good}"), format!(" {array}{array}\n{good}")] {
            let whole = of_slice(text.as_bytes());
            let found: Vec<&Seen> = whole.iter().filter(|(.., what)| what == kind).collect();
            let expected: Vec<u64> = text.match_indices(array).map(|(at, _)| u64::try_from(at).unwrap()).collect();
            assert_eq!(found.iter().map(|(_, offset, _)| *offset).collect::<Vec<_>>(), expected, "{text:?}");
            assert_eq!(whole.iter().filter(|(.., what)| what == "a").count(), text.matches(good).count(), "{text:?}");
            assert_eq!(whole.len(), expected.len() + text.matches(good).count(), "{text:?}");
            assert_eq!(of_reader(Slow(text.as_bytes(), 1)), whole, "{text:?}");
            for item in slice(ADAPTERS, text.as_bytes()).filter(|item| item.document.is_err()) {
                assert_eq!(item.bytes, array.as_bytes());
            }
        }
    }
    assert_eq!(ids(&format!("[{good},]")), ["a"]);
    assert_eq!(ids("[[]]"), ["UNEXPECTED_SHAPE"]);
    assert_eq!(ids("[ \n"), ["NOT_JSON"]);
    assert_eq!(ids("[] no such pool\n"), ["UNEXPECTED_SHAPE", "NOT_JSON"]);
}

/// Longer than what is read at a time.
#[test]
fn an_array_without_elements_is_not_cut() {
    for (blanks, kind) in [(" ", "UNEXPECTED_SHAPE"), ("\n", "UNEXPECTED_SHAPE"), (" ,", "NOT_JSON")] {
        let text = format!("{{\"trial\":1,\"id\":\"a\"}}\n[{}]\n{{\"trial\":1,\"id\":\"b\"}}", blanks.repeat(1 << 19));
        assert_eq!(ids(&text), ["a", kind, "b"]);
        assert_eq!(of_threads(text.as_bytes(), 2), of_slice(text.as_bytes()));
    }
}
