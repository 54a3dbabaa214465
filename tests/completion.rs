//! Reports that inventories complete, where it is not plain which member a listed backend is. The expected values follow from what the
//! vendor counts: of that many servers, each that is listed is one.

use anyhow::Result;
use lbhealth::{Context, Document, HealthReport, Inventory, Policy, Summary, WarningCode};
use serde_json::{Map, Value, json};

/// A server such as `eni-1/10.0.0.1:80`, as an element of a list, with further fields.
fn element(server: &str, fields: Value) -> Value {
    let (name, port) = server.split_once(':').unwrap_or((server, "80"));
    let (id, address) = name.split_once('/').map_or((name, None), |(id, address)| (id, Some(address)));
    let mut element = Map::from_iter([("ServerId".to_owned(), id.into()), ("Port".to_owned(), port.parse::<u16>().ok().into())]);
    element.extend(address.map(|address| ("ServerIp".to_owned(), address.into())));
    if let Value::Object(fields) = fields {
        element.extend(fields);
    }
    element.into()
}

fn document(adapter: &str, reply: &Value, context: &Context<'_>) -> Result<Document<'static>> {
    Ok(lbhealth::adapter(adapter)?.normalize(reply.to_string().as_bytes(), context)?.into_owned())
}

/// A reply of Alibaba ALB: the servers of one pool that are not normal, at listeners.
fn listed(count: u32, listeners: &[&[(&str, &str)]]) -> Result<HealthReport<'static>> {
    let group = |servers: &&[(&str, &str)]| {
        let servers: Vec<Value> = servers.iter().map(|(server, status)| element(server, json!({ "Status": status }))).collect();
        json!({ "ServerGroupId": "sgp-1", "ServerCount": count, "HealthCheckEnabled": "on", "ActionType": "ForwardGroup",
            "NonNormalServers": servers })
    };
    let listener = |(number, servers)| json!({ "ListenerId": format!("lsn-{number}"), "ServerGroupInfos": [group(servers)] });
    let listeners: Vec<Value> = (1..).zip(listeners).map(listener).collect();
    Ok(document("alibaba-alb", &json!({ "ListenerHealthStatus": listeners }), &Context::default())?.into_health()?)
}

/// The members of that pool, all of weight 100.
fn members(servers: &[&str], token: &str) -> Result<Inventory<'static>> {
    let fields = json!({ "ServerGroupId": "sgp-1", "Status": "Available", "Weight": 100 });
    let member = |server: &&str| element(server, fields.clone());
    let reply = json!({ "Servers": servers.iter().map(member).collect::<Vec<_>>(), "NextToken": token });
    Ok(document("alibaba-alb", &reply, &Context::default())?.into_inventory()?)
}

/// A reply of Alibaba CLB, which lists all servers of one pool at one listener, and tells no weights.
fn all(servers: &[&str]) -> Result<HealthReport<'static>> {
    let fields = json!({ "ServerHealthStatus": "normal", "ListenerPort": 80, "Protocol": "tcp" });
    let server = |server: &&str| element(server, fields.clone());
    let reply = json!({ "RequestId": "r", "BackendServers": { "BackendServer": servers.iter().map(server).collect::<Vec<_>>() } });
    Ok(document("alibaba-clb", &reply, &of_pool())?.into_health()?)
}

/// Its members, with their weights.
fn weighed(request_id: &str, servers: &[(&str, u32)]) -> Result<Inventory<'static>> {
    let servers: Vec<Value> = servers.iter().map(|(server, weight)| element(server, json!({ "Weight": weight }))).collect();
    let reply = json!({ "VServerGroupId": "rsp-1", "VServerGroupName": "web", "LoadBalancerId": "lb-1", "RequestId": request_id,
        "BackendServers": { "BackendServer": servers } });
    Ok(document("alibaba-clb", &reply, &Context::default())?.into_inventory()?)
}

fn of_pool() -> Context<'static> {
    let mut context = Context::default();
    context.pool_id = Some("rsp-1".into());
    context.load_balancer_id = Some("lb-1".into());
    context
}

/// What each record says, by listener and backend.
fn told(report: &HealthReport<'_>) -> Vec<String> {
    let told = report.records.iter().map(|record| {
        let listener =
            record.listener_id.as_deref().filter(|id| id.starts_with("lsn-")).map(|id| format!("{id} ")).unwrap_or_default();
        let backend = record.backend_key.split('|').skip(2).collect::<Vec<_>>().join(":");
        format!("{listener}{backend} {} {}", record.health, record.traffic)
    });
    told.collect()
}

