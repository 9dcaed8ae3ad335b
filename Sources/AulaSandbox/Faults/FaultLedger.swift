/// The rules in force and how many requests each has matched so far.
package struct FaultLedger: Sendable {
    package let script: FaultScript
    private var matches: [Int]

    package init(_ script: FaultScript = FaultScript()) {
        self.script = script
        matches = Array(repeating: 0, count: script.rules.count)
    }

    /// Counts a request and says what goes wrong with it: the first rule in the file whose turn it is.
    ///
    /// Every rule that matches counts the request, so that rules of one route can follow each other.
    package mutating func fault(
        for request: SandboxRequest, system: SandboxSystem, cluster: String? = nil
    ) -> Fault? {
        var fault: Fault?
        for (index, rule) in script.rules.enumerated() where rule.matches(request, system: system, cluster: cluster) {
            matches[index] += 1
            let struck = matches[index] - rule.nth
            guard fault == nil, struck >= 0, struck < rule.times ?? .max else { continue }
            fault = rule.fault
        }
        return fault
    }
}
