mod arrays;

use std::io::Read;
use std::num::NonZero;

use proptest::prelude::*;

use super::*;
use crate::{DocumentKind, ErrorReplies, Operation, Signature, Vocabulary, wire};

wire! {
    /// A reply.
    struct Reply<'a> {
        /// Id of the call.
        "id" id: wire::Id<'a>,
        /// What it is about.
        "trial" trial: wire::Id<'a>,
    }
}

struct Trial;

static OPERATIONS: [Operation; 1] = [Operation::new(
    "Read",
    DocumentKind::Health,
    Signature::any(&["/trial"]).never(&["/other"]),
    "",
    &<Reply<'_> as wire::Wire<'_>>::SHAPE,
    |operation, payload, context| {
        let mut reply = Reply::default();
        wire::read(payload, &mut reply)?;
        let mut report = crate::ReportBuilder::new("acme-lb", operation.name, crate::Coverage::All, context);
        report.request_id(reply.id.map(wire::Id::into_text));
        let mut report = report.finish();
        report.next_page = context.pool_id.clone();
        Ok(crate::Document::Health(report))
    },
)];
static VOCABULARY: Vocabulary = Vocabulary::EMPTY;
static ERRORS: ErrorReplies = ErrorReplies::new(&["code"], &["message"], &[]);

impl Adapter for Trial {
    fn id(&self) -> &'static str {
        "acme-lb"
    }

    fn vendor(&self) -> &'static str {
        "Trial"
    }

    fn product(&self) -> &'static str {
        "Trial"
    }

    fn operations(&self) -> &'static [Operation] {
        &OPERATIONS
    }

    fn vocabulary(&self) -> &'static Vocabulary {
        &VOCABULARY
    }

    fn error_replies(&self) -> &'static ErrorReplies {
        &ERRORS
    }
}

static ADAPTERS: &[&dyn Adapter] = &[&Trial];

/// Gives so many bytes at a time.
struct Slow<'b>(&'b [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(&mut buffer[..self.1])
    }
}

/// Line, offset, and id of the call or kind of the error.
type Seen = (u64, u64, String);

fn seen(item: Item<'_>) -> Seen {
    let what = match item.document {
        Ok(crate::Document::Health(report)) => match (report.request_id, report.next_page) {
            (id, Some(pool)) => format!("{}@{pool}", id.unwrap_or_default()),
            (id, None) => id.unwrap_or_default().into_owned(),
        },
        Ok(_) => unreachable!(),
        Err(error) => error.kind().as_str().to_owned(),
    };
    (item.line, item.offset, what)
}

fn of_slice(bytes: &[u8]) -> Vec<Seen> {
    slice(ADAPTERS, bytes).map(seen).collect()
}

fn of_reader(source: impl Read) -> Vec<Seen> {
    let mut reader = reader(ADAPTERS, source);
    let mut all = Vec::new();
    while let Some(item) = reader.next().unwrap() {
        all.push(seen(item));
    }
    all
}

fn of_threads(bytes: &[u8], threads: usize) -> Vec<Seen> {
    let mut all = Vec::new();
    let work = |batch: &mut Vec<Seen>, item: Item<'_>| batch.push(seen(item));
    let sink = |batch: &mut Vec<Seen>| {
        all.append(batch);
        Ok(())
    };
    reader(ADAPTERS, bytes).for_each(NonZero::new(threads).unwrap(), work, sink).unwrap();
    all
}

fn ids(bytes: &str) -> Vec<String> {
    let all = of_slice(bytes.as_bytes());
    assert_eq!(of_reader(bytes.as_bytes()), all);
    all.into_iter().map(|(_, _, what)| what).collect()
}

