extension AzureSite {
    /// What the cluster runs and is billed for itself.
    ///
    /// A fresh AKS cluster with Cilium has DNS, metrics, proxies and disk drivers: general knowledge, rounded up, to be
    /// checked on a real one with `kubectl describe nodes`. Only the sums are known, so that the first pod bears them.
    /// The pods of the monitoring add-on: github.com/Azure/AKS, issues 3105 and 5413.
    package var needs: Needs {
        var needs = Needs(
            pods: [
                PodNeed(resources: Self.requests("300m", "250Mi")), PodNeed(count: 7),
                PodNeed(isPerNode: true, resources: Self.requests("200m", "250Mi")), PodNeed(count: 5, isPerNode: true),
            ],
            charges: [
                Charge(Charge.address, for: "outbound", count: 1, isShared: true),
                Charge(Charge.rule, for: "outbound", count: 1, isShared: true),
                Charge("egress/internet", for: "traffic to the internet beyond 100 GB a month", count: nil),
                Charge("loadBalancer/data", for: "traffic through the load balancer", count: nil),
            ])
        guard cluster.monitoring else { return needs }
        needs.pods += [
            PodNeed(resources: Self.requests("170m", "300Mi")),
            PodNeed(isPerNode: true, resources: Self.requests("170m", "600Mi")),
        ]
        needs.charges.append(Charge("logs/ingestion", for: "logs of the cluster", count: nil))
        return needs
    }

    private static func requests(_ cpu: String, _ memory: String) -> JSON {
        ["requests": ["cpu": .string(cpu), "memory": .string(memory)]]
    }
}
