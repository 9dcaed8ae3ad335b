import AulaModel
import AulaSandbox
import Testing

/// The things of the generic collection: what is special about each is a row of the table.
@Suite struct GitLabCollectionTests {
    private static func stage() async throws -> (GitLabClient, String) {
        let gitlab = try GitLabClient()
        let project = try await gitlab.makeProject("api", in: gitlab.classGroup())
        return (gitlab, "projects/\(project)")
    }

    @Test func `a label is found by name and by number, renamed, and is unique with the groups around`() async throws {
        let (gitlab, project) = try await Self.stage()
        let made = await gitlab.send("POST", "\(project)/labels", ["name": " bug ", "color": "red"])
        #expect(made.status == 201 && made.body["name"] == "bug" && made.body["color"] == "#ff0000")
        #expect(made.body["text_color"] == "#FFFFFF" && made.body["is_project_label"] == true)
        #expect(await gitlab.send("POST", "groups/memo2-fiuba/labels", ["name": "all", "color": "#fff"]).status == 201)
        let taken = await gitlab.send("POST", "\(project)/labels", ["name": "all", "color": "#fff"])
        #expect(taken.status == 409 && taken.message == "Label already exists")
        let listed = await gitlab.send("GET", "\(project)/labels")
        #expect(listed.body.array?.compactMap { $0["name"]?.string } == ["all", "bug"])
        let own = await gitlab.send("GET", "\(project)/labels?include_ancestor_groups=false")
        #expect(own.body.array?.count == 1)
        let nothing = await gitlab.send("PUT", "\(project)/labels/bug", [:])
        #expect(
            nothing.body["error"]
                == "new_name, color, description, priority, archived are missing, at least one parameter must be provided"
        )
        #expect(await gitlab.send("PUT", "\(project)/labels/bug", ["new_name": "defect"]).body["name"] == "defect")
        let older = await gitlab.send("PUT", "\(project)/labels", ["name": "defect", "priority": 3])
        #expect(older.status == 200 && older.body["priority"] == 3)
        let color = await gitlab.send("POST", "\(project)/labels", ["name": "x", "color": "no color"])
        #expect(color.body == ["message": ["color": ["must be a valid color code"]]])
        #expect(await gitlab.send("PUT", "\(project)/labels/all", ["color": "#000"]).status == 404)
        let id = try #require(made.body["id"]?.int)
        #expect(await gitlab.send("DELETE", "\(project)/labels/\(id)").status == 204)
        #expect(await gitlab.send("GET", "\(project)/labels/defect").message == "404 Label Not Found")
    }

    @Test func `a milestone counts inside its project and closes`() async throws {
        let (gitlab, project) = try await Self.stage()
        let made = await gitlab.send(
            "POST", "\(project)/milestones", ["title": "one", "start_date": "2026-11-20", "due_date": "2026-12-01"])
        #expect(made.status == 201 && made.body["iid"] == 1 && made.body["expired"] == false)
        let id = try #require(made.body["id"]?.int)
        let closed = await gitlab.send("PUT", "\(project)/milestones/\(id)", ["state_event": "close"])
        #expect(closed.body["state"] == "closed")
        #expect(await gitlab.send("GET", "\(project)/milestones?state=active").body == [])
        let early = await gitlab.send("PUT", "\(project)/milestones/\(id)", ["due_date": "2026-11-01"])
        #expect(early.body == ["message": ["due_date": ["must be greater than start date"]]])
    }

    @Test func `who may push is changed entry by entry`() async throws {
        let (gitlab, project) = try await Self.stage()
        let path = "\(project)/protected_branches/main"
        let first = await gitlab.send("GET", path)
        let old = try #require(first.body[["push_access_levels"]]?[0]?["id"]?.int)
        let changed = await gitlab.send(
            "PATCH", path,
            [
                "allowed_to_push": [["id": .int(old), "_destroy": true], ["access_level": 30]],
                "allow_force_push": true,
            ])
        let levels = changed.body["push_access_levels"]?.array?.compactMap { $0["access_level"]?.int }
        #expect(changed.status == 200 && levels == [30] && changed.body["allow_force_push"] == true)
        #expect(await gitlab.send("GET", path).body == changed.body)
    }

    @Test func `a feature flag keeps its strategies with their scopes`() async throws {
        let (gitlab, project) = try await Self.stage()
        let strategy: JSON = ["name": "default", "parameters": [:], "scopes": [["environment_scope": "prod"]]]
        let made = await gitlab.send(
            "POST", "\(project)/feature_flags", ["name": "new_menu", "strategies": [strategy]])
        #expect(made.status == 201 && made.body["active"] == true)
        #expect(made.body["strategies"]?[0]?["scopes"]?[0]?["environment_scope"] == "prod")
        let id = try #require(made.body["strategies"]?[0]?["id"]?.int)
        let gone = await gitlab.send(
            "PUT", "\(project)/feature_flags/new_menu", ["strategies": [["id": .int(id), "_destroy": true]]])
        #expect(gone.status == 200 && gone.body["strategies"] == [])
        let again = await gitlab.send("POST", "\(project)/feature_flags", ["name": "new_menu"])
        #expect(again.status == 400 && again.body == ["message": ["Name has already been taken"]])
    }

    @Test func `an environment's slug keeps what its name lost`() async throws {
        let (gitlab, project) = try await Self.stage()
        let made = await gitlab.send("POST", "\(project)/environments", ["name": "review/a"])
        let slug = try #require(made.body["slug"]?.string)
        #expect(slug.wholeMatch(of: /review-a-[a-z0-9]{6}/) != nil)
        #expect(await gitlab.send("POST", "\(project)/environments", ["name": "prod"]).body["slug"] == "prod")
    }
}