#[test]
fn a_live_source_is_not_waited_for() {
    /// Gives a piece at a time, and breaks where it is asked for more than there is.
    struct Live(std::collections::VecDeque<&'static [u8]>);

    impl Read for Live {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some(piece) = self.0.pop_front() else { return Err(std::io::Error::other("asked too early")) };
            buffer[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    let pieces: [(&'static [u8], &[&str]); 4] = [
        (b"{\"trial\":1,\"id\":\"a\"}\n", &["a"]),
        (b"{\"trial\":1,\"id\":\"b\"}\n{\"trial\":1,\"id\":\"c\"}\n", &["b", "c"]),
        (b"{\n  \"trial\": 1,\n  \"id\": \"d\"\n}\n{\n  \"trial\": 1,\n  \"id\": \"e\"\n}\n", &["d", "e"]),
        (b"[{\"trial\":1,\"id\":\"f\"},\n{\"trial\":1,\"id\":\"g\"}]\n", &["f", "g"]),
    ];
    let mut reader = reader(ADAPTERS, Live(pieces.iter().map(|(piece, _)| *piece).collect()));
    for (_, expected) in pieces {
        for id in expected {
            assert_eq!(reader.next().unwrap().map(|item| seen(item).2).as_deref(), Some(*id));
        }
    }
    assert_eq!(reader.next().unwrap_err().to_string(), "asked too early");
}

#[test]
fn lines_texts_and_arrays_in_any_mixture() {
    let text = "{\"trial\":1,\"id\":\"a\"}\r\n\n  {\"trial\":1,\"id\":\"b\"}{\"trial\":1,\"id\":\"c\"} {\n  \"trial\": 1,\n  \"id\": \"d\"\n}\n\
                [{\"trial\":1,\"id\":\"e\"},\n {\"trial\":1,\"id\":\"f\"}]\n[]{\"trial\":1,\"id\":\"}\\\"{\"}";
    let expected = [
        (1, 0, "a"),
        (3, 25, "b"),
        (3, 45, "c"),
        (3, 66, "d"),
        (7, 97, "e"),
        (8, 120, "f"),
        (9, 142, "UNEXPECTED_SHAPE"),
        (9, 144, "}\"{"),
    ];
    let expected: Vec<Seen> = expected.iter().map(|(line, offset, id)| (*line, *offset, (*id).to_owned())).collect();
    assert_eq!(of_slice(text.as_bytes()), expected);
    assert_eq!(of_reader(text.as_bytes()), expected);
}

#[test]
fn a_broken_line_loses_itself_only() {
    for broken in [
        "{\"trial\":1,\"id\":\"x",
        "{\"trial\":1",
        "{\"trial\":",
        "{\"trial\":1,",
        "{\"trial\":[1,{}",
        "nonsense",
        "[ERROR] no such pool: {\"trial\":1,\"id\":\"x\"}",
        "{\"trial\":1}}",
        "{\"trial\" 1}",
        "\u{7f}",
    ] {
        let text = format!("{{\"trial\":1,\"id\":\"a\"}}\n{broken}\n{{\"trial\":1,\"id\":\"b\"}}\n{{\"trial\":1,\"id\":\"c\"}}\n");
        let found = ids(&text);
        let good: Vec<&String> = found.iter().filter(|what| what.len() == 1).collect();
        assert_eq!(good, ["a", "b", "c"], "{broken}: {found:?}");
        assert!(found.iter().any(|what| what == "NOT_JSON"), "{broken}: {found:?}");
    }
}

#[test]
fn a_broken_indented_text_does_not_take_the_next_one() {
    let text = "{\n  \"trial\": 1,\n  \"id\": \n}\n{\n  \"trial\": 1,\n  \"id\": \"a\"\n}\n{\n  \"trial\": [\n  {\n{\n  \"trial\": 1,\n  \"id\": \"b\"\n}\n";
    assert_eq!(ids(text), ["NOT_JSON", "a", "NOT_JSON", "b"]);
}

#[test]
fn arrays_that_are_broken() {
    assert_eq!(
        ids("[{\"trial\":1,\"id\":\"a\"},{\"trial\":},7,{\"trial\":1,\"id\":\"b\"}]"),
        ["a", "NOT_JSON", "UNEXPECTED_SHAPE", "b"]
    );
    assert_eq!(ids("[{\"trial\":1,\"id\":\"a\"},\n"), ["a", "NOT_JSON"]);
    assert_eq!(ids("[\n{\"trial\":1,\n{\"trial\":1,\"id\":\"b\"}\n]\n"), ["NOT_JSON", "b"]);
    assert_eq!(ids("]"), ["NOT_JSON"]);
}

#[test]
fn a_bracket_that_opens_no_array() {
    let text = "[ERROR]no such pool: p-1, p-2\n[x]\n[{\"trial\":1,\"id\":\"a\"}]";
    assert_eq!(ids(text), ["NOT_JSON", "NOT_JSON", "a"]);
    assert_eq!(of_reader(Slow(text.as_bytes(), 1)), of_slice(text.as_bytes()));
    assert_eq!(of_slice(b"[ERROR] a\n  b\n"), [(1, 0, "NOT_JSON".to_owned())]);
}

#[test]
fn what_is_no_text_at_all_is_one_item() {
    assert_eq!(ids("<html>\n <body>\n</body>\n"), ["NOT_JSON"]);
    assert_eq!(ids(" \n\t\r\n"), [""; 0]);
    assert_eq!(ids(""), [""; 0]);
    let utf_16: Vec<u8> = "\u{feff}{\n}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let item = slice(ADAPTERS, &utf_16).next().unwrap();
    assert!(item.document.unwrap_err().to_string().contains("UTF-16"));
    assert_eq!(ids("\u{feff}{\"trial\":1,\"id\":\"a\"}\n\u{feff}{\"trial\":1,\"id\":\"b\"}"), ["a", "b"]);
}

#[test]
fn an_envelope_brings_its_context() {
    let context = Context { pool_id: Some("p-0".into()), ..Context::default() };
    let text = "{\"context\":{\"pool_id\":\"p-1\"},\"payload\":{\"trial\":1,\"id\":\"a\"}}\n{\"payload\":{\"trial\":1,\"id\":\"b\"}}\n\
                {\"trial\":1,\"id\":\"c\"}\n{\"context\":{\"pool\":\"p-1\"},\"payload\":{\"trial\":1}}\n{ \"payload\": 7 }";
    let found: Vec<String> = slice(ADAPTERS, text.as_bytes()).context(context).map(|item| seen(item).2).collect();
    assert_eq!(found, ["a@p-1", "b@p-0", "c@p-0", "UNEXPECTED_SHAPE", "UNEXPECTED_SHAPE"]);
    let item = slice(ADAPTERS, text.as_bytes()).next().unwrap();
    assert_eq!(item.payload, b"{\"trial\":1,\"id\":\"a\"}");
    assert_eq!(item.context.unwrap().pool_id.as_deref(), Some("p-1"));
}

#[test]
fn keys_that_rule_an_operation_out_are_seen_behind_a_reply_that_had_none() {
    let text = "{\"trial\":1,\"id\":\"a\"}\n{\"trial\":1,\"other\":1,\"id\":\"b\"}\n{\"trial\":1,\"new\":1,\"id\":\"c\"}\n{\"id\":\"d\"}\n\
                {\"trial\":1,\"id\":\"e\",\"id\":\"f\"}\n{\"trial\":1,\"id\":[]}\n";
    assert_eq!(ids(text), ["a", "UNEXPECTED_SHAPE", "c", "UNKNOWN_OPERATION", "f", ""]);
}

#[test]
fn a_payload_above_the_limit_is_an_error_and_the_next_is_read() {
    let large = format!("{{\"trial\":\"{}\"}}", "x".repeat(1 << 20));
    let text = format!("{{\"trial\":1,\"id\":\"a\"}}\n{large}\n{{\"trial\":1,\"id\":\"b\"}}\n{{\"trial\":1,\"id\":\"c\"}}\n");
    let mut reader = reader(ADAPTERS, text.as_bytes()).limit(1 << 16);
    let mut found = Vec::new();
    while let Some(item) = reader.next().unwrap() {
        assert!(item.bytes.len() <= 1 << 16);
        found.push(seen(item));
    }
    let kinds: Vec<&str> = found.iter().map(|(_, _, what)| &**what).collect();
    assert_eq!(kinds, ["a", "TOO_LARGE", "b", "c"]);
    assert_eq!(found[2], (3, u64::try_from(text.find("{\"trial\":1,\"id\":\"b\"}").unwrap()).unwrap(), "b".to_owned()));
    let of_slice: Vec<Seen> = slice(ADAPTERS, text.as_bytes()).limit(1 << 16).map(seen).collect();
    assert_eq!(of_slice, found);
}

#[test]
fn the_limit_is_that_of_a_payload_and_not_of_a_line() {
    let text = "{\"trial\":1,\"id\":\"a\"}".repeat(5);
    let of_slice: Vec<Seen> = slice(ADAPTERS, text.as_bytes()).limit(40).map(seen).collect();
    assert_eq!(of_slice.iter().map(|(_, _, what)| &**what).collect::<Vec<_>>(), ["a"; 5]);
    let mut reader = reader(ADAPTERS, text.as_bytes()).limit(40);
    let mut of_reader = Vec::new();
    while let Some(item) = reader.next().unwrap() {
        of_reader.push(seen(item));
    }
    assert_eq!(of_reader, of_slice);
}

/// Each of these takes very long if every line is gone through to the end of the text.
#[test]
fn no_text_is_gone_through_again_and_again() {
    let many = 1 << 17;
    let one = "{\"trial\":1,\"id\":\"a\"}";
    for (text, count) in [
        (format!("{}{one}", "\n".repeat(1 << 21)), 1),
        (one.repeat(many), many),
        ("{\"a\":\n".repeat(many), many),
        (format!("{}}}\n", "[\n".repeat(many)), many),
        // The first, of each array its only element and its missing end, and what stands in the last array.
        (format!("{}}}\n", "{\"a\":\n[\n".repeat(many)), 1 + 2 * many),
    ] {
        let of_slice = of_slice(text.as_bytes());
        assert_eq!(of_slice.len(), count, "{:?}", &text[..20]);
        assert_eq!(of_reader(text.as_bytes()), of_slice);
    }
}

/// Takes very long if all that came is looked at again with every piece.
#[test]
fn a_line_without_an_end_is_gone_through_once() {
    let text = "x".repeat(1 << 23);
    let seen = of_reader(Slow(text.as_bytes(), 1 << 12));
    assert_eq!(seen, [(1, 0, "NOT_JSON".to_owned())]);
}

#[test]
fn what_is_no_text_is_cut_at_a_line_where_it_is_large() {
    let large = "x".repeat(5 << 20);
    for (text, kept) in [(format!("x\n{large}"), 2), (format!("{large}\n{large}\nx"), large.len() + 1)] {
        let second = (2, u64::try_from(kept).unwrap(), "NOT_JSON".to_owned());
        assert_eq!(of_reader(Slow(text.as_bytes(), 1 << 16)).get(1), Some(&second));
    }
}

#[test]
fn a_source_that_fails_gives_what_it_gave_before() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("gone"))
        }
    }
    let mut reader = reader(ADAPTERS, (&b"{\"trial\":1,\"id\":\"a\"}\n{\"tri"[..]).chain(Failing));
    assert_eq!(seen(reader.next().unwrap().unwrap()).2, "a");
    assert_eq!(seen(reader.next().unwrap().unwrap()).2, "NOT_JSON");
    assert_eq!(reader.next().unwrap_err().to_string(), "gone");
    assert!(reader.next().unwrap().is_none());
}

