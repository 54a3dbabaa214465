//! Replies and inventories that contradict each other, or of which a part has not come. Nobody is called healthy because of an absence then: the
//! expected values follow from what each text says for itself, whatever its place among the others.

use anyhow::{Context as _, Result};
use lbhealth::{BackendHealth, Completeness, Context, Coverage, Document, HealthReport, Inventory, Traffic, WarningCode};
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
            assert_eq!(merged.pools[0].check_enabled, None, "{switches:?}");
            assert_eq!(healths(&lbhealth::complete(merged, &known)), [BackendHealth::Unknown; 2], "{switches:?}");
        }
    }
    // One that is left out is told by the others.
    let merged = HealthReport::merge([report(&on, "")?, report(&Value::Null, "")?])?;
    assert_eq!(healths(&lbhealth::complete(merged, &known)), [BackendHealth::Healthy; 2]);
    Ok(())
}

#[test]
fn a_check_switch_stays_open_wherever_the_pool_stands_in_the_replies() -> Result<()> {
    let known = Inventory::merge([servers("Available")?, pool(true, 2)?])?;
    let (on, paused) = (json!("on"), json!("paused"));
    // The pool is the second of its listener.
    let second = || -> Result<HealthReport<'static>> {
        let mut reply = reply(&paused, "");
        let groups = reply["ListenerHealthStatus"][0]["ServerGroupInfos"].as_array_mut().context("a list")?;
        groups.insert(0, json!({ "ServerGroupId": "sgp-0", "ServerCount": 0, "HealthCheckEnabled": "on", "NonNormalServers": [] }));
        Ok(document("alibaba-alb", &reply)?.into_health()?)
    };
    for is_last in [true, false] {
        let (one, other) = (report(&on, "")?, second()?);
        let merged = HealthReport::merge(if is_last { [one, other] } else { [other, one] })?;
        assert_eq!(healths(&lbhealth::complete(merged.clone(), &known)), [BackendHealth::Unknown; 2], "{is_last}");
        // Nor is it settled by a reply that is merged with both.
        let again = HealthReport::merge(if is_last { [report(&on, "")?, merged] } else { [merged, report(&on, "")?] })?;
        assert_eq!(healths(&lbhealth::complete(again, &known)), [BackendHealth::Unknown; 2], "{is_last}");
    }
    Ok(())
}

#[test]
fn a_check_switch_that_the_inventory_disputes_is_settled_by_no_other_reply() -> Result<()> {
    let on = json!("on");
    let disputed = lbhealth::complete(report(&on, "")?, &pool(false, 2)?);
    assert_eq!(disputed.pools[0].check_enabled, None);
    for is_last in [true, false] {
        let (one, other) = (report(&on, "")?, disputed.clone());
        let merged = HealthReport::merge(if is_last { [one, other] } else { [other, one] })?;
        assert_eq!(healths(&lbhealth::complete(merged, &servers("Available")?)), [BackendHealth::Unknown; 2], "{is_last}");
    }
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
    // Nor one of which the vendor counts other members, be they no more together than that.
    for is_last in [true, false] {
        let (old, new) = (list(&["i-1", "i-2"], 2, "")?, list(&["i-3"], 3, "next")?);
        let merged = Inventory::merge(if is_last { [old, new] } else { [new, old] })?;
        assert_eq!((merged.completeness, merged.next_page.as_deref()), (Completeness::Incomplete, Some("next")), "{is_last}");
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
fn the_first_page_of_a_later_inventory_is_not_ended_by_an_earlier_one() -> Result<()> {
    let at = |minute: u32, id: &str, token: &str| -> Result<Inventory<'static>> {
        let server = json!({ "ServerGroupId": "sgp-1", "ServerId": id, "Port": 80, "Status": "Available", "Weight": 100 });
        let mut list = inventory("alibaba-alb", &json!({ "NextToken": token, "Servers": [server] }))?;
        list.observed_at = Some(format!("2026-03-01T09:{minute}:00Z").parse()?);
        Ok(list)
    };
    for is_first in [true, false] {
        let (whole, begun) = (at(30, "i-1", "")?, at(35, "i-2", "next")?);
        let merged = Inventory::merge(if is_first { [whole, begun] } else { [begun, whole] })?;
        assert_eq!((merged.completeness, merged.next_page.as_deref()), (Completeness::Incomplete, Some("next")), "{is_first}");
        let (opening, ending) = (at(30, "i-1", "next")?, at(31, "i-2", "")?);
        let merged = Inventory::merge(if is_first { [opening, ending] } else { [ending, opening] })?;
        assert_eq!((merged.completeness, merged.next_page.as_deref()), (Completeness::Complete, None), "{is_first}");
    }
    Ok(())
}

#[test]
fn pages_whose_pools_have_no_ids_are_of_one_list_until_one_stands_there_twice() -> Result<()> {
    let page = |name: &str, marker: Value| {
        let load_balancer = json!({ "LoadBalancerName": name, "Instances": [{ "InstanceId": "i-1" }] });
        inventory("aws-elb-classic", &json!({ "LoadBalancerDescriptions": [load_balancer], "NextMarker": marker }))
    };
    // An instance can be behind both load balancers.
    for (last, completeness) in [("shop", Completeness::Complete), ("web", Completeness::Incomplete)] {
        for is_last in [true, false] {
            let (begin, end) = (page("web", json!("m"))?, page(last, Value::Null)?);
            let merged = Inventory::merge(if is_last { [begin, end] } else { [end, begin] })?;
            assert_eq!(merged.completeness, completeness, "{last} {is_last}");
        }
    }
    Ok(())
}

#[test]
fn a_page_with_a_link_that_leads_nobody_knows_where_ends_no_list() -> Result<()> {
    let page = |id: &str, links: Value| -> Result<HealthReport<'static>> {
        let member = json!({ "id": id, "address": "192.0.2.1", "protocol_port": 80, "operating_status": "ONLINE" });
        Ok(document("openstack-octavia", &json!({ "members": [member], "members_links": links }))?.into_health()?)
    };
    let previous = json!({ "rel": "previous", "href": "https://lb/?page_reverse=True" });
    let unclear = json!({ "rel": "last", "href": "https://lb/?marker=2" });
    for (links, completeness) in
        [(json!([previous]), Completeness::Complete), (json!([previous, unclear]), Completeness::Incomplete)]
    {
        for is_last in [true, false] {
            let begin = page("m-1", json!([{ "rel": "next", "href": "https://lb/?marker=1" }]))?;
            let end = page("m-2", links.clone())?;
            let merged = HealthReport::merge(if is_last { [begin, end] } else { [end, begin] })?;
            assert_eq!(merged.completeness, completeness, "{links} {is_last}");
        }
    }
    Ok(())
}

