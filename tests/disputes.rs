//! Replies and inventories that contradict each other, or of which a part has not come. Nobody is called healthy because of an absence then: the
//! expected values follow from what each text says for itself, whatever its place among the others.

use anyhow::Result;
use lbhealth::{BackendHealth, Completeness, Context, Document, HealthReport, Inventory, WarningCode};
use serde_json::{Value, json};

fn document(adapter: &str, reply: &Value) -> Result<Document<'static>> {
    Ok(lbhealth::adapter(adapter)?.normalize(reply.to_string().as_bytes(), &Context::default())?.into_owned())
}

/// A reply of Alibaba ALB about one pool of two servers of which none is listed, with this check switch and token.
fn reply(switch: &Value, token: &str) -> Value {
    let group = json!({ "ServerGroupId": "sgp-1", "ServerCount": 2, "ActionType": "ForwardGroup", "HealthCheckEnabled": switch,
        "NonNormalServers": [] });
    json!({ "NextToken": token, "ListenerHealthStatus": [{ "ListenerId": "lsn-1", "ServerGroupInfos": [group] }] })
}

fn report(switch: &Value, token: &str) -> Result<HealthReport<'static>> {
    Ok(document("alibaba-alb", &reply(switch, token))?.into_health()?)
}

fn inventory(adapter: &str, reply: &Value) -> Result<Inventory<'static>> {
    Ok(document(adapter, reply)?.into_inventory()?)
}

/// The two servers, of which the second has this registration.
fn servers(second: &str) -> Result<Inventory<'static>> {
    let server =
        |id: &str, status: &str| json!({ "ServerGroupId": "sgp-1", "ServerId": id, "Port": 80, "Status": status, "Weight": 100 });
    inventory("alibaba-alb", &json!({ "Servers": [server("i-1", "Available"), server("i-2", second)] }))
}

/// What the list of pools says of the pool.
fn pool(enabled: bool, count: u32) -> Result<Inventory<'static>> {
    let group = json!({ "ServerGroupId": "sgp-1", "ServerCount": count, "HealthCheckConfig": { "HealthCheckEnabled": enabled } });
    inventory("alibaba-alb", &json!({ "ServerGroups": [group] }))
}

fn healths(report: &HealthReport<'_>) -> Vec<BackendHealth> {
    report.records.iter().map(|record| record.health).collect()
}

fn has(report: &HealthReport<'_>, code: WarningCode) -> bool {
    report.warnings.iter().any(|warning| warning.code == code)
}

#[test]
fn no_inventory_and_no_further_reply_settles_a_check_switch_that_replies_dispute_or_that_cannot_be_read() -> Result<()> {
    let known = Inventory::merge([servers("Available")?, pool(true, 2)?])?;
    let (on, off) = (json!("on"), json!("off"));
    for switches in [vec![&on, &off], vec![&off, &on], vec![&on, &off, &on]] {
        let reports: Vec<_> = switches.iter().map(|switch| report(switch, "")).collect::<Result<_>>()?;
        let merged = HealthReport::merge(reports)?;
        assert!(has(&merged, WarningCode::CheckFlagDisputed), "{switches:?}");
        assert_eq!(healths(&lbhealth::complete(merged, &known)), [BackendHealth::Unknown; 2], "{switches:?}");
    }
    for other in [json!("paused"), json!({})] {
        for switches in [[&on, &other], [&other, &on]] {
            let merged = HealthReport::merge([report(switches[0], "")?, report(switches[1], "")?])?;
            assert_eq!(healths(&lbhealth::complete(merged, &known)), [BackendHealth::Unknown; 2], "{switches:?}");
        }
    }
    // One that is left out is told by the others.
    let merged = HealthReport::merge([report(&on, "")?, report(&Value::Null, "")?])?;
    assert_eq!(healths(&lbhealth::complete(merged, &known)), [BackendHealth::Healthy; 2]);
    Ok(())
}

