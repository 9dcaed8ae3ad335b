import AulaModel
import AulaSandbox
import Foundation
import Testing

/// The sandbox answers like a recorded API server: status, reason, and every field that a client may rely on.
@Suite struct ContractTests {
    /// Exchanges that may stay different, and why: at most five.
    static let exceptions: [String: String] = [
        "api groups": "the recorded server had a definition of its own",
        "deployer lists its own pods": "the recorded server ran without the admission of service accounts",
    ]

    @Test func `the recorded exchanges are answered as the real server did`() async throws {
        guard let exchanges = try RecordedExchange.all() else { return }
        #expect(exchanges.count == 63)
        #expect(Self.exceptions.count <= 5)
        try await Replay().run(exchanges)
    }

    @Test func `they are answered alike under other names, with other values and in another order`() async throws {
        guard let exchanges = try RecordedExchange.all(renaming: Self.renamings) else { return }
        try await Replay().run(try Self.reordered(exchanges))
    }

    /// Exchanges of the further recordings that stay different, and why.
    static let furtherExceptions: [String: String] = [
        "strict merge patch with an unknown field": "the object in the message has its members in Go's order",
        "two owners that control": "the same",
        "generateName gives a name": "the name ends in letters of chance",
        "continue with nonsense": "the message is that of Go's reader of JSON",
        "other pod fields may not": "the real server shows a difference of its Go types",
        "an ephemeral container by the pod itself": "the same",
    ]

    @Test func `every further recording is answered as the real server did`() async throws {
        for recording in try RecordedExchange.further() {
            #expect(!recording.exchanges.isEmpty, "\(recording.name)")
            try await Replay(exceptions: Self.furtherExceptions, isBare: false).run(recording.exchanges)
        }
    }

    private static let renamings: [(String, String)] = [
        ("memo2-rec-test", "kurs-b-live"), ("bWVtbzItcmVjLXRlc3Q=", Data("kurs-b-live".utf8).base64EncodedString()),
        ("gitlab-deployer", "pusher"), ("app-config", "settings"), ("LOG_LEVEL", "MODE"), ("\"MINE\"", "\"OTHER\""),
        ("f:MINE", "f:OTHER"), ("student", "someone"), ("8080", "9191"), ("\"0.5\"", "\"0.25\""), ("500m", "250m"),
        ("\"0.05\"", "\"0.2\""), ("50m", "200m"), ("512Mi", "768Mi"), ("ana@laptop", "ben@desk"),
        ("aula-memo2", "lock-of-kurs"), ("example.com/hold", "example.org/keep"), ("3600", "7200"),
        ("registry.example", "images.example"), ("\"1Gi\"", "\"3Gi\""), ("orphan-token", "lost-token"),
        ("nobody", "nowhere"), ("data-db-0", "data-pg-0"), ("memo2", "kurs"),
    ]

    /// Leases first, then the configuration, then accounts and roles; what depends on another keeps its place after it.
    private static func reordered(_ exchanges: [RecordedExchange]) throws -> [RecordedExchange] {
        func part(_ first: String, _ last: String) throws -> [RecordedExchange] {
            let from = try #require(exchanges.firstIndex { $0.name == first })
            let to = try #require(exchanges.firstIndex { $0.name == last })
            return Array(exchanges[from...to])
        }
        let parts = [
            try part("create lease", "delete lease"), try part("ssa create namespace", "ssa into absent namespace"),
            try part("bad label selector", "bad label selector"), try part("ssa configmap", "unknown field, warn"),
            try part("list configmaps of the cohort, all namespaces", "list namespaces as a table"),
            try part("ssa service account", "resource quota"),
            try part("service", "service"), try part("ssa deployment", "selector is immutable"),
            try part("wrong bearer token", "wrong bearer token"),
            try part("self subject access review", "deployer reads a neighbour"),
            try part("pvc", "namespace gone"), try part("version", "authorization.k8s.io/v1 resources"),
        ]
        let all = parts.flatMap { $0 }
        #expect(all.count == exchanges.count)
        return all
    }
}

/// Plays recorded exchanges to a cluster that is set up like the recorded one: no scheduler, no storage class, and no
/// volume protection controller.
private struct Replay {
    var exceptions = ContractTests.exceptions
    var isBare = true

    func run(_ exchanges: [RecordedExchange]) async throws {
        var settings = ClusterSettings()
        if isBare {
            settings.nodes.count = 0
            settings.disabledControllers = [.scheduler, .claimProtection]
            settings.storageClasses = []
        }
        let authority = "-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"
        var now = Date(timeIntervalSince1970: 1_795_228_596)
        let machine = KubernetesMachine(
            identity: ClusterIdentity(name: "recorded", adminToken: "admin", caPEM: authority), settings: settings,
            now: now)
        var comparison = AnswerComparison()
        var deployerToken = ""
        for exchange in exchanges {
            let isLater = ["get filled", "orphan token secret is", "namespace held", "namespace gone"].contains {
                exchange.name.hasPrefix($0)
            }
            // The real server took its time between two requests of the further recordings.
            now += isLater ? 5 : isBare ? 0.01 : 0.3
            await machine.advance(to: now)
            let token =
                exchange.name.hasPrefix("deployer")
                ? deployerToken : exchange.name == "wrong bearer token" ? "no" : "admin"
            let body = try exchange.body.map { body in
                body.string == nil ? try JSON(parsing: comparison.translated(body.text)) : body
            }
            let response = await machine.respond(to: exchange.request(body: body, token: token), now: now)
            let data: Data
            switch response.body {
            case .bytes(let bytes): data = bytes
            case .stream(let stream):
                now += 3
                await machine.advance(to: now)
                data = await stream.first { _ in true } ?? Data()
            }
            let ours = (try? JSON(parsing: data)) ?? .string(String(decoding: data, as: UTF8.self))
            if exchange.name == "get filled token secret" {
                let encoded = try #require(ours[["data", "token"]]?.string.flatMap { Data(base64Encoded: $0) })
                deployerToken = String(decoding: encoded, as: UTF8.self)
            }
            comparison.begin(isList: exchange.answer["items"] != nil || exchange.answer["rows"] != nil)
            if isBare {
                comparison.compare(ours, with: exchange.answer)
            } else {
                comparison.learn(ours, from: exchange.answer)
                comparison.demand(exchange.answer, of: ours)
            }
            if exceptions[exchange.name] != nil { continue }
            #expect(response.status == exchange.status, "\(exchange.name): \(ours.text)")
            let warning = response.headers.first { $0.name == "Warning" }?.value
            if isBare || exchange.warning != nil { #expect(warning == exchange.warning, "\(exchange.name)") }
            #expect(comparison.differences == [], "\(exchange.name)")
        }
    }
}
