import AulaEngine
import AulaModel
import AulaSandbox
import Foundation
import Synchronization
import Testing

@testable import AulaExecutors

/// Two runs of one cohort meet at its Lease.
@Suite struct LeaseLockTests {
    private static let leases = "/apis/coordination.k8s.io/v1/namespaces/memo2-aula/leases"
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// A cluster with aula's namespace, and an executor that is connected to it.
    private static func connected(_ cluster: SandboxCluster) async throws -> (any SharedLock) {
        let executor = Memo2.executor(cluster, patience: cluster.patience)
        _ = await executor.observe(ObservationRequest(blueprint: Memo2.blueprint()))
        return try #require(executor.lock(of: Memo2.mark))
    }

    private static func withNamespace(_ cluster: SandboxCluster) async {
        await cluster.someone(
            "POST", "/api/v1/namespaces",
            ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "memo2-aula"]])
    }

    private static func live(_ cluster: SandboxCluster) async throws -> JSON {
        try JSON(parsing: await cluster.someone("GET", "\(leases)/aula").body)
    }

    private static func holder(_ name: String, after seconds: TimeInterval = 0, dead: String? = nil) -> LockHolder {
        LockHolder(name: name, isDead: { $0 == dead }, now: { start.addingTimeInterval(seconds) })
    }

    @Test func `the second run learns who holds it since when, and the first gives it back`() async throws {
        let cluster = SandboxCluster()
        await Self.withNamespace(cluster)
        let lock = try await Self.connected(cluster)
        guard case .taken(let held) = try await lock.acquire(as: Self.holder("ada")) else {
            Issue.record("the lock is free")
            return
        }
        let lease = try await Self.live(cluster)
        #expect(lease[["spec", "holderIdentity"]] == "ada")
        #expect(lease[["spec", "leaseDurationSeconds"]] == 60)
        #expect(lease[["spec", "acquireTime"]] == "2027-01-15T08:00:00.000000Z")
        #expect(lease[["metadata", "labels", "aula.dev/id"]] == nil, "no plan may take it for a part of the class")
        guard case .busy(let note) = try await lock.acquire(as: Self.holder("grace", after: 5)) else {
            Issue.record("two hold the lock")
            return
        }
        #expect(note == LockNote(holder: "ada", since: Self.start, renewed: Self.start))
        await held.release()
        #expect(await cluster.someone("GET", "\(Self.leases)/aula").status == 404)
    }

    @Test func `without a namespace or a connection it has no home`() async throws {
        let cluster = SandboxCluster()
        let lock = try await Self.connected(cluster)
        guard case .nowhere = try await lock.acquire(as: Self.holder("ada")) else {
            Issue.record("a lease without its namespace")
            return
        }
        let other = try #require(Memo2.executor(cluster).lock(of: Memo2.mark))
        cluster.forgetRequests()
        guard case .nowhere = try await other.acquire(as: Self.holder("ada")) else {
            Issue.record("a lease without a connection")
            return
        }
        #expect(cluster.requests.isEmpty)
    }

    @Test func `a holder that stopped renewing, or died on this machine, is followed`() async throws {
        let cluster = SandboxCluster()
        await Self.withNamespace(cluster)
        let lock = try await Self.connected(cluster)
        guard case .taken(let first) = try await lock.acquire(as: Self.holder("ada")),
            case .taken = try await lock.acquire(as: Self.holder("grace", after: 61)),
            case .taken = try await lock.acquire(as: Self.holder("joan", after: 62, dead: "grace"))
        else {
            Issue.record("a dead holder blocks")
            return
        }
        let lease = try await Self.live(cluster)
        #expect(lease[["spec", "holderIdentity"]] == "joan")
        #expect(lease[["spec", "leaseTransitions"]] == 2)
        #expect(await first.renew() == .lost, "ada has lost it")
        await first.release()
        #expect(try await Self.live(cluster)[["spec", "holderIdentity"]] == "joan", "and takes it from nobody")
    }

    @Test func `renewing keeps it, and a lost answer does not lose it`() async throws {
        let cluster = SandboxCluster()
        await Self.withNamespace(cluster)
        let lock = try await Self.connected(cluster)
        let now = Mutex(Self.start)
        let holder = LockHolder(name: "ada", now: { now.withLock { $0 } })
        cluster.breakOnce("POST", afterwards: true)
        guard case .taken(let held) = try await lock.acquire(as: holder) else {
            Issue.record("our own lease blocks us")
            return
        }
        now.withLock { $0 += 25 }
        #expect(await held.renew() == .renewed)
        guard case .busy = try await lock.acquire(as: Self.holder("grace", after: 80)) else {
            Issue.record("a renewed lease lapsed")
            return
        }
        await held.release()
        #expect(await cluster.someone("GET", "\(Self.leases)/aula").status == 404)
    }

    @Test func `of two that take over at once only one wins`() async throws {
        let cluster = SandboxCluster()
        await Self.withNamespace(cluster)
        let lock = try await Self.connected(cluster)
        _ = try await lock.acquire(as: Self.holder("ada"))
        async let first = lock.acquire(as: Self.holder("grace", after: 90))
        async let second = lock.acquire(as: Self.holder("joan", after: 90))
        let winners = try await [first, second].count { if case .taken = $0 { true } else { false } }
        #expect(winners == 1)
    }
}
