import AulaEngine
import AulaModel
import AulaTestSupport
import Synchronization
import Testing

/// Two teachers' machines and one class: nobody writes out of turn.
@Suite(.timeLimit(.minutes(3))) struct TurnLossTests {
    /// Ada's machine stands still from its n-th write on, while Grace's does everything; then it goes on.
    ///
    /// - Returns: how Ada's run ended, what she began to send after she woke, and how many of hers were in flight.
    private static func suspended(
        atWrite number: Int, parallelism: Int = 4, world: World, file: String
    ) async throws -> (ada: Computer.Finished, started: [String], inFlight: Int) {
        let (ada, grace) = (try Computer("ada@laptop", in: world), try Computer("grace@desk", in: world))
        let (file, other) = (try ada.write(file), try grace.write(file))
        let lid = Meeting()
        let writes = Mutex(0)
        let awake = Mutex(false)
        let started = Mutex<[String]>([])
        ada.intercept.withLock {
            $0 = { request, deliver in
                let isAwake = awake.withLock { $0 }
                if isAwake, request.isWrite { started.withLock { $0.append("\(request.method) \(request.path)") } }
                let count = writes.withLock { count in
                    if request.isWrite { count += 1 }
                    return count
                }
                if count >= number, !isAwake { await lid.come() }
                return await deliver()
            }
        }
        async let first = ada.aula("apply", file, "--yes", "--no-wait", "--parallelism", "\(parallelism)")
        try await waitUntil("the lid is closed") { writes.withLock { $0 } >= number && lid.count > 0 }
        world.clock.pass(.seconds(61))
        let second = try await grace.aula("apply", other, "--yes", "--no-wait")
        #expect(second.outcome == .done, "\(second)")
        let inFlight = lid.count
        awake.withLock { $0 = true }
        lid.open()
        return (try await first, started.withLock { $0 }, inFlight)
    }

    @Test(arguments: [2, 5, 20, 40])
    func `a run that slept while another took over starts no write and exits with 7`(number: Int) async throws {
        let world = try World()
        let (ada, started, inFlight) = try await Self.suspended(
            atWrite: number, world: world, file: Cohorts.small(groups: "4"))
        #expect(ada.outcome == .locked, "\(ada)")
        #expect(ada.errors.contains("lost its turn"), "\(ada)")
        #expect(started == [])
        #expect(inFlight <= 5, "as many as --parallelism, and the beat of the lock")
        let check = try Computer("joan@home", in: world)
        let file = try check.write(Cohorts.small(groups: "4"))
        world.forgetRequests()
        let mended = try await check.aula("apply", file, "--yes", "--no-wait")
        #expect(mended.outcome == .done, "\(mended)")
        #expect(world.writes.count <= 6 * inFlight, "what was in flight may have landed, and its dependants are told")
        let plan = try await check.aula("plan", file, "--detailed-exitcode")
        #expect(plan.outcome == .done, "\(plan)")
    }

    @Test(arguments: [true, false])
    func `of two first applies at once one makes the class, and the other only what the lock lives in`(
        hasGitLab: Bool
    ) async throws {
        let world = try World()
        let cohort = Cohorts.small(gitlab: hasGitLab)
        let start = Meeting(places: 2)
        let computers = try ["ada@laptop", "grace@desk"].map { try Computer($0, in: world) }
        for computer in computers {
            let isFirst = Mutex(true)
            computer.intercept.withLock {
                $0 = { request, deliver in
                    let waits =
                        request.isWrite
                        && isFirst.withLock { first in
                            defer { first = false }
                            return first
                        }
                    if waits { await start.meet() }
                    return await deliver()
                }
            }
        }
        async let first = computers[0].aula("apply", computers[0].write(cohort), "--yes", "--no-wait")
        async let second = computers[1].aula("apply", computers[1].write(cohort), "--yes", "--no-wait")
        let ends = try await [first, second]
        #expect(Set(ends.map(\.outcome)) == [.done, .locked], "\(ends[0])\n\(ends[1])")
        let loser = ends[0].outcome == .locked ? computers[0].name : computers[1].name
        let lines = world.writes.filter { $0.computer == loser }.map(\.line)
        let homes = lines.filter {
            $0 == "POST /api/v1/namespaces" || $0 == "PATCH /api/v1/namespaces/demo-aula" || $0 == "POST /api/v4/groups"
                || $0.wholeMatch(of: /PUT \/api\/v4\/groups\/[^\/]+/) != nil
        }
        #expect(lines == homes)
    }
}
