//! What a vendor's text for people says beside its words.

use std::borrow::Cow;

/// The status codes in a text, as the vendor wrote them: those that the first of these surroundings finds, which are what stands before them
/// and what behind. Nothing behind them means that they stand at the end.
pub(crate) fn codes<'a>(message: Option<&Cow<'a, str>>, around: &[(&str, &str)]) -> Option<Cow<'a, str>> {
    around.iter().find_map(|(before, after)| match message? {
        Cow::Borrowed(text) => between(text, before, after).map(Cow::Borrowed),
        Cow::Owned(text) => between(text, before, after).map(|codes| Cow::Owned(codes.to_owned())),
    })
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    let codes = if after.is_empty() { rest } else { rest.split_once(after)?.0 };
    Some(codes.trim()).filter(|codes| !codes.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_between_two_texts_or_at_the_end() {
        let found = |text: &'static str| codes(Some(&Cow::Borrowed(text)), &[("got [", "]"), ("got:", "")]).map(Cow::into_owned);
        assert_eq!(found("it got [502, 503] twice").as_deref(), Some("502, 503"));
        assert_eq!(found("it got: 404 ").as_deref(), Some("404"));
        assert_eq!(found("it got []"), None);
        assert_eq!(found("it got nothing"), None);
        assert_eq!(codes(None, &[("got:", "")]), None);
    }
}