#[test]
fn a_server_that_is_listed_elsewhere_and_no_member_leaves_the_pool_open_everywhere() -> Result<()> {
    let completed = lbhealth::complete(listed(2, &[&[], &[("i-9", "Initial")]])?, &members(&["i-1", "i-2"], "")?);
    assert!(told(&completed).iter().all(|record| !record.contains(" HEALTHY")), "{:?}", told(&completed));
    // One that is a member is one of them.
    let completed = lbhealth::complete(listed(2, &[&[], &[("i-1", "Initial")]])?, &members(&["i-1", "i-2"], "")?);
    let healthy: Vec<_> = told(&completed).into_iter().filter(|record| record.ends_with(" HEALTHY ELIGIBLE")).collect();
    assert_eq!(healthy, ["lsn-1 i-1:80 HEALTHY ELIGIBLE", "lsn-1 i-2:80 HEALTHY ELIGIBLE", "lsn-2 i-2:80 HEALTHY ELIGIBLE"]);
    Ok(())
}

#[test]
fn servers_that_cannot_all_be_members_leave_the_others_open() -> Result<()> {
    let fails = |servers: [&'static str; 2]| servers.map(|server| (server, "Unhealthy"));
    for (count, first, inventory) in [
        // Just one of two addresses can be that without one.
        (3, fails(["eni-1/10.0.0.1", "eni-1/10.0.0.2"]), ["eni-1", "eni-1/10.0.0.3:81", "i-2"]),
        // Two ports of a server that has just one other.
        (3, fails(["i-1:80", "i-1:81"]), ["i-1:82", "i-2", "i-3"]),
    ] {
        let completed = lbhealth::complete(listed(count, &[&first])?, &members(&inventory, "")?);
        assert!(told(&completed).iter().all(|record| !record.contains(" HEALTHY")), "{:?}", told(&completed));
    }
    // The ports of two servers, of which one has too few others and the second more than it needs.
    let three = [("i-1:80", "Unhealthy"), ("i-1:81", "Unhealthy"), ("i-2:80", "Unhealthy")];
    let completed = lbhealth::complete(listed(4, &[&three])?, &members(&["i-1:82", "i-2:82", "i-2:83", "i-3"], "")?);
    assert!(told(&completed).iter().all(|record| !record.contains(" HEALTHY")), "{:?}", told(&completed));
    Ok(())
}

#[test]
fn what_is_too_many_at_one_place_leaves_the_pool_open_at_all() -> Result<()> {
    let fails = |server: &'static str| (server, "Unhealthy");
    let two = [fails("eni-1/10.0.0.1"), fails("eni-1/10.0.0.2")];
    for (listeners, inventory) in [
        // Two addresses, at one place and at two, of which the inventory has one.
        ([&two[..], &[]], ["eni-1", "i-2"]),
        ([&two[..1], &two[1..]], ["eni-1", "i-2"]),
        // One that is listed twice has two.
        ([&[fails("eni-1"), fails("eni-1")][..], &[]], ["eni-1/10.0.0.1", "i-2"]),
    ] {
        let completed = lbhealth::complete(listed(2, &listeners)?, &members(&inventory, "")?);
        assert!(told(&completed).iter().all(|record| !record.contains(" HEALTHY")), "{:?}", told(&completed));
    }
    Ok(())
}

#[test]
fn an_interface_is_the_member_that_alone_it_can_be() -> Result<()> {
    // It is not the one with another address.
    let reply = listed(3, &[&[("eni-1/10.0.0.1", "Unhealthy")]])?;
    let completed = lbhealth::complete(reply, &members(&["eni-1", "eni-1/10.0.0.2", "i-3"], "")?);
    let others = ["lsn-1 eni-1/10.0.0.2:80 HEALTHY ELIGIBLE", "lsn-1 i-3:80 HEALTHY ELIGIBLE"];
    assert_eq!(told(&completed), ["lsn-1 eni-1/10.0.0.1:80 UNHEALTHY EXCLUDED", others[0], others[1]]);
    // At one listener its address is told, at the other not: it is one server.
    let reply = listed(2, &[&[("eni-1", "Initial")], &[("eni-1/10.0.0.1", "Unhealthy")]])?;
    let completed = lbhealth::complete(reply, &members(&["eni-1/10.0.0.1", "i-2"], "")?);
    assert_eq!(completed.records.len(), 4, "{:?}", told(&completed));
    assert!(completed.warnings.iter().all(|warning| warning.code != WarningCode::NotInInventory));
    Ok(())
}

#[test]
fn an_interface_that_can_be_several_gets_the_facts_of_none() -> Result<()> {
    let address_of_first = |completed: &HealthReport<'_>| completed.records[0].address.as_deref().map(str::to_owned);
    // At the other listener one of the two is listed, and at this it may be either.
    let reply = listed(2, &[&[("eni-1", "Initial")], &[("eni-1/10.0.0.1", "Unhealthy")]])?;
    let completed = lbhealth::complete(reply, &members(&["eni-1/10.0.0.1", "eni-1/10.0.0.2"], "")?);
    assert_eq!(address_of_first(&completed), None);
    // The page that is missing may have another address of it.
    let completed = lbhealth::complete(listed(1, &[&[("eni-1", "Unhealthy")]])?, &members(&["eni-1/10.0.0.1"], "more")?);
    assert_eq!(address_of_first(&completed), None);
    // It is listed twice, so it has two addresses.
    let completed = lbhealth::complete(all(&["eni-1", "eni-1"])?, &weighed("r", &[("eni-1/10.0.0.1", 0)])?);
    assert_eq!(address_of_first(&completed), None);
    assert_eq!(told(&completed)[..2], ["eni-1:80 HEALTHY UNKNOWN", "eni-1:80 HEALTHY UNKNOWN"]);
    Ok(())
}

#[test]
fn of_an_interface_that_can_be_several_holds_what_holds_of_them_all() -> Result<()> {
    let first = |weights: [u32; 2]| -> Result<String> {
        let inventory = weighed("r", &[("eni-1/10.0.0.1", weights[0]), ("eni-1/10.0.0.2", weights[1])])?;
        Ok(told(&lbhealth::complete(all(&["eni-1"])?, &inventory)).swap_remove(0))
    };
    assert_eq!(first([0, 0])?, "eni-1:80 HEALTHY EXCLUDED");
    assert_eq!(first([0, 100])?, "eni-1:80 HEALTHY UNKNOWN");
    assert_eq!(first([100, 50])?, "eni-1:80 HEALTHY ELIGIBLE");
    // The inventory tells no addresses, and has one of two.
    let completed = lbhealth::complete(all(&["eni-1/10.0.0.1", "eni-1/10.0.0.2"])?, &weighed("r", &[("eni-1", 0)])?);
    assert_eq!(told(&completed)[..2], ["eni-1/10.0.0.1:80 HEALTHY UNKNOWN", "eni-1/10.0.0.2:80 HEALTHY UNKNOWN"]);
    Ok(())
}

/// Some elements tell their address and some do not, so a key that is on both sides is no proof that it is the same server.
#[test]
fn an_interface_without_an_address_may_be_another_than_the_member_without_one() -> Result<()> {
    for (servers, inventory, expected) in [
        (["eni-1", "eni-1/10.0.0.2"], [("eni-1", 100), ("eni-1/10.0.0.1", 0)], ["UNKNOWN", "ELIGIBLE"]),
        (["eni-1", "eni-1/10.0.0.2"], [("eni-1", 100), ("eni-1", 0)], ["UNKNOWN", "UNKNOWN"]),
        (["eni-1", "eni-1"], [("eni-1", 100), ("eni-1/10.0.0.2", 0)], ["UNKNOWN", "UNKNOWN"]),
    ] {
        let completed = lbhealth::complete(all(&servers)?, &weighed("r", &inventory)?);
        let traffic: Vec<_> = completed.records.iter().take(2).map(|record| record.traffic.to_string()).collect();
        assert_eq!(traffic, expected, "{servers:?} {inventory:?}");
        assert!(completed.warnings.iter().all(|warning| warning.code != WarningCode::NotInInventory));
    }
    Ok(())
}

/// As where a script fetches the pool for each of its listeners.
#[test]
fn an_inventory_that_is_given_twice_has_its_members_once() -> Result<()> {
    let once = weighed("r-1", &[("eni-1", 0)])?;
    let twice = Inventory::merge([once.clone(), weighed("r-2", &[("eni-1", 0)])?])?;
    for inventory in [&once, &twice] {
        let completed = lbhealth::complete(all(&["eni-1/10.0.0.1"])?, inventory);
        assert_eq!(told(&completed), ["eni-1/10.0.0.1:80 HEALTHY EXCLUDED"]);
    }
    // What has changed meanwhile is another list.
    let changed = Inventory::merge([once, weighed("r-2", &[("eni-1", 100)])?])?;
    let completed = lbhealth::complete(all(&["eni-1/10.0.0.1"])?, &changed);
    assert_eq!(told(&completed)[0], "eni-1/10.0.0.1:80 HEALTHY UNKNOWN");
    Ok(())
}

/// A reply about one pool at one listener, and its inventory, of Alibaba ALB.
fn completed(switch: &str, count: Option<u32>, listed: &Value, members: &Value) -> Result<HealthReport<'static>> {
    let group = json!({ "ServerGroupId": "sgp-1", "ServerCount": count, "HealthCheckEnabled": switch, "ActionType": "ForwardGroup",
        "NonNormalServers": listed });
    let reply = json!({ "ListenerHealthStatus": [{ "ListenerId": "lsn-1", "ServerGroupInfos": [group] }] });
    let mut members = members.clone();
    for member in members.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        member.insert("ServerGroupId".to_owned(), "sgp-1".into());
        member.entry("Status").or_insert("Available".into());
        member.entry("Weight").or_insert(100.into());
    }
    let report = document("alibaba-alb", &reply, &Context::default())?.into_health()?;
    let inventory = document("alibaba-alb", &json!({ "Servers": members }), &Context::default())?.into_inventory()?;
    Ok(lbhealth::complete(report, &inventory))
}

