package import AulaModel
package import AulaTokens

/// What came of trying the tokens, a line for each.
package struct TokenFindings: Report, Sendable {
    package var findings: [TokenFinding]
    package var style: Style

    package init(_ findings: [TokenFinding], style: Style = .plain) {
        self.findings = findings
        self.style = style
    }

    package var text: String {
        guard !findings.isEmpty else { return "No tokens: `aula apply` makes them." }
        return findings.map { finding in
            let works = finding.result == .works
            let sign = style.paint(works ? "✓" : "✗", works ? .added : .failure)
            return
                "\(sign) \(PlainText.oneLine(finding.token.namespace)), generation \(finding.token.generation): \(PlainText.oneLine(finding.result.sentence))"
        }.joined(separator: "\n")
    }

    package var document: Document {
        Document(
            title: "Tokens",
            [
                .list(
                    findings.map { finding in
                        "\(finding.result == .works ? "✓" : "✗") " + .code(finding.token.namespace)
                            + ", generation \(finding.token.generation): \(finding.result.sentence)"
                    })
            ])
    }

    package var data: JSON {
        JSON.object(
            JSONObject([
                ("format_version", .int(ReportFormat.version)),
                (
                    "tokens",
                    .array(
                        findings.map {
                            [
                                "namespace": .string($0.token.namespace), "generation": .int($0.token.generation),
                                "works": .bool($0.result == .works), "finding": .string($0.result.sentence),
                            ]
                        })
                ),
            ])
        )
    }
}

extension TokenFinding.Result {
    fileprivate var sentence: String {
        switch self {
        case .works: "deploys here, and not next door"
        case .missing: "has no token yet"
        case .rejected: "the cluster does not accept it"
        case .powerless: "may not deploy in its own namespace"
        case .tooPowerful(let neighbour): "may deploy in \(neighbour) as well"
        case .notDelivered(let address): "\(address) still has another one"
        case .unknown(let reason): "could not be tried: \(reason)"
        }
    }
}