#[test]
fn a_further_reply_about_one_member_leaves_the_list_of_its_pool_whole() -> Result<()> {
    let read = |reply: Value, pool: &'static str| -> Result<HealthReport<'static>> {
        let mut context = Context::default();
        context.pool_id = Some(pool.into());
        let document = lbhealth::adapter("openstack-octavia")?.normalize(reply.to_string().as_bytes(), &context)?.into_owned();
        Ok(document.into_health()?)
    };
    let member = |id: &str, status: &str, backup: bool| {
        json!({ "id": id, "address": "192.0.2.1", "protocol_port": 80, "weight": 1, "admin_state_up": true,
            "provisioning_status": "ACTIVE", "backup": backup, "operating_status": status })
    };
    let list = || read(json!({ "members": [member("m-1", "ONLINE", false), member("m-2", "ONLINE", true)] }), "p-1");
    let one = |pool| read(json!({ "member": member("m-1", "ERROR", false) }), pool);
    // The only member that is no backup fails, so the backup may have taken over.
    let mut merged = HealthReport::merge([list()?, one("p-1")?])?;
    merged.conclude(lbhealth::ADAPTERS);
    assert_eq!(merged.coverage, Coverage::All);
    assert_eq!(merged.records[1].traffic, Traffic::Unknown);
    // Of another pool nobody knows that it has everybody.
    assert_eq!(HealthReport::merge([list()?, one("p-2")?])?.coverage, Coverage::Selected);
    assert_eq!(HealthReport::merge([one("p-2")?, list()?])?.coverage, Coverage::Selected);
    Ok(())
}

#[test]
fn what_the_list_of_pools_counts_takes_back_what_the_reply_says_of_all_servers() -> Result<()> {
    let failing = |id: &str| json!({ "ServerId": id, "Port": 80, "Status": "Unhealthy", "ReasonCode": "CONNECT_TIMEOUT" });
    let mut reply = reply(&json!("on"), "");
    reply["ListenerHealthStatus"][0]["ServerGroupInfos"][0]["NonNormalServers"] = json!([failing("i-1"), failing("i-2")]);
    let read = || -> Result<HealthReport<'static>> { Ok(document("alibaba-alb", &reply)?.into_health()?) };
    let traffic = |report: &HealthReport<'_>| report.records.iter().map(|record| record.traffic).collect::<Vec<_>>();
    assert_eq!(traffic(&read()?), [Traffic::Eligible; 2]);
    assert_eq!(traffic(&lbhealth::complete(read()?, &pool(true, 2)?)), [Traffic::Eligible; 2]);
    // There may be others, which do not fail, or none is checked.
    assert_eq!(traffic(&lbhealth::complete(read()?, &pool(true, 5)?)), [Traffic::Unknown; 2]);
    assert_eq!(traffic(&lbhealth::complete(read()?, &pool(false, 2)?)), [Traffic::Unknown; 2]);
    Ok(())
}

#[test]
fn a_count_that_contradicts_the_reply_does_so_beside_any_members() -> Result<()> {
    let on = json!("on");
    let part = inventory(
        "alibaba-alb",
        &json!({ "TotalCount": 5, "NextToken": "next",
            "Servers": [{ "ServerGroupId": "sgp-1", "ServerId": "i-1", "Port": 80, "Status": "Available", "Weight": 100 }] }),
    )?;
    for members in [part, servers("Available")?] {
        let completed = lbhealth::complete(report(&on, "")?, &Inventory::merge([members, pool(true, 5)?])?);
        assert_eq!(completed.pools[0].unlisted_health, Some(BackendHealth::Unknown));
        let told = completed.warnings.iter().filter(|warning| warning.code == WarningCode::CountContradictsInventory);
        assert_eq!(told.count(), 1);
        assert!(healths(&completed).iter().all(|health| *health == BackendHealth::Unknown));
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
