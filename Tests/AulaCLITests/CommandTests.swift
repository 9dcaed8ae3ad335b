import AulaModel
import Testing

/// Every command runs in process, against the sandbox's machines, without a socket, a process or real time.
@Suite(.timeLimit(.minutes(8))) struct CommandTests {
    @Test func `a class lives its whole life without a process or a socket`() async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let file = try ada.write(Cohorts.small())
        let plan = try await ada.aula("plan", file, "--detailed-exitcode")
        #expect(plan.outcome == .changesPending, "\(plan)")
        #expect(world.writes.isEmpty)
        let apply = try await ada.aula("apply", file, answering: ["yes"])
        #expect(apply.outcome == .done, "\(apply)")
        #expect(apply.output.contains("Apply complete!"), "\(apply)")
        let status = try await ada.aula("status", file)
        #expect(status.outcome == .done, "\(status)")
        let tokens = try await ada.aula("tokens", "list", file)
        #expect(tokens.outcome == .done, "\(tokens)")
        let verified = try await ada.aula("tokens", "verify", file)
        #expect(verified.outcome == .done, "\(verified)")
        let rotated = try await ada.aula("tokens", "rotate", file, "--yes")
        #expect(rotated.outcome == .done, "\(rotated)")
        world.forgetRequests()
        let again = try await ada.aula("apply", file, "--yes")
        #expect(again.output.contains("No changes."), "\(again)")
        #expect(world.writes.isEmpty)
        let destroyed = try await ada.aula("destroy", file, "--confirm", "demo")
        #expect(destroyed.outcome == .done, "\(destroyed)")
    }

    @Test func `commands that touch no system ask none`() async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let file = try ada.write(Cohorts.small())
        for arguments in [["validate", file], ["cost", file], ["plan", file, "--offline"]] {
            let finished = try await ada.aula(arguments)
            #expect(finished.outcome == .done, "\(arguments): \(finished)")
        }
        #expect(world.requests.isEmpty)
    }

    @Test func `cost and status go into a spreadsheet, and onto a page`() async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let azure = try ada.write(
            Cohorts.small(
                site:
                    "azure: { subscription: 00000000-0000-0000-0000-000000000000, location: westus, resourceGroup: demo, cluster: { name: demo, nodeSize: Standard_B2s, nodes: 2 } }",
                gitlab: false))
        let cost = try await ada.aula("cost", azure, "--format", "csv")
        let lines = cost.output.split(separator: "\r\n").map(String.init)
        #expect(lines.first == "name,kind,group,item,count,currency,monthly_cost,term_cost", "\(cost)")
        #expect(lines.contains { $0.hasPrefix("Nodes") || $0.contains(",nodes,") }, "\(cost)")
        #expect(!cost.output.contains("$"), "\(cost)")
        let file = try ada.write(Cohorts.small())
        let status = try await ada.aula("status", file, "--format", "csv")
        #expect(status.output.hasPrefix("group,environment,name,state,reason\r\n"), "\(status)")
        #expect(status.output.contains("g1,test,Deployment api,missing,"), "\(status)")
        let page = try await ada.aula("status", file, "--format", "html")
        #expect(page.output.hasPrefix("<!DOCTYPE html>"), "\(page)")
        let none = try await ada.aula("validate", file, "--format", "csv")
        #expect(none.outcome == .error)
        #expect(none.errors.contains("this report has no table"), "\(none)")
    }

    @Test func `a question without an answer changes nothing`() async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let file = try ada.write(Cohorts.small())
        let refused = try await ada.aula("apply", file, answering: ["no"])
        #expect(refused.outcome == .error)
        #expect(refused.errors.contains("Nothing was changed."), "\(refused)")
        #expect(world.writes.isEmpty)
    }

    @Test func `a system that the file does not have is named, and nothing is said to match`() async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let file = try ada.write(Cohorts.small(gitlab: false))
        let plan = try await ada.aula("plan", file, "--only", "gitlab")
        #expect(plan.outcome == .error)
        #expect(plan.errors.contains("the cohort file has no `gitlab:`"), "\(plan)")
        #expect(!plan.output.contains("matches"), "\(plan)")
    }

    @Test func `a group is chosen by the name that the file writes, and several with commas`() async throws {
        let ada = try Computer("ada@laptop", in: try World())
        let file = try ada.write(Cohorts.small(groups: "[Ana, Ñandú, Los Gatos]", gitlab: false))
        for (pattern, groups) in [
            ("Ana", ["ana"]), ("Ñandú*", ["nandu"]), ("Los Gatos,Ana", ["ana", "los-gatos"]),
        ] {
            let plan = try await ada.aula("plan", file, "--offline", "--verbose", "--group", pattern)
            #expect(plan.outcome == .done, "\(plan)")
            let shown = ["ana", "los-gatos", "nandu"].filter { plan.output.contains("\n\($0), test  ") }
            #expect(shown == groups, "\(plan)")
        }
        let wrong = try await ada.aula("plan", file, "--offline", "--group", "Ana,Nobody", "--env", "test,tset")
        #expect(wrong.outcome == .error)
        #expect(
            wrong.errors.contains("--group Nobody fits nothing in this cohort\n  hint: it has Ana, Ñandú, Los Gatos"))
        #expect(
            wrong.errors.contains("--env tset fits nothing in this cohort\n  hint: did you mean `test`?"), "\(wrong)")
    }

    @Test func `under a filter nothing is said of what was not looked at`() async throws {
        let world = try World()
        let ada = try Computer("ada@laptop", in: world)
        let file = try ada.write(Cohorts.small(gitlab: false))
        let apply = try await ada.aula("apply", file, "--yes", "--group", "g1")
        #expect(apply.outcome == .done, "\(apply)")
        let plan = try await ada.aula("plan", file, "--group", "g1")
        #expect(plan.output.contains("What was looked at (group g1) matches the cohort file."), "\(plan)")
        let status = try await ada.aula("status", file, "--group", "g1")
        #expect(status.output.contains("what was looked at (group g1) matches the cohort file."), "\(status)")
    }
}