#[test]
fn a_server_that_one_side_spells_otherwise_or_tells_less_of_is_the_member_that_alone_it_can_be() -> Result<()> {
    for (listed, member, key) in [
        (json!({ "ServerId": "2001:DB8::1", "Port": 80 }), json!({ "ServerId": "2001:db8::1", "Port": 80 }), "2001:DB8::1:80"),
        (json!({ "ServerIp": "2001:DB8::1", "Port": 80 }), json!({ "ServerIp": "2001:db8:0::1", "Port": 80 }), "2001:DB8::1:80"),
        (json!({ "ServerIp": "::ffff:10.0.0.1", "Port": 80 }), json!({ "ServerIp": "10.0.0.1", "Port": 80 }), "::ffff:10.0.0.1:80"),
        (
            json!({ "ServerId": "eni-1", "ServerIp": "2001:DB8::1", "Port": 80 }),
            json!({ "ServerId": "eni-1", "ServerIp": "2001:db8::1", "Port": 80 }),
            "eni-1/2001:DB8::1:80",
        ),
        (json!({ "ServerId": "i-1" }), json!({ "ServerId": "i-1", "Port": 80 }), "i-1:"),
        (
            json!({ "ServerIp": "10.0.0.1", "Port": 80 }),
            json!({ "ServerId": "i-1", "ServerIp": "10.0.0.1", "Port": 80 }),
            "10.0.0.1:80",
        ),
        (
            json!({ "ServerId": "10.0.0.1", "Port": 80 }),
            json!({ "ServerId": "i-1", "ServerIp": "10.0.0.1", "Port": 80 }),
            "10.0.0.1:80",
        ),
    ] {
        let (mut listed, mut member) = (listed, member);
        listed["Status"] = "Unavailable".into();
        member["Weight"] = 0.into();
        let completed = completed("off", None, &json!([listed]), &json!([member]))?;
        assert_eq!(told(&completed), [format!("lsn-1 {key} UNMONITORED EXCLUDED")]);
        assert!(completed.warnings.is_empty(), "{:?}", completed.warnings);
    }
    Ok(())
}

