import AulaModel

extension Observation {
    /// A class whose file was given another name keeps its id: what it has under the old one is found and named.
    ///
    /// Of a cluster only namespaces count, whose labels no deployer can write.
    mutating func nameTwins(of mark: Mark) {
        var others: [String: [String]] = [:]
        for (address, observed) in present where address.is(.namespace) {
            guard let other = observed.mark, other.id == mark.id, other.cohort != mark.cohort else { continue }
            others[other.cohort, default: []].append(address.name)
        }
        for (cohort, names) in others {
            let rest = names.count > 3 ? " and \(names.count - 3) more" : ""
            notices.append(
                .twin(of: mark, named: cohort, "namespaces \(names.sorted().prefix(3).joined(separator: ", "))\(rest)"))
        }
    }
}

extension Diagnostic {
    /// One id is one class, whatever it is called.
    static func twin(of mark: Mark, named cohort: String, _ found: String) -> Diagnostic {
        Diagnostic(
            .error, "the id \(mark.id) is the class `\(cohort)`, which is still there: \(found)",
            hint: "write name: \(cohort) again, or give this class an id of its own: aula init prints one")
    }
}