#[test]
fn the_first_page_of_a_later_answer_is_not_ended_by_an_earlier_answer() -> Result<()> {
    let on = json!("on");
    let at = |minute: u32, token: &str| -> Result<HealthReport<'static>> {
        let mut report = report(&on, token)?;
        report.observed_at = Some(format!("2026-03-01T09:{minute}:00Z").parse()?);
        Ok(report)
    };
    for is_first in [true, false] {
        let (whole, begun) = (at(30, "")?, at(35, "next")?);
        let merged = HealthReport::merge(if is_first { [whole, begun] } else { [begun, whole] })?;
        assert_eq!((merged.completeness, merged.next_page.as_deref()), (Completeness::Incomplete, Some("next")), "{is_first}");
        let (opening, ending) = (at(30, "next")?, at(31, "")?);
        let merged = HealthReport::merge(if is_first { [opening, ending] } else { [ending, opening] })?;
        assert_eq!((merged.completeness, merged.next_page.as_deref()), (Completeness::Complete, None), "{is_first}");
    }
    Ok(())
}

#[test]
fn a_page_of_a_later_list_is_not_ended_by_an_earlier_list() -> Result<()> {
    let list = |ids: &[&str], count: u32, token: &str| {
        let server =
            |id: &&str| json!({ "ServerGroupId": "sgp-1", "ServerId": id, "Port": 80, "Status": "Available", "Weight": 100 });
        let servers: Vec<Value> = ids.iter().map(server).collect();
        inventory("alibaba-nlb", &json!({ "TotalCount": count, "NextToken": token, "Servers": servers }))
    };
    // The second list has i-1 once more, or has more with the first than the vendor counts.
    for page in [["i-1", "i-4"], ["i-4", "i-5"]] {
        for is_last in [true, false] {
            let (old, new) = (list(&["i-1", "i-2", "i-3"], 3, "")?, list(&page, 3, "next")?);
            let merged = Inventory::merge(if is_last { [old, new] } else { [new, old] })?;
            assert_eq!(merged.completeness, Completeness::Incomplete, "{page:?} {is_last}");
        }
    }
    // Two pages of one list, in any order.
    for is_last in [true, false] {
        let (begin, end) = (list(&["i-1", "i-2"], 3, "next")?, list(&["i-3"], 3, "")?);
        let merged = Inventory::merge(if is_last { [begin, end] } else { [end, begin] })?;
        assert_eq!(merged.completeness, Completeness::Complete, "{is_last}");
    }
    Ok(())
}

#[test]
fn a_list_of_pools_alone_takes_back_what_it_contradicts() -> Result<()> {
    let on = json!("on");
    for (known, code) in
        [(pool(false, 2)?, WarningCode::CheckFlagDisputed), (pool(true, 5)?, WarningCode::CountContradictsInventory)]
    {
        let completed = lbhealth::complete(report(&on, "")?, &known);
        assert_eq!(completed.pools[0].unlisted_health, Some(BackendHealth::Unknown), "{code}");
        assert!(has(&completed, code), "{code}");
        // What was taken back is not concluded by the next inventory.
        let completed = lbhealth::complete(completed, &servers("Available")?);
        assert_eq!(healths(&completed), [BackendHealth::Unknown; 2], "{code}");
    }
    let completed = lbhealth::complete(report(&on, "")?, &pool(true, 2)?);
    assert_eq!(completed.pools[0].unlisted_health, Some(BackendHealth::Healthy));
    Ok(())
}

#[test]
fn a_server_of_two_registrations_is_unknown_whichever_comes_first() -> Result<()> {
    let on = json!("on");
    for (one, other) in [("Removing", "Available"), ("Available", "Removing"), ("Adding", "Available"), ("Available", "Adding")] {
        let known = Inventory::merge([servers(one)?, servers(other)?])?;
        let completed = lbhealth::complete(report(&on, "")?, &known);
        assert_eq!(healths(&completed), [BackendHealth::Healthy, BackendHealth::Unknown], "{one} {other}");
        assert!(completed.records[1].warnings.contains(&WarningCode::NotConclusive), "{one} {other}");
    }
    Ok(())
}