#[test]
fn threads_keep_the_order() {
    let mut text = String::new();
    for number in 0..60_000 {
        let end = ["\n", "\n\n", " ", "\n  "][number % 4];
        let line = if number % 1000 == 7 { "{\"broken\n".to_owned() } else { format!("{{\"trial\":1,\"id\":\"{number}\"}}{end}") };
        text.push_str(&line);
    }
    let expected = of_slice(text.as_bytes());
    assert_eq!(of_reader(text.as_bytes()), expected);
    for threads in [1, 2, 5] {
        assert_eq!(of_threads(text.as_bytes(), threads), expected, "{threads}");
    }
}

#[test]
fn a_sink_that_fails_ends_it() {
    let text = "{\"trial\":1,\"id\":\"a\"}\n".repeat(100_000);
    let work = |(): &mut (), _: Item<'_>| {};
    let mut calls = 0;
    let sink = |(): &mut ()| {
        calls += 1;
        Err(std::io::Error::other("full"))
    };
    let outcome = reader(ADAPTERS, text.as_bytes()).for_each(NonZero::new(3).unwrap(), work, sink);
    assert_eq!(outcome.unwrap_err().to_string(), "full");
    assert_eq!(calls, 1);
}

/// Pieces that streams are made of, whole and broken ones.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,3}".prop_map(|id| format!("{{\"trial\":1,\"id\":\"{id}\"}}")),
        1 => Just("{\n  \"trial\": {\"a\": [1, {}]},\n  \"id\": \"p\"\n}".to_owned()),
        1 => Just("[ERROR] a".to_owned()),
        2 => prop_oneof![Just("[]"), Just("[ \n"), Just("[ ,"), Just("]")].prop_map(str::to_owned),
        4 => prop_oneof![Just("\n"), Just("\r\n"), Just(" "), Just(",")].prop_map(str::to_owned),
        1 => "[\\[\\]{}\",:\\\\ \na1]{0,6}",
    ]
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_panics(pieces in prop::collection::vec(piece(), 0..12)) {
        let text = pieces.concat();
        let mut end = 0;
        for item in slice(ADAPTERS, text.as_bytes()) {
            let offset = usize::try_from(item.offset).unwrap();
            prop_assert!(offset >= end);
            let between = &text.as_bytes()[end..offset];
            prop_assert!(between.iter().all(|byte| b" \t\r\n,[]".contains(byte)), "{between:?} was passed over in {text:?}");
            end = offset + item.bytes.len();
            let before = text[..offset].matches('\n').count();
            prop_assert_eq!(item.line, u64::try_from(before).unwrap() + 1);
        }
        prop_assert!(text.as_bytes()[end..].iter().all(|byte| b" \t\r\n,[]".contains(byte)));
        prop_assert_eq!(of_reader(text.as_bytes()), of_slice(text.as_bytes()));
    }

    #[test]
    fn no_text_that_counts_as_unclosed_is_closed(text in "[\\[\\]{}\",:\n\n\n1]{0,60}") {
        for (start, _) in text.match_indices(['{', '[']) {
            let mut scan = scan::Scan::default();
            if scan.go_on(text.as_bytes(), start).0 == scan::End::Closed {
                continue;
            }
            let doomed = scan.doomed();
            for (at, _) in text.match_indices(['{', '[']).filter(|(at, _)| doomed.has(*at)) {
                prop_assert_eq!(scan::end(text.as_bytes(), at), None);
            }
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        // That is all that is asked: no panic.
        slice(ADAPTERS, &bytes).for_each(drop);
    }
}
