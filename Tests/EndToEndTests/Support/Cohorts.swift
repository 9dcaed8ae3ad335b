/// Cohort files for tests.
enum Cohorts {
    /// A class that needs no Azure: the sandbox's ready-made cluster and its GitLab.
    static func small(
        name: String = "demo", id: String = "d3m0d3m0", title: String = "A small class", groups: String = "2",
        environments: String = "[test]", components: String? = nil,
        gitlab: String? = "memo2-fiuba/demo", registration: String = "variables", place: String = "kubernetes: {}",
        more: String = ""
    ) -> String {
        // Without GitLab nobody delivers an image, so the file must name one.
        let image = gitlab == nil ? ", image: registry.example/api:1" : ""
        let components = components ?? "api: { template: api, port: 8080\(image) }"
        var text = """
            version: 1
            name: \(name)
            id: \(id)
            title: \(title)
            groups: \(groups)
            environments: \(environments)
            components:
              \(components)
            \(place)

            """
        if let gitlab {
            text += """
                gitlab:
                  url: http://127.0.0.1
                  group: \(gitlab)
                  registration: \(registration)

                """
        }
        return text + more
    }

    /// A class of one group with a cluster of its own on Azure.
    static func azure(
        name: String = "demo", id: String = "d3m0d3m0", resourceGroup: String = "demo",
        components: String? = nil, gitlab: String? = "memo2-fiuba/demo"
    ) -> String {
        small(
            name: name, id: id, groups: "1", components: components, gitlab: gitlab,
            place: "azure: { subscription: 00000000-0000-0000-0000-000000000000, location: westus, "
                + "resourceGroup: \(resourceGroup), cluster: { name: demo, nodeSize: Standard_B2s, nodes: 2 } }")
    }
}
