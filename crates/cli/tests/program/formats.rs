//! The formats, each as its readers expect it.

use std::path::{Path, PathBuf};

use lbhealth::{BackendRow, PoolRow};
use serde_json::{Value, json};

use crate::run::{Result, Run, Scratch, lbhealth, sample, unread};

/// A reply with one member of this name.
fn member(name: &str) -> Vec<u8> {
    let member = json!({
        "id": "m-1", "name": name, "operating_status": "ONLINE", "address": "fd00::7", "protocol_port": 80, "weight": 2.5,
        "member_type": "ip",
    });
    json!({ "member": member }).to_string().into_bytes()
}

const MEMBER: &[&str] = &["normalize", "--adapter", "huawei-elb", "--format"];

fn with<'a>(arguments: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    arguments.iter().chain(more).copied().collect()
}

#[test]
fn csv_has_the_cells_of_the_rows_in_published_order() -> Result {
    let files = [sample("listener.json"), sample("members.json")];
    let Run { out: rows, .. } = lbhealth(&["normalize", "--format", "records", &files[0], &files[1]], b"")?;
    let rows: Vec<Value> = rows.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>()?;
    let Run { status, out: text, err: complaints } = lbhealth(&["normalize", "--format", "csv", &files[0], &files[1]], b"")?;
    assert_eq!((status, &*complaints), (0, "lbhealth: 2 documents, 9 records, 0 warnings, 0 failures\n"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers()?.clone();
    assert!(header.iter().eq(BackendRow::COLUMNS.iter().map(|column| column.name)));
    let lines: Vec<csv::StringRecord> = reader.records().collect::<std::result::Result<_, _>>()?;
    assert_eq!((lines.len(), rows.len()), (9, 9));
    for (line, row) in lines.iter().zip(&rows) {
        for (name, cell) in header.iter().zip(line) {
            let expected = match row.get(name) {
                None => String::new(),
                Some(Value::String(text)) => text.clone(),
                Some(other) => other.to_string(),
            };
            assert_eq!(cell, expected, "{name}");
        }
    }
    Ok(())
}

#[test]
fn csv_quotes_what_needs_it_and_changes_nothing() -> Result {
    for name in ["a,b", "a\"b", "a\nb", "a\r\nb", "=HYPERLINK(\"x\")", "@x", " padded ", "订单服务"] {
        let Run { status, out: text, .. } = lbhealth(&with(MEMBER, &["csv"]), member(name))?;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let place = reader.headers()?.iter().position(|column| column == "backend_name").ok_or("no such column")?;
        let line = reader.records().next().ok_or("no line")??;
        assert_eq!((status, line.get(place)), (0, Some(name)));
        assert!(line.iter().any(|cell| cell == "2.5"));
    }
    Ok(())
}

#[test]
fn csv_without_rows_is_its_header() -> Result {
    let empty = br#"{"RuleHealthStatus":[],"ListenerHealthStatus":[]}"#;
    let header = BackendRow::COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(",") + "\n";
    let run = lbhealth(&["normalize", "--format", "csv"], empty)?;
    assert_eq!((run.status, run.out, &*run.err), (0, header, ""));
    Ok(())
}

#[test]
fn pools_are_csv_where_the_name_says_so() -> Result {
    let scratch = Scratch::new()?;
    let path = scratch.path("POOLS.CSV");
    let run = lbhealth(&["normalize", "--format", "json", "--pools", &path, &sample("listener.json")], b"")?;
    assert_eq!((run.status, &*run.err), (0, ""));
    let mut reader = csv::Reader::from_path(&path)?;
    assert!(reader.headers()?.iter().eq(PoolRow::COLUMNS.iter().map(|column| column.name)));
    assert_eq!(reader.records().count(), 2);
    Ok(())
}

#[test]
fn figures_of_an_answer_in_pages_are_those_of_the_whole() -> Result {
    let page = |backend: &str, token: &str| {
        let server = json!({ "ServerId": backend, "Port": 80, "Status": "Unhealthy" });
        let group = json!({ "ServerGroupId": "sgp-1", "ActionType": "ForwardGroup", "HealthCheckEnabled": "on", "ServerCount": 4,
            "NonNormalServers": [server] });
        let listener =
            json!({ "ListenerId": "lsn-1", "ListenerPort": 80, "ListenerProtocol": "HTTP", "ServerGroupInfos": [group] });
        json!({ "ListenerHealthStatus": [listener], "NextToken": token }).to_string() + "\n"
    };
    let pages = page("i-1", "more") + &page("i-2", "");
    let Run { out: metrics, .. } = lbhealth(&["normalize", "--format", "openmetrics"], pages.as_bytes())?;
    let has = |series: &str, rest: &str| metrics.lines().any(|line| line.starts_with(series) && line.ends_with(rest));
    assert!(has("lbhealth_pool_backends{", "health=\"UNHEALTHY\"} 2"), "{metrics}");
    assert!(has("lbhealth_pool_backends{", "health=\"HEALTHY\"} 2"), "{metrics}");
    assert!(has("lbhealth_replies{", "completeness=\"COMPLETE\"} 1"), "{metrics}");
    let Run { out: table, .. } = lbhealth(&["normalize", "--format", "table"], pages.as_bytes())?;
    assert!(table.contains("2 UNHEALTHY, 2 HEALTHY"), "{table}");
    // A page alone says what it says.
    let Run { out: metrics, .. } = lbhealth(&["normalize", "--format", "openmetrics"], page("i-1", "more").as_bytes())?;
    assert!(metrics.contains("completeness=\"INCOMPLETE\"} 1"), "{metrics}");
    Ok(())
}

#[test]
fn what_is_not_about_health_has_neither_rows_nor_metrics() -> Result {
    let checks = sample("checks.json");
    // What stands around rows and metrics is written all the same.
    for (format, what, lines) in [("csv", "backend rows", 1), ("openmetrics", "metrics", 1), ("records", "backend rows", 0)] {
        let Run { status, out, err } = lbhealth(&["normalize", "--format", format, &checks], b"")?;
        let text = format!("lbhealth: {checks}: only health reports have {what}; use --format json, ndjson or table\n");
        assert_eq!((status, out.lines().count(), err), (1, lines, text));
    }
    Ok(())
}

/// The lines of a table, each split at two blanks or more.
fn table(arguments: &[&str], input: &[u8]) -> Result<Vec<Vec<String>>> {
    let Run { status, out: text, err: complaints } = lbhealth(arguments, input)?;
    // Of several inputs there is a summary.
    assert!(status == 0 && complaints.lines().all(|line| line.ends_with(", 0 failures")), "{complaints}");
    let cells = |line: &str| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect();
    Ok(text.lines().map(cells).collect())
}

#[test]
fn the_worst_of_all_inputs_comes_first() -> Result {
    let lines = table(
        &["normalize", "--format", "table", &sample("members.json"), &sample("listener.json"), &sample("listener-before.json")],
        b"",
    )?;
    let health: Vec<&str> = lines.iter().skip(1).map_while(|line| Some(line.first()?.as_str())).collect();
    let expected = [&["UNHEALTHY"; 7][..], &["INITIALIZING"], &["INACTIVE"; 2], &["HEALTHY"; 2]].concat();
    assert_eq!(health, expected);
    Ok(())
}

#[test]
fn a_line_has_what_one_needs_to_act() -> Result {
    let lines = table(&with(MEMBER, &["table", "--pool-id", "p-1"]), &member("订单服务"))?;
    assert_eq!(lines[0], ["adapter huawei-elb"]);
    assert_eq!(lines[1], ["HEALTH", "TRAFFIC", "NAME", "BACKEND", "ADDRESS", "WEIGHT", "POOL", "VENDOR SAYS"]);
    assert_eq!(lines[2], ["HEALTHY", "ELIGIBLE", "订单服务", "m-1", "[fd00::7]:80", "2.5", "p-1", "ONLINE"]);
    assert_eq!(lines.len(), 3);
    Ok(())
}

#[test]
fn a_table_does_not_hide_what_is_not_known() -> Result {
    let payload = json!({
        "ListenerHealthStatus": [{ "ListenerId": "lsn-1", "ServerGroupInfos": [
            { "ServerGroupId": "sgp-1", "HealthCheckEnabled": "on", "ActionType": "ForwardGroup" },
            { "ServerGroupId": "sgp-2", "HealthCheckEnabled": "off", "ActionType": "ForwardGroup", "ServerCount": 2, "NonNormalServers": [] },
        ] }],
        "RuleHealthStatus": [],
        "NextToken": "more",
    });
    let lines = table(&["normalize", "--format", "table"], payload.to_string().as_bytes())?;
    assert_eq!(lines[0], ["No backend is listed."]);
    let of = |id: &str| lines.iter().find(|line| line.first().is_some_and(|cell| cell == id)).ok_or("no such line");
    assert_eq!(of("sgp-1")?, &["sgp-1", "lsn-1", "on", "-", "not known", "? UNKNOWN"]);
    assert_eq!(of("sgp-2")?, &["sgp-2", "lsn-1", "off", "2", "2 UNMONITORED", "2 UNMONITORED"]);
    assert!(of("LIST_MISSING")?.contains(&"1".to_owned()));
    assert!(lines.contains(&vec!["1 of 1 replies are INCOMPLETE: a page is pending, or something could not be read.".to_owned()]));
    Ok(())
}

#[test]
fn configuration_has_tables_too() -> Result {
    let lines = table(
        &["normalize", "--adapter", "alibaba-alb", "--format", "table", &sample("checks.json"), &sample("servers.json")],
        b"",
    )?;
    let check = [
        "hct-bp1r4t7w0z3c6f9i2l",
        "web-ready",
        "template",
        "HTTP HEAD /ready",
        "-",
        "BACKEND_ADDRESS",
        "200-299,300-399",
        "2s",
        "5s",
        "3",
        "3",
    ];
    assert!(lines.iter().any(|line| line == &check), "{lines:#?}");
    let server = ["REGISTERED", "i-bp1web01", "10.0.1.11:8080", "100", "sgp-bp1web"];
    assert!(lines.iter().any(|line| line == &server), "{lines:#?}");
    Ok(())
}

#[test]
fn a_closed_pipe_ends_every_format_quietly() -> Result {
    let file = sample("listener.json");
    let files: Vec<&str> = std::iter::repeat_n(&*file, 300).collect();
    for format in ["csv", "json", "ndjson", "openmetrics", "records", "table"] {
        let Run { status, err: complaints, .. } = unread(&[&["normalize", "--format", format], &files[..]].concat())?;
        assert_eq!(status, 0, "{format}");
        let is_known = format == "openmetrics" && complaints.contains("the key of an earlier one");
        assert!(complaints.is_empty() || is_known, "{format}: {complaints}");
    }
    Ok(())
}

#[test]
fn lists_are_written_as_json_too() -> Result {
    let Run { status, out: text, .. } = lbhealth(&["adapters", "--format", "json"], b"")?;
    let adapters: Value = serde_json::from_str(&text)?;
    assert_eq!(status, 0);
    for (listed, adapter) in adapters.as_array().ok_or("no list")?.iter().zip(lbhealth::ADAPTERS) {
        assert_eq!((&listed["id"], &listed["vendor"]), (&json!(adapter.id()), &json!(adapter.vendor())));
        assert_eq!(listed["operations"].as_array().map(Vec::len), Some(adapter.operations().len()));
        assert_eq!(listed["operations"][0]["document"], adapter.operations()[0].kind.as_str());
    }
    let Run { out: text, .. } = lbhealth(&["schema", "--list"], b"")?;
    let Run { out: json, .. } = lbhealth(&["schema", "--list", "--format", "json"], b"")?;
    let names: Vec<PathBuf> = serde_json::from_str(&json)?;
    assert!(names.len() > 10 && names.iter().map(PathBuf::as_path).eq(text.lines().map(Path::new)));
    assert_eq!(lbhealth(&["schema", "--format", "json"], b"")?.status, 2, "a schema is JSON already");
    Ok(())
}

#[test]
fn a_pool_without_figures_is_counted_where_everybody_is_listed() -> Result {
    let server = |address: &str, health: &str| format!(r#"{{"address":"{address}","health":"{health}"}}"#);
    let servers = [server("10.0.0.4", "Healthy"), server("10.0.0.5", "Unhealthy")].join(",");
    let gateway = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/applicationGateways/gw";
    let reply = format!(
        r#"{{"backendAddressPools":[{{"backendAddressPool":{{"id":"{gateway}/backendAddressPools/p"}},"backendHttpSettingsCollection":[
        {{"backendHttpSettings":{{"id":"{gateway}/backendHttpSettingsCollection/s"}},"servers":[{servers}]}}]}}]}}"#
    );
    let Run { out, .. } = lbhealth(&["normalize", "--format", "table"], reply.as_bytes())?;
    assert!(out.contains("  1 UNHEALTHY, 1 HEALTHY\n") && !out.contains("not known"), "{out}");
    Ok(())
}

#[test]
fn a_warning_of_the_same_code_does_not_hide_another() -> Result {
    let mut servers: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(sample("servers.json"))?)?;
    servers["NextToken"] = "more".into();
    let scratch = crate::run::Scratch::new()?;
    let page = scratch.file("servers.json", servers.to_string())?;
    let options = ["normalize", "--adapter", "alibaba-alb", "--format", "table", "--with", &page, "--"];
    let Run { out, .. } = lbhealth(&[&options[..], &[&sample("listener.json")]].concat(), b"")?;
    let told: Vec<&str> = out.lines().filter(|line| line.starts_with("NOT_CONCLUSIVE ")).collect();
    let [left_out, page] = told[..] else { return Err(out.into()) };
    assert!(left_out.contains("  4      the vendor did not list the backend, ") && left_out.ends_with(", at /Servers/0"), "{out}");
    assert!(page.contains("  1      the page of the inventory that `more` leads to is missing, "), "{out}");
    Ok(())
}
