import AulaEngine
import AulaModel
import AulaTestSupport
import Foundation
import Synchronization
import Testing

@testable import AulaCLI

/// What becomes of a command that is stopped, or whose words get lost.
@Suite(.timeLimit(.minutes(8))) struct StopTests {
    /// A world in which Ada's apply is stopped with its fifth write.
    private static func stopped(
        by stop: Surroundings.Stop, twice: Bool = false
    ) async throws -> (finished: Computer.Finished, world: World) {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let (stream, wishes) = AsyncStream.makeStream(of: Surroundings.Stop.self)
        let heard = Meeting()
        let count = Mutex(0)
        ada.intercept.withLock {
            $0 = { request, deliver in
                let number = count.withLock { count in
                    if request.isWrite { count += 1 }
                    return count
                }
                if number == 5, request.isWrite {
                    wishes.yield(stop)
                    if twice { wishes.yield(stop) }
                    await heard.come()
                    try Task.checkCancellation()
                }
                return await deliver()
            }
        }
        let file = try ada.write(Cohorts.small(groups: "4"))
        async let finished = ada.aula(
            ["apply", file, "--yes", "--parallelism", "1", "--group", "g1", "--group", "g*"]
        ) { $0.stops = { stream } }
        try await waitUntil("the fifth write") { heard.count == 1 }
        // The wish is heard by another task, and this one is the only one that is in flight.
        try await Task.sleep(for: .milliseconds(100))
        heard.open()
        return (try await finished, world)
    }

    @Test(arguments: [(Surroundings.Stop.interrupt, Outcome.interrupted), (.terminate, .terminated)])
    func `SIGTERM and SIGHUP stop as Ctrl-C does: what is in flight is finished, and the rest is reported`(
        stop: Surroundings.Stop, outcome: Outcome
    ) async throws {
        let (finished, world) = try await Self.stopped(by: stop)
        #expect(finished.outcome == outcome, "\(finished)")
        #expect(world.writes.count <= 7)
        #expect(finished.output.contains("not started"), "\(finished)")
    }

    @Test func `the command that resumes keeps filters and flags, quoted for the shell`() async throws {
        let (finished, _) = try await Self.stopped(by: .interrupt)
        #expect(finished.output.contains("--group g1 --group 'g*'"), "\(finished)")
        let text = ShellWord.line(["aula", "apply", "my class.yaml", "--allow-data-loss", "--group", "g1"])
        #expect(text == "aula apply 'my class.yaml' --allow-data-loss --group g1")
    }

    @Test(arguments: [["plan", "--offline"], ["cost"], ["validate"], ["plan", "--format", "json"]])
    func `results that cannot be written are a failure`(arguments: [String]) async throws {
        let ada = try Computer("ada@laptop", in: try World())
        let file = try ada.write(Cohorts.small())
        let whole = try await ada.aula(arguments + [file])
        #expect(whole.outcome == .done, "\(whole)")
        let lost = try await ada.aula(arguments + [file]) { surroundings in
            let write = surroundings.terminal.write
            surroundings.terminal.write = { text, stream in
                if stream == .output { throw CocoaError(.fileWriteOutOfSpace) }
                try write(text, stream)
            }
        }
        #expect(lost.outcome == .error)
        #expect(lost.errors.contains("the results could not be written"), "\(lost)")
    }

    @Test func `the target is named with context, cluster and server, also where nothing changes and for tokens`()
        async throws
    {
        let ada = try Computer("ada@laptop", in: try World())
        let file = try ada.write(Cohorts.small())
        for arguments in [["apply", file, "--yes"], ["apply", file, "--yes"], ["tokens", "rotate", file, "--yes"]] {
            let finished = try await ada.aula(arguments)
            #expect(finished.outcome == .done, "\(finished)")
            #expect(finished.output.contains("here, cluster one, https://cluster.test"), "\(finished)")
        }
    }

    @Test func `taking gitlab out of a live class's file says each time what stays there, and no destroy denies it`()
        async throws
    {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let file = try ada.write(Cohorts.small())
        #expect(try await ada.aula("apply", file, "--yes").outcome == .done)
        _ = try ada.write(Cohorts.small(gitlab: false))
        for arguments in [["plan", file], ["apply", file, "--yes"], ["apply", file, "--yes"], ["status", file]] {
            let finished = try await ada.aula(arguments)
            #expect(finished.errors.contains("things in gitlab (memo2-fiuba/demo)"), "\(arguments)\n\(finished)")
            #expect(!finished.output.contains("The class matches"), "\(finished)")
        }
        let destroy = try await ada.aula("destroy", file, "--confirm", "demo")
        #expect(destroy.outcome == .residueLeft, "\(destroy)")
        #expect(destroy.errors.contains("What demo has in gitlab (memo2-fiuba/demo) stays"), "\(destroy)")
        #expect(!destroy.output.contains("nothing that aula made"), "\(destroy)")
        _ = try ada.write(Cohorts.small())
        #expect(try await ada.aula("destroy", file, "--confirm", "demo").outcome == .done)
        let projects = try await ada.gitlab("projects").filter { $0["path"] == "api" }
        #expect(projects.count == 2 && projects.allSatisfy { $0["archived"] == true })
    }

    @Test func `a destroy that succeeds has looked again, and says so to people and to programs`() async throws {
        for words in [[], ["--json"]] {
            let world = try World()
            let ada = try Computer("ada@laptop", in: world)
            let file = try ada.write(Cohorts.small())
            #expect(try await ada.aula("apply", file, "--yes", "--no-wait").outcome == .done)
            let destroy = try await ada.aula(["destroy", file, "--confirm", "demo"] + words)
            #expect(destroy.outcome == .done, "\(destroy)")
            let sign = words.isEmpty ? "Looked again: nothing that aula made for demo is left." : #""left":0"#
            #expect(destroy.output.contains(sign), "\(destroy)")
            let lastWrite = try #require(world.requests.lastIndex { $0.isWrite })
            let reads = world.requests[lastWrite...].map(\.line)
            #expect(reads.contains("GET /api/v1/namespaces"), "\(reads)")
        }
    }

    @Test func `after a second Ctrl-C nothing is said to be finished that was cut off`() async throws {
        let (finished, _) = try await Self.stopped(by: .interrupt, twice: true)
        #expect(finished.outcome == .interrupted, "\(finished)")
        #expect(!finished.output.contains("has been finished"), "\(finished)")
        #expect(finished.output.contains("cut off and may be half done"), "\(finished)")
    }
}
