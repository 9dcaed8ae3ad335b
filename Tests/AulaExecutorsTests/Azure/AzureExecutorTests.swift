import AulaEngine
import AulaModel
import Foundation
import Testing

@Suite struct AzureExecutorTests {
    @Test func `group and cluster are made once, and the second run writes nothing`() async throws {
        let course = AzureClass()
        let run = await course.run()
        #expect(run.summary.failed.map(\.error.message) == [])
        #expect(run.plan.lines == ["create azure/resourceGroup/memo2", "create azure/cluster/memo2/c"])
        #expect(course.azure.writes == ["group create", "aks create", "tag update"])
        #expect(course.progress.all.contains { $0.hasPrefix("the cluster is creating, 0 s") })
        #expect(await course.run().plan.lines == [])
        #expect(course.azure.writes.count == 3)
    }

    @Test func `every call names the subscription, and no argument is a secret`() async throws {
        let course = AzureClass()
        await course.run()
        let create = try #require(course.azure.log.first { $0.starts(with: ["aks", "create"]) })
        let expected = """
            aks create --resource-group memo2 --name c --location westus --node-count 2 --node-vm-size Standard_B2s \
            --tier free --network-plugin azure --network-plugin-mode overlay --network-dataplane cilium \
            --kubernetes-version 1.34 --no-ssh-key --no-wait --tags aula-cohort=memo2 \
            aula-creation=begun aula-id=m2k7q9xd aula-managed-by=aula --subscription 0000 --only-show-errors --output json
            """
        #expect(create.joined(separator: " ") == expected)
        #expect(course.azure.log.allSatisfy { $0.contains("--subscription") && $0.contains("0000") })
    }

    @Test func `a look costs two calls`() async {
        let course = AzureClass()
        await course.run()
        let before = course.azure.log.count
        _ = await course.observe()
        #expect(course.azure.log.count - before == 2)
    }

    @Test func `nodes and tier change in place, one operation after the other`() async {
        var course = AzureClass()
        await course.run()
        (course.nodes, course.tier) = (3, "standard")
        let run = await course.run()
        #expect(run.summary.succeeded)
        #expect(run.plan.lines == ["update azure/cluster/memo2/c"])
        #expect(run.plan.changes.first?.fields.map(\.path) == ["nodes", "tier"])
        #expect(course.azure.writes.suffix(2) == ["aks scale", "aks update"])
        #expect(await course.plan().isEmpty)
    }

    @Test func `a run that was killed while the cluster was being made is picked up`() async {
        var course = AzureClass()
        await course.run()
        course.azure.change { state in
            state.cluster?["state"] = "Creating"
            (state.pending, state.afterwards) = (3, "Succeeded")
        }
        course.nodes = 4
        let run = await course.run()
        #expect(run.summary.succeeded)
        #expect(run.plan.lines == ["update azure/cluster/memo2/c"])
        #expect(course.azure.writes.suffix(1) == ["aks scale"])
        #expect(await course.plan().isEmpty)
    }

    @Test func `a lost answer to the creation makes no second cluster`() async {
        let course = AzureClass()
        await course.run()
        let observation = await course.observe()
        // As if this run had seen no cluster: the service refuses, the tags say that it is ours.
        var plan = Plan(purpose: .apply, mark: course.blueprint.mark, changes: [])
        plan.changes = [
            Change(
                address: course.cluster, action: .create, slot: Slot(),
                desired: course.blueprint[course.cluster])
        ]
        let summary = await Runner(executors: [course.executor]).run(plan, observation: observation)
        #expect(summary.failed.map(\.error.message) == [])
    }

    @Test func `a failed cluster says why and is made again`() async {
        let course = AzureClass()
        await course.run()
        course.azure.change { state in
            state.cluster?["state"] = "Failed"
            state.cluster?["error"] = "no capacity in westus"
        }
        let run = await course.run()
        #expect(run.plan.lines == ["replace azure/cluster/memo2/c"])
        #expect(run.plan.changes.first?.reason == "the service gave up: no capacity in westus")
        #expect(run.summary.succeeded)
        #expect(course.azure.writes.suffix(3) == ["aks delete", "aks create", "tag update"])
    }

    @Test func `a cluster is known to have lived once its creation has succeeded, and not before`() async {
        let course = AzureClass()
        course.azure.change { state in
            state.answer = { $0.starts(with: ["tag", "update"]) ? FakeAzure.failed("the network is down") : nil }
        }
        #expect(await course.run().summary.failed.count == 1)
        course.azure.change { $0.answer = { _ in nil } }
        #expect(await course.observe().present[course.cluster]?.hasLived == false)
        let second = await course.run()
        #expect(second.plan.lines == ["update azure/cluster/memo2/c"])
        #expect(second.summary.succeeded)
        #expect(await course.observe().present[course.cluster]?.hasLived == true)
        #expect(await course.plan().isEmpty)
    }

    @Test func `a cluster on its way out is waited for, then made`() async {
        let course = AzureClass()
        await course.run()
        course.azure.change { state in
            state.cluster?["state"] = "Deleting"
            (state.pending, state.afterwards) = (3, nil)
        }
        let run = await course.run()
        #expect(run.plan.lines == ["create azure/cluster/memo2/c"])
        #expect(run.summary.succeeded)
        #expect(await course.plan().isEmpty)
    }