#[test]
fn a_server_of_which_too_little_is_told_may_be_several_members() -> Result<()> {
    let traffic = |listed: Value, members: Value| -> Result<String> {
        let mut listed = listed;
        listed["Status"] = "Unavailable".into();
        let completed = completed("off", None, &json!([listed]), &members)?;
        assert!(completed.warnings.iter().all(|warning| warning.code != WarningCode::NotInInventory), "{:?}", completed.warnings);
        assert_eq!(completed.pools[0].unmonitored_count, None);
        Ok(completed.records[0].traffic.to_string())
    };
    let ports = |weights: [u32; 2]| json!([{ "ServerId": "i-1", "Port": 80, "Weight": weights[0] }, { "ServerId": "i-1", "Port": 81, "Weight": weights[1] }]);
    assert_eq!(traffic(json!({ "ServerId": "i-1" }), ports([0, 0]))?, "EXCLUDED");
    assert_eq!(traffic(json!({ "ServerId": "i-1" }), ports([0, 100]))?, "UNKNOWN");
    assert_eq!(traffic(json!({ "ServerId": "i-1" }), ports([100, 50]))?, "ELIGIBLE");
    // Two servers can have one address, and one of which none is told can have it.
    let with = |other: Value| json!([{ "ServerId": "i-1", "ServerIp": "10.0.0.1", "Port": 80 }, other]);
    let by_address = || json!({ "ServerIp": "10.0.0.1", "Port": 80 });
    for other in [
        json!({ "ServerId": "i-2", "ServerIp": "10.0.0.1", "Port": 80, "Weight": 0 }),
        json!({ "ServerId": "i-2", "Port": 80, "Weight": 0 }),
    ] {
        assert_eq!(traffic(by_address(), with(other))?, "UNKNOWN");
    }
    // One that has no name in common with it.
    assert_eq!(traffic(by_address(), json!([{ "ServerId": "i-1", "Port": 80, "Weight": 0 }]))?, "UNKNOWN");
    Ok(())
}

