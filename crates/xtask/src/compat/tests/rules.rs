//! One rule at a time, on the smallest files that show it.

use serde_json::{Value, json};

use super::told_of;

/// What is told of a property of an output document, and of one of a payload.
fn property(old: &Value, new: &Value) -> [Vec<String>; 2] {
    let schema = |property: &Value| {
        let properties = if property.is_null() { json!({}) } else { json!({ "it": property }) };
        json!({ "title": "Thing", "type": "object", "properties": properties }).to_string()
    };
    ["thing.schema.json", "payloads/acme-lb/List.schema.json"].map(|path| {
        let lines = told_of(&[(path, &schema(old))], &[(path, &schema(new))]);
        let place = format!("{path}#/properties/it");
        lines.iter().map(|line| line.replace(&place, "it").split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    })
}

#[test]
fn types_may_widen_where_others_write() {
    let [output, input] = property(&json!({ "type": ["string"] }), &json!({ "type": ["string", "null"] }));
    assert_eq!(output, ["breaking it: `type` was [\"string\"] and is [\"string\",\"null\"]"]);
    assert_eq!(input, ["additive it: `type` was [\"string\"] and is [\"string\",\"null\"]"]);
    let [output, input] = property(&json!({ "type": "integer" }), &json!({ "type": "number" }));
    assert!(output[0].starts_with("breaking") && input[0].starts_with("additive"), "{output:?} {input:?}");
    let [output, input] = property(&json!({ "type": "number" }), &json!({ "type": "integer" }));
    assert!(output[0].starts_with("breaking") && input[0].starts_with("breaking"), "{output:?} {input:?}");
    for lines in property(&json!({ "type": ["string", "null"] }), &json!({ "type": ["null", "string"] })) {
        assert!(
            lines[0].starts_with("documentation") && lines[0].contains("differs in form or text only") && lines.len() == 1,
            "{lines:?}"
        );
    }
}

#[test]
fn bounds_formats_and_constants() {
    let [output, input] = property(&json!({ "type": "integer", "maximum": 10 }), &json!({ "type": "integer", "maximum": 20 }));
    assert_eq!(
        (output, input),
        (vec!["breaking it: `maximum` was 10 and is 20".to_owned()], vec!["additive it: `maximum` was 10 and is 20".to_owned()])
    );
    let [output, input] = property(&json!({ "type": "integer", "minimum": 0 }), &json!({ "type": "integer", "minimum": 1 }));
    assert!(output[0].starts_with("breaking") && input[0].starts_with("breaking"));
    let [output, _] = property(&json!({ "type": "string" }), &json!({ "type": "string", "format": "date-time" }));
    assert_eq!(output, ["breaking it: `format` is now \"date-time\""]);
    let [output, _] = property(&json!({ "const": "v1" }), &json!({ "const": "v2" }));
    assert_eq!(output, ["breaking it: `const` was \"v1\" and is \"v2\""]);
}

#[test]
fn properties_come_and_go() {
    let text = json!({ "type": "string" });
    let [output, input] = property(&Value::Null, &text);
    assert_eq!(
        (output.as_slice(), input.as_slice()),
        (["additive it: a new property".to_owned()].as_slice(), ["additive it: a new property".to_owned()].as_slice())
    );
    let [output, input] = property(&text, &Value::Null);
    assert_eq!(
        (output.as_slice(), input.as_slice()),
        (["breaking it: the property is gone".to_owned()].as_slice(), ["breaking it: the property is gone".to_owned()].as_slice())
    );
    let [_, input] = property(&json!({ "description": "Not read: who owns it." }), &Value::Null);
    assert_eq!(input, ["source-breaking it: the property, which was not read, is gone"]);
}

#[test]
fn a_pattern_narrows_text_that_was_taken_and_none_that_was_not() {
    let blank = json!({ "type": ["array", "string"], "pattern": "^ *$" });
    let [_, input] = property(&json!({ "type": "array" }), &blank);
    assert_eq!(input, [r#"additive it: `type` was "array" and is ["array","string"]"#]);
    let [_, input] = property(&json!({ "type": ["array", "string"] }), &blank);
    assert_eq!(input, [r#"breaking it: `pattern` is now "^ *$""#]);
}

#[test]
fn what_is_required_stays_so_and_nothing_else_becomes_so() {
    let schema =
        |names: Value| json!({ "title": "Thing", "type": "object", "properties": { "it": {} }, "required": names }).to_string();
    let (with, without) = (schema(json!(["it"])), schema(json!([])));
    for path in ["thing.schema.json", "payloads/acme-lb/List.schema.json"] {
        let lines = told_of(&[(path, &without)], &[(path, &with)]);
        assert_eq!(
            lines,
            [format!("breaking         {path}#/properties/it: is now required; what was written before may lack it")]
        );
    }
    let path = "thing.schema.json";
    let lines = told_of(&[(path, &with)], &[(path, &without)]);
    assert_eq!(lines, [format!("breaking         {path}#/properties/it: may now be left out; readers count on it")]);
    let path = "payloads/acme-lb/List.schema.json";
    let lines = told_of(&[(path, &with)], &[(path, &without)]);
    assert_eq!(lines, [format!("additive         {path}#/properties/it: may now be left out")]);
}

#[test]
fn closed_lists_stay_as_they_are_for_readers() {
    let list = |words: &[&str]| json!({ "type": "string", "enum": words });
    let [output, input] = property(&list(&["A", "B"]), &list(&["A", "B", "C"]));
    assert_eq!(
        (output[0].as_str(), input[0].as_str()),
        ("breaking it: a new value `C` in a closed list", "additive it: a new value `C` is taken")
    );
    let [output, input] = property(&list(&["A", "B"]), &list(&["A"]));
    assert_eq!(
        (output[0].as_str(), input[0].as_str()),
        ("breaking it: the value `B` is gone", "breaking it: the value `B` is gone")
    );
    let [output, _] = property(&list(&["A", "B"]), &list(&["B", "A"]));
    assert_eq!(output, ["documentation it: the values have another order"]);
    let open = json!({ "type": "string", "description": "- `A`: One.", "examples": ["A"] });
    let closed = json!({ "type": "string", "description": "- `A`: One.", "enum": ["A"] });
    assert_eq!(property(&open, &closed)[0], ["breaking it: the open list is now closed"]);
    assert_eq!(property(&closed, &open)[0], ["breaking it: the closed list is now open"]);
    assert_eq!(property(&json!({ "type": "string" }), &closed)[0], ["breaking it: the values are now a closed list"]);
}

#[test]
fn what_the_envelope_takes_is_input_in_the_file_of_all_types_too() {
    let definition = |kinds: Value| json!({ "title": "Context", "type": "object", "properties": { "it": { "type": kinds } } });
    let envelope = |kinds: Value| json!({ "title": "Envelope", "$defs": { "Context": definition(kinds) } }).to_string();
    let all = |kinds: Value| json!({ "title": "Document", "$defs": { "Context": definition(kinds) } }).to_string();
    let (one, two) = (json!("string"), json!(["string", "null"]));
    let lines = told_of(
        &[("document.schema.json", &all(one.clone())), ("envelope.schema.json", &envelope(one))],
        &[("document.schema.json", &all(two.clone())), ("envelope.schema.json", &envelope(two))],
    );
    assert_eq!(
        lines,
        ["additive         document.schema.json#/$defs/Context/properties/it (and 1 file more): `type` was \"string\" and is \
          [\"string\",\"null\"]"]
    );
}

#[test]
fn the_type_of_a_property_stays() {
    let schema = |property: Value| {
        let object = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
        let named = |name: &str, body: &Value| {
            let mut body = body.clone();
            body["title"] = name.into();
            body
        };
        let types = json!({
            "Number": named("Number", &json!({ "type": "integer" })),
            "One": named("One", &object),
            "Text": named("Text", &json!({ "type": "string" })),
            "Two": named("Two", &object),
        });
        json!({ "title": "Thing", "type": "object", "properties": { "it": property }, "$defs": types }).to_string()
    };
    let reference = |name: &str| json!({ "allOf": [{ "$ref": format!("#/$defs/{name}") }] });
    let path = "thing.schema.json";
    let lines = |old: Value, new: Value| told_of(&[(path, &schema(old))], &[(path, &schema(new))]);
    let place = format!("{path}#/properties/it");
    assert_eq!(
        lines(reference("Text"), reference("Number")),
        [format!("breaking         {place}: `type` was \"string\" and is \"integer\"")]
    );
    assert_eq!(lines(reference("One"), reference("Two")), [format!("source-breaking  {place}: the type was `One` and is `Two`")]);
    let inline = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    assert_eq!(
        lines(reference("One"), inline),
        [format!("source-breaking  {place}: the type was `One` and is one without a name")]
    );
    // Generators make no type of text.
    assert!(lines(reference("Text"), json!({ "type": "string" }))[0].starts_with("documentation"));
}

#[test]
fn columns_keep_their_places_types_and_units() {
    let path = "thing.columns.csv";
    let head = "name,type,required,unit,description,since\n";
    let old = format!("{head}a,utf8,true,,One.,0.1.0\nb,int32,false,ms,Two.,0.1.0\n");
    let lines = |rows: &str| told_of(&[(path, &old)], &[(path, &format!("{head}{rows}"))]);
    assert_eq!(
        lines("a,utf8,true,,Uno.,0.1.0\nb,int32,false,ms,Two.,0.1.0\n"),
        [format!("documentation    {path}#/a/description: was `One.` and is `Uno.`")]
    );
    assert_eq!(
        lines("a,utf8,true,,One.,0.1.0\nb,int64,false,ms,Two.,0.1.0\n"),
        [format!("breaking         {path}#/b/type: was `int32` and is `int64`")]
    );
    assert_eq!(
        lines("a,utf8,true,,One.,0.1.0\nb,int32,false,s,Two.,0.1.0\n"),
        [format!("breaking         {path}#/b/unit: was `ms` and is `s`")]
    );
    assert_eq!(
        lines("b,int32,false,ms,Two.,0.1.0\na,utf8,true,,One.,0.1.0\n"),
        [format!("breaking         {path}#/a: has another place: it was number 1")]
    );
    assert_eq!(
        lines("a,utf8,true,,One.,0.1.0\nc,utf8,false,,New.,0.2.0\nb,int32,false,ms,Two.,0.1.0\n"),
        [
            format!("breaking         {path}#/b: has another place: it was number 2"),
            format!("additive         {path}#/c: a new row")
        ]
    );
    assert_eq!(
        lines("a,utf8,true,,One.,0.1.0\nb,int32,false,ms,Two.,0.1.0\nc,utf8,true,,New.,0.2.0\n"),
        [format!("breaking         {path}#/c: a new row that is required; what was written before lacks it")]
    );
}

#[test]
fn columns_of_the_vocabulary_stay() {
    let path = "vocabulary/all.csv";
    let lines = |header: &str| told_of(&[(path, "adapter,word,health\n")], &[(path, header)]);
    assert_eq!(lines("adapter,word,health,since\n"), [format!("additive         {path}#/since: a new column")]);
    assert_eq!(lines("adapter,health\n"), [format!("breaking         {path}#/word: the column is gone")]);
    assert_eq!(lines("word,adapter,health\n"), [format!("breaking         {path}#/adapter: has another place: it was number 1")]);
}

#[test]
fn rows_that_answer_what_others_answered_are_vocabulary() {
    let path = "vocabulary/acme-lb.json";
    let row = |word: &str, and: Option<&str>, health: &str| {
        let mut row = json!({ "operation": "List", "role": "STATUS", "field": "status", "word": word, "health": health });
        if let Some(and) = and {
            row["and_field"] = "admin".into();
            row["and_word"] = and.into();
        }
        row
    };
    let table = "adapter,operation,role,field,word,and_field,and_word,health,meaning\n";
    let lines = |old: &[&Value], new: &[&Value]| {
        let text = |rows: &[&Value]| json!({ "rows": rows }).to_string();
        told_of(&[("vocabulary/all.csv", table), (path, &text(old))], &[("vocabulary/all.csv", table), (path, &text(new))])
    };
    let (up, off) = (row("UP", None, "HEALTHY"), row("UP", Some("off"), "INACTIVE"));
    let place = format!("{path}#/List STATUS status=");
    // A word that nothing answered.
    assert_eq!(
        lines(&[&up], &[&up, &row("DOWN", None, "UNHEALTHY")]),
        [format!("additive         {place}DOWN: a new row: UNHEALTHY")]
    );
    // A second field that decides now.
    assert_eq!(
        lines(&[&up], &[&off, &up]),
        [format!("vocabulary       {place}UP and admin=off: a new row: the answer was HEALTHY and is INACTIVE")]
    );
    // After the row that answers already, it answers nothing.
    assert_eq!(lines(&[&up], &[&up, &off]), [format!("additive         {place}UP and admin=off: a new row: INACTIVE")]);
    // The first that fits counts.
    assert_eq!(
        lines(&[&off, &up], &[&up, &off]),
        [format!("vocabulary       {place}UP and admin=off: List STATUS status=UP now comes first")]
    );
    // A word that was any word.
    assert_eq!(
        lines(&[&row("*", None, "UNKNOWN")], &[&up, &row("*", None, "UNKNOWN")]),
        [format!("vocabulary       {place}UP: a new row: the answer was UNKNOWN and is HEALTHY")]
    );
    assert_eq!(lines(&[&up], &[]), [format!("vocabulary       {place}UP: the row is gone; the answer was HEALTHY")]);
    // Words match without regard to case.
    assert_eq!(
        lines(&[&up], &[&row("Up", None, "HEALTHY")]),
        [format!("documentation    {place}UP/word: another spelling of the same word")]
    );
}