    @Test func `the end takes the group and what is in it, and waits`() async {
        let course = AzureClass()
        await course.run()
        let end = await course.run(.destroy)
        #expect(end.plan.lines == ["delete azure/resourceGroup/memo2"])
        #expect(end.summary.succeeded)
        #expect(await course.plan(.destroy).isEmpty)
    }

    @Test func `foreign things keep the group, not the cluster`() async {
        let course = AzureClass()
        await course.run()
        course.azure.change { state in
            state.resources = [
                ["id": "/g/c", "name": "c", "type": "Microsoft.ContainerService/managedClusters"],
                ["id": "/g/s", "name": "thesis", "type": "Microsoft.Storage/storageAccounts"],
            ]
        }
        let plan = await course.plan(.destroy)
        #expect(plan.lines == ["delete azure/cluster/memo2/c"])
        #expect(plan.foreign.map(\.address.text) == ["azure/storageAccounts/memo2/thesis"])
        course.azure.change { state in
            state.answer = {
                $0.starts(with: ["resource", "list"]) ? FakeAzure.failed("(AuthorizationFailed) no") : nil
            }
        }
        #expect(await course.plan(.destroy).lines == ["delete azure/cluster/memo2/c"])
    }

    @Test func `what was there before is marked, and un-marked at the end`() async {
        var course = AzureClass()
        course.azure.change { $0.group = ["id": "/g", "location": "westus", "tags": ["owner": "dean"]] }
        course.existing = ["resourceGroup"]
        #expect(await course.run().summary.succeeded)
        #expect(course.azure.writes == ["tag update", "aks create", "tag update"])
        #expect(await course.plan().isEmpty)
        let end = await course.run(.destroy)
        #expect(end.plan.lines == ["delete azure/cluster/memo2/c", "release azure/resourceGroup/memo2"])
        #expect(end.summary.succeeded)
        #expect(course.azure.groupTags == ["owner": "dean"])
    }

    @Test func `an adopted cluster loses only its mark`() async {
        var course = AzureClass()
        await course.run()
        course.azure.change { $0.cluster?["tags"] = ["owner": "dean"] }
        course.existing = ["cluster"]
        #expect(await course.run().summary.succeeded)
        #expect(await course.plan().isEmpty)
        let end = await course.run(.destroy)
        #expect(end.plan.lines == ["release azure/cluster/memo2/c"])
        #expect(end.summary.succeeded)
        #expect(!course.azure.writes.contains { $0.hasSuffix("delete") })
    }

    @Test(
        "what cannot be read is unknown, with the reason and the next step",
        arguments: [
            (FakeAzure.failed("Please run 'az login' to setup account."), "run `az login`"),
            (FakeAzure.failed("Subscription '0000' not found. Check the spelling"), "az account list"),
            (FakeAzure.failed("(SubscriptionNotFound) gone", status: 3), "az account list"),
            (FakeAzure.failed("(AuthorizationFailed) The client has no authorization"), "role Contributor"),
        ])
    func unreadable(answer: ToolResult, hint: String) async {
        let course = AzureClass()
        course.azure.change { $0.answer = { _ in answer } }
        let observation = await course.observe()
        #expect(observation.gaps.count == 2)
        #expect(observation.gaps.allSatisfy { $0.text.contains(hint) })
        let plan = await course.plan()
        #expect(plan.changes.isEmpty)
        #expect(plan.blocked.count == 2)
    }

    @Test func `a missing az is said in words`() async {
        let course = AzureClass()
        course.azure.change { $0.answer = { _ in throw ToolError.notFound(.az, tried: "az") } }
        #expect(await course.observe().gaps.first?.hint?.contains("install the Azure CLI") == true)
    }

    @Test func `an az that is too old is found out when it stumbles`() async {
        let course = AzureClass()
        course.azure.change { state in
            state.answer = { arguments in
                if arguments.starts(with: ["version"]) {
                    return ToolResult(status: 0, output: Data(#"{"azure-cli":"2.50.0"}"#.utf8))
                }
                return arguments.starts(with: ["aks", "create"])
                    ? ToolResult(status: 2, errorText: "unrecognized arguments: --network-dataplane cilium") : nil
            }
        }
        let summary = await course.run().summary
        #expect(summary.failed.first?.error.message == "az is version 2.50, and aula needs 2.60 or newer")
    }

    @Test func `a stopped cluster is announced`() async {
        let course = AzureClass()
        await course.run()
        course.azure.change { $0.cluster?["powerState"] = "Stopped" }
        let notice = await course.observe().notices.first
        #expect(notice?.severity == .warning)
        #expect(notice?.hint?.contains("--only azure,gitlab") == true)
    }

    @Test func `Azure's spelling of a location is no difference`() async {
        var course = AzureClass()
        await course.run()
        course.location = "West US"
        #expect(await course.plan().isEmpty)
    }

    @Test func `a quota is explained and not tried again`() async {
        let course = AzureClass()
        course.azure.change { state in
            state.answer = { arguments in
                arguments.starts(with: ["aks", "create"])
                    ? FakeAzure.failed(
                        "(ErrCode_InsufficientVCPUQuota) Insufficient vcpu quota requested 4, remaining 0")
                    : nil
            }
        }
        let failure = await course.run().summary.failed.first?.error
        #expect(failure?.message.contains("Insufficient vcpu quota requested 4") == true)
        #expect(failure?.hint?.contains("smaller azure.cluster.nodeSize") == true)
        #expect(course.azure.writes.count { $0 == "aks create" } == 1)
    }
}