#[test]
fn a_member_without_an_id_may_be_the_interface_that_is_listed() -> Result<()> {
    let listed = json!([{ "ServerId": "eni-1", "Port": 80, "Status": "Unhealthy" }]);
    let members = json!([{ "ServerId": "eni-1", "ServerIp": "10.0.0.1", "Port": 80 }, { "ServerId": "", "ServerIp": "10.0.0.2", "Port": 80 }]);
    let completed = completed("on", Some(2), &listed, &members)?;
    let others = ["lsn-1 eni-1/10.0.0.1:80 UNKNOWN UNKNOWN", "lsn-1 10.0.0.2:80 UNKNOWN UNKNOWN"];
    assert_eq!(told(&completed), ["lsn-1 eni-1:80 UNHEALTHY EXCLUDED", others[0], others[1]]);
    Ok(())
}

#[test]
fn an_interface_that_is_there_several_times_does_not_fail_as_a_whole() -> Result<()> {
    let listed = json!([{ "ServerId": "eni-1", "Port": 80, "Status": "Unhealthy" }]);
    let members = json!([{ "ServerId": "eni-1", "Port": 80 }, { "ServerId": "eni-1", "Port": 80 }]);
    let without_count = completed("on", None, &listed, &members)?;
    assert_eq!(told(&without_count), ["lsn-1 eni-1:80 UNHEALTHY EXCLUDED"]);
    assert_eq!(without_count.pools[0].unhealthy_count, None);
    let counted = completed("on", Some(2), &listed, &members)?;
    assert_eq!(told(&counted), ["lsn-1 eni-1:80 UNHEALTHY EXCLUDED"]);
    assert!(counted.warnings.is_empty(), "{:?}", counted.warnings);
    assert_eq!((counted.pools[0].unhealthy_count, counted.pools[0].healthy_count), (Some(1), Some(1)));
    // More than there can be.
    let contradicted = completed("on", Some(3), &listed, &members)?;
    assert!(contradicted.warnings.iter().any(|warning| warning.code == WarningCode::CountContradictsInventory));
    Ok(())
}

#[test]
fn a_server_that_may_be_several_members_is_not_counted_beside_them() -> Result<()> {
    let listed = json!([{ "ServerId": "eni-1", "Port": 80, "Status": "Unhealthy" }]);
    let member = |address: &str| json!({ "ServerId": "eni-1", "ServerIp": address, "Port": 80 });
    let members = json!([member("10.0.0.1"), member("10.0.0.2")]);
    for count in [None, Some(2)] {
        let completed = completed("on", count, &listed, &members)?;
        assert_eq!(completed.records.len(), 3);
        assert_eq!((completed.pools[0].unhealthy_count, completed.pools[0].unknown_count), (None, None));
        // There was an inventory, and a count.
        let summary = Summary::of(&[completed], Policy::Halves);
        let why = "it is not known how many backends there are: the vendor leaves out those that are well, and it is not plain which members";
        assert!(summary.pools[0].message.contains(why), "{}", summary.pools[0].message);
    }
    Ok(())
}
