import AulaModel

extension ClusterState {
    private static let addressRange = "10.0.0.0/16"
    private static let portRange = 30_000...32_767

    /// Gives a service its addresses and node ports, keeping those that it has or asks for.
    ///
    /// - Throws: 422 for an address or a port that another service has, or that is out of range.
    mutating func allocate(_ service: inout JSON, replacing old: JSON? = nil) throws(APIStatus) {
        let type = service[["spec", "type"]]?.string
        guard type != "ExternalName" else { return }
        let others = objects("services").filter { $0.uid != service.uid && !$0.isBeingDeleted }
        try allocateAddress(&service, others, old)
        guard
            type == "NodePort"
                || (type == "LoadBalancer" && service[["spec", "allocateLoadBalancerNodePorts"]] != false)
        else { return }
        let taken = Set(others.flatMap { $0.items("spec", "ports").compactMap { $0["nodePort"]?.int } })
        let had = Set(old?.items("spec", "ports").compactMap { $0["nodePort"]?.int } ?? [])
        var pool = addresses
        var problems: [FieldProblem] = []
        var ports = service.items("spec", "ports")
        for index in ports.indices {
            let field = "spec.ports[\(index)].nodePort"
            guard let wanted = ports[index]["nodePort"]?.int, wanted != 0 else {
                var port = pool.nodePort()
                while taken.contains(port) { port = pool.nodePort() }
                ports[index]["nodePort"] = .int(port)
                continue
            }
            if had.contains(wanted) { continue }
            if !Self.portRange.contains(wanted) {
                problems.append(
                    .invalid(
                        field, .int(wanted),
                        "provided port is not in the valid range. The range of valid ports is 30000-32767"))
            } else if taken.contains(wanted) {
                problems.append(.invalid(field, .int(wanted), "provided port is already allocated"))
            }
        }
        service[["spec", "ports"]] = ports.isEmpty ? nil : .array(ports)
        try refuse(problems, service)
        addresses = pool
    }

    private mutating func allocateAddress(_ service: inout JSON, _ others: [JSON], _ old: JSON?) throws(APIStatus) {
        let taken = Set(others.compactMap { $0[["spec", "clusterIP"]]?.string })
        let wanted = service[["spec", "clusterIP"]]?.string ?? ""
        if wanted.isEmpty {
            var address = addresses.service()
            while taken.contains(address) { address = addresses.service() }
            service[["spec", "clusterIP"]] = .string(address)
        } else if wanted != "None", wanted != old?[["spec", "clusterIP"]]?.string, FieldForm.isAddress(wanted) {
            let why: String? =
                !wanted.hasPrefix("10.0.")
                ? "the provided IP (\(wanted)) is not in the valid range. The range of valid IPs is \(Self.addressRange)"
                : taken.contains(wanted) ? "provided IP is already allocated" : nil
            if let why {
                let problem = FieldProblem.invalid(
                    "spec.clusterIPs", [.string(wanted)], "failed to allocate IP \(wanted): \(why)")
                try refuse([problem], service)
            }
        }
        if let address = service[["spec", "clusterIP"]] { service[["spec", "clusterIPs"]] = [address] }
    }

    private func refuse(_ problems: [FieldProblem], _ service: JSON) throws(APIStatus) {
        guard !problems.isEmpty, let kind = table.kind(id: "services") else { return }
        throw .invalid(kind, service.name, problems)
    }

    /// What a PUT or patch leaves out of a service stays; what belongs to its former type goes, unless it was changed.
    func carryAddresses(_ object: inout JSON, from old: JSON) {
        let (type, before) = (object[["spec", "type"]]?.string ?? "", old[["spec", "type"]]?.string ?? "")
        let exposed = ["NodePort", "LoadBalancer"]
        func drop(_ names: [String]) {
            for name in names where object[["spec", name]] == old[["spec", name]] { object[["spec", name]] = nil }
        }
        if before == "LoadBalancer", type != before {
            drop(["allocateLoadBalancerNodePorts", "loadBalancerClass", "healthCheckNodePort"])
        }
        if exposed.contains(before), !exposed.contains(type) {
            drop(["externalTrafficPolicy"])
            let ports = old.items("spec", "ports").map { $0["nodePort"] }
            if object.items("spec", "ports").map({ $0["nodePort"] }) == ports {
                object.editItems(["spec", "ports"]) { $0["nodePort"] = nil }
            }
        }
        if type == "ExternalName" {
            if before != type {
                drop(["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"])
            }
            return
        }
        for name in ["clusterIP", "clusterIPs"] where object[["spec", name]] == nil {
            object[["spec", name]] = old[["spec", name]]
        }
        guard exposed.contains(type) else { return }
        let numbers = Dictionary(
            old.items("spec", "ports").map { ($0["port"] ?? .null, $0["nodePort"]) }, uniquingKeysWith: { $1 })
        object.editItems(["spec", "ports"]) { port in
            if port["nodePort"] == nil, let number = numbers[port["port"] ?? .null] { port["nodePort"] = number }
        }
    }
}
